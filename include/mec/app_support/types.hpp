#ifndef MEC_APP_SUPPORT_TYPES_HPP
#define MEC_APP_SUPPORT_TYPES_HPP

/// @file
/// Data types of MEC application support (ETSI GS MEC 011 clause 7.1).

#include <mec/common/types.hpp>
#include <mec/core/time.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace app_support {

enum class ready_indication { ready };

/// AppReadyConfirmation (clause 7.1.4.4).
struct app_ready_confirmation {
    ready_indication indication = ready_indication::ready;
};

enum class time_source_status { traceable, nontraceable };

/// CurrentTime (clause 7.1.2.4): the platform's clock, of low accuracy.
struct current_time {
    std::uint32_t seconds = 0;     ///< Unix time, UTC
    std::uint32_t nanoseconds = 0; ///< 0 .. 999,999,999
    app_support::time_source_status time_source_status = app_support::time_source_status::traceable;

    time_stamp stamp() const noexcept { return {seconds, nanoseconds}; }
};

enum class ntp_server_addr_type { ip_address, dns_name };
enum class authentication_option { none, symmetric_key, auto_key };

struct ntp_server {
    app_support::ntp_server_addr_type ntp_server_addr_type =
        app_support::ntp_server_addr_type::ip_address;
    std::string ntp_server_addr;
    std::uint32_t min_polling_interval = 3;  ///< log2 of seconds, 3..17
    std::uint32_t max_polling_interval = 17; ///< log2 of seconds, 3..17
    std::uint32_t local_priority = 0;
    app_support::authentication_option authentication_option =
        app_support::authentication_option::none;
    std::uint32_t authentication_key_num = 0; ///< meaningful with symmetric_key only
};

struct ptp_master {
    std::string ptp_master_ip_address;
    std::uint32_t ptp_master_local_priority = 0;
    std::uint32_t delay_req_max_rate = 0; ///< packets per second
};

/// TimingCaps (clause 7.1.2.3): which time servers to use for better accuracy.
struct timing_caps {
    std::optional<mec::time_stamp> time_stamp;
    std::vector<ntp_server> ntp_servers;
    std::vector<ptp_master> ptp_masters;
};

/// What the platform is about to do with the instance, or the application with itself.
enum class operation_action {
    stopping,   ///< the instance stops, and may be started again
    terminating ///< the instance ends
};

/// AppTerminationConfirmation (clause 7.1.4.3).
struct app_termination_confirmation {
    app_support::operation_action operation_action = app_support::operation_action::terminating;
};

enum class app_termination_subscription_type { app_termination };

/// AppTerminationNotificationSubscription (clause 7.1.3.2).
struct app_termination_notification_subscription {
    app_termination_subscription_type subscription_type =
        app_termination_subscription_type::app_termination;
    std::string callback_reference;  ///< URL that notifications are posted to
    std::optional<self_links> links; ///< in answers only
    std::string app_instance_id;     ///< whose termination
};

enum class app_termination_notification_type { app_termination };

struct termination_links {
    link subscription;
    std::optional<link> confirm_termination;
};

/// AppTerminationNotification (clause 7.1.4.2).
struct app_termination_notification {
    open_enum<app_termination_notification_type> notification_type =
        app_termination_notification_type::app_termination;
    app_support::operation_action operation_action = app_support::operation_action::terminating;
    /// Until the platform stops waiting. The standard wants at least 1 s; platforms send other things.
    std::chrono::seconds max_graceful_timeout{0};
    termination_links links;
};

/// Whether a rule is in force.
enum class rule_state { active, inactive };

enum class filter_type { flow, packet };
enum class traffic_action {
    drop,
    forward_decapsulated,
    forward_encapsulated,
    passthrough,
    duplicate_decapsulated,
    duplicate_encapsulated
};
enum class interface_type { tunnel, mac, ip };
enum class tunnel_type { gtp_u, gre };
enum class ip_address_type { ip_v6, ip_v4 };

/// TrafficFilter (clause 7.1.5.3): empty members match everything. Addresses are single, CIDR or a
/// range; ports are single or a range.
struct traffic_filter {
    std::vector<std::string> src_address;
    std::vector<std::string> dst_address;
    std::vector<std::string> src_port;
    std::vector<std::string> dst_port;
    std::vector<std::string> protocol;
    std::vector<std::string> tag;
    std::vector<std::string> src_tunnel_address;
    std::vector<std::string> tgt_tunnel_address;
    std::vector<std::string> src_tunnel_port;
    std::vector<std::string> dst_tunnel_port;
    std::optional<std::int32_t> qci;  ///< QoS class identifier
    std::optional<std::int32_t> dscp; ///< differentiated services code point, IPv4
    std::optional<std::int32_t> tc;   ///< traffic class, IPv6
};

/// TunnelInfo (clause 7.1.5.5).
struct tunnel_info {
    open_enum<app_support::tunnel_type> tunnel_type = app_support::tunnel_type::gtp_u;
    std::optional<std::string> tunnel_dst_address;
    std::optional<std::string> tunnel_src_address;
};

/// DestinationInterface (clause 7.1.5.4).
struct destination_interface {
    open_enum<app_support::interface_type> interface_type = app_support::interface_type::ip;
    std::optional<app_support::tunnel_info> tunnel_info; ///< with tunnel
    std::optional<std::string> src_mac_address;          ///< with mac
    std::optional<std::string> dst_mac_address;          ///< with mac
    std::optional<std::string> dst_ip_address;           ///< with ip
};

/// TrafficRule (clause 7.1.2.2). Made by the platform's manager; the application reads and changes it.
struct traffic_rule {
    std::string traffic_rule_id;
    app_support::filter_type filter_type = app_support::filter_type::flow;
    std::int32_t priority = 0; ///< 0..255, 0 is the highest
    std::vector<app_support::traffic_filter> traffic_filter;
    open_enum<traffic_action> action = traffic_action::passthrough;
    /// One to forward to, two to duplicate to (the first towards the UE), none to drop.
    std::vector<destination_interface> dst_interface;
    rule_state state = rule_state::inactive;
    json::members extensions; ///< members that the standard does not name, kept for writing back
    std::string
        etag; ///< not in the body: entity tag of what was read, sent back when it is updated
};

/// DnsRule (clause 7.1.2.5). Made by the platform's manager; the application changes `state`.
struct dns_rule {
    std::string dns_rule_id;
    std::string domain_name;
    app_support::ip_address_type ip_address_type = app_support::ip_address_type::ip_v4;
    std::string ip_address;
    std::optional<std::chrono::seconds> ttl; ///< absent: never expires
    rule_state state = rule_state::inactive;
    json::members extensions; ///< members that the standard does not name, kept for writing back
    std::string
        etag; ///< not in the body: entity tag of what was read, sent back when it is updated
};

/// TransportDescriptor (GS MEC 010-2).
struct transport_descriptor {
    std::string name;
    std::optional<std::string> description;
    open_enum<transport_type> type = transport_type::rest_http;
    std::string protocol = "HTTP";
    std::string version = "2.0";
    security_info security;
    json::raw impl_specific_info;
};

/// TransportDependency (GS MEC 010-2).
struct transport_dependency {
    transport_descriptor transport;
    std::vector<open_enum<serializer_type>> serializers;
    std::vector<std::string> labels;
};

/// ServiceDependency (GS MEC 010-2): a service that the application needs or can use.
struct service_dependency {
    std::string ser_name;
    std::optional<category_ref> ser_category;
    std::string version;
    std::vector<transport_dependency> ser_transport_dependencies;
    json::raw requested_permissions;
};

/// FeatureDependency (GS MEC 010-2).
struct feature_dependency {
    std::string feature_name;
    std::string version;
};

/// AppInfo (since v3.1.1): how an application that MEC management did not start introduces itself.
struct app_info {
    std::string app_name;
    std::optional<std::string> app_provider;
    std::optional<category_ref> app_category;
    std::optional<std::string> app_d_id;
    std::optional<std::string> app_instance_id; ///< given by the platform
    std::optional<endpoint_info> endpoint;      ///< needed unless `is_ins_by_mec`
    std::vector<service_dependency> app_service_required;
    std::vector<service_dependency> app_service_optional;
    std::vector<feature_dependency> app_feature_required;
    std::vector<feature_dependency> app_feature_optional;
    std::optional<bool> is_ins_by_mec; ///< absent: false
    json::raw app_profile;             ///< EAS profile of 3GPP TS 29.558
    json::members extensions; ///< members that the standard does not name, kept for writing back
};

} // namespace app_support
MEC_END_NAMESPACE

#endif
