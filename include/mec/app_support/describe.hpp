#ifndef MEC_APP_SUPPORT_DESCRIBE_HPP
#define MEC_APP_SUPPORT_DESCRIBE_HPP

/// @file
/// The types of `types.hpp` on the wire. Aliases and tolerances name the platform that needs them.

#include <mec/app_support/types.hpp>
#include <mec/common/describe.hpp>
#include <mec/json/common.hpp>

MEC_BEGIN_NAMESPACE
namespace json {

template <> struct describe<app_support::ready_indication> {
    static constexpr auto value =
        enumeration("Indication", json::value(app_support::ready_indication::ready, "READY"));
};

template <> struct describe<app_support::app_ready_confirmation> {
    using type = app_support::app_ready_confirmation;
    static constexpr auto value =
        object("AppReadyConfirmation", field<&type::indication>("indication"));
};

template <> struct describe<app_support::time_source_status> {
    static constexpr auto value = enumeration(
        "TimeSourceStatus", json::value(app_support::time_source_status::traceable, "TRACEABLE"),
        json::value(app_support::time_source_status::nontraceable, "NONTRACEABLE")
            .alias("UNTRACEABLE")); // NetEdge
};

template <> struct describe<app_support::current_time> {
    using type = app_support::current_time;
    static constexpr auto value = object("CurrentTime", field<&type::seconds>("seconds"),
                                         field<&type::nanoseconds>("nanoSeconds")
                                             .alias("nanoseconds") // NetEdge
                                             .range(0, 999'999'999)
                                             .tolerating(defaulted), // AdvantEDGE leaves out zeros
                                         field<&type::time_source_status>("timeSourceStatus"));
};

template <> struct describe<app_support::ntp_server_addr_type> {
    static constexpr auto value =
        enumeration("NtpServerAddrType",
                    json::value(app_support::ntp_server_addr_type::ip_address, "IP_ADDRESS"),
                    json::value(app_support::ntp_server_addr_type::dns_name, "DNS_NAME"));
};

template <> struct describe<app_support::authentication_option> {
    static constexpr auto value = enumeration(
        "AuthenticationOption", json::value(app_support::authentication_option::none, "NONE"),
        json::value(app_support::authentication_option::symmetric_key, "SYMMETRIC_KEY"),
        json::value(app_support::authentication_option::auto_key, "AUTO_KEY"));
};

template <> struct describe<app_support::ntp_server> {
    using type = app_support::ntp_server;
    static constexpr auto value =
        object("NtpServer", field<&type::ntp_server_addr_type>("ntpServerAddrType"),
               field<&type::ntp_server_addr>("ntpServerAddr"),
               field<&type::min_polling_interval>("minPollingInterval").range(3, 17),
               field<&type::max_polling_interval>("maxPollingInterval").range(3, 17),
               field<&type::local_priority>("localPriority").tolerating(defaulted),
               field<&type::authentication_option>("authenticationOption"),
               field<&type::authentication_key_num>("authenticationKeyNum").tolerating(defaulted));
};

template <> struct describe<app_support::ptp_master> {
    using type = app_support::ptp_master;
    static constexpr auto value = object(
        "PtpMaster", field<&type::ptp_master_ip_address>("ptpMasterIpAddress"),
        field<&type::ptp_master_local_priority>("ptpMasterLocalPriority").tolerating(defaulted),
        field<&type::delay_req_max_rate>("delayReqMaxRate").tolerating(defaulted));
};

template <> struct describe<app_support::timing_caps> {
    using type = app_support::timing_caps;
    static constexpr auto value =
        object("TimingCaps", field<&type::time_stamp>("timeStamp").alias("timestamp"),
               field<&type::ntp_servers>("ntpServers"), field<&type::ptp_masters>("ptpMasters"));
};

template <> struct describe<app_support::operation_action> {
    using e = app_support::operation_action;
    static constexpr auto value = enumeration(
        "OperationActionType",
        json::value(e::stopping, "STOPPING").alias("STOPPPING"), // as in a table of the GS
        json::value(e::terminating, "TERMINATING"));
};

template <> struct describe<app_support::app_termination_confirmation> {
    using type = app_support::app_termination_confirmation;
    static constexpr auto value =
        object("AppTerminationConfirmation", field<&type::operation_action>("operationAction"));
};

template <> struct describe<app_support::app_termination_subscription_type> {
    static constexpr auto value =
        enumeration("SubscriptionType",
                    json::value(app_support::app_termination_subscription_type::app_termination,
                                "AppTerminationNotificationSubscription"));
};

template <> struct describe<app_support::app_termination_notification_subscription> {
    using type = app_support::app_termination_notification_subscription;
    static constexpr auto value =
        object("AppTerminationNotificationSubscription",
               field<&type::subscription_type>("subscriptionType"),
               field<&type::callback_reference>("callbackReference"), field<&type::links>("_links"),
               field<&type::app_instance_id>("appInstanceId"));
};

template <> struct describe<app_support::app_termination_notification_type> {
    static constexpr auto value =
        enumeration("NotificationType",
                    json::value(app_support::app_termination_notification_type::app_termination,
                                "AppTerminationNotification"));
};

template <> struct describe<app_support::termination_links> {
    using type = app_support::termination_links;
    static constexpr auto value =
        object("TerminationLinks",
               field<&type::subscription>("subscription").tolerating(text_as_object | defaulted),
               field<&type::confirm_termination>("confirmTermination")
                   .tolerating(text_as_object)); // EdgeGallery sends texts
};

template <> struct describe<app_support::app_termination_notification> {
    using type = app_support::app_termination_notification;
    static constexpr auto value =
        object("AppTerminationNotification", field<&type::notification_type>("notificationType"),
               field<&type::operation_action>("operationAction").tolerating(defaulted), // v1.1.1
               field<&type::max_graceful_timeout>("maxGracefulTimeout")
                   .range(-2'147'483'648, 4'294'967'295) // less than none is none: a notice counts
                   .tolerating(text_as_number | defaulted),
               field<&type::links>("_links").tolerating(defaulted));
};

template <> struct describe<app_support::rule_state> {
    using e = app_support::rule_state;
    static constexpr auto value = enumeration("RuleState", json::value(e::active, "ACTIVE"),
                                              json::value(e::inactive, "INACTIVE"));
};

template <> struct describe<app_support::filter_type> {
    using e = app_support::filter_type;
    static constexpr auto value =
        enumeration("FilterType", json::value(e::flow, "FLOW"), json::value(e::packet, "PACKET"));
};

template <> struct describe<app_support::traffic_action> {
    using e = app_support::traffic_action;
    static constexpr auto value =
        enumeration("Action", json::value(e::drop, "DROP"),
                    json::value(e::forward_decapsulated, "FORWARD_DECAPSULATED"),
                    json::value(e::forward_encapsulated, "FORWARD_ENCAPSULATED"),
                    json::value(e::passthrough, "PASSTHROUGH"),
                    json::value(e::duplicate_decapsulated, "DUPLICATE_DECAPSULATED"),
                    json::value(e::duplicate_encapsulated, "DUPLICATE_ENCAPSULATED"));
};

template <> struct describe<app_support::interface_type> {
    using e = app_support::interface_type;
    static constexpr auto value = enumeration("InterfaceType", json::value(e::tunnel, "TUNNEL"),
                                              json::value(e::mac, "MAC"), json::value(e::ip, "IP"));
};

template <> struct describe<app_support::tunnel_type> {
    using e = app_support::tunnel_type;
    static constexpr auto value =
        enumeration("TunnelType", json::value(e::gtp_u, "GTP_U"), json::value(e::gre, "GRE"));
};

template <> struct describe<app_support::ip_address_type> {
    using e = app_support::ip_address_type;
    static constexpr auto value =
        enumeration("IpAddressType", json::value(e::ip_v6, "IP_V6").alias("IPv6"), // EdgeGallery
                    json::value(e::ip_v4, "IP_V4").alias("IPv4"));
};

template <> struct describe<app_support::traffic_filter> {
    using type = app_support::traffic_filter;
    static constexpr auto value =
        object("TrafficFilter", field<&type::src_address>("srcAddress"),
               field<&type::dst_address>("dstAddress"), field<&type::src_port>("srcPort"),
               field<&type::dst_port>("dstPort"), field<&type::protocol>("protocol"),
               field<&type::tag>("tag").alias("token"), // v2.1.1, AdvantEDGE
               field<&type::src_tunnel_address>("srcTunnelAddress"),
               field<&type::tgt_tunnel_address>("tgtTunnelAddress"),
               field<&type::src_tunnel_port>("srcTunnelPort"),
               field<&type::dst_tunnel_port>("dstTunnelPort"), field<&type::qci>("qCI"),
               field<&type::dscp>("dSCP"), field<&type::tc>("tC"));
};

template <> struct describe<app_support::tunnel_info> {
    using type = app_support::tunnel_info;
    static constexpr auto value = object("TunnelInfo", field<&type::tunnel_type>("tunnelType"),
                                         field<&type::tunnel_dst_address>("tunnelDstAddress"),
                                         field<&type::tunnel_src_address>("tunnelSrcAddress"));
};

template <> struct describe<app_support::destination_interface> {
    using type = app_support::destination_interface;
    static constexpr auto value = object(
        "DestinationInterface", field<&type::interface_type>("interfaceType"),
        field<&type::tunnel_info>("tunnelInfo"), field<&type::src_mac_address>("srcMacAddress"),
        field<&type::dst_mac_address>("dstMacAddress"),
        field<&type::dst_ip_address>("dstIpAddress"));
};

template <> struct describe<app_support::traffic_rule> {
    using type = app_support::traffic_rule;
    static constexpr auto value = open_object<&type::extensions>(
        "TrafficRule", field<&type::traffic_rule_id>("trafficRuleId"),
        field<&type::filter_type>("filterType"), field<&type::priority>("priority").range(0, 255),
        field<&type::traffic_filter>("trafficFilter").required(), field<&type::action>("action"),
        field<&type::dst_interface>("dstInterface").tolerating(one_or_many), // an object in v2.1.1
        field<&type::state>("state"));
};

template <> struct describe<app_support::dns_rule> {
    using type = app_support::dns_rule;
    static constexpr auto value = open_object<&type::extensions>(
        "DnsRule", field<&type::dns_rule_id>("dnsRuleId"), field<&type::domain_name>("domainName"),
        field<&type::ip_address_type>("ipAddressType"), field<&type::ip_address>("ipAddress"),
        field<&type::ttl>("ttl").range(0, 4'294'967'295), field<&type::state>("state"));
};

template <> struct describe<app_support::transport_descriptor> {
    using type = app_support::transport_descriptor;
    static constexpr auto value =
        object("TransportDescriptor", field<&type::name>("name"),
               field<&type::description>("description"), field<&type::type>("type"),
               field<&type::protocol>("protocol"), field<&type::version>("version"),
               field<&type::security>("security").tolerating(defaulted | null_as_empty),
               field<&type::impl_specific_info>("implSpecificInfo"));
};

template <> struct describe<app_support::transport_dependency> {
    using type = app_support::transport_dependency;
    static constexpr auto value =
        object("TransportDependency", field<&type::transport>("transport"),
               field<&type::serializers>("serializers").required(),
               field<&type::labels>("labels").required());
};

template <> struct describe<app_support::service_dependency> {
    using type = app_support::service_dependency;
    static constexpr auto value =
        object("ServiceDependency", field<&type::ser_name>("serName"),
               field<&type::ser_category>("serCategory"), field<&type::version>("version"),
               field<&type::ser_transport_dependencies>("serTransportDependencies"),
               field<&type::requested_permissions>("requestedPermissions"));
};

template <> struct describe<app_support::feature_dependency> {
    using type = app_support::feature_dependency;
    static constexpr auto value =
        object("FeatureDependency", field<&type::feature_name>("featureName"),
               field<&type::version>("version"));
};

template <> struct describe<app_support::app_info> {
    using type = app_support::app_info;
    static constexpr auto value = open_object<&type::extensions>(
        "AppInfo", field<&type::app_name>("appName"), field<&type::app_provider>("appProvider"),
        field<&type::app_category>("appCategory"), field<&type::app_d_id>("appDId"),
        field<&type::app_instance_id>("appInstanceId"), field<&type::endpoint>("endpoint"),
        field<&type::app_service_required>("appServiceRequired"),
        field<&type::app_service_optional>("appServiceOptional"),
        field<&type::app_feature_required>("appFeatureRequired"),
        field<&type::app_feature_optional>("appFeatureOptional"),
        field<&type::is_ins_by_mec>("isInsByMec").tolerating(text_as_boolean),
        field<&type::app_profile>("appProfile"));
};

} // namespace json
MEC_END_NAMESPACE

#endif
