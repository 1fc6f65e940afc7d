#include "rni_events.hpp"

#include "rni_filters.hpp"
#include "rni_mapping.hpp"
#include "rni_notices.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

prepared_notification prepare(const platform_state& s, const radio::event& e)
{
    return std::visit(
        [&](auto n) {
            if constexpr (std::is_base_of_v<rni::notification_base, decltype(n)>)
                n.time_stamp = to_time_stamp(s.options.clock->system_now());
            return prepared_notification(n);
        },
        notification_of(e));
}

} // namespace

void publish(platform_state& s, const radio::event& e)
{
    if (s.offer != radio_service::on) return;
    std::optional<prepared_notification> text;
    for (const subscription& one : s.subscriptions) {
        const auto* wanted = std::get_if<rni::subscription>(&one.content);
        if (!wanted || !matches(*wanted, e)) continue;
        if (!text) text.emplace(prepare(s, e));
        s.outbox.push_back(text->for_subscription(one));
    }
}

} // namespace emulator
MEC_END_NAMESPACE
