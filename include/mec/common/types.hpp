#ifndef MEC_COMMON_TYPES_HPP
#define MEC_COMMON_TYPES_HPP

/// @file
/// Data types that the MEC APIs share (ETSI GS MEC 011 clauses 7.1.5 and 8.1.5, GS MEC 009).

#include <mec/core/open_enum.hpp>
#include <mec/json/raw.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE

/// LinkType: a reference. Absolute, or relative to the request that it answers.
struct link {
    std::string href;
};

/// The id of the resource that a link leads to: its last path segment, percent-decoded once. Empty when
/// there is none.
MEC_API std::string id_of(std::string_view href);

/// One entry of a SubscriptionLinkList.
struct subscription_link {
    std::string href;
    std::string subscription_type; ///< for example `SerAvailabilityNotificationSubscription`
};

struct subscription_links {
    std::optional<link> self;
    std::vector<subscription_link> subscriptions;
};

/// SubscriptionLinkList: the subscriptions of one application instance, without their content.
struct subscription_link_list {
    subscription_links links;
};

/// Links of a subscription.
struct self_links {
    std::optional<link> self;
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

enum class grant_type {
    oauth2_authorization_code,
    oauth2_implicit_grant,
    oauth2_resource_owner,
    oauth2_client_credentials
};

struct oauth2_info {
    std::vector<grant_type> grant_types;
    std::optional<std::string> token_endpoint;
};

/// SecurityInfo (clause 8.1.5.4).
struct security_info {
    std::optional<mec::oauth2_info> oauth2_info;
    json::members extensions;
};

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

MEC_END_NAMESPACE

#endif
