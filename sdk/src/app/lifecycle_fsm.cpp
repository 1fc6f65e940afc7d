#include "lifecycle_fsm.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {

using kind = lifecycle_step::kind;

namespace {

/// The platform, or the way to it, may be better later.
bool passing(const error& e) { return e == condition::retryable || e == condition::timeout; }

} // namespace

lifecycle_fsm::lifecycle_fsm(lifecycle_options options, std::size_t services)
    : options_(options), services_(services, registration::wanted)
{
}

lifecycle_step lifecycle_fsm::start(steady_time now)
{
    ready_deadline_ = now + options_.ready_retry;
    return go_on();
}

lifecycle_step lifecycle_fsm::go_on()
{
    if (stopping_) return begin_stop();
    if (!ready_) {
        doing_ = doing::ready;
        return {kind::confirm_ready};
    }
    for (current_ = 0; current_ < services_.size(); ++current_) {
        if (services_[current_] == registration::done) continue;
        if (failures_ == 0) state_ = application_state::converging;
        const bool unknown = services_[current_] == registration::unknown;
        doing_ = unknown ? doing::finding : doing::registering;
        return {unknown ? kind::find_service : kind::register_service, current_};
    }
    doing_ = doing::nothing;
    state_ = application_state::active;
    reason_ = {};
    return {kind::stay};
}

lifecycle_step lifecycle_fsm::on_ready(const error& failure, steady_time now, double uniform01)
{
    if (!failure) {
        ready_ = true;
        failures_ = 0;
        return go_on();
    }
    if (stopping_) return begin_stop();
    // 409: the platform has not finished setting up the instance (clause 5.2.2 step 4).
    const bool may_change = failure == errc::conflict || passing(failure);
    if (!may_change || now >= ready_deadline_) return fail(failure);
    lifecycle_step step = try_again(failure, uniform01);
    step.delay =
        std::min(step.delay, std::chrono::ceil<std::chrono::milliseconds>(ready_deadline_ - now));
    return step;
}

lifecycle_step lifecycle_fsm::on_registered(const error& failure, steady_time, double uniform01)
{
    if (!failure) {
        services_[current_] = registration::done;
        failures_ = 0;
        return go_on();
    }
    if (failure == errc::outcome_unknown) {
        services_[current_] = registration::unknown;
        return go_on();
    }
    if (stopping_) return begin_stop();
    if (!passing(failure)) return fail(failure);
    return try_again(failure, uniform01);
}

lifecycle_step lifecycle_fsm::on_found(const error& failure, bool found, steady_time,
                                       double uniform01)
{
    if (!failure) {
        services_[current_] = found ? registration::done : registration::wanted;
        return go_on();
    }
    if (stopping_) {
        if (!outcome_)
            outcome_ = {errc::outcome_unknown, "a service may have remained on the platform"};
        return begin_stop();
    }
    if (!passing(failure)) return fail(failure);
    return try_again(failure, uniform01);
}

lifecycle_step lifecycle_fsm::try_again(const error& failure, double uniform01)
{
    state_ = application_state::recovering;
    reason_ = failure;
    std::chrono::milliseconds span = options_.first_delay;
    for (int i = 0; i < failures_ && span < options_.longest_delay; ++i) span *= 2;
    span = std::min(span, options_.longest_delay);
    ++failures_;
    doing_ = doing::waiting;
    // Between half and all of it: never at once, never all applications of a host together.
    const auto delay = std::chrono::duration_cast<std::chrono::milliseconds>(
        span * (0.5 + 0.5 * std::clamp(uniform01, 0.0, 1.0)));
    return {kind::wait, 0, std::max(delay, failure.info().retry_after.value_or(delay))};
}

lifecycle_step lifecycle_fsm::on_timer(steady_time)
{
    return doing_ == doing::waiting ? go_on() : lifecycle_step{kind::nothing};
}

lifecycle_step lifecycle_fsm::added()
{
    services_.push_back(registration::wanted);
    const bool idle = doing_ == doing::nothing && state_ == application_state::active;
    return idle ? go_on() : lifecycle_step{kind::nothing};
}

lifecycle_step lifecycle_fsm::stop()
{
    if (stopping_) return {kind::nothing};
    stopping_ = true;
    const bool call_under_way =
        doing_ == doing::ready || doing_ == doing::registering || doing_ == doing::finding;
    return call_under_way ? lifecycle_step{kind::nothing} : begin_stop();
}

lifecycle_step lifecycle_fsm::fail(const error& failure)
{
    outcome_ = failure;
    reason_ = failure;
    stopping_ = true;
    return begin_stop();
}

lifecycle_step lifecycle_fsm::begin_stop()
{
    state_ = application_state::stopping;
    // A registration of unknown outcome is settled first: what it may have left behind must go too.
    for (current_ = 0; current_ < services_.size(); ++current_)
        if (services_[current_] == registration::unknown && !outcome_) {
            services_[current_] = registration::wanted;
            doing_ = doing::finding;
            return {kind::find_service, current_};
        }
    const bool any =
        std::find(services_.begin(), services_.end(), registration::done) != services_.end();
    doing_ = doing::withdrawing;
    if (any) return {kind::withdraw};
    return on_withdrawn({});
}

lifecycle_step lifecycle_fsm::on_withdrawn(const error& failure)
{
    state_ = application_state::stopped;
    doing_ = doing::nothing;
    return {kind::finish, 0, {}, outcome_ ? outcome_ : failure};
}

} // namespace internal
MEC_END_NAMESPACE
