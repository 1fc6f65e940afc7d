#include "handlers.hpp"

#include <mec/app_support/operations.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

namespace operations = app_support::operations;

answer confirm_ready(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    app_support::app_ready_confirmation body;
    if (error e = json::decode(c.request.body, body, decoding(s))) return bad_body(e);
    application& app = *s.find_application(c["appInstanceId"]);
    if (s.quirks.ready_rate_limit) {
        const steady_time now = s.options.clock->now();
        const auto last = std::exchange(app.last_confirmation, now);
        if (last && now - *last < std::chrono::seconds{5})
            return problem(429, "confirm_ready may be sent once in 5 seconds");
    }
    if (app.conflicts_left > 0) {
        --app.conflicts_left;
        return problem(409, "the application instance is still in state NOT_INSTANTIATED");
    }
    app.ready = true;
    return empty_answer(204);
}

time_stamp platform_time(const platform_state& s)
{
    return to_time_stamp(s.options.clock->system_now());
}

answer timing_caps(platform_state& s, call&)
{
    app_support::timing_caps caps = s.options.timing;
    caps.time_stamp = platform_time(s);
    return described_answer(200, caps);
}

answer current_time(platform_state& s, call&)
{
    const time_stamp now = platform_time(s);
    app_support::current_time body;
    body.seconds = now.seconds;
    body.nanoseconds = now.nanoseconds;
    return described_answer(200, body);
}

using app_support::dns_rule;
using app_support::traffic_rule;
using subscription = app_support::app_termination_notification_subscription;

constexpr binding bindings[] = {
    {operations::list_traffic_rules.name, &list_rules<traffic_rule>},
    {operations::get_traffic_rule.name, &get_rule<traffic_rule>},
    {operations::update_traffic_rule.name, &update_rule<traffic_rule>},
    {operations::list_dns_rules.name, &list_rules<dns_rule>},
    {operations::get_dns_rule.name, &get_rule<dns_rule>},
    {operations::update_dns_rule.name, &update_rule<dns_rule>},
    {operations::list_subscriptions.name, &list_subscriptions<subscription>},
    {operations::create_subscription.name, &create_subscription<subscription>},
    {operations::get_subscription.name, &get_subscription<subscription>},
    {operations::delete_subscription.name, &delete_subscription<subscription>},
    {operations::confirm_termination.name, &confirm_termination},
    {operations::confirm_ready.name, &confirm_ready},
    {operations::get_timing_caps.name, &timing_caps},
    {operations::get_current_time.name, &current_time},
    {operations::create_registration.name, &create_registration},
    {operations::get_registration.name, &get_registration},
    {operations::update_registration.name, &update_registration},
    {operations::delete_registration.name, &delete_registration},
};

} // namespace

std::optional<answer> refuse_application(platform_state& s, const call& c)
{
    const application* app = s.find_application(c["appInstanceId"]);
    if (!app) return problem(404, "there is no application instance of that id");
    if (!s.may_speak_for(c.caller, *app))
        return problem(403, "the token belongs to another application instance");
    return std::nullopt;
}

void add_app_support(router& r, std::string_view prefix)
{
    r.add(prefix, app_support::api, bindings, access::application);
}

} // namespace emulator
MEC_END_NAMESPACE
