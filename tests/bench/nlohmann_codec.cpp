// The service list with nlohmann-json, written as its manual says: from_json and to_json by hand.
#include "measurement.hpp"
#include "notification.hpp"
#include "service_list.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace bench {

namespace {

using nlohmann::json;
namespace sm = mec::service_mgmt;

template <class E, std::size_t N> using names = std::array<std::pair<E, const char*>, N>;

constexpr names<sm::service_state, 3> states{{{sm::service_state::active, "ACTIVE"},
                                              {sm::service_state::inactive, "INACTIVE"},
                                              {sm::service_state::suspended, "SUSPENDED"}}};
constexpr names<sm::serializer_type, 3> serializers{
    {{sm::serializer_type::json, "JSON"},
     {sm::serializer_type::xml, "XML"},
     {sm::serializer_type::protobuf3, "PROTOBUF3"}}};
constexpr names<sm::transport_type, 2> transports{
    {{sm::transport_type::rest_http, "REST_HTTP"}, {sm::transport_type::websocket, "WEBSOCKET"}}};
constexpr names<sm::change_type, 4> changes{
    {{sm::change_type::added, "ADDED"},
     {sm::change_type::removed, "REMOVED"},
     {sm::change_type::state_changed, "STATE_CHANGED"},
     {sm::change_type::attributes_changed, "ATTRIBUTES_CHANGED"}}};
constexpr names<sm::locality_type, 2> localities{
    {{sm::locality_type::mec_system, "MEC_SYSTEM"}, {sm::locality_type::mec_host, "MEC_HOST"}}};

template <class E, std::size_t N> E from_name(const json& j, const names<E, N>& table)
{
    const auto& name = j.get_ref<const std::string&>();
    for (const auto& [value, text] : table)
        if (name == text) return value;
    give_up("unknown enumerator " + name);
}
template <class E, std::size_t N> const char* to_name(E value, const names<E, N>& table)
{
    for (const auto& [known, text] : table)
        if (known == value) return text;
    give_up("unknown enumerator");
}

template <class T> void read_optional(const json& j, const char* name, std::optional<T>& out)
{
    if (const auto found = j.find(name); found != j.end()) out = found->get<T>();
}

sm::category_ref read_category(const json& j)
{
    return {j.at("href"), j.at("id"), j.at("name"), j.at("version")};
}

sm::transport_info read_transport(const json& j)
{
    sm::transport_info t;
    j.at("id").get_to(t.id);
    j.at("name").get_to(t.name);
    read_optional(j, "description", t.description);
    t.type = from_name(j.at("type"), transports);
    j.at("protocol").get_to(t.protocol);
    j.at("version").get_to(t.version);
    j.at("endpoint").at("uris").get_to(t.endpoint.uris);
    if (!j.at("security").empty()) give_up("security: not in the document of the benchmark");
    return t;
}

sm::service_info read_service(const json& j)
{
    sm::service_info s;
    read_optional(j, "serInstanceId", s.ser_instance_id);
    j.at("serName").get_to(s.ser_name);
    if (const auto found = j.find("serCategory"); found != j.end())
        s.ser_category = read_category(*found);
    j.at("version").get_to(s.version);
    s.state = from_name(j.at("state"), states);
    if (const auto found = j.find("transportInfo"); found != j.end())
        s.transport_info = read_transport(*found);
    s.serializer = from_name(j.at("serializer"), serializers);
    if (const auto found = j.find("scopeOfLocality"); found != j.end())
        s.scope_of_locality = from_name(*found, localities);
    read_optional(j, "consumedLocalOnly", s.consumed_local_only);
    read_optional(j, "isLocal", s.is_local);
    if (const auto found = j.find("livenessInterval"); found != j.end())
        s.liveness_interval = std::chrono::seconds(found->get<std::int64_t>());
    return s;
}

sm::service_reference read_reference(const json& j)
{
    sm::service_reference r;
    if (const auto found = j.find("link"); found != j.end())
        r.link = mec::link{found->at("href").get<std::string>()};
    j.at("serName").get_to(r.ser_name);
    j.at("serInstanceId").get_to(r.ser_instance_id);
    r.state = from_name(j.at("state"), states);
    r.change_type = from_name(j.at("changeType"), changes);
    return r;
}

json write_transport(const sm::transport_info& t)
{
    json j{{"id", t.id},
           {"name", t.name},
           {"type", to_name(*t.type.get(), transports)},
           {"protocol", t.protocol},
           {"version", t.version},
           {"endpoint", {{"uris", t.endpoint.uris}}},
           {"security", json::object()}};
    if (t.description) j["description"] = *t.description;
    return j;
}

json write_service(const sm::service_info& s)
{
    json j{{"serName", s.ser_name},
           {"version", s.version},
           {"state", to_name(s.state, states)},
           {"serializer", to_name(*s.serializer.get(), serializers)}};
    if (s.ser_instance_id) j["serInstanceId"] = *s.ser_instance_id;
    if (const auto& c = s.ser_category)
        j["serCategory"] = {
            {"href", c->href}, {"id", c->id}, {"name", c->name}, {"version", c->version}};
    if (s.transport_info) j["transportInfo"] = write_transport(*s.transport_info);
    if (s.scope_of_locality) j["scopeOfLocality"] = to_name(*s.scope_of_locality, localities);
    if (s.consumed_local_only) j["consumedLocalOnly"] = *s.consumed_local_only;
    if (s.is_local) j["isLocal"] = *s.is_local;
    if (s.liveness_interval) j["livenessInterval"] = s.liveness_interval->count();
    return j;
}

} // namespace

service_list decode_with_nlohmann(const std::string& text)
try {
    const auto document = json::parse(text);
    service_list list;
    list.reserve(document.size());
    for (const auto& element : document) list.push_back(read_service(element));
    return list;
} catch (const json::exception& e) {
    give_up(e.what());
}

notification decode_notification_with_nlohmann(const std::string& text)
try {
    const auto document = json::parse(text);
    notification n;
    if (document.at("notificationType") != "SerAvailabilityNotification")
        give_up("another notification");
    const auto& all = document.at("serviceReferences");
    n.service_references.reserve(all.size());
    for (const auto& element : all) n.service_references.push_back(read_reference(element));
    document.at("_links").at("subscription").at("href").get_to(n.links.subscription.href);
    return n;
} catch (const json::exception& e) {
    give_up(e.what());
}

std::string encode_with_nlohmann(const service_list& list)
{
    auto document = json::array();
    for (const auto& service : list) document.push_back(write_service(service));
    return document.dump();
}

} // namespace bench
