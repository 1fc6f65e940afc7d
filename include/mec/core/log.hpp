#ifndef MEC_CORE_LOG_HPP
#define MEC_CORE_LOG_HPP

#include <mec/config.hpp>

#include <functional>
#include <string_view>

MEC_BEGIN_NAMESPACE

enum class log_level { trace, debug, info, warning, error };

/// One line of log. The views live until the sink returns.
struct log_record {
    log_level level;
    std::string_view component; ///< layer that speaks: `http`, `auth`, `app`, ...
    std::string_view message;   ///< no secret, no control character
};

/// Receives log records; called from whatever thread runs the SDK, without a lock held. An exception
/// thrown by it is swallowed.
using log_sink = std::function<void(const log_record&)>;

/// A sink with a threshold. Empty sink: nothing is formatted, nothing is called.
class logger {
public:
    logger() = default;
    explicit logger(log_sink sink, log_level threshold = log_level::info)
        : sink_(std::move(sink)), threshold_(threshold)
    {
    }
    /// Ask before building a message.
    bool enabled(log_level level) const noexcept { return sink_ && level >= threshold_; }
    MEC_API void write(log_level level, std::string_view component,
                       std::string_view message) const noexcept;

private:
    log_sink sink_;
    log_level threshold_ = log_level::info;
};

/// A sink that writes lines to standard error: time, level, component, message.
MEC_API log_sink stderr_log_sink();

MEC_END_NAMESPACE

#endif
