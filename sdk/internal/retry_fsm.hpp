#ifndef MEC_INTERNAL_RETRY_FSM_HPP
#define MEC_INTERNAL_RETRY_FSM_HPP

/// @file
/// Decides what follows an attempt. Sends nothing, waits for nothing, reads no clock.

#include <mec/core/clock.hpp>
#include <mec/core/error.hpp>
#include <mec/http/operation.hpp>
#include <mec/http/options.hpp>

#include <atomic>
#include <chrono>
#include <optional>

MEC_BEGIN_NAMESPACE
namespace internal {

/// The code of an error status. 2xx that is not wanted, and 3xx, are errc::unexpected_content.
MEC_API errc errc_for_status(int status) noexcept;

/// What became of one attempt. A token that could not be fetched is an attempt with `nothing_sent`.
struct attempt_outcome {
    error failure{}; ///< of the transport; no error when a whole response came
    int status = 0; ///< of the response, also when its rest is missing; 0: there was no status line
    http::progress progress = http::progress::nothing_sent;
    std::optional<std::chrono::milliseconds>
        retry_after{};              ///< as the peer asked; else that of `failure`
    bool connection_reused = false; ///< the connection had carried an earlier exchange
};

/// What all calls of one client may spend on retries together, so that a broken platform is not also
/// flooded: a bucket that every retry empties and every success at the first attempt fills.
/// Thread-safe.
class MEC_API retry_budget {
public:
    explicit retry_budget(const http::retry_options& options) noexcept;

    /// Pays for a retry; false, and nothing taken, when too little is left.
    bool take(bool after_timeout) noexcept;
    void refund() noexcept;
    int left() const noexcept { return left_.load(std::memory_order_relaxed); }

private:
    int size_;
    int cost_;
    int timeout_cost_;
    int refund_;
    std::atomic<int> left_;
};

/// The answer to one attempt.
struct decision {
    enum class kind : std::uint8_t {
        succeed,       ///< the response, or what it proves, is the result
        retry,         ///< send again after `delay`
        refresh_token, ///< fetch another token, then send again; `code` if there is none to fetch
        fail           ///< end the call with conclude(code, ...)
    };
    kind what;
    std::chrono::milliseconds delay{0};
    errc code{}; ///< of fail and refresh_token
};

/// The retry rules for one call. Not thread-safe.
///
/// A request is repeated when that cannot apply it twice: when nothing was sent, when the peer says
/// that it did not act (429, 425, 503 with Retry-After, 401), or when its class allows it. Everything
/// else that ends without a clear answer is errc::outcome_unknown for http::repeat::never.
class MEC_API retry_fsm {
public:
    /// @param deadline  of the whole call; no wait reaches beyond it.
    retry_fsm(const http::retry_options& options, http::repeat repeat, http::method method,
              retry_budget& budget, steady_time deadline) noexcept;

    /// @param uniform01  a random number in [0, 1), for the jitter.
    decision on_attempt(const attempt_outcome& outcome, steady_time now, double uniform01) noexcept;

    /// How many attempts were reported.
    int attempts() const noexcept { return attempts_; }

private:
    struct ruling;
    ruling judge(const attempt_outcome& o) const noexcept;
    ruling judge_failure(const attempt_outcome& o) const noexcept;
    ruling judge_status(const attempt_outcome& o) const noexcept;
    decision try_again(const ruling& r, const attempt_outcome& o, steady_time now,
                       double uniform01) noexcept;
    std::chrono::milliseconds backoff(double uniform01) const noexcept;

    http::retry_options options_;
    retry_budget* budget_;
    steady_time deadline_;
    http::repeat repeat_;
    http::method method_;
    bool maybe_applied_ = false;  ///< an earlier attempt may have taken effect
    bool refreshed_ = false;      ///< the token was renewed after a 401
    bool second_chance_ = false;  ///< what is tried only once more was tried once more
    bool stale_replaced_ = false; ///< a dead pooled connection was replaced
    int attempts_ = 0;
    int free_attempts_ = 0; ///< that do not count against options_.attempts
    int retries_ = 0;       ///< paid for
};

/// The error that ends a call: `last` (the failure of the last attempt) when it already has that
/// code, otherwise `code` with `last` as its cause.
MEC_API error conclude(errc code, const error& last);

} // namespace internal
MEC_END_NAMESPACE

#endif
