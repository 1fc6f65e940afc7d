#include "control_api.hpp"
#include "heartbeats.hpp"
#include "operations.hpp"
#include "rni_service.hpp"
#include "snapshots.hpp"
#include "terminations.hpp"

#include <charconv>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using namespace control;

constexpr std::size_t most_faults = 1000;

answer no_instance() { return problem(404, "there is no application instance of that id"); }

/// Decodes the body; without an answer all is well.
template <class Body> std::optional<answer> read(const platform_state& s, const call& c, Body& out)
{
    if (error e = json::decode(c.request.body, out, decoding(s))) return bad_body(e);
    return std::nullopt;
}

answer list_applications(platform_state& s, call&)
{
    return described_answer(200, applications_of(s));
}
answer list_services(platform_state& s, call&) { return described_answer(200, services_of(s)); }
answer list_subscriptions(platform_state& s, call&)
{
    return described_answer(200, subscriptions_of(s));
}

answer create_application(platform_state& s, call& c)
{
    new_application body;
    if (auto refused = read(s, c, body)) return std::move(*refused);
    if (s.applications.size() >= most_applications)
        return problem(403, "there are too many application instances");
    const application_instance& app = s.create_application(std::move(body.name)).instance;
    made_application made{app.name, app.app_instance_id, {}};
    for (auto& variable : environment_of(s, app, {})) made.environment.insert(std::move(variable));
    return described_answer(201, made);
}

answer delete_application(platform_state& s, call& c)
{
    const std::string id(c["appInstanceId"]);
    if (!s.find_application(id)) return no_instance();
    remove_application(s, id);
    return empty_answer(204);
}

answer terminate_application(platform_state& s, call& c)
{
    termination_order body;
    if (auto refused = read(s, c, body)) return std::move(*refused);
    if (!begin_termination(s, std::string(c["appInstanceId"]), body.action, body.timeout))
        return no_instance();
    return empty_answer(204);
}

answer get_termination(platform_state& s, call& c)
{
    const termination_snapshot t = snapshot_of(s, c["appInstanceId"]);
    return described_answer(200, termination_report{t.state, t.action, t.took.count()});
}

answer set_liveness(platform_state& s, call& c)
{
    interval_order body;
    if (auto refused = read(s, c, body)) return std::move(*refused);
    const error e = set_liveness_interval(s, std::string(c["serviceId"]), body.interval);
    if (!e) return empty_answer(204);
    const int status = e == errc::not_found ? 404 : e == errc::conflict ? 409 : 400;
    return problem(status, e.info().message);
}

request_entry to_entry(const logged_request& r)
{
    return {r.sequence, to_time_stamp(r.time), r.method,    r.target,
            r.status,   r.app_instance_id,     r.operation, r.duration.count()};
}

notification_entry to_entry(const sent_notification& n)
{
    return {n.sequence,
            to_time_stamp(n.time),
            n.subscription_id,
            n.app_instance_id,
            n.type,
            n.callback,
            n.attempts,
            n.status,
            n.error};
}

/// Those of a log whose sequence number is above that of `?after=`.
template <class Log> answer list_log(const Log& log, const call& c)
{
    std::uint64_t after = 0;
    for (const parameter& p : c.query) {
        const char* const end = p.value.data() + p.value.size();
        const auto read = std::from_chars(p.value.data(), end, after);
        if (p.name != "after" || read.ec != std::errc() || read.ptr != end)
            return problem(400, "the query may hold `after` with a sequence number");
    }
    std::vector<decltype(to_entry(log.front()))> all;
    for (const auto& one : log)
        if (one.sequence > after) all.push_back(to_entry(one));
    return described_answer(200, all);
}

answer list_requests(platform_state& s, call& c) { return list_log(s.log, c); }
answer list_notifications(platform_state& s, call& c) { return list_log(s.sent, c); }

answer clear_requests(platform_state& s, call&) { return s.log.clear(), empty_answer(204); }
answer clear_notifications(platform_state& s, call&) { return s.sent.clear(), empty_answer(204); }
answer clear_faults(platform_state& s, call&) { return s.faults.clear(), empty_answer(204); }
answer revoke_tokens(platform_state& s, call&) { return s.tokens.revoke_all(), empty_answer(204); }

fault_order to_order(const fault& f)
{
    fault_order o;
    o.operation = f.operation;
    o.times = f.times;
    if (f.latency.count() != 0) o.latency_ms = static_cast<std::uint32_t>(f.latency.count());
    if (f.status != 0) o.status = f.status;
    o.retry_after = f.retry_after;
    if (f.drop != drop_point::none) o.drop = f.drop;
    if (f.reset) o.reset = true;
    return o;
}

answer list_faults(platform_state& s, call&)
{
    std::vector<fault_order> all;
    for (const fault& f : s.faults) all.push_back(to_order(f));
    return described_answer(200, all);
}

answer add_fault(platform_state& s, call& c)
{
    fault_order body;
    if (auto refused = read(s, c, body)) return std::move(*refused);
    fault f;
    f.operation = body.operation.value_or("*");
    f.times = body.times.value_or(1);
    f.latency = std::chrono::milliseconds{body.latency_ms.value_or(0)};
    f.status = body.status.value_or(0);
    f.retry_after = body.retry_after;
    f.drop = body.drop.value_or(drop_point::none);
    f.reset = body.reset.value_or(false);
    if (error e = check(f, *s.routes)) return problem(400, e.info().message);
    if (s.faults.size() >= most_faults) return problem(403, "there are too many faults");
    s.faults.push(std::move(f));
    return empty_answer(204);
}

answer change_tokens(platform_state& s, call& c)
{
    token_order body;
    if (auto refused = read(s, c, body)) return std::move(*refused);
    const bool expires = body.action == token_action::expire;
    if (!body.app_instance_id) expires ? s.tokens.expire_all() : s.tokens.revoke_all();
    else if (!s.find_application(*body.app_instance_id)) return no_instance();
    else expires ? s.tokens.expire(*body.app_instance_id) : s.tokens.revoke(*body.app_instance_id);
    return empty_answer(204);
}

answer lose_state(platform_state& s, call& c)
{
    loss_order body;
    if (auto refused = read(s, c, body)) return std::move(*refused);
    s.forget(body.what);
    return empty_answer(204);
}

answer offer_radio(platform_state& s, call& c)
{
    switch_order body;
    if (auto refused = read(s, c, body)) return std::move(*refused);
    emulator::offer_radio(s, body.on);
    return empty_answer(204);
}

answer get_quirks(platform_state& s, call&)
{
    quirk_map all;
    for (const quirk_info& q : all_quirks()) all.emplace(q.name, s.quirks.*q.member);
    return described_answer(200, all);
}

answer change_quirks(platform_state& s, call& c)
{
    quirk_map body;
    if (auto refused = read(s, c, body)) return std::move(*refused);
    quirks changed = s.quirks;
    for (const quirk_info& q : all_quirks()) {
        const auto found = body.find(std::string(q.name));
        if (found == body.end()) continue;
        changed.*q.member = found->second;
        body.erase(found);
    }
    if (!body.empty()) return problem(400, "there is no quirk " + body.begin()->first);
    s.quirks = changed;
    return get_quirks(s, c);
}

answer set_profile(platform_state& s, call& c)
{
    profile_order body;
    if (auto refused = read(s, c, body)) return std::move(*refused);
    const quirks* profile = find_profile(body.profile);
    if (!profile)
        return problem(400, "/profile: must be one of strict, advantedge, edgegallery, netedge");
    s.quirks = *profile;
    return get_quirks(s, c);
}

constexpr binding bindings[] = {
    {operations::list_applications.name, &list_applications},
    {operations::create_application.name, &create_application},
    {operations::delete_application.name, &delete_application},
    {operations::terminate_application.name, &terminate_application},
    {operations::get_termination.name, &get_termination},
    {operations::list_services.name, &list_services},
    {operations::set_liveness.name, &set_liveness},
    {operations::list_subscriptions.name, &list_subscriptions},
    {operations::list_notifications.name, &list_notifications, true},
    {operations::clear_notifications.name, &clear_notifications},
    {operations::list_requests.name, &list_requests, true},
    {operations::clear_requests.name, &clear_requests},
    {operations::list_faults.name, &list_faults},
    {operations::add_fault.name, &add_fault},
    {operations::clear_faults.name, &clear_faults},
    {operations::change_tokens.name, &change_tokens},
    {operations::revoke_tokens.name, &revoke_tokens},
    {operations::lose_state.name, &lose_state},
    {operations::offer_radio.name, &offer_radio},
    {operations::get_quirks.name, &get_quirks},
    {operations::change_quirks.name, &change_quirks},
    {operations::set_profile.name, &set_profile},
};
static_assert(std::size(bindings) == std::size(operations::all), "every operation is bound");

} // namespace

void add_control(router& r) { r.add("", api, bindings, access::controller); }

} // namespace emulator
MEC_END_NAMESPACE
