#ifndef MEC_SERVICE_MGMT_DESCRIBE_HPP
#define MEC_SERVICE_MGMT_DESCRIBE_HPP

/// @file
/// The types of `types.hpp` on the wire. Aliases and tolerances name the platform that needs them.

#include <mec/json/describe.hpp>
#include <mec/service_mgmt/types.hpp>

MEC_BEGIN_NAMESPACE
namespace json {

template <> struct describe<service_mgmt::service_state> {
    using e = service_mgmt::service_state;
    static constexpr auto value =
        enumeration("ServiceState", json::value(e::active, "ACTIVE"),
                    json::value(e::inactive, "INACTIVE"), json::value(e::suspended, "SUSPENDED"));
};

template <> struct describe<service_mgmt::serializer_type> {
    using e = service_mgmt::serializer_type;
    static constexpr auto value =
        enumeration("SerializerType", json::value(e::json, "JSON"), json::value(e::xml, "XML"),
                    json::value(e::protobuf3, "PROTOBUF3"));
};

template <> struct describe<service_mgmt::transport_type> {
    using e = service_mgmt::transport_type;
    static constexpr auto value = enumeration(
        "TransportType", json::value(e::rest_http, "REST_HTTP"),
        json::value(e::mb_topic_based, "MB_TOPIC_BASED"), json::value(e::mb_routing, "MB_ROUTING"),
        json::value(e::mb_pubsub, "MB_PUBSUB"), json::value(e::rpc, "RPC"),
        json::value(e::rpc_streaming, "RPC_STREAMING"), json::value(e::websocket, "WEBSOCKET"));
};

template <> struct describe<service_mgmt::locality_type> {
    using e = service_mgmt::locality_type;
    static constexpr auto value =
        enumeration("LocalityType", json::value(e::mec_system, "MEC_SYSTEM"),
                    json::value(e::mec_host, "MEC_HOST"), json::value(e::nfvi_pop, "NFVI_POP"),
                    json::value(e::zone, "ZONE"), json::value(e::zone_group, "ZONE_GROUP"),
                    json::value(e::nfvi_node, "NFVI_NODE"));
};

template <> struct describe<service_mgmt::grant_type> {
    using e = service_mgmt::grant_type;
    static constexpr auto value = enumeration(
        "GrantType", json::value(e::oauth2_authorization_code, "OAUTH2_AUTHORIZATION_CODE"),
        json::value(e::oauth2_implicit_grant, "OAUTH2_IMPLICIT_GRANT"),
        json::value(e::oauth2_resource_owner, "OAUTH2_RESOURCE_OWNER"),
        json::value(e::oauth2_client_credentials, "OAUTH2_CLIENT_CREDENTIALS"));
};

template <> struct describe<service_mgmt::link> {
    static constexpr auto value = object("LinkType", field<&service_mgmt::link::href>("href"));
};

template <> struct describe<service_mgmt::category_ref> {
    using type = service_mgmt::category_ref;
    static constexpr auto value =
        object("CategoryRef", field<&type::href>("href"), field<&type::id>("id"),
               field<&type::name>("name"), field<&type::version>("version"));
};

template <> struct describe<service_mgmt::endpoint_address> {
    using type = service_mgmt::endpoint_address;
    static constexpr auto value =
        object("EndPointAddress", field<&type::host>("host"),
               field<&type::port>("port").range(0, 65'535).tolerating(text_as_number));
};

template <> struct describe<service_mgmt::endpoint_info> {
    using type = service_mgmt::endpoint_info;
    static constexpr auto value =
        object("EndPointInfo", field<&type::uris>("uris"),
               field<&type::addresses>("addresses").tolerating(one_or_many), // Simu5G
               field<&type::fqdn>("fqdn"), field<&type::alternative>("alternative"));
};

template <> struct describe<service_mgmt::oauth2_info> {
    using type = service_mgmt::oauth2_info;
    static constexpr auto value = object(
        "OAuth2Info", field<&type::grant_types>("grantTypes").required().tolerating(one_or_many),
        field<&type::token_endpoint>("tokenEndpoint"));
};

template <> struct describe<service_mgmt::security_info> {
    using type = service_mgmt::security_info;
    static constexpr auto value =
        open_object<&type::extensions>("SecurityInfo", field<&type::oauth2_info>("oAuth2Info"));
};

template <> struct describe<service_mgmt::transport_info> {
    using type = service_mgmt::transport_info;
    static constexpr auto value = open_object<&type::extensions>(
        "TransportInfo", field<&type::id>("id"), field<&type::name>("name"),
        field<&type::description>("description"),
        field<&type::type>("type").tolerating(defaulted), // Simu5G leaves these three out
        field<&type::protocol>("protocol").tolerating(defaulted),
        field<&type::version>("version").tolerating(defaulted),
        field<&type::endpoint>("endpoint").alias("endPoint"),                     // Simu5G
        field<&type::security>("security").tolerating(defaulted | null_as_empty), // AdvantEDGE
        field<&type::impl_specific_info>("implSpecificInfo"));
};

template <> struct describe<service_mgmt::service_links> {
    using type = service_mgmt::service_links;
    static constexpr auto value =
        object("ServiceLinks", field<&type::self>("self"), field<&type::liveness>("liveness"));
};

template <> struct describe<service_mgmt::service_info> {
    using type = service_mgmt::service_info;
    static constexpr auto value = open_object<&type::extensions>(
        "ServiceInfo", field<&type::ser_instance_id>("serInstanceId"),
        field<&type::ser_name>("serName"), field<&type::ser_category>("serCategory"),
        field<&type::version>("version"), field<&type::state>("state"),
        field<&type::transport_id>("transportId"), field<&type::transport_info>("transportInfo"),
        field<&type::serializer>("serializer"), field<&type::scope_of_locality>("scopeOfLocality"),
        field<&type::consumed_local_only>("consumedLocalOnly").tolerating(text_as_boolean),
        field<&type::is_local>("isLocal").tolerating(text_as_boolean),
        field<&type::liveness_interval>("livenessInterval").range(0, 4'294'967'295),
        field<&type::links>("_links"));
};

} // namespace json
MEC_END_NAMESPACE

#endif
