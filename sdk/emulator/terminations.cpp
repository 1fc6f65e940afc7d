#include "terminations.hpp"

#include "handlers.hpp"
#include "service_events.hpp"

#include <mec/app_support/operations.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using app_support::app_termination_notification_subscription;
using app_support::operation_action;
using app_support::rule_state;

constexpr std::size_t most_terminations = 1000;
/// Waiting longer than this is no different from waiting for ever, and its end can be computed.
constexpr std::chrono::hours longest_wait{24 * 365};

/// Notifies every subscription of the instance; false when it has none.
bool tell_subscribers(platform_state& s, const std::string& id, operation_action action,
                      std::chrono::seconds timeout)
{
    bool told = false;
    for (const subscription& one : s.subscriptions) {
        const auto* content = std::get_if<app_termination_notification_subscription>(&one.content);
        if (!content || content->app_instance_id != id) continue;
        app_support::app_termination_notification n;
        n.operation_action = action;
        n.max_graceful_timeout = timeout;
        n.links.subscription = *content->links->self;
        n.links.confirm_termination = link{
            s.resource_url(app_support::api, app_support::operations::confirm_termination, {id})};
        s.outbox.push_back(
            {one.id, one.app_instance_id, std::string(json::to_string(n.notification_type)),
             json::type_of<decltype(n)>::value.name, one.callback, json::serialize(n)});
        told = true;
    }
    return told;
}

/// What the instance has made. Notices that are on their way are still delivered.
void remove_works(platform_state& s, const std::string& id)
{
    const auto is_its = [&](const subscription& one) {
        if (one.app_instance_id != id) return false;
        s.end_websocket(one);
        return true;
    };
    s.subscriptions.erase(std::remove_if(s.subscriptions.begin(), s.subscriptions.end(), is_its),
                          s.subscriptions.end());
    remove_services_of(s, id);
}

void stop_application(platform_state& s, application& app)
{
    app.ready = false;
    const auto deactivate = [&](auto& rules) {
        for (auto& rule : rules) {
            if (rule.value.state == rule_state::inactive) continue;
            rule.value.state = rule_state::inactive;
            rule.revision = s.next_revision();
        }
    };
    deactivate(app.traffic_rules);
    deactivate(app.dns_rules);
    remove_works(s, app.instance.app_instance_id);
}

void end_termination(platform_state& s, const std::string& id, termination& t,
                     termination_state how, steady_time now)
{
    t.state = how;
    t.until = now;
    if (t.action == operation_action::terminating) remove_application(s, id);
    else if (application* app = s.find_application(id)) stop_application(s, *app);
}

termination& remember(platform_state& s, const std::string& id)
{
    const auto found = s.terminations.find(id);
    if (found != s.terminations.end()) return found->second;
    if (s.termination_order.size() == most_terminations) {
        s.terminations.erase(s.termination_order.front());
        s.termination_order.pop_front();
    }
    s.termination_order.push_back(id);
    return s.terminations[id];
}

} // namespace

void remove_application(platform_state& s, const std::string& app_instance_id)
{
    remove_works(s, app_instance_id);
    s.tokens.revoke(app_instance_id);
    s.applications.erase(app_instance_id);
}

bool begin_termination(platform_state& s, const std::string& id, operation_action action,
                       std::chrono::seconds timeout)
{
    if (!s.find_application(id)) return false;
    const steady_time now = s.options.clock->now();
    termination& t = remember(s, id);
    t.action = action;
    t.begun = now;
    if (!tell_subscribers(s, id, action, timeout)) {
        end_termination(s, id, t, termination_state::unannounced, now);
        return true;
    }
    t.state = termination_state::pending;
    t.until =
        now + std::clamp<std::chrono::seconds>(timeout, std::chrono::seconds{0}, longest_wait);
    return true;
}

void end_late_terminations(platform_state& s, steady_time now)
{
    for (auto& [id, t] : s.terminations)
        if (t.state == termination_state::pending && now >= t.until)
            end_termination(s, id, t, termination_state::timed_out, now);
}

bool waits_for_termination(const platform_state& s)
{
    return std::any_of(s.terminations.begin(), s.terminations.end(), [](const auto& entry) {
        return entry.second.state == termination_state::pending;
    });
}

termination_snapshot snapshot_of(const platform_state& s, std::string_view app_instance_id)
{
    const auto found = s.terminations.find(app_instance_id);
    if (found == s.terminations.end()) return {};
    const termination& t = found->second;
    const steady_time end =
        t.state == termination_state::pending ? s.options.clock->now() : t.until;
    return {t.state, t.action,
            std::chrono::duration_cast<std::chrono::milliseconds>(end - t.begun)};
}

answer confirm_termination(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    // The standard has both STOPPING and STOPPPING, in two of its tables.
    app_support::app_termination_confirmation body;
    if (error e = json::decode(c.request.body, body)) return bad_body(e);
    if (s.quirks.misspelt_stopping_only && body.operation_action == operation_action::stopping &&
        c.request.body.find("STOPPPING") == c.request.body.npos)
        return problem(400, "/operationAction: must be STOPPPING or TERMINATING");
    const std::string id(c["appInstanceId"]);
    const auto found = s.terminations.find(id);
    if (found == s.terminations.end() || found->second.state != termination_state::pending)
        return problem(s.quirks.nothing_pending_is_400 ? 400 : 409,
                       "no termination of the application instance is in progress");
    if (found->second.action != body.operation_action)
        return problem(409, "/operationAction: is not the one of the notification");
    end_termination(s, id, found->second, termination_state::confirmed, s.options.clock->now());
    return empty_answer(204);
}

} // namespace emulator
MEC_END_NAMESPACE
