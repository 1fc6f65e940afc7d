#include "lifecycle_fsm.hpp"

#include <algorithm>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

using kind = lifecycle_action::kind;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds longest_pause{200};
/// So many at a time: the platform must still be told while some of them get no answer, and a
/// transport has few connections.
constexpr std::size_t withdrawn_at_once = 6;
/// For cleaning up after a start that failed.
constexpr milliseconds failure_budget{5000};

} // namespace

application_state lifecycle_fsm::state() const noexcept
{
    if (phase_ == phase::finished) return application_state::stopped;
    return phase_ == phase::staying ? want_.state() : application_state::stopping;
}

const error& lifecycle_fsm::reason() const noexcept
{
    return phase_ == phase::staying ? want_.reason() : outcome_;
}

void lifecycle_fsm::begin_departure(termination_cause cause, app_support::operation_action action,
                                    milliseconds budget, steady_time now)
{
    if (phase_ == phase::finished) return;
    announce_ = leave_.begin(cause, action, budget, now) || announce_;
    if (phase_ == phase::staying) phase_ = phase::draining;
}

lifecycle_action lifecycle_fsm::next(steady_time now)
{
    switch (phase_) {
    case phase::staying: return stay(now);
    case phase::draining:
        if (std::exchange(announce_, false)) {
            drained_ = false;
            return {kind::announce, {}, leave_.drain_until()};
        }
        if (!drained_ && now < leave_.drain_until()) return stay(now);
        phase_ = phase::withdrawing;
        beats_.clear();
        want_.leave();
        [[fallthrough]];
    case phase::withdrawing: return withdraw(now);
    case phase::confirming: return confirm(now);
    case phase::finished: break;
    }
    return {};
}

lifecycle_action lifecycle_fsm::stay(steady_time now)
{
    while (const auto key = beats_.next(now)) {
        if (want_.id_of(*key).empty()) { // lost; required again when it is there again
            beats_.remove(*key);
            continue;
        }
        lifecycle_action a{kind::heartbeat};
        a.task.key = *key;
        a.task.id = want_.id_of(*key);
        return a;
    }
    if (phase_ == phase::draining) return {}; // nothing new is made any more
    lifecycle_action a{kind::reconcile, want_.next(now)};
    if (a.task.what != reconcile_task::kind::none) return a;
    if (!want_.fatal()) return {};
    outcome_ = want_.fatal();
    leave_.begin(termination_cause::application, app_support::operation_action::terminating,
                 failure_budget, now);
    phase_ = phase::withdrawing;
    want_.leave();
    return withdraw(now);
}

lifecycle_action lifecycle_fsm::withdraw(steady_time now)
{
    const bool late = now >= leave_.withdraw_until();
    settling_ = !late;
    if (!late && radio_ == guest::staying) {
        radio_ = guest::leaving;
        return {kind::leave_radio};
    }
    if (!late) {
        if (lifecycle_action a{kind::reconcile, want_.next(now)};
            a.task.what != reconcile_task::kind::none)
            return a;
        for (const std::size_t key : want_.remaining()) {
            if (under_way_.size() >= withdrawn_at_once) break;
            if (want_.busy_with(key) || !tried_.insert(key).second) continue;
            under_way_.insert(key);
            lifecycle_action a{kind::withdraw};
            a.task = {reconcile_task::kind::remove, want_.where(key), key, want_.id_of(key)};
            return a;
        }
        if (!under_way_.empty() || want_.busy() || want_.unsettled()) return {};
        if (radio_ == guest::leaving) return {};
    }
    if (!leave_.wanted_by_platform()) {
        const bool busy = !under_way_.empty() || want_.busy() || radio_ == guest::leaving;
        if (late && now < leave_.end() && busy) return {};
        return finish();
    }
    phase_ = phase::confirming;
    return confirm(now);
}

lifecycle_action lifecycle_fsm::confirm(steady_time now)
{
    if (confirmed_ || now >= leave_.end()) return finish();
    if (confirming_ || now < confirm_again_) return {};
    confirming_ = true;
    confirming_action_ = leave_.action();
    return {kind::confirm_termination};
}

lifecycle_action lifecycle_fsm::finish()
{
    phase_ = phase::finished;
    const std::size_t left = want_.may_remain();
    error outcome = outcome_;
    if (!outcome && leave_.wanted_by_platform() && confirm_failure_) outcome = confirm_failure_;
    else if (!outcome && leave_.wanted_by_platform() && !confirmed_)
        outcome = {errc::deadline_exceeded,
                   "the platform was not told in time that the application is done"};
    else if (!outcome && !leave_.wanted_by_platform() && withdraw_failure_)
        outcome = withdraw_failure_;
    else if (!outcome && !leave_.wanted_by_platform() && left != 0)
        outcome = {errc::deadline_exceeded,
                   "the platform did not let go in time; resources that may remain there: " +
                       std::to_string(left)};
    return {kind::finish, {}, {}, std::move(outcome)};
}

steady_time lifecycle_fsm::wakeup() const noexcept
{
    switch (phase_) {
    case phase::staying: return std::min(want_.wakeup(), beats_.wakeup());
    case phase::draining: return std::min(leave_.drain_until(), beats_.wakeup());
    case phase::withdrawing:
        return std::min(settling_ ? want_.wakeup() : steady_time::max(),
                        leave_.wanted_by_platform() ? leave_.withdraw_until() : leave_.end());
    case phase::confirming:
        return confirming_ ? leave_.end() : std::min(confirm_again_, leave_.end());
    case phase::finished: break;
    }
    return steady_time::max();
}

void lifecycle_fsm::on_heartbeat(std::size_t key, const error& failure,
                                 std::optional<std::chrono::seconds> interval, steady_time now,
                                 double u)
{
    beats_.done(key, !failure, now, u);
    if (!failure) {
        if (interval) beats_.set(key, *interval, now, u);
    } else if (failure == errc::not_found) { // the platform has lost us
        beats_.remove(key);
        want_.on_lost(key, failure, now);
    } else if (failure == errc::conflict) { // INACTIVE there: none are wanted
        beats_.remove(key);
    } else {
        want_.suspect();
    }
}

void lifecycle_fsm::on_withdrawn(std::size_t key, const error& failure)
{
    under_way_.erase(key);
    if (!failure || failure == errc::not_found) want_.forget(key);
    else withdraw_failure_ = failure;
}

void lifecycle_fsm::on_termination_confirmed(const error& failure, steady_time now)
{
    confirming_ = false;
    const bool passing = failure == condition::retryable || failure == condition::timeout ||
                         failure == errc::outcome_unknown;
    if (passing) {
        const auto pause = (leave_.end() - leave_.withdraw_until()) / 8;
        confirm_again_ = now + std::min<steady_time::duration>(longest_pause, pause);
        return;
    }
    // A stronger notice may have come meanwhile; it wants an answer of its own.
    if (confirming_action_ != leave_.action()) return;
    confirmed_ = true;
    // 404 and 409: the platform does not wait (any more).
    if (failure != errc::not_found && failure != errc::conflict) confirm_failure_ = failure;
}

} // namespace internal
MEC_END_NAMESPACE
