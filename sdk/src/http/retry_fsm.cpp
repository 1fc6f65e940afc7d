#include "retry_fsm.hpp"

#include <boost/system/errc.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {

using http::progress;
using http::repeat;
using std::chrono::milliseconds;

errc errc_for_status(int status) noexcept
{
    switch (status) {
    case 401: return errc::auth_failed;
    case 403: return errc::forbidden;
    case 404: return errc::not_found;
    case 409: return errc::conflict;
    case 412: return errc::precondition_failed;
    case 429: return errc::rate_limited;
    case 400:
    case 405:
    case 406:
    case 422:
    case 431: return errc::bad_request;
    case 500:
    case 502:
    case 503:
    case 504: return errc::service_unavailable;
    default: break;
    }
    if (status >= 410 && status <= 417) return errc::bad_request;
    if (status >= 200 && status < 400) return errc::unexpected_content;
    if (status >= 400 && status < 600) return errc::http_status;
    return errc::protocol_error;
}

// ---- budget

retry_budget::retry_budget(const http::retry_options& options) noexcept
    : size_(std::max(options.bucket, 0)), cost_(std::max(options.cost, 0)),
      timeout_cost_(std::max(options.timeout_cost, 0)), refund_(std::max(options.refund, 0)),
      left_(size_)
{
}

bool retry_budget::take(bool after_timeout) noexcept
{
    const int price = after_timeout ? timeout_cost_ : cost_;
    int left = left_.load(std::memory_order_relaxed);
    while (left >= price)
        if (left_.compare_exchange_weak(left, left - price, std::memory_order_relaxed)) return true;
    return false;
}

void retry_budget::refund() noexcept
{
    int left = left_.load(std::memory_order_relaxed);
    while (left < size_) {
        const int more = left + std::min(refund_, size_ - left);
        if (left_.compare_exchange_weak(left, more, std::memory_order_relaxed)) return;
    }
}

// ---- rules

struct retry_fsm::ruling {
    enum kind : std::uint8_t { done, again, again_once, again_at_once, refresh, stop };
    kind what;
    errc code{};
};

namespace {

errc code_of(const error& e) noexcept { return static_cast<errc>(e.code().value()); }

bool is_timeout(const attempt_outcome& o) noexcept
{
    return o.failure && o.failure == condition::timeout;
}

/// True when the peer said in so many words that it did not act on the request.
bool turned_away(const attempt_outcome& o) noexcept
{
    return o.status == 401 || o.status == 425 || o.status == 429 ||
           (o.status == 503 && o.retry_after.has_value());
}

/// True when the peer may have acted on the request although nobody can tell.
bool may_have_applied(const attempt_outcome& o) noexcept
{
    const int s = o.status;
    if (o.failure) {
        const bool refused = s >= 400 && s < 500 && s != 408;
        return o.progress != progress::nothing_sent && !refused && !turned_away(o);
    }
    return s == 408 || s == 500 || s == 502 || s == 504 || (s == 503 && !turned_away(o));
}

/// A handshake that the peer's kernel cut off, as when its process restarts; other TLS failures are final.
bool handshake_was_reset(const error& e) noexcept
{
    namespace sys = boost::system::errc;
    const error_code& c = e.info().system;
    return c == sys::connection_reset || c == sys::connection_aborted || c == sys::broken_pipe;
}

} // namespace

retry_fsm::retry_fsm(const http::retry_options& options, http::repeat repeat, http::method method,
                     retry_budget& budget, steady_time deadline) noexcept
    : options_(options), budget_(&budget), deadline_(deadline), repeat_(repeat), method_(method)
{
}

retry_fsm::ruling retry_fsm::judge_failure(const attempt_outcome& o) const noexcept
{
    const errc code = code_of(o.failure);
    switch (code) {
    case errc::connection_lost:
        // The usual reason on a reused connection is that the peer closed it while it was idle.
        if (o.connection_reused && o.progress <= progress::request_sent)
            return {ruling::again_at_once, code};
        return {ruling::again, code};
    case errc::name_temporary:
    case errc::connect_refused:
    case errc::connect_timeout:
    case errc::unreachable:
    case errc::truncated:
    case errc::deadline_exceeded:   // of one step of the attempt
    case errc::service_unavailable: // of the token endpoint
    case errc::rate_limited: return {ruling::again, code};
    case errc::tls_protocol:
        return {handshake_was_reset(o.failure) ? ruling::again_once : ruling::stop, code};
    default: return {ruling::stop, code};
    }
}

retry_fsm::ruling retry_fsm::judge_status(const attempt_outcome& o) const noexcept
{
    const errc code = errc_for_status(o.status);
    if (o.status >= 200 && o.status < 300) return {ruling::done};
    switch (o.status) {
    case 401: return {refreshed_ ? ruling::stop : ruling::refresh, code};
    case 404: // gone is what the caller wanted
        if (maybe_applied_ && method_ == http::method::delete_) return {ruling::done};
        return {ruling::stop, code};
    case 409: // the state that forbids it is the one that it was to bring about
        if (maybe_applied_ && repeat_ == repeat::task) return {ruling::done};
        return {ruling::stop, code};
    case 412: // our own earlier attempt may have changed the resource
        return {ruling::stop, maybe_applied_ ? errc::outcome_unknown : code};
    case 500: return {repeat_ == repeat::never ? ruling::stop : ruling::again_once, code};
    case 408:
    case 425:
    case 429:
    case 502:
    case 503:
    case 504: return {ruling::again, code};
    default: return {ruling::stop, code};
    }
}

retry_fsm::ruling retry_fsm::judge(const attempt_outcome& o) const noexcept
{
    const ruling r = o.failure ? judge_failure(o) : judge_status(o);
    const bool ended_by_us = r.code == errc::cancelled || r.code == errc::shutting_down;
    const bool answered = !o.failure && o.status == 500; // the peer itself says that it failed
    if (repeat_ == repeat::never && may_have_applied(o) && !ended_by_us && !answered)
        return {ruling::stop, errc::outcome_unknown};
    return r;
}

decision retry_fsm::on_attempt(const attempt_outcome& outcome, steady_time now,
                               double uniform01) noexcept
{
    ++attempts_;
    const ruling r = judge(outcome);
    maybe_applied_ = maybe_applied_ || may_have_applied(outcome);
    switch (r.what) {
    case ruling::done:
        if (attempts_ == 1) budget_->refund();
        return {decision::kind::succeed};
    case ruling::refresh:
        if (now >= deadline_) return {decision::kind::fail, {}, errc::deadline_exceeded};
        refreshed_ = true;
        ++free_attempts_;
        return {decision::kind::refresh_token, {}, r.code};
    case ruling::again_at_once:
        if (stale_replaced_ || now >= deadline_) return try_again(r, outcome, now, uniform01);
        stale_replaced_ = true;
        ++free_attempts_;
        return {decision::kind::retry};
    case ruling::again_once:
        if (second_chance_) break;
        second_chance_ = true;
        return try_again(r, outcome, now, uniform01);
    case ruling::again: return try_again(r, outcome, now, uniform01);
    case ruling::stop: break;
    }
    return {decision::kind::fail, {}, r.code};
}

decision retry_fsm::try_again(const ruling& r, const attempt_outcome& o, steady_time now,
                              double uniform01) noexcept
{
    const decision give_up{decision::kind::fail, {}, r.code};
    if (now >= deadline_) return {decision::kind::fail, {}, errc::deadline_exceeded};
    if (attempts_ >= options_.attempts + free_attempts_) return give_up;

    const auto wanted = o.retry_after ? o.retry_after : o.failure.info().retry_after;
    const milliseconds asked = std::min(wanted.value_or(milliseconds{0}), options_.retry_after_cap);
    const milliseconds delay = std::max(backoff(uniform01), asked);
    if (now + delay >= deadline_) return {decision::kind::fail, {}, errc::deadline_exceeded};
    if (!budget_->take(is_timeout(o))) return give_up;
    ++retries_;
    return {decision::kind::retry, delay};
}

/// Full jitter: anything between nothing and the doubled base spreads clients best.
milliseconds retry_fsm::backoff(double uniform01) const noexcept
{
    milliseconds span = std::min(options_.base, options_.cap);
    for (int i = 0; i < retries_ && span < options_.cap; ++i)
        span = std::min(span * 2, options_.cap);
    span = std::max(span, milliseconds{0});
    const double share = std::clamp(uniform01, 0.0, 1.0) * static_cast<double>(span.count());
    return milliseconds{static_cast<milliseconds::rep>(share)};
}

error conclude(errc code, const error& last)
{
    if (!last || last == code) return last ? last : error{code};
    error_info info;
    info.http_status = last.info().http_status;
    info.problem = last.info().problem;
    info.retry_after = last.info().retry_after;
    info.cause = std::make_shared<const error>(last);
    return {code, std::move(info)};
}

} // namespace internal
MEC_END_NAMESPACE
