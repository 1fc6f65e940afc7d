#ifndef MEC_MECCTL_TERMINAL_HPP
#define MEC_MECCTL_TERMINAL_HPP

#include <string>
#include <string_view>

namespace mecctl {

enum class colour { none, green, yellow, red, grey };

/// True when the descriptor is a terminal and nobody asked for no colours (NO_COLOR, TERM=dumb).
bool wants_colours(int descriptor);

/// `text`, in colour when `enabled`.
std::string painted(std::string_view text, colour c, bool enabled);

/// `text` as one word of a POSIX shell: in single quotes.
std::string shell_quoted(std::string_view text);

/// Writes and flushes. False when standard output is closed or full.
bool print(std::string_view text);

/// `mecctl: message` on standard error.
void complain(std::string_view message);

} // namespace mecctl

#endif
