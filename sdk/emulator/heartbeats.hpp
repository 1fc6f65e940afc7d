#ifndef MEC_EMULATOR_HEARTBEATS_HPP
#define MEC_EMULATOR_HEARTBEATS_HPP

/// @file
/// Liveness of services (clauses 5.2.12 and 8.2.10): ACTIVE -> SUSPENDED when a heartbeat is late,
/// and back when one comes.

#include "state.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

/// Decides by the platform's policy whether the service must send heartbeats, and says so in its
/// representation. Call it for a new service, and when its proposal or its state was changed.
/// @param proposal  of the service; nothing when it sends no heartbeats
void settle_liveness(platform_state& s, service& one, std::optional<std::chrono::seconds> proposal);

/// Suspends the services whose heartbeat is late.
void suspend_late_services(platform_state& s, steady_time now);

/// Another interval by the platform's decision: announced as a change of the service, and told to the
/// service with its next heartbeat.
/// @return errc::not_found, errc::conflict when the service sends no heartbeats, errc::config_invalid.
error set_liveness_interval(platform_state& s, const std::string& ser_instance_id,
                            std::chrono::seconds interval);

bool waits_for_heartbeats(const platform_state& s);

/// What livenessInterval may be.
constexpr bool is_interval(std::chrono::seconds interval)
{
    return interval >= std::chrono::seconds{1} && interval <= std::chrono::seconds{4'294'967'295};
}

/// Where the platform puts the liveness resources, below the API's base.
inline constexpr std::string_view liveness_path = "/liveness/{livenessId}";

} // namespace emulator
MEC_END_NAMESPACE

#endif
