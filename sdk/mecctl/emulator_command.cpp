#include "ca_file.hpp"
#include "command.hpp"
#include "emulator_file.hpp"
#include "state_directory.hpp"
#include "terminal.hpp"

#include <mec/emulator/platform.hpp>
#include <mec/json/codec.hpp>

#include <CLI/CLI.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>

#include <unistd.h>

namespace mecctl {

namespace {

using mec::emulator::application_instance;
using mec::emulator::logged_request;
using mec::emulator::platform;

struct emulator_arguments {
    std::vector<std::string> apps{"my-app"};
    std::uint16_t port = 0;
    std::string bind = "127.0.0.1";
    std::string host;
    std::string prefix = "/mep1";
    std::string ca_path;
    std::string state;
    std::string rules;
    std::string scenario;
    double speed = 1;
    std::string log = "requests";
    bool allow_remote = false;
    bool plain_http = false;
    bool no_auth = false;
    bool control = false;
    bool lenient = false;
    bool print_env = false;
    bool json = false;
};

struct json_application {
    std::string name;
    std::string app_instance_id;
    std::map<std::string, std::string> environment;
};

struct json_report {
    std::string api_root;
    std::string token_endpoint;
    std::optional<std::string> ca_file;
    std::optional<std::string> control_url;
    std::optional<std::string> control_token;
    std::vector<json_application> applications;
};

} // namespace

} // namespace mecctl

MEC_BEGIN_NAMESPACE
namespace json {

template <> struct describe<mecctl::json_application> {
    using type = mecctl::json_application;
    static constexpr auto value = object("Application", field<&type::name>("name"),
                                         field<&type::app_instance_id>("appInstanceId"),
                                         field<&type::environment>("environment"));
};

template <> struct describe<mecctl::json_report> {
    using type = mecctl::json_report;
    static constexpr auto value =
        object("Emulator", field<&type::api_root>("apiRoot"),
               field<&type::token_endpoint>("tokenEndpoint"), field<&type::ca_file>("caFile"),
               field<&type::control_url>("controlUrl"), field<&type::control_token>("controlToken"),
               field<&type::applications>("applications"));
};

} // namespace json
MEC_END_NAMESPACE

namespace mecctl {

namespace {

/// Writes one line for every request to standard error.
class request_printer {
public:
    explicit request_printer(const std::vector<application_instance>& apps)
        : apps_(apps), colours_(wants_colours(STDERR_FILENO))
    {
    }

    void operator()(const logged_request& r) const
    {
        const std::string status = r.status == 0 ? "dropped" : std::to_string(r.status);
        const colour c = r.status == 0 || r.status >= 500 ? colour::red
                         : r.status >= 400                ? colour::yellow
                                                          : colour::green;
        std::string line = painted(readable_time(r.time), colour::grey, colours_);
        line += ' ' + r.method + ' ' + r.target + ' ' + painted(status, c, colours_) + ' ' +
                name_of(r.app_instance_id) + ' ' + std::to_string(r.duration.count()) + "us\n";
        std::fwrite(line.data(), 1, line.size(), stderr);
    }

private:
    const std::string& name_of(const std::string& id) const
    {
        static const std::string nobody = "-";
        for (const application_instance& a : apps_)
            if (a.app_instance_id == id) return a.name;
        return id.empty() ? nobody : id;
    }

    const std::vector<application_instance>& apps_;
    bool colours_;
};

/// Everything that can be told about a running emulator, in one of three forms.
struct report {
    const emulator_arguments& arguments;
    const platform& emulator;
    const std::vector<application_instance>& apps;
    const std::string& ca_path;

    std::string as_exports() const
    {
        std::string out;
        for (const application_instance& app : apps) {
            if (apps.size() > 1) out += "# application " + shell_quoted(app.name) + '\n';
            for (const auto& [name, value] : emulator.environment_of(app, ca_path))
                out += "export " + name + '=' + shell_quoted(value) + '\n';
        }
        if (!arguments.control) return out;
        const auto line = [&](const char* name, std::string_view value) {
            out.append("export ").append(name) += '=' + shell_quoted(value) + '\n';
        };
        line("MEC_EMULATOR_URL", emulator.control_root().to_string());
        line("MEC_EMULATOR_TOKEN", emulator.control_token().reveal());
        if (!ca_path.empty()) line("MEC_EMULATOR_CA", ca_path);
        return out;
    }

    std::string as_json() const
    {
        json_report r;
        r.api_root = emulator.api_root().to_string();
        r.token_endpoint = emulator.token_endpoint().to_string();
        if (!ca_path.empty()) r.ca_file = ca_path;
        if (arguments.control) {
            r.control_url = emulator.control_root().to_string();
            r.control_token = std::string(emulator.control_token().reveal());
        }
        for (const application_instance& app : apps) {
            json_application a{app.name, app.app_instance_id, {}};
            for (auto& variable : emulator.environment_of(app, ca_path))
                a.environment.insert(std::move(variable));
            r.applications.push_back(std::move(a));
        }
        return mec::json::serialize(r) + '\n';
    }

    std::string for_people() const
    {
        std::string out = "MEC platform emulator " MEC_VERSION_STRING "\n  apiRoot         " +
                          emulator.api_root().to_string() + "\n  token endpoint  " +
                          emulator.token_endpoint().to_string() + '\n';
        if (!ca_path.empty()) out += "  CA file         " + ca_path + '\n';
        out += "\nThe environment of an application (or use --print-env):\n\n";
        return out + as_exports() + '\n';
    }

    std::string text() const
    {
        return arguments.json ? as_json() : arguments.print_env ? as_exports() : for_people();
    }
};

/// Lets the other commands of this user find the emulator.
mec::error publish(emulator_file& file, const platform& emulator,
                   const std::vector<application_instance>& apps, const std::string& ca_path)
{
    running_emulator self;
    self.pid = ::getpid();
    self.control_url = emulator.control_root().to_string();
    self.control_token = std::string(emulator.control_token().reveal());
    if (!ca_path.empty()) {
        self.ca_pem = emulator.ca_pem();
        self.ca_file = ca_path;
    }
    for (const application_instance& app : apps) self.applications.push_back(app.name);
    return file.publish(self);
}

mec::emulator::platform_options options_from(const emulator_arguments& a)
{
    mec::emulator::platform_options o;
    o.bind_address = a.bind;
    o.port = a.port;
    o.host = a.host;
    o.allow_remote = a.allow_remote;
    o.prefix = a.prefix == "/" ? "" : a.prefix;
    o.tls = !a.plain_http;
    o.authorization = !a.no_auth;
    o.strict = !a.lenient;
    o.control = a.control;
    o.rules_file = a.rules;
    o.radio.offered = !a.scenario.empty();
    o.log = mec::logger(mec::stderr_log_sink(), mec::log_level::warning);
    return o;
}

int failed(const mec::error& e)
{
    complain(e.what());
    return e == mec::errc::config_invalid ? usage : failure;
}

int run_emulator(const emulator_arguments& a)
{
    boost::asio::io_context io(1);
    // First of all: a signal from here on must not leave files behind.
    boost::asio::signal_set signals(io, SIGINT, SIGTERM, SIGHUP);

    auto options = options_from(a);
    state_directory state;
    if (!a.state.empty()) {
        if (mec::error e = state.open(a.state)) return failed(e);
        state.put_into(options);
    }
    std::vector<application_instance> apps;
    if (a.log == "requests") options.on_request = request_printer(apps);
    platform emulator(io.get_executor(), std::move(options));
    if (!a.scenario.empty())
        if (mec::error e = emulator.load_scenario(a.scenario)) return failed(e);
    if (mec::error e = emulator.start()) return failed(e);
    for (const std::string& name : a.apps) {
        auto kept = state.take(name);
        apps.push_back(kept ? *kept : emulator.create_application(name));
        if (!kept) continue;
        if (mec::error e = emulator.add_application(std::move(*kept))) return failed(e);
    }
    if (state.is_open())
        if (mec::error e = state.save(emulator, apps)) return failed(e);

    ca_file ca;
    if (!a.plain_http) {
        const std::string pem = emulator.ca_pem();
        const std::string path = a.ca_path.empty() && state.is_open() ? state.ca_file() : a.ca_path;
        if (mec::error e = path.empty() ? ca.write_temporary(pem) : ca.write(path, pem))
            return failed(e);
    }
    emulator_file found_by;
    // Those who are told the address and the token need no file.
    if (a.control)
        if (mec::error e = publish(found_by, emulator, apps, ca.path()))
            complain("other commands will need --control and --token: " + e.what());
    if (!print(report{a, emulator, apps, ca.path()}.text() + "ready\n")) {
        complain("cannot write to standard output");
        return failure;
    }
    if (!a.scenario.empty())
        if (mec::error e = emulator.play_scenario(a.speed)) return failed(e);
    signals.async_wait([&](mec::error_code, int) {
        emulator.stop();
        io.stop();
    });
    io.run();
    return success;
}

void add_options(CLI::App& command, emulator_arguments& a)
{
    command.add_option("--app", a.apps, "Name of an application instance; may be repeated")
        ->type_name("NAME")
        ->allow_extra_args(false)
        ->capture_default_str();
    auto* env =
        command.add_flag("--print-env", a.print_env,
                         "Print `export MEC_...='...'` lines and nothing else before `ready`");
    command.add_flag("--json", a.json, "Print one line of JSON instead")->excludes(env);
    command.add_option("--port", a.port, "TCP port; 0 is any free one")
        ->type_name("N")
        ->capture_default_str();
    command
        .add_option("--bind", a.bind, "Address to listen on; not loopback only with --allow-remote")
        ->type_name("ADDRESS")
        ->capture_default_str();
    command
        .add_option("--host", a.host,
                    "Name or address in URLs and certificate, if not that of --bind")
        ->type_name("HOST");
    command.add_flag("--allow-remote", a.allow_remote,
                     "Accept a --bind address that others can reach");
    command.add_option("--prefix", a.prefix, "Path of the apiRoot; / for none")
        ->type_name("PATH")
        ->capture_default_str();
    command.add_flag("--plain-http", a.plain_http, "No TLS");
    command.add_flag("--no-auth", a.no_auth, "Serve requests without an access token");
    command.add_flag("--lenient", a.lenient,
                     "Tolerate what many platforms tolerate; default is the standard");
    command
        .add_option("--ca-file", a.ca_path,
                    "Write the CA certificate to this file and leave it there")
        ->type_name("PATH");
    command
        .add_option(
            "--state", a.state,
            "Keep port, CA and application instances in this directory, so that an emulator\n"
            "that is started again is the same platform, without services")
        ->type_name("DIRECTORY");
    command.add_option("--rules", a.rules, "JSON file with `trafficRules` and `dnsRules`")
        ->type_name("PATH");
    auto* scenario =
        command.add_option("--scenario", a.scenario, "Play this radio scenario (JSON file)")
            ->type_name("PATH");
    command.add_option("--speed", a.speed, "So many times as fast as in reality, 0.01 to 1000")
        ->type_name("N")
        ->needs(scenario)
        ->check(CLI::Range(0.01, 1000.0));
    command.add_flag("--control", a.control,
                     "Serve the control interface, for `mecctl apps`, `mecctl log` and the others");
    command.add_option("--log", a.log, "What to write to standard error")
        ->check(CLI::IsMember({"none", "requests"}))
        ->capture_default_str();
}

} // namespace

void add_emulator(CLI::App& app, action& chosen)
{
    auto a = std::make_shared<emulator_arguments>();
    CLI::App* command = app.add_subcommand(
        "emulator", "Run a MEC platform (ETSI GS MEC 011, Mp1) on this machine, for development");
    add_options(*command, *a);
    command->footer(
        "Prints what applications need in their environment, then the line `ready`, then serves "
        "until\n"
        "SIGINT or SIGTERM. Port, certificate, ids and credentials are new every time, unless "
        "there\n"
        "is a --state directory.\n\n"
        "Examples:\n"
        "  mecctl emulator                                  one application, any free port\n"
        "  mecctl emulator --app camera --app detector --port 8443\n"
        "  mecctl emulator --plain-http --no-auth --port 8080   for a look with curl:\n"
        "      curl http://127.0.0.1:8080/mep1/mec_service_mgmt/v1/services\n"
        "  mecctl emulator --state platform                 killed and started again: the same, "
        "empty\n"
        "  mecctl emulator --print-env > env &              for scripts: wait for `ready`, then\n"
        "      eval \"$(grep ^export env)\" && ./my_app\n\n"
        "Exit status: 0 stopped by a signal, 1 failed, 2 wrong usage or configuration.");
    command->callback([a, &chosen] { chosen = [a] { return run_emulator(*a); }; });
}

} // namespace mecctl
