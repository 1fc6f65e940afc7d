#include "oauth2_fsm.hpp"

#include <algorithm>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

auth::token_ptr oauth2_fsm::current(steady_time now) const noexcept
{
    return token_ && now < token_->expires_at ? token_ : nullptr;
}

oauth2_fsm::answer oauth2_fsm::on_wanted(const auth::token_ptr& rejected,
                                         const secret_string& secret, steady_time now,
                                         steady_time give_up)
{
    if (auto token = current(now); token && token != rejected)
        return {answer::kind::have, std::move(token)};
    // Before its time to be renewed only a 401 rules a token out: nobody shall send it again.
    const bool turned_down = rejected && rejected == token_ && now < rejected->refresh_at;
    if (turned_down) token_.reset();
    if (now < under_way_until_) return {answer::kind::join};

    if (now < rest_until_ && secret == refused_secret_) return refuse(refusal_, rest_until_, now);
    if (now < next_request_) return refuse(last_failure_, next_request_, now);
    if (rejected && !token_) {
        if (now < next_rejection_)
            return refuse(error(errc::rate_limited,
                                "the platform turns down tokens as soon as they are "
                                "issued; check scope, audience and clocks"),
                          next_rejection_, now);
        next_rejection_ = now + between_rejections;
    }
    under_way_until_ = give_up;
    next_request_ = now + between_requests;
    return {answer::kind::fetch, nullptr, {}, ++ticket_};
}

/// Says in the error when asking again makes sense.
oauth2_fsm::answer oauth2_fsm::refuse(error why, steady_time until, steady_time now) const
{
    if (!why) why = error(errc::rate_limited, "a token was requested less than a second ago");
    error_info info = why.info();
    info.retry_after = std::chrono::ceil<std::chrono::milliseconds>(until - now);
    return {answer::kind::refuse, nullptr, why.with(std::move(info))};
}

auth::token_ptr oauth2_fsm::on_granted(std::uint64_t ticket, token_grant grant, steady_time now,
                                       double uniform01)
{
    const std::chrono::duration<double> life = grant.lifetime.value_or(default_lifetime);
    const double share = 0.8 - 0.1 * std::clamp(uniform01, 0.0, 1.0);
    const auto after = [now](std::chrono::duration<double> d) {
        return now + std::chrono::duration_cast<steady_time::duration>(d);
    };
    if (is_latest(ticket)) under_way_until_ = steady_time::min();
    last_failure_ = {};
    refusal_ = {};
    rest_until_ = steady_time::min();
    token_ = std::make_shared<const auth::access_token>(
        auth::access_token{std::move(grant.token), after(life * share), after(life)});
    return token_;
}

error oauth2_fsm::on_failed(error failure, const secret_string& secret, steady_time now)
{
    under_way_until_ = steady_time::min();
    last_failure_ = failure;
    steady_time again = next_request_;
    if (failure == errc::auth_failed) {
        refusal_ = failure;
        refused_secret_ = secret;
        rest_until_ = again = now + rest_after_refusal;
    }
    if (now >= again) return failure;
    error_info info = failure.info();
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(again - now);
    info.retry_after = std::max(info.retry_after.value_or(wait), wait);
    return failure.with(std::move(info));
}

} // namespace internal
MEC_END_NAMESPACE
