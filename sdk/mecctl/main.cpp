#include "command.hpp"
#include "nearest.hpp"
#include "refusal.hpp"
#include "terminal.hpp"
#include "text.hpp"

#include <mec/version.hpp>

#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>

namespace {

std::vector<std::string> names_of(const CLI::App& app)
{
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands(nullptr))
        names.push_back(command->get_name());
    return names;
}

/// `mecctl fault add`, as far as it was parsed.
std::string path_of(const CLI::App& app)
{
    const auto chosen = app.get_subcommands();
    return app.get_name() + (chosen.empty() ? "" : ' ' + path_of(*chosen.front()));
}

/// CLI11 would speak of arguments that were not expected.
void check_commands(const CLI::App& app, int argc, char** argv)
{
    const CLI::App* at = &app;
    std::string path;
    for (int i = 1;; ++i) {
        const auto names = names_of(*at);
        if (names.empty()) return;
        std::string list;
        for (const std::string& name : names) list += (list.empty() ? "" : ", ") + path + name;
        if (i == argc && at->get_require_subcommand_min() != 0)
            throw mecctl::refusal(mecctl::usage, "expected a command: " + list +
                                                     "\n  see `mecctl " + path + "--help`");
        if (i == argc || argv[i][0] == '-') return;
        const CLI::App* next = nullptr;
        for (const CLI::App* command : at->get_subcommands(nullptr))
            if (command->check_name(argv[i])) next = command;
        if (!next)
            throw mecctl::refusal(mecctl::usage, "unknown command " + path +
                                                     mec::internal::printable(argv[i], 200) +
                                                     mecctl::suggestion(argv[i], names) +
                                                     "\n  the commands are " + list);
        path += next->get_name() + ' ';
        at = next;
    }
}

} // namespace

int main(int argc, char** argv)
try {
    // A reader that goes away is an error of one write, not the end of a program that has files to
    // clean up.
    std::signal(SIGPIPE, SIG_IGN);

    CLI::App app{"mecctl: a MEC platform for development, and what can be done to it", "mecctl"};
    app.set_version_flag("--version", "mecctl " MEC_VERSION_STRING);
    app.require_subcommand(1);
    app.footer("Help of a command: mecctl COMMAND --help");

    mecctl::action chosen;
    for (auto add :
         {&mecctl::add_emulator, &mecctl::add_apps, &mecctl::add_terminate, &mecctl::add_lists,
          &mecctl::add_log, &mecctl::add_faults, &mecctl::add_state, &mecctl::add_quirks,
          &mecctl::add_radio, &mecctl::add_rni, &mecctl::add_scenario})
        add(app, chosen);
    check_commands(app, argc, argv);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        if (e.get_exit_code() == 0) return app.exit(e); // help or version
        mecctl::complain(std::string(e.what()) + "\n  see `" + path_of(app) + " --help`");
        return mecctl::usage;
    }
    return chosen();
} catch (const mecctl::refusal& e) {
    mecctl::complain(e.what());
    return e.status;
} catch (const std::exception& e) {
    mecctl::complain(e.what());
    return mecctl::failure;
}
