#ifndef MEC_SERVICE_MGMT_TYPES_HPP
#define MEC_SERVICE_MGMT_TYPES_HPP

/// @file
/// Data types of MEC service management (ETSI GS MEC 011 clause 8.1).

#include <mec/common/types.hpp>
#include <mec/core/time.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace service_mgmt {

// Shared with the other APIs.
using mec::category_ref;
using mec::endpoint_address;
using mec::endpoint_info;
using mec::grant_type;
using mec::link;
using mec::oauth2_info;
using mec::security_info;
using mec::serializer_type;
using mec::subscription_link_list;
using mec::transport_type;

enum class service_state { active, inactive, suspended };
enum class locality_type { mec_system, mec_host, nfvi_pop, zone, zone_group, nfvi_node };
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
    std::string
        etag; ///< not in the body: entity tag of what was read, sent back when it is updated
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

/// ServiceLivenessInfo (clause 8.1.2.4).
struct service_liveness_info {
    service_state state = service_state::active;
    mec::time_stamp time_stamp;       ///< of the last heartbeat
    std::chrono::seconds interval{0}; ///< between heartbeats, chosen by the platform
    std::string etag;                 ///< not in the body
};

enum class heartbeat_state { active };

/// ServiceLivenessUpdate (clause 8.1.2.5): the heartbeat.
struct service_liveness_update {
    heartbeat_state state = heartbeat_state::active;
};

enum class ser_availability_subscription_type { ser_availability };

/// Which services a subscription is about; what is set must all hold. At most one of the first three
/// may be used.
struct filtering_criteria {
    std::vector<std::string> ser_instance_ids;
    std::vector<std::string> ser_names;
    std::vector<category_ref> ser_categories;
    std::vector<service_state> states; ///< after the change
    std::optional<bool> is_local;
};

/// SerAvailabilityNotificationSubscription (clause 8.1.3.2).
struct ser_availability_notification_subscription {
    ser_availability_subscription_type subscription_type =
        ser_availability_subscription_type::ser_availability;
    std::string callback_reference;  ///< URL that notifications are posted to
    std::optional<self_links> links; ///< in answers only
    std::optional<service_mgmt::filtering_criteria> filtering_criteria; ///< absent: all services
};

enum class ser_availability_notification_type { ser_availability };
enum class change_type { added, removed, state_changed, attributes_changed };

/// One service that has changed.
struct service_reference {
    std::optional<mec::link> link; ///< to the service; absent when it was removed
    std::string ser_name;
    std::string ser_instance_id;
    service_state state = service_state::active; ///< after the change
    service_mgmt::change_type change_type = service_mgmt::change_type::added;
};

struct notification_links {
    link subscription;
};

/// ServiceAvailabilityNotification (clause 8.1.4.2).
struct service_availability_notification {
    open_enum<ser_availability_notification_type> notification_type =
        ser_availability_notification_type::ser_availability;
    std::vector<service_reference> service_references;
    notification_links links;
};

} // namespace service_mgmt
MEC_END_NAMESPACE

#endif
