#include "conditional.hpp"
#include "handlers.hpp"
#include "heartbeats.hpp"
#include "service_events.hpp"
#include "service_query.hpp"

#include <mec/service_mgmt/operations.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

namespace operations = service_mgmt::operations;
using service_mgmt::service_info;

/// Of one application; a program that registers in a loop must not fill the memory.
constexpr std::size_t most_services = 1000;

/// isLocal is for queries and notifications only (clause 8.1.2.2).
service_info without_is_local(const service& s)
{
    service_info info = s.info;
    info.is_local.reset();
    return info;
}

template <class Wanted> answer list(const platform_state& s, const call& c, Wanted wanted)
{
    auto query = read_service_query(c.query, refuses_unknown_queries(s));
    if (!query) return problem(400, query.error().info().message);
    if (s.quirks.is_local_not_filtered) query->is_local.reset();
    std::string body = "[";
    for (const service& one : s.services) {
        if (!wanted(one) || !matches(*query, one.info)) continue;
        if (body.size() > 1) body += ',';
        json::encode(body, one.info);
    }
    body += ']';
    return json_answer(200, std::move(body));
}

answer no_service() { return problem(404, "there is no service of that id"); }

answer list_services(platform_state& s, call& c)
{
    return list(s, c, [](const service&) { return true; });
}

answer get_service(platform_state& s, call& c)
{
    const service* found = s.find_service(c["serviceId"]);
    return found ? tagged_answer(200, found->info, found->revision) : no_service();
}

answer list_app_services(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    return list(
        s, c, [id = c["appInstanceId"]](const service& one) { return one.app_instance_id == id; });
}

/// Puts the platform's transport in the place of its id. Exactly one of the two must be there.
std::optional<answer> settle_transport(const platform_state& s, service_info& info)
{
    if (info.transport_id.has_value() == info.transport_info.has_value())
        return problem(400, "exactly one of transportId and transportInfo must be present");
    if (!info.transport_id) return std::nullopt;
    for (const auto& t : s.options.transports) {
        if (t.id != *info.transport_id) continue;
        info.transport_info = t;
        info.transport_id.reset();
        return std::nullopt;
    }
    return problem(400, "/transportId: the platform has no transport of that id");
}

/// What the platform decides, not the application.
void drop_platform_members(service_info& info)
{
    info.ser_instance_id.reset();
    info.links.reset();
    info.is_local.reset();
}

/// Puts the new content in the place of the old, and tells who wants to know.
void replace(platform_state& s, service& one, service_info fresh)
{
    drop_platform_members(fresh);
    fresh.ser_instance_id = one.info.ser_instance_id;
    fresh.links = one.info.links;
    fresh.is_local = one.info.is_local;
    const service_info was = std::exchange(one.info, std::move(fresh));
    one.revision = s.next_revision();
    // The interval that was read and sent back is no new proposal, but a service that comes back to
    // life starts a new interval.
    if (one.info.liveness_interval != was.liveness_interval || one.info.state != was.state)
        settle_liveness(s, one, one.info.liveness_interval);
    if (!same_but_for("state", was, one.info))
        announce(s, one, service_mgmt::change_type::attributes_changed);
    else if (was.state != one.info.state)
        announce(s, one, service_mgmt::change_type::state_changed);
}

service* find_named(platform_state& s, std::string_view app, const std::string& name)
{
    for (service& one : s.services)
        if (one.app_instance_id == app && one.info.ser_name == name) return &one;
    return nullptr;
}

answer made_answer(const service& one)
{
    answer a = tagged_answer(201, without_is_local(one), one.revision);
    a.headers.append("Location", one.info.links->self->href);
    return a;
}

answer register_service(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    service_info info;
    if (error e = json::decode(c.request.body, info, decoding(s))) return bad_body(e);
    if (info.ser_instance_id && s.options.strict)
        return problem(400, "/serInstanceId: shall be absent, the platform assigns it");
    if (info.state == service_mgmt::service_state::suspended)
        return problem(400, "/state: a service cannot be registered as SUSPENDED");
    if (auto refused = settle_transport(s, info)) return std::move(*refused);
    const std::string app(c["appInstanceId"]);
    if (service* same = s.quirks.same_name_updates ? find_named(s, app, info.ser_name) : nullptr) {
        replace(s, *same, std::move(info));
        return made_answer(*same);
    }
    if (s.services_of(app) >= most_services)
        return problem(403, "the application instance has too many services");
    drop_platform_members(info);
    const auto proposal = info.liveness_interval;
    service& added = s.add_service(app, std::move(info));
    settle_liveness(s, added, proposal);
    announce(s, added, service_mgmt::change_type::added);
    return made_answer(added);
}

/// The service of the path, when it belongs to the application of the path.
service* find_own(platform_state& s, const call& c)
{
    service* found = s.find_service(c["serviceId"]);
    return found && found->app_instance_id == c["appInstanceId"] ? found : nullptr;
}

answer get_app_service(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    const service* found = find_own(s, c);
    return found ? tagged_answer(200, found->info, found->revision) : no_service();
}

/// Why the merged service would change what only the platform may.
std::optional<answer> refuse_changes(const service_info& was, const service_info& is)
{
    if (is.ser_instance_id != was.ser_instance_id)
        return problem(400, "/serInstanceId: cannot be changed");
    // Whatever form the link was sent in.
    if (is.links && is.links->self && id_of(is.links->self->href) != id_of(was.links->self->href))
        return problem(400, "/_links/self: cannot be changed");
    if (is.state != was.state && is.state == service_mgmt::service_state::suspended)
        return problem(400, "/state: only the platform suspends a service");
    return std::nullopt;
}

/// What some platforms want of the body of an update.
std::optional<answer> refuse_by_quirk(const platform_state& s, const service_info& was,
                                      const service_info& is, std::string_view body)
{
    const quirks& on = s.quirks;
    if (!on.update_refuses_ids && !on.update_wants_everything) return std::nullopt;
    json_members sent;
    (void)json::decode(body, sent, decoding(s)); // it was decoded before
    if (on.update_refuses_ids && sent.count("serInstanceId") + sent.count("_links") != 0)
        return problem(400, "serInstanceId and _links must not be there");
    if (on.update_wants_everything) {
        for (const auto& member : members_of(was))
            if (member.first != "isLocal" && sent.count(member.first) == 0)
                return problem(400, '/' + member.first + ": must be there");
        if (!same_but_for("state", was, is)) return problem(400, "only the state can be changed");
    }
    return std::nullopt;
}

answer update_service(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    service* found = find_own(s, c);
    if (!found) return no_service();
    if (auto refused = refuse_stale(c, found->revision)) return std::move(*refused);
    service_info merged;
    if (error e = merge(found->info, c.request.body, decoding(s), merged,
                        {"transportId", "transportInfo"}))
        return bad_body(e);
    if (auto refused = refuse_changes(found->info, merged)) return std::move(*refused);
    if (auto refused = refuse_by_quirk(s, found->info, merged, c.request.body))
        return std::move(*refused);
    if (auto refused = settle_transport(s, merged)) return std::move(*refused);
    replace(s, *found, std::move(merged));
    return tagged_answer(200, without_is_local(*found), found->revision);
}

answer deregister_service(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    const service* found = find_own(s, c);
    if (!found) return no_service();
    announce(s, *found, service_mgmt::change_type::removed);
    s.remove_service(c["serviceId"]);
    return empty_answer(204);
}

answer list_transports(platform_state& s, call&)
{
    return described_answer(200, s.options.transports);
}

using subscription = service_mgmt::ser_availability_notification_subscription;

constexpr binding bindings[] = {
    {operations::list_services.name, &list_services, true},
    {operations::get_service.name, &get_service},
    {operations::list_app_services.name, &list_app_services, true},
    {operations::register_service.name, &register_service},
    {operations::get_app_service.name, &get_app_service},
    {operations::update_service.name, &update_service},
    {operations::deregister_service.name, &deregister_service},
    {operations::list_subscriptions.name, &list_subscriptions<subscription>},
    {operations::create_subscription.name, &create_subscription<subscription>},
    {operations::get_subscription.name, &get_subscription<subscription>},
    {operations::delete_subscription.name, &delete_subscription<subscription>},
    {operations::list_transports.name, &list_transports},
    {operations::get_liveness.name, &get_liveness, false, liveness_path},
    {operations::send_heartbeat.name, &send_heartbeat, false, liveness_path},
};

} // namespace

void add_service_mgmt(router& r, std::string_view prefix)
{
    r.add(prefix, service_mgmt::api, bindings, access::application);
}

} // namespace emulator
MEC_END_NAMESPACE
