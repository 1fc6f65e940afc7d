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

/// Each adds commands, which set `chosen` when the command line names them.
/// @{
void add_emulator(CLI::App& app, action& chosen);
void add_apps(CLI::App& app, action& chosen);      ///< apps, apps create, apps delete
void add_terminate(CLI::App& app, action& chosen); ///< terminate
void add_lists(CLI::App& app, action& chosen);     ///< services, subscriptions, notifications
void add_log(CLI::App& app, action& chosen);       ///< log
void add_faults(CLI::App& app, action& chosen);    ///< fault add, fault list, fault clear
void add_state(CLI::App& app, action& chosen);     ///< lose, tokens expire, tokens revoke
void add_quirks(CLI::App& app, action& chosen);    ///< quirks, profile
void add_radio(CLI::App& app, action& chosen);     ///< ue ls, ue show, ue move, ue measure, cell ls
void add_rni(CLI::App& app, action& chosen);       ///< rni rab, rni plmn, rni s1, rni l2, rni watch
void add_scenario(CLI::App& app, action& chosen); ///< scenario check, load, play, pause, speed, ...
/// @}

} // namespace mecctl

#endif
