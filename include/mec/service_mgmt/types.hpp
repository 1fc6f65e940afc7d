#ifndef MEC_SERVICE_MGMT_TYPES_HPP
#define MEC_SERVICE_MGMT_TYPES_HPP

/// @file
/// Data types of MEC service management (ETSI GS MEC 011 clause 8.1).

#include <mec/core/open_enum.hpp>
#include <mec/json/raw.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace service_mgmt {

enum class service_state { active, inactive, suspended };
enum class serializer_type { json, xml, protobuf3 };
enum class transport_type {
    rest_http,
    mb_topic_based,
    mb_routing,
    mb_pubsub,
    rpc,
    rpc_streaming,
    websocket
};
enum class locality_type { mec_system, mec_host, nfvi_pop, zone, zone_group, nfvi_node };
enum class grant_type {
    oauth2_authorization_code,
    oauth2_implicit_grant,
    oauth2_resource_owner,
    oauth2_client_credentials
};

/// LinkType (clause 8.1.5): a reference.
struct link {
    std::string href;
};

/// CategoryRef (clause 8.1.5.2).
struct category_ref {
    std::string href; ///< URI of the category
    std::string id;
    std::string name; ///< for example `RNI`
    std::string version;
};

struct endpoint_address {
    std::string host;
    std::uint32_t port = 0; ///< 1..65535
};

/// EndPointInfo (clause 8.1.5.3): exactly one member is set; REST services use `uris`.
struct endpoint_info {
    std::vector<std::string> uris;
    std::vector<endpoint_address> addresses;
    std::vector<std::string> fqdn; ///< since v3.1.1
    json::raw alternative;
};

struct oauth2_info {
    std::vector<grant_type> grant_types;
    std::optional<std::string> token_endpoint;
};

/// SecurityInfo (clause 8.1.5.4).
struct security_info {
    std::optional<service_mgmt::oauth2_info> oauth2_info;
    json::members extensions;
};

/// TransportInfo (clause 8.1.2.3).
struct transport_info {
    std::string id;
    std::string name;
    std::optional<std::string> description;
    open_enum<transport_type> type = transport_type::rest_http;
    std::string protocol = "HTTP";
    std::string version = "2.0";
    endpoint_info endpoint;
    security_info security;
    json::raw impl_specific_info;
    json::members extensions;
};

struct service_links {
    std::optional<link> self;
    std::optional<link> liveness;
};

/// ServiceInfo (clause 8.1.2.2): a service as it is offered, registered and found.
/// To register one, set `ser_name`, `version` and exactly one of `transport_id` and `transport_info`;
/// the platform gives it `ser_instance_id` and `links`.
struct service_info {
    std::optional<std::string> ser_instance_id;
    std::string ser_name;
    std::optional<category_ref> ser_category;
    std::string version;
    service_state state = service_state::active;
    std::optional<std::string> transport_id;
    std::optional<service_mgmt::transport_info> transport_info;
    open_enum<serializer_type> serializer = serializer_type::json;
    std::optional<locality_type> scope_of_locality; ///< absent: mec_host
    std::optional<bool> consumed_local_only;        ///< absent: true
    std::optional<bool> is_local;                   ///< in answers only
    std::optional<std::chrono::seconds> liveness_interval;
    std::optional<service_links> links; ///< in answers only
    json::members extensions; ///< members that the standard does not name, kept for writing back
};

/// Filter of a service query (clause 8.2.3.3.1). At most one of the first three may be used.
struct service_query {
    std::vector<std::string> ser_instance_id;
    std::vector<std::string> ser_name;
    std::optional<std::string> ser_category_id;
    std::optional<locality_type> scope_of_locality;
    std::optional<bool> consumed_local_only;
    std::optional<bool> is_local;
};

} // namespace service_mgmt
MEC_END_NAMESPACE

#endif
