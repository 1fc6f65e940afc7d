#ifndef MEC_APP_SUPPORT_TYPES_HPP
#define MEC_APP_SUPPORT_TYPES_HPP

/// @file
/// Data types of MEC application support (ETSI GS MEC 011 clause 7.1).

#include <mec/core/open_enum.hpp>
#include <mec/core/time.hpp>
#include <mec/json/raw.hpp>

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

} // namespace app_support
MEC_END_NAMESPACE

#endif
