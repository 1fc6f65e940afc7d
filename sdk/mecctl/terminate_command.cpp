#include "control_command.hpp"
#include "refusal.hpp"
#include "text.hpp"

#include <chrono>
#include <thread>

namespace mecctl {

namespace {

using mec::app_support::operation_action;
using mec::emulator::termination_state;
using std::chrono::seconds;

constexpr std::uint32_t longest_grace = 86'400;

struct terminate_arguments : control_options {
    std::string app;
    std::uint32_t grace = 10;
    bool stop = false;
    bool wait = false;
};

struct outcome {
    std::string app_instance_id;
    control::termination_report report;
};

} // namespace

} // namespace mecctl

template <> struct mec::json::describe<mecctl::outcome> {
    using type = mecctl::outcome;
    static constexpr auto value = object("Outcome", field<&type::app_instance_id>("appInstanceId"),
                                         field<&type::report>("termination"));
};

namespace mecctl {

namespace {

control::termination_report ask(control_client& emulator, const std::string& id)
{
    return emulator.call<control::termination_report>(operations::get_termination, id);
}

/// The emulator decides when the time is over; this only does not wait for ever.
control::termination_report wait_for_end(control_client& emulator, const std::string& id,
                                         seconds grace)
{
    const auto until = std::chrono::steady_clock::now() + grace + seconds{10};
    auto now = ask(emulator, id);
    while (now.state == termination_state::pending) {
        if (std::chrono::steady_clock::now() > until)
            throw refusal(failure, "the emulator has not ended " + id + " in time");
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
        now = ask(emulator, id);
    }
    return now;
}

std::string sentence(const terminate_arguments& a, const std::string& name,
                     const control::termination_report& r)
{
    const std::string took = readable_duration(std::chrono::milliseconds{r.took_ms});
    const char* const doing = a.stop ? "stop" : "terminate";
    switch (r.state) {
    case termination_state::pending:
        return name + " was told to " + doing + " and has " + std::to_string(a.grace) + " s.";
    case termination_state::confirmed: return name + " confirmed after " + took + '.';
    case termination_state::timed_out:
        return name + " did not confirm within " + std::to_string(a.grace) + " s and was ended.";
    case termination_state::unannounced:
        return name + " was ended at once: it has no subscription to be told by.";
    case termination_state::none: break;
    }
    return "The emulator forgot the termination of " + name + '.';
}

int terminate(const terminate_arguments& a, control_client& emulator)
{
    const application_names names(emulator);
    const auto& app = names.find(a.app);
    control::termination_order order;
    order.action = a.stop ? operation_action::stopping : operation_action::terminating;
    order.timeout = seconds{a.grace};
    emulator.send(operations::terminate_application, order, app.app_instance_id);
    const auto report = a.wait ? wait_for_end(emulator, app.app_instance_id, order.timeout)
                               : ask(emulator, app.app_instance_id);
    const std::string text = sentence(a, mec::internal::printable(app.name), report);
    const bool good =
        report.state != termination_state::timed_out && report.state != termination_state::none;
    if (a.json) {
        const int shown = show_json(outcome{app.app_instance_id, report});
        return good ? shown : failure;
    }
    if (good) return show(text + '\n');
    complain(text);
    return failure;
}

} // namespace

void add_terminate(CLI::App& app, action& chosen)
{
    auto [command, a] = add_control_command<terminate_arguments>(
        app, "terminate", "End an application in good order: it is told, and has time", chosen,
        &terminate);
    command->add_option("APP", a->app, "Name or id")->required();
    command->add_flag("--stop", a->stop, "STOPPING instead of TERMINATING: it may come back");
    command->add_option("--grace", a->grace, "How long it may take")
        ->type_name("SECONDS")
        ->check(CLI::Range(std::uint32_t{0}, longest_grace))
        ->capture_default_str();
    command->add_flag("--wait", a->wait,
                      "Wait for the end; status 1 when the application did not confirm");
}

} // namespace mecctl
