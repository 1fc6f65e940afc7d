#include "control_command.hpp"
#include "nearest.hpp"
#include "refusal.hpp"
#include "text.hpp"

#include <mec/app_support/operations.hpp>
#include <mec/service_mgmt/operations.hpp>

#include <algorithm>

namespace mecctl {

namespace {

using control::fault_order;
using mec::emulator::drop_point;

struct fault_arguments : control_options {
    std::string operation;
    std::optional<std::int32_t> status;
    std::optional<std::uint32_t> latency_ms;
    std::optional<std::uint32_t> retry_after;
    std::string drop;
    std::uint32_t times = 1;
    bool reset = false;
};

std::vector<std::string> operation_names()
{
    std::vector<std::string> all{"oauth2.token"};
    for (const auto& o : mec::app_support::api) all.emplace_back(o.name);
    for (const auto& o : mec::service_mgmt::api) all.emplace_back(o.name);
    return all;
}

void check_operation(const std::string& name)
{
    const auto known = operation_names();
    if (name == "*" || std::find(known.begin(), known.end(), name) != known.end()) return;
    const std::string near = suggestion(name, known);
    std::string list;
    for (const std::string& one : known) list += "\n  " + one;
    throw refusal(usage, "unknown operation " + mec::internal::printable(name, 200) + near +
                             (near.empty() ? "; expected '*' for any, or one of" + list : ""));
}

fault_order order_from(const fault_arguments& a)
{
    fault_order f;
    f.operation = a.operation == "any" ? "*" : a.operation;
    check_operation(*f.operation);
    f.times = a.times;
    f.latency_ms = a.latency_ms;
    f.status = a.status;
    if (a.retry_after) f.retry_after = std::chrono::seconds{*a.retry_after};
    if (a.reset) f.reset = true;
    // A reset is a way of dropping.
    if (a.drop == "after") f.drop = drop_point::after_apply;
    else if (a.drop == "before" || a.reset) f.drop = drop_point::before_apply;
    if (!f.status && !f.latency_ms && !f.drop)
        throw refusal(usage, "a fault needs one or more of --status, --latency, --drop, --reset");
    return f;
}

std::string effect_of(const fault_order& f)
{
    std::string out;
    const auto add = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
    if (f.latency_ms) add(std::to_string(*f.latency_ms) + " ms late");
    const auto drop = f.drop.value_or(drop_point::none);
    if (f.status && drop != drop_point::before_apply)
        add("status " + std::to_string(*f.status) +
            (f.retry_after ? ", Retry-After " + std::to_string(f.retry_after->count()) + " s"
                           : ""));
    const std::string how = f.reset.value_or(false) ? "connection reset" : "connection closed";
    if (drop == drop_point::before_apply) add(how + " before it is carried out");
    if (drop == drop_point::after_apply) add(how + " instead of the answer");
    return out;
}

std::string times_of(const fault_order& f)
{
    const std::uint32_t times = f.times.value_or(1);
    return times == 0 ? "until cleared" : std::to_string(times);
}

int add_fault(const fault_arguments& a, control_client& emulator)
{
    const fault_order f = order_from(a);
    emulator.send(operations::add_fault, f);
    if (a.json) return show_json(f);
    const std::uint32_t times = f.times.value_or(1);
    return show((times == 0   ? "Every request of "
                 : times == 1 ? "The next request of "
                              : "The next " + std::to_string(times) + " requests of ") +
                (*f.operation == "*" ? "any operation" : *f.operation) + ": " + effect_of(f) +
                ".\n");
}

int list_faults(const control_options& a, control_client& emulator)
{
    const auto all = emulator.call<std::vector<fault_order>>(operations::list_faults);
    if (a.json) return show_json(all);
    table rows({"OPERATION", "TIMES LEFT", "EFFECT"});
    for (const fault_order& f : all)
        rows.add({f.operation.value_or("*"), times_of(f), effect_of(f)});
    return show_table(rows, "No faults are waiting.");
}

int clear_faults(const control_options& a, control_client& emulator)
{
    emulator.call(operations::clear_faults);
    if (a.json) return show_json(std::vector<fault_order>());
    return show("No faults are waiting any more.\n");
}

void add_fault_options(CLI::App& command, fault_arguments& a)
{
    command
        .add_option("OPERATION", a.operation,
                    "Such as service_mgmt.list_services, oauth2.token; any for all")
        ->required();
    command.add_option("--status", a.status, "Answer with this error, 400 to 599")
        ->type_name("N")
        ->check(CLI::Range(400, 599));
    command.add_option("--latency", a.latency_ms, "Answer so much later")
        ->type_name("MS")
        ->check(CLI::Range(1, 600'000));
    command
        .add_option("--drop", a.drop,
                    "End the connection before the request is carried out, or after it, without "
                    "an answer")
        ->type_name("before|after")
        ->check(CLI::IsMember({"before", "after"}));
    command.add_flag("--reset", a.reset, "Drop with RST instead of FIN");
    command.add_option("--times", a.times, "Requests that it hits; 0 for all until `fault clear`")
        ->type_name("N")
        ->capture_default_str();
    command.add_option("--retry-after", a.retry_after, "Retry-After of the error")
        ->type_name("SECONDS")
        ->needs("--status");
}

} // namespace

void add_faults(CLI::App& app, action& chosen)
{
    CLI::App* const fault = app.add_subcommand("fault", "Make requests fail, in the ways they do");
    fault->require_subcommand(1);
    auto [command, a] = add_control_command<fault_arguments>(
        *fault, "add", "Let the next requests of an operation fail", chosen, &add_fault);
    add_fault_options(*command, *a);
    command->footer("For example:\n"
                    "  mecctl fault add service_mgmt.list_services --status 503 --retry-after 2\n"
                    "  mecctl fault add any --latency 500 --times 0\n"
                    "  mecctl fault add service_mgmt.register_service --drop after");
    add_control_command<control_options>(*fault, "list", "List the faults to come", chosen,
                                         &list_faults);
    add_control_command<control_options>(*fault, "clear", "Take all of them back", chosen,
                                         &clear_faults);
}

} // namespace mecctl
