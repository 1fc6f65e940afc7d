#ifndef MEC_COMMON_DESCRIBE_HPP
#define MEC_COMMON_DESCRIBE_HPP

/// @file
/// The types of `types.hpp` on the wire. Aliases and tolerances name the platform that needs them.

#include <mec/common/types.hpp>
#include <mec/json/describe.hpp>

MEC_BEGIN_NAMESPACE
namespace json {

template <> struct describe<link> {
    static constexpr auto value =
        object("LinkType", field<&link::href>("href").tolerating(defaulted)); // EdgeGallery, v2.1.1
};

template <> struct describe<subscription_link> {
    using type = subscription_link;
    static constexpr auto value =
        object("SubscriptionLink", field<&type::href>("href"),
               field<&type::subscription_type>("subscriptionType")
                   .alias("rel")            // v2.1.1, AdvantEDGE, EdgeGallery
                   .tolerating(defaulted)); // the list is of use without it
};

template <> struct describe<subscription_links> {
    using type = subscription_links;
    static constexpr auto value =
        object("SubscriptionLinks",
               field<&type::self>("self").required().tolerating(text_as_object | defaulted),
               field<&type::subscriptions>("subscriptions")
                   .alias("subscription") // v1.1.1
                   .tolerating(one_or_many));
};

template <> struct describe<subscription_link_list> {
    using type = subscription_link_list;
    static constexpr auto value = object("SubscriptionLinkList", field<&type::links>("_links"));
};

template <> struct describe<self_links> {
    using type = self_links;
    static constexpr auto value = object(
        "SelfLinks", field<&type::self>("self").required().tolerating(text_as_object | defaulted));
};

template <> struct describe<category_ref> {
    using type = category_ref;
    static constexpr auto value =
        object("CategoryRef", field<&type::href>("href"), field<&type::id>("id"),
               field<&type::name>("name"), field<&type::version>("version"));
};

template <> struct describe<endpoint_address> {
    using type = endpoint_address;
    static constexpr auto value =
        object("EndPointAddress", field<&type::host>("host"),
               field<&type::port>("port").range(0, 65'535).tolerating(text_as_number));
};

template <> struct describe<endpoint_info> {
    using type = endpoint_info;
    static constexpr auto value =
        object("EndPointInfo", field<&type::uris>("uris"),
               field<&type::addresses>("addresses").tolerating(one_or_many), // Simu5G
               field<&type::fqdn>("fqdn"), field<&type::alternative>("alternative"));
};

template <> struct describe<grant_type> {
    using e = grant_type;
    static constexpr auto value = enumeration(
        "GrantType", json::value(e::oauth2_authorization_code, "OAUTH2_AUTHORIZATION_CODE"),
        json::value(e::oauth2_implicit_grant, "OAUTH2_IMPLICIT_GRANT"),
        json::value(e::oauth2_resource_owner, "OAUTH2_RESOURCE_OWNER"),
        json::value(e::oauth2_client_credentials, "OAUTH2_CLIENT_CREDENTIALS"));
};

template <> struct describe<oauth2_info> {
    using type = oauth2_info;
    static constexpr auto value = object(
        "OAuth2Info", field<&type::grant_types>("grantTypes").required().tolerating(one_or_many),
        field<&type::token_endpoint>("tokenEndpoint"));
};

template <> struct describe<security_info> {
    using type = security_info;
    static constexpr auto value =
        open_object<&type::extensions>("SecurityInfo", field<&type::oauth2_info>("oAuth2Info"));
};

template <> struct describe<serializer_type> {
    using e = serializer_type;
    static constexpr auto value =
        enumeration("SerializerType", json::value(e::json, "JSON"), json::value(e::xml, "XML"),
                    json::value(e::protobuf3, "PROTOBUF3"));
};

template <> struct describe<transport_type> {
    using e = transport_type;
    static constexpr auto value = enumeration(
        "TransportType", json::value(e::rest_http, "REST_HTTP"),
        json::value(e::mb_topic_based, "MB_TOPIC_BASED"), json::value(e::mb_routing, "MB_ROUTING"),
        json::value(e::mb_pubsub, "MB_PUBSUB"), json::value(e::rpc, "RPC"),
        json::value(e::rpc_streaming, "RPC_STREAMING"), json::value(e::websocket, "WEBSOCKET"));
};

} // namespace json
MEC_END_NAMESPACE

#endif
