#include "rni_expiry.hpp"

#include "rni_notices.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

std::optional<system_time> end_of(const subscription& one)
{
    const rni::subscription_base* content = radio_content(one);
    if (!content || !content->expiry_deadline) return std::nullopt;
    return content->expiry_deadline->to_time_point();
}

void tell_of_end(platform_state& s, subscription& one, system_time now)
{
    rni::expiry_notification n;
    n.time_stamp = to_time_stamp(now);
    n.expiry_deadline = *radio_content(one)->expiry_deadline;
    s.outbox.push_back(prepared_notification(n).for_subscription(one));
    one.expiry_told = true;
}

} // namespace

std::optional<answer> agree_on_end(const platform_state& s, rni::subscription_base& content)
{
    const system_time now = s.options.clock->system_now();
    const radio_options& o = s.options.radio;
    if (content.expiry_deadline && content.expiry_deadline->to_time_point() <= now)
        return problem(422, "/expiryDeadline: is over");
    if (o.longest_subscription.count() == 0) return std::nullopt;
    const time_stamp latest = to_time_stamp(now + o.longest_subscription);
    const bool too_late = content.expiry_deadline &&
                          content.expiry_deadline->to_time_point() > latest.to_time_point();
    if (too_late || (!content.expiry_deadline && o.always_expires))
        content.expiry_deadline = latest;
    return std::nullopt;
}

void end_expired_subscriptions(platform_state& s)
{
    const system_time now = s.options.clock->system_now();
    const auto is_over = [&](const subscription& one) {
        const auto end = end_of(one);
        if (!end || now < *end) return false;
        s.gone.push_back(one.id);
        return true;
    };
    s.subscriptions.erase(std::remove_if(s.subscriptions.begin(), s.subscriptions.end(), is_over),
                          s.subscriptions.end());
    for (subscription& one : s.subscriptions) {
        const auto end = end_of(one);
        if (end && !one.expiry_told && now >= *end - s.options.radio.expiry_notice)
            tell_of_end(s, one, now);
    }
}

bool waits_for_expiry(const platform_state& s)
{
    return std::any_of(s.subscriptions.begin(), s.subscriptions.end(),
                       [](const subscription& one) { return end_of(one).has_value(); });
}

} // namespace emulator
MEC_END_NAMESPACE
