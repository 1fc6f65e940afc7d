#include "terminal.hpp"

#include "command.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <sys/ioctl.h>
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

output_style standard_output()
{
    winsize size{};
    const bool sized =
        ::isatty(STDOUT_FILENO) == 1 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
    return {wants_colours(STDOUT_FILENO), sized ? size.ws_col : std::size_t{0}};
}

std::string readable_time(mec::system_time t)
{
    using namespace std::chrono;
    const auto local = [](std::time_t seconds) {
        std::tm parts{};
        ::localtime_r(&seconds, &parts);
        return parts;
    };
    const auto whole = floor<seconds>(t.time_since_epoch());
    const std::tm then = local(static_cast<std::time_t>(whole.count()));
    const std::tm now = local(std::time(nullptr));
    const bool today = then.tm_yday == now.tm_yday && then.tm_year == now.tm_year;
    char text[48] = {};
    const auto used =
        std::strftime(text, sizeof text, today ? "%H:%M:%S" : "%Y-%m-%d %H:%M:%S", &then);
    const auto rest = duration_cast<milliseconds>(t.time_since_epoch() - whole);
    std::snprintf(text + used, sizeof text - used, ".%03d", static_cast<int>(rest.count()));
    return text;
}

std::string readable_duration(std::chrono::microseconds d)
{
    char text[32];
    const auto us = static_cast<long long>(d.count());
    if (us < 1000) std::snprintf(text, sizeof text, "%lld us", us);
    else if (us < 1'000'000) std::snprintf(text, sizeof text, "%lld ms", us / 1000);
    else std::snprintf(text, sizeof text, "%.1f s", static_cast<double>(us) / 1e6);
    return text;
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

int show(std::string_view text)
{
    if (print(text)) return success;
    if (errno == EPIPE) return success;
    complain(std::string("cannot write to standard output: ") + std::strerror(errno));
    return failure;
}

void complain(std::string_view message)
{
    std::fprintf(stderr, "mecctl: %.*s\n", static_cast<int>(message.size()), message.data());
}

} // namespace mecctl
