#include "rni_delivery.hpp"

#include "rni_notices.hpp"
#include "websocket_hub.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

constexpr std::string_view test_type = "TestNotification";

bool wants_websocket(const platform_state& s, const rni::subscription_base& content)
{
    if (!content.websock_notif_config || s.quirks.no_websockets || !s.websockets) return false;
    // What was read and is sent back has the URL already.
    return content.websock_notif_config->request_websocket_uri.value_or(false) ||
           content.websock_notif_config->websocket_uri.has_value();
}

void take_websocket(platform_state& s, subscription& one, rni::subscription_base& content)
{
    one.callback = s.websockets->open(one.id);
    one.websocket_offered = false;
    content.callback_reference.clear();
    if (!content.websock_notif_config) content.websock_notif_config.emplace();
    content.websock_notif_config->websocket_uri = one.callback.to_string();
}

} // namespace

std::optional<answer> choose_delivery(platform_state& s, subscription& one,
                                      rni::subscription_base& content)
{
    const bool websocket = wants_websocket(s, content);
    if (websocket && (content.callback_reference.empty() || s.options.radio.websocket_first)) {
        take_websocket(s, one, content);
        return std::nullopt;
    }
    if (content.callback_reference.empty())
        return problem(400, "one of callbackReference and websockNotifConfig with "
                            "requestWebsocketUri must be present");
    if (auto refused = refuse_callback(content.callback_reference, one.callback)) return refused;
    one.websocket_offered = websocket;
    content.websock_notif_config.reset();
    if (s.quirks.no_websockets) content.request_test_notification.reset();
    return std::nullopt;
}

void begin_test(platform_state& s, const subscription& one)
{
    const rni::subscription_base& content = *radio_content(one);
    if (!content.request_test_notification.value_or(false) || content.callback_reference.empty())
        return;
    notice n = prepared_notification(rni::test_notification{}).for_subscription(one);
    n.attempts = 1;
    s.outbox.push_back(std::move(n));
}

void end_test(platform_state& s, const sent_notification& n)
{
    if (n.type != test_type || n.status == 204 ||
        (!s.options.strict && n.status >= 200 && n.status < 300))
        return;
    const auto found =
        std::find_if(s.subscriptions.begin(), s.subscriptions.end(), [&](const subscription& one) {
            return one.id == n.subscription_id && one.callback.to_string() == n.callback;
        });
    if (found == s.subscriptions.end() || !found->websocket_offered) return;
    take_websocket(s, *found, *radio_content(*found));
    found->revision = s.next_revision();
}

} // namespace emulator
MEC_END_NAMESPACE
