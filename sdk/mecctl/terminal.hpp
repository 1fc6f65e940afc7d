#ifndef MEC_MECCTL_TERMINAL_HPP
#define MEC_MECCTL_TERMINAL_HPP

#include <mec/core/clock.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace mecctl {

enum class colour { none, green, yellow, red, grey };

/// True when the descriptor is a terminal and nobody asked for no colours (NO_COLOR, TERM=dumb).
bool wants_colours(int descriptor);

/// `text`, in colour when `enabled`.
std::string painted(std::string_view text, colour c, bool enabled);

/// How standard output is written.
struct output_style {
    bool colours = false;
    std::size_t width = 0; ///< columns of the terminal; 0: no terminal, nothing is cut
};
output_style standard_output();

/// Local time of day with milliseconds, with the date before it when that is not today's.
std::string readable_time(mec::system_time t);
/// `850 us`, `12 ms`, `1.2 s`.
std::string readable_duration(std::chrono::microseconds d);

/// `text` as one word of a POSIX shell: in single quotes.
std::string shell_quoted(std::string_view text);

/// Writes and flushes. False when standard output is closed or full.
bool print(std::string_view text);

/// The same for what a command was asked for, with the exit status that comes of it. A reader that
/// has seen enough is no failure.
int show(std::string_view text);

/// `mecctl: message` on standard error.
void complain(std::string_view message);

} // namespace mecctl

#endif
