#include "control_address.hpp"

#include "control.hpp"
#include "emulator_file.hpp"
#include "refusal.hpp"
#include "text.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>

namespace mecctl {

namespace {

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// @param from  what the user wrote it into
mec::url parse_control(const std::string& text, const std::string& from)
{
    auto url = mec::url::parse(text);
    if (!url || !url->query().empty())
        throw refusal(usage, from +
                                 ": expected the URL of an emulator, such as "
                                 "https://127.0.0.1:8443, or the port of one that runs here" +
                                 (url ? "" : ": " + url.error().info().message));
    return url->path() == "/" ? url->with_path_suffix(mec::emulator::control_base) : *url;
}

std::string list_of(const std::vector<running_emulator>& all)
{
    std::string out;
    for (const running_emulator& one : all) {
        out += "\n  --control " + one.control_url + "   process " + std::to_string(one.pid) + ',';
        for (const std::string& app : one.applications) out += ' ' + app;
    }
    return mec::internal::printable(out, 4096, true);
}

std::vector<running_emulator> all_running()
{
    auto all = running_emulators();
    if (!all) throw refusal(failure, all.error().what());
    return std::move(*all);
}

control_address address_of(const running_emulator& one)
{
    control_address a{parse_control(one.control_url, emulator_directory()), {}, {}, {}, {}, true};
    a.token = mec::secret_string(one.control_token);
    a.ca_pem = one.ca_pem.value_or("");
    a.applications_ca = one.ca_file.value_or("");
    return a;
}

control_address the_only_one()
{
    const auto all = all_running();
    if (all.empty())
        throw refusal(failure,
                      "no emulator of this user runs with a control interface (looked in " +
                          emulator_directory() +
                          ")\n  start one:  mecctl emulator --control\n  or say where it "
                          "is:  --control URL and --token TOKEN, or MEC_EMULATOR_URL and "
                          "MEC_EMULATOR_TOKEN");
    if (all.size() > 1)
        throw refusal(failure, std::to_string(all.size()) +
                                   " emulators are running; choose one with" + list_of(all));
    return address_of(all.front());
}

control_address the_one_at_port(const std::string& port)
{
    const auto all = all_running();
    for (const running_emulator& one : all) {
        control_address a = address_of(one);
        if (std::to_string(a.base.origin().port) == port) return a;
    }
    throw refusal(failure, "no emulator of this user listens at port " + port +
                               (all.empty() ? "" : "; running are" + list_of(all)));
}

/// The one at this origin, if it is this user's.
control_address known_at(const mec::url& base)
{
    if (const auto all = running_emulators())
        for (const running_emulator& one : *all) {
            control_address a = address_of(one);
            if (a.base.origin() == base.origin()) return a;
        }
    return {base, {}, {}, {}, {}, false};
}

bool is_number(const std::string& text)
{
    return !text.empty() && text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), mec::internal::is_digit);
}

/// `a` with what the user says about it.
control_address with_own(control_address a, const std::string& token, const std::string& ca_file)
{
    if (!token.empty()) {
        a.found = a.found && a.token == mec::secret_string(token);
        a.token = mec::secret_string(token);
    }
    if (!ca_file.empty()) a.ca_file = a.applications_ca = ca_file;
    return a;
}

/// The emulator at `text`, which stands in `from`.
control_address at(const std::string& text, const std::string& from, const std::string& token,
                   const std::string& ca_file)
{
    control_address a = with_own(known_at(parse_control(text, from)), token, ca_file);
    if (!a.token.empty()) return a;
    throw refusal(usage, "no token for " + a.base.to_string() + " of " + from +
                             ": set --token or MEC_EMULATOR_TOKEN to what `mecctl emulator "
                             "--control` has printed");
}

} // namespace

void add_control_options(CLI::App& command, control_options& options)
{
    command
        .add_option("--control", options.control, "URL of the emulator, or port of one of yours")
        ->type_name("URL");
    command
        .add_option("--token", options.token,
                    "Its control token; better MEC_EMULATOR_TOKEN, which other users cannot see")
        ->type_name("TOKEN");
    command.add_option("--ca-file", options.ca_file, "PEM file with its CA")->type_name("PATH");
    command.add_flag("--json", options.json, "Print JSON");
}

control_address find_emulator(const control_options& options)
{
    const std::string url = variable("MEC_EMULATOR_URL");
    const std::string token = variable("MEC_EMULATOR_TOKEN");
    const std::string ca = variable("MEC_EMULATOR_CA");
    const auto first = [](const std::string& a, const std::string& b) { return a.empty() ? b : a; };
    if (is_number(options.control))
        return with_own(the_one_at_port(options.control), options.token, options.ca_file);
    if (options.control.empty() && url.empty())
        return with_own(the_only_one(), first(options.token, token), first(options.ca_file, ca));
    if (options.control.empty())
        return at(url, "MEC_EMULATOR_URL", first(options.token, token), first(options.ca_file, ca));
    // A token in the environment belongs to the emulator there, and is shown to no other.
    const bool same = url.empty() || parse_control(url, "MEC_EMULATOR_URL").origin() ==
                                         parse_control(options.control, "--control").origin();
    return at(options.control, "--control", first(options.token, same ? token : ""),
              first(options.ca_file, same ? ca : ""));
}

} // namespace mecctl
