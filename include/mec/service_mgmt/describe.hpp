#ifndef MEC_SERVICE_MGMT_DESCRIBE_HPP
#define MEC_SERVICE_MGMT_DESCRIBE_HPP

/// @file
/// The types of `types.hpp` on the wire. Aliases and tolerances name the platform that needs them.

#include <mec/common/describe.hpp>
#include <mec/json/common.hpp>
#include <mec/service_mgmt/types.hpp>

MEC_BEGIN_NAMESPACE
namespace json {

template <> struct describe<service_mgmt::service_state> {
    using e = service_mgmt::service_state;
    static constexpr auto value =
        enumeration("ServiceState", json::value(e::active, "ACTIVE"),
                    json::value(e::inactive, "INACTIVE"), json::value(e::suspended, "SUSPENDED"));
};

template <> struct describe<service_mgmt::locality_type> {
    using e = service_mgmt::locality_type;
    static constexpr auto value =
        enumeration("LocalityType", json::value(e::mec_system, "MEC_SYSTEM"),
                    json::value(e::mec_host, "MEC_HOST"), json::value(e::nfvi_pop, "NFVI_POP"),
                    json::value(e::zone, "ZONE"), json::value(e::zone_group, "ZONE_GROUP"),
                    json::value(e::nfvi_node, "NFVI_NODE"));
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
        object("ServiceLinks", // NetEdge sends only `liveness`
               field<&type::self>("self").required().tolerating(text_as_object | defaulted),
               field<&type::liveness>("liveness").tolerating(text_as_object)); // EdgeGallery
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

template <> struct describe<service_mgmt::service_liveness_info> {
    using type = service_mgmt::service_liveness_info;
    static constexpr auto value =
        object("ServiceLivenessInfo", field<&type::state>("state"),
               field<&type::time_stamp>("timeStamp").alias("timestamp").tolerating(defaulted),
               field<&type::interval>("interval").range(0, 4'294'967'295));
};

template <> struct describe<service_mgmt::heartbeat_state> {
    static constexpr auto value =
        enumeration("HeartbeatState", json::value(service_mgmt::heartbeat_state::active, "ACTIVE"));
};

template <> struct describe<service_mgmt::service_liveness_update> {
    using type = service_mgmt::service_liveness_update;
    static constexpr auto value = object("ServiceLivenessUpdate", field<&type::state>("state"));
};

template <> struct describe<service_mgmt::ser_availability_subscription_type> {
    static constexpr auto value =
        enumeration("SubscriptionType",
                    json::value(service_mgmt::ser_availability_subscription_type::ser_availability,
                                "SerAvailabilityNotificationSubscription"));
};

template <> struct describe<service_mgmt::filtering_criteria> {
    using type = service_mgmt::filtering_criteria;
    static constexpr auto value =
        object("FilteringCriteria", field<&type::ser_instance_ids>("serInstanceIds"),
               field<&type::ser_names>("serNames"), field<&type::ser_categories>("serCategories"),
               field<&type::states>("states"),
               field<&type::is_local>("isLocal").tolerating(text_as_boolean));
};

template <> struct describe<service_mgmt::ser_availability_notification_subscription> {
    using type = service_mgmt::ser_availability_notification_subscription;
    static constexpr auto value =
        object("SerAvailabilityNotificationSubscription",
               field<&type::subscription_type>("subscriptionType"),
               field<&type::callback_reference>("callbackReference"), field<&type::links>("_links"),
               field<&type::filtering_criteria>("filteringCriteria"));
};

template <> struct describe<service_mgmt::ser_availability_notification_type> {
    static constexpr auto value =
        enumeration("NotificationType",
                    json::value(service_mgmt::ser_availability_notification_type::ser_availability,
                                "SerAvailabilityNotification")
                        .alias("SerAvailabilityNotificationSubscription") // v2.1.1, NetEdge
                        .alias("ServiceAvailabilityNotification"));
};

template <> struct describe<service_mgmt::change_type> {
    using e = service_mgmt::change_type;
    static constexpr auto value = enumeration(
        "ChangeType", json::value(e::added, "ADDED"), json::value(e::removed, "REMOVED"),
        json::value(e::state_changed, "STATE_CHANGED"),
        json::value(e::attributes_changed, "ATTRIBUTES_CHANGED"));
};

template <> struct describe<service_mgmt::service_reference> {
    using type = service_mgmt::service_reference;
    static constexpr auto value = object(
        "ServiceReference", field<&type::link>("link").tolerating(text_as_object),
        field<&type::ser_name>("serName"), field<&type::ser_instance_id>("serInstanceId"),
        field<&type::state>("state"),
        field<&type::change_type>("changeType").tolerating(defaulted)); // v1.1.1 sends ServiceInfo
};

template <> struct describe<service_mgmt::notification_links> {
    using type = service_mgmt::notification_links;
    static constexpr auto value =
        object("NotificationLinks",
               field<&type::subscription>("subscription").tolerating(text_as_object | defaulted));
};

template <> struct describe<service_mgmt::service_availability_notification> {
    using type = service_mgmt::service_availability_notification;
    static constexpr auto value = object(
        "ServiceAvailabilityNotification", field<&type::notification_type>("notificationType"),
        field<&type::service_references>("serviceReferences").alias("services").required(),
        field<&type::links>("_links").tolerating(defaulted));
};

} // namespace json
MEC_END_NAMESPACE

#endif
