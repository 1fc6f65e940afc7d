#ifndef MEC_APP_SUPPORT_DESCRIBE_HPP
#define MEC_APP_SUPPORT_DESCRIBE_HPP

/// @file
/// The types of `types.hpp` on the wire. Aliases and tolerances name the platform that needs them.

#include <mec/app_support/types.hpp>
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

} // namespace json
MEC_END_NAMESPACE

#endif
