#ifndef MEC_MECCTL_CONTROL_COMMAND_HPP
#define MEC_MECCTL_CONTROL_COMMAND_HPP

/// @file
/// What the commands for a running emulator are made of.

#include "command.hpp"
#include "control_client.hpp"
#include "names.hpp"
#include "table.hpp"

#include <mec/json/codec.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace mecctl {

/// Adds a command with arguments of type `Arguments`, which begin with `control_options`.
/// @param run  `int run(const Arguments&, control_client&)`
/// @return its command and arguments, for more options
template <class Arguments, class Run> std::pair<CLI::App*, std::shared_ptr<Arguments>>
add_control_command(CLI::App& parent, const char* name, const char* what, action& chosen, Run run)
{
    auto arguments = std::make_shared<Arguments>();
    CLI::App* const command = parent.add_subcommand(name, what);
    add_control_options(*command, *arguments);
    command->callback([command, arguments, run, &chosen] {
        if (!command->get_subcommands().empty()) return; // that one was chosen
        chosen = [arguments, run] {
            control_client emulator(find_emulator(*arguments));
            return run(*arguments, emulator);
        };
    });
    return {command, std::move(arguments)};
}

/// One JSON document on a line of its own.
template <class T> int show_json(const T& value)
{
    return show(mec::json::serialize(value) + '\n');
}

/// A table, or what is said instead of an empty one.
inline int show_table(table& rows, const char* when_empty)
{
    return show(rows.empty() ? std::string(when_empty) + '\n' : rows.take(standard_output()));
}

} // namespace mecctl

#endif
