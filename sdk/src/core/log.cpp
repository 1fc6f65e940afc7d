#include <mec/core/log.hpp>

#include "text.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

MEC_BEGIN_NAMESPACE

namespace {

constexpr std::size_t longest_message = 8 * 1024;

const char* name_of(log_level level) noexcept
{
    static constexpr std::array names{"trace", "debug", "info ", "warn ", "error"};
    const auto index = static_cast<std::size_t>(level);
    return index < names.size() ? names[index] : "?    ";
}

void write_line(const log_record& record)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    std::array<char, 64> head{};
    const std::size_t length = std::strftime(head.data(), head.size(), "%Y-%m-%dT%H:%M:%S", &utc);
    std::snprintf(head.data() + length, head.size() - length, ".%03dZ %s ",
                  static_cast<int>(ms % 1000), name_of(record.level));

    std::string line = head.data();
    line.append(record.component).append(": ").append(record.message) += '\n';
    std::fwrite(line.data(), 1, line.size(), stderr); // one write: lines of threads do not mix
}

} // namespace

void logger::write(log_level level, std::string_view component,
                   std::string_view message) const noexcept
{
    if (!enabled(level)) return;
    try {
        const std::string text = internal::printable(message, longest_message);
        sink_({level, component, text});
    } catch (...) { // a log that fails must not stop what it tells about
    }
}

log_sink stderr_log_sink() { return &write_line; }

MEC_END_NAMESPACE
