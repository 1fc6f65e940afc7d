#ifndef MEC_MECCTL_COMMAND_HPP
#define MEC_MECCTL_COMMAND_HPP

/// @file
/// The subcommands of mecctl; each has a file of its own.

#include <functional>

namespace CLI {
class App;
}

namespace mecctl {

/// Exit statuses, the same for all subcommands.
enum exit_status : int {
    success = 0,
    failure = 1, ///< something went wrong while running
    usage = 2    ///< the command line or the configuration cannot be used
};

/// What a chosen subcommand does; returns the exit status.
using action = std::function<int()>;

/// Adds `mecctl emulator`. Sets `chosen` when the command line names it.
void add_emulator(CLI::App& app, action& chosen);

} // namespace mecctl

#endif
