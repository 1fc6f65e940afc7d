#include "control.hpp"

#include "control_types.hpp"
#include "heartbeats.hpp"
#include "operations.hpp"
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

answer get_quirks(platform_state& s, call&)
{
    std::map<std::string, bool> all;
    for (const quirk_info& q : all_quirks()) all.emplace(q.name, s.quirks.*q.member);
    return described_answer(200, all);
}

answer change_quirks(platform_state& s, call& c)
{
    std::map<std::string, bool> body;
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
    if (!profile) return problem(400, "/profile: there is none of that name");
    s.quirks = *profile;
    return get_quirks(s, c);
}

template <class T> constexpr const json::type_desc* body_of = &json::type_of<T>::value;
using quirk_map = std::map<std::string, bool>;
using m = http::method;

constexpr http::operation operation(std::string_view name, m method, std::string_view path,
                                    std::uint16_t success, const json::type_desc* request = nullptr,
                                    const json::type_desc* response = nullptr)
{
    return {name,     method,          path, http::repeat::never, success, request,
            response, {400, 401, 404}, ""};
}

constexpr http::operation all[] = {
    operation("emulator.list_applications", m::get, "/applications", 200, nullptr,
              body_of<std::vector<application_snapshot>>),
    operation("emulator.create_application", m::post, "/applications", 201,
              body_of<new_application>, body_of<made_application>),
    operation("emulator.delete_application", m::delete_, "/applications/{appInstanceId}", 204),
    operation("emulator.terminate_application", m::post,
              "/applications/{appInstanceId}/termination", 204, body_of<termination_order>),
    operation("emulator.get_termination", m::get, "/applications/{appInstanceId}/termination", 200,
              nullptr, body_of<termination_report>),
    operation("emulator.list_services", m::get, "/services", 200, nullptr,
              body_of<std::vector<service_snapshot>>),
    operation("emulator.set_liveness", m::put, "/services/{serviceId}/liveness", 204,
              body_of<interval_order>),
    operation("emulator.list_subscriptions", m::get, "/subscriptions", 200, nullptr,
              body_of<std::vector<subscription_snapshot>>),
    operation("emulator.list_notifications", m::get, "/notifications", 200, nullptr,
              body_of<std::vector<notification_entry>>),
    operation("emulator.clear_notifications", m::delete_, "/notifications", 204),
    operation("emulator.list_requests", m::get, "/requests", 200, nullptr,
              body_of<std::vector<request_entry>>),
    operation("emulator.clear_requests", m::delete_, "/requests", 204),
    operation("emulator.add_fault", m::post, "/faults", 204, body_of<fault_order>),
    operation("emulator.clear_faults", m::delete_, "/faults", 204),
    operation("emulator.change_tokens", m::post, "/tokens", 204, body_of<token_order>),
    operation("emulator.revoke_tokens", m::delete_, "/tokens", 204),
    operation("emulator.lose_state", m::post, "/loss", 204, body_of<loss_order>),
    operation("emulator.get_quirks", m::get, "/quirks", 200, nullptr, body_of<quirk_map>),
    operation("emulator.change_quirks", m::patch, "/quirks", 200, body_of<quirk_map>,
              body_of<quirk_map>),
    operation("emulator.set_profile", m::put, "/quirks", 200, body_of<profile_order>,
              body_of<quirk_map>),
};
constexpr http::api api{control_base, all, std::size(all)};

constexpr binding bindings[] = {
    {"emulator.list_applications", &list_applications},
    {"emulator.create_application", &create_application},
    {"emulator.delete_application", &delete_application},
    {"emulator.terminate_application", &terminate_application},
    {"emulator.get_termination", &get_termination},
    {"emulator.list_services", &list_services},
    {"emulator.set_liveness", &set_liveness},
    {"emulator.list_subscriptions", &list_subscriptions},
    {"emulator.list_notifications", &list_notifications, true},
    {"emulator.clear_notifications", &clear_notifications},
    {"emulator.list_requests", &list_requests, true},
    {"emulator.clear_requests", &clear_requests},
    {"emulator.add_fault", &add_fault},
    {"emulator.clear_faults", &clear_faults},
    {"emulator.change_tokens", &change_tokens},
    {"emulator.revoke_tokens", &revoke_tokens},
    {"emulator.lose_state", &lose_state},
    {"emulator.get_quirks", &get_quirks},
    {"emulator.change_quirks", &change_quirks},
    {"emulator.set_profile", &set_profile},
};
static_assert(std::size(bindings) == std::size(all), "every operation is bound");

} // namespace

void add_control(router& r) { r.add("", api, bindings, access::controller); }

} // namespace emulator
MEC_END_NAMESPACE
