#include "command.hpp"

#include <mec/version.hpp>

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <exception>

int main(int argc, char** argv)
try {
    // A reader that goes away is an error of one write, not the end of a program that has files to
    // clean up.
    std::signal(SIGPIPE, SIG_IGN);

    CLI::App app{"mecctl: tools for MEC applications and their platform", "mecctl"};
    app.set_version_flag("--version", "mecctl " MEC_VERSION_STRING);
    app.require_subcommand(1);
    app.footer("Help of a command: mecctl COMMAND --help");

    mecctl::action chosen;
    mecctl::add_emulator(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? mecctl::success : mecctl::usage;
    }
    return chosen();
} catch (const std::exception& e) {
    std::fprintf(stderr, "mecctl: %s\n", e.what());
    return mecctl::failure;
}
