#include "operations.hpp"
#include "service_query.hpp"

#include <mec/service_mgmt/operations.hpp>

#include <map>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

namespace operations = service_mgmt::operations;
using service_mgmt::service_info;

/// Of one application; a program that registers in a loop must not fill the memory.
constexpr std::size_t most_services = 1000;

std::string entity_tag(const service& s) { return '"' + std::to_string(s.revision) + '"'; }

answer service_answer(int status, const service& s, const service_info& info)
{
    answer a = described_answer(status, info);
    a.headers.append("ETag", entity_tag(s));
    return a;
}

/// isLocal is for queries and notifications only (clause 8.1.2.2).
service_info without_is_local(const service& s)
{
    service_info info = s.info;
    info.is_local.reset();
    return info;
}

template <class Wanted> answer list(const platform_state& s, const call& c, Wanted wanted)
{
    auto query = read_service_query(c.query, s.options.strict);
    if (!query) return problem(400, query.error().info().message);
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
    return found ? service_answer(200, *found, found->info) : no_service();
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
    info.liveness_interval.reset(); // a proposal; this platform requires no heartbeats
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
    if (s.services_of(app) >= most_services)
        return problem(403, "the application instance has too many services");
    drop_platform_members(info);
    const service& added = s.add_service(app, std::move(info));
    answer a = service_answer(201, added, without_is_local(added));
    a.headers.append("Location", added.info.links->self->href);
    return a;
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
    return found ? service_answer(200, *found, found->info) : no_service();
}

/// True when the request has no If-Match, or one that names this state (RFC 9110 clause 13.1.1).
bool condition_holds(const call& c, const service& s)
{
    if (!c.request.headers.contains("If-Match")) return true;
    const std::string current = entity_tag(s);
    std::vector<std::string> tags;
    append_list(tags, c.request.headers.find("If-Match"));
    for (const std::string& tag : tags) {
        const auto begin = tag.find_first_not_of(" \t");
        const auto end = tag.find_last_not_of(" \t");
        if (begin == tag.npos) continue;
        const auto bare = std::string_view(tag).substr(begin, end - begin + 1);
        if (bare == "*" || bare == current) return true;
    }
    return false;
}

using json_members = std::map<std::string, json::raw>;

/// The service as it would be: the members of the body over those that are there. Applications send
/// the whole object or only what changes; both are in the field.
error merge(const platform_state& s, const service& current, std::string_view body,
            service_info& out)
{
    json_members changes;
    if (error e = json::decode(body, changes, decoding(s))) return e;
    json_members all;
    if (error e = json::decode(json::serialize(current.info), all)) return e;
    if (changes.count("transportId") != 0 && changes.count("transportInfo") == 0)
        all.erase("transportInfo");
    for (auto& change : changes) all[change.first] = std::move(change.second);
    return json::decode(json::serialize(all), out, decoding(s));
}

/// Why the merged service would change what only the platform may.
std::optional<answer> refuse_changes(const service_info& was, const service_info& is)
{
    if (is.ser_instance_id != was.ser_instance_id)
        return problem(400, "/serInstanceId: cannot be changed");
    if (is.links && is.links->self && is.links->self->href != was.links->self->href)
        return problem(400, "/_links/self: cannot be changed");
    if (is.state != was.state && is.state == service_mgmt::service_state::suspended)
        return problem(400, "/state: only the platform suspends a service");
    return std::nullopt;
}

answer update_service(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    service* found = find_own(s, c);
    if (!found) return no_service();
    if (!condition_holds(c, *found)) return problem(412, "the service was changed in the meantime");
    service_info merged;
    if (error e = merge(s, *found, c.request.body, merged)) return bad_body(e);
    if (auto refused = refuse_changes(found->info, merged)) return std::move(*refused);
    if (auto refused = settle_transport(s, merged)) return std::move(*refused);
    drop_platform_members(merged);
    merged.ser_instance_id = found->info.ser_instance_id;
    merged.links = found->info.links;
    merged.is_local = found->info.is_local;
    found->info = std::move(merged);
    s.touch(*found);
    return service_answer(200, *found, without_is_local(*found));
}

answer deregister_service(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    if (!find_own(s, c)) return no_service();
    s.remove_service(c["serviceId"]);
    return empty_answer(204);
}

answer list_transports(platform_state& s, call&)
{
    return described_answer(200, s.options.transports);
}

constexpr binding bindings[] = {
    {operations::list_services.name, &list_services, true},
    {operations::get_service.name, &get_service},
    {operations::list_app_services.name, &list_app_services, true},
    {operations::register_service.name, &register_service},
    {operations::get_app_service.name, &get_app_service},
    {operations::update_service.name, &update_service},
    {operations::deregister_service.name, &deregister_service},
    {operations::list_transports.name, &list_transports},
};

} // namespace

void add_service_mgmt(router& r, std::string_view prefix)
{
    r.add(prefix, service_mgmt::api, bindings, access::application);
}

} // namespace emulator
MEC_END_NAMESPACE
