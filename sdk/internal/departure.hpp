#ifndef MEC_INTERNAL_DEPARTURE_HPP
#define MEC_INTERNAL_DEPARTURE_HPP

#include <mec/app/termination.hpp>
#include <mec/core/clock.hpp>

#include <algorithm>
#include <chrono>

MEC_BEGIN_NAMESPACE
namespace internal {

/// How the time to leave is divided: the application finishes its work, resources are withdrawn, the
/// platform is told. One budget, the smallest of all that were given. Decides without I/O.
class departure {
public:
    bool begun() const noexcept { return begun_; }
    /// The platform waits to be told.
    bool wanted_by_platform() const noexcept { return by_platform_; }
    app_support::operation_action action() const noexcept { return action_; }
    termination_cause cause() const noexcept { return cause_; }

    steady_time drain_until() const noexcept { return drain_until_; }
    steady_time withdraw_until() const noexcept { return withdraw_until_; }
    steady_time end() const noexcept { return end_; }

    /// May come again: the earlier end and the stronger action count.
    /// @param budget  of the platform: until it stops waiting; of others: until all must be over.
    /// @return whether the application must be told (again).
    bool begin(termination_cause cause, app_support::operation_action action,
               std::chrono::milliseconds budget, steady_time now)
    {
        const bool by_platform = cause == termination_cause::platform;
        const bool stronger = by_platform && by_platform_ &&
                              action_ == app_support::operation_action::stopping &&
                              action == app_support::operation_action::terminating;
        const bool news = !begun_ || (by_platform && !by_platform_) || stronger;
        if (!begun_ || (by_platform && !by_platform_)) cause_ = cause;
        if (!by_platform_ || stronger) action_ = action;
        by_platform_ = by_platform_ || by_platform;
        budget = std::clamp(budget, std::chrono::milliseconds{0}, longest);
        plan(by_platform ? budget - margin(budget) : budget, by_platform, now);
        begun_ = true;
        return news;
    }

private:
    using milliseconds = std::chrono::milliseconds;
    static constexpr milliseconds longest = std::chrono::hours{24};

    /// For the way back: the platform's timer has been running since before the notification came.
    static milliseconds margin(milliseconds budget)
    {
        return std::min(budget / 4, std::max(milliseconds{1000}, budget / 10));
    }
    void plan(milliseconds budget, bool by_platform, steady_time now)
    {
        // No time at all: the platform is told at once, and that still needs time.
        const bool none = by_platform && budget <= milliseconds{0};
        const steady_time end = now + (none ? milliseconds{2000} : budget);
        // Of a short time most is for telling the platform: one repetition must fit in.
        const auto confirm = std::min(budget * 2 / 5, milliseconds{2000});
        const auto withdraw = std::min(budget / 5, milliseconds{3000});
        shorten(end_, end);
        shorten(withdraw_until_, none ? now : end - confirm);
        shorten(drain_until_, none ? now : end - confirm - withdraw);
    }
    void shorten(steady_time& until, steady_time to) const
    {
        until = begun_ ? std::min(until, to) : to;
    }

    bool begun_ = false;
    bool by_platform_ = false;
    termination_cause cause_ = termination_cause::application;
    app_support::operation_action action_ = app_support::operation_action::terminating;
    steady_time drain_until_{};
    steady_time withdraw_until_{};
    steady_time end_{};
};

} // namespace internal
MEC_END_NAMESPACE

#endif
