#ifndef MEC_INTERNAL_WEBSOCKET_RECONNECT_HPP
#define MEC_INTERNAL_WEBSOCKET_RECONNECT_HPP

#include <mec/core/clock.hpp>
#include <mec/core/error.hpp>

#include <chrono>
#include <optional>

MEC_BEGIN_NAMESPACE
namespace internal {

struct websocket_reconnect_options {
    std::chrono::milliseconds first{250};      ///< doubles with every failure
    std::chrono::milliseconds longest{30'000}; ///< also of a Retry-After that is honoured
    /// A connection that lasted so long was a good one: what comes after it begins at `first`.
    std::chrono::milliseconds good{10'000};
};

/// Decides how long to wait before the next connection: exponential, with jitter over its upper half,
/// so that the applications of a platform that was restarted do not come back all at once. Never
/// gives up: that is for those who know whether the subscription still exists. No I/O, no clock.
class MEC_API websocket_reconnect {
public:
    explicit websocket_reconnect(const websocket_reconnect_options& options) noexcept
        : options_(options)
    {
    }

    void on_open(steady_time now) noexcept { opened_ = now; }
    /// A connection has ended, or was not made.
    /// @param uniform01  a random number in [0, 1)
    std::chrono::milliseconds on_end(const error& why, steady_time now, double uniform01) noexcept;
    /// Failures since the last good connection.
    int failures() const noexcept { return failures_; }

private:
    websocket_reconnect_options options_;
    std::optional<steady_time> opened_;
    int failures_ = 0;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
