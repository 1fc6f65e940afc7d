#ifndef MEC_MECCTL_REFUSAL_HPP
#define MEC_MECCTL_REFUSAL_HPP

#include "command.hpp"

#include <stdexcept>
#include <string>

namespace mecctl {

/// Ends a command: the text goes to standard error, the status to the shell.
struct refusal : std::runtime_error {
    refusal(exit_status s, const std::string& text) : std::runtime_error(text), status(s) {}
    exit_status status;
};

} // namespace mecctl

#endif
