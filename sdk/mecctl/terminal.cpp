#include "terminal.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

namespace mecctl {

bool wants_colours(int descriptor)
{
    const char* no_colour = std::getenv("NO_COLOR");
    const char* terminal = std::getenv("TERM");
    if (no_colour && *no_colour) return false;
    if (terminal && std::strcmp(terminal, "dumb") == 0) return false;
    return ::isatty(descriptor) == 1;
}

std::string painted(std::string_view text, colour c, bool enabled)
{
    std::string out;
    if (!enabled || c == colour::none) return out.append(text);
    switch (c) {
    case colour::green: out = "\x1b[32m"; break;
    case colour::yellow: out = "\x1b[33m"; break;
    case colour::red: out = "\x1b[31m"; break;
    case colour::grey: out = "\x1b[90m"; break;
    case colour::none: break;
    }
    return out.append(text).append("\x1b[0m");
}

std::string shell_quoted(std::string_view text)
{
    std::string out = "'";
    for (char c : text) {
        if (c == '\'') out += "'\\''";
        else out += c;
    }
    return out + '\'';
}

bool print(std::string_view text)
{
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() &&
           std::fflush(stdout) == 0;
}

void complain(std::string_view message)
{
    std::fprintf(stderr, "mecctl: %.*s\n", static_cast<int>(message.size()), message.data());
}

} // namespace mecctl
