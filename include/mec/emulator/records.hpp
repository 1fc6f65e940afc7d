#ifndef MEC_EMULATOR_RECORDS_HPP
#define MEC_EMULATOR_RECORDS_HPP

/// @file
/// What the emulated platform tells about itself: its applications, what they have made, and what
/// happened.

#include <mec/app_support/types.hpp>
#include <mec/core/clock.hpp>
#include <mec/core/secret.hpp>
#include <mec/core/time.hpp>
#include <mec/service_mgmt/types.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// An application instance as the platform's manager knows it: what the application must be given.
struct application_instance {
    std::string name;
    std::string app_instance_id;
    std::string client_id;
    secret_string client_secret;
};

/// One instance now. Instances that were terminated are not listed.
struct application_snapshot {
    std::string name;
    std::string app_instance_id;
    bool ready = false;      ///< confirm_ready was accepted
    bool registered = false; ///< came by POST `/registrations`
};

struct service_snapshot {
    std::string app_instance_id; ///< of the application that offers it; empty: the platform
    service_mgmt::service_info info;
};

enum class subscription_kind : std::uint8_t {
    app_termination,
    service_availability,
    radio_network
};

struct subscription_snapshot {
    std::string id;
    std::string app_instance_id; ///< of the subscriber
    subscription_kind kind = subscription_kind::app_termination;
    std::string callback;              ///< or the websocket
    std::string type;                  ///< `CellChangeSubscription`
    std::optional<time_stamp> expires; ///< absent: never
};

/// One request that was served. Holds no credential and no body.
struct logged_request {
    std::uint64_t sequence = 0; ///< counts from 1, never repeats, also when the log is cleared
    system_time time{};
    std::string method;
    std::string target;          ///< without the query when that names a token or secret
    int status = 0;              ///< 0: the connection was dropped on purpose
    std::string app_instance_id; ///< of the caller, when known
    std::string operation;       ///< `service_mgmt.list_services`; empty when nothing matched
    std::chrono::microseconds duration{0}; ///< with injected latency, without the network
};

/// One notification whose fate is known.
struct sent_notification {
    std::uint64_t sequence = 0; ///< counts from 1, never repeats
    system_time time{};         ///< when it was delivered or given up
    std::string subscription_id;
    std::string app_instance_id; ///< of the subscriber
    std::string type;            ///< `SerAvailabilityNotification`, `CellChangeNotification`, ...
    std::string callback;
    int attempts = 0;  ///< 0: none was made
    int status = 0;    ///< of the last answer; 0 when none came
    std::string error; ///< why it was not delivered; empty when it was
};

enum class termination_state : std::uint8_t {
    none,       ///< terminate() was not called for this instance
    pending,    ///< the application was told, and has time
    confirmed,  ///< by confirm_termination
    timed_out,  ///< the application did not confirm in time
    unannounced ///< nobody had subscribed: it ended at once
};

struct termination_snapshot {
    termination_state state = termination_state::none;
    app_support::operation_action action = app_support::operation_action::terminating;
    std::chrono::milliseconds took{0}; ///< until now while pending, else until the end
};

struct platform_counters {
    std::uint64_t requests = 0;             ///< but those of the control interface
    std::uint64_t errors = 0;               ///< answered with 400 or above
    std::uint64_t dropped = 0;              ///< on purpose
    std::uint64_t faults = 0;               ///< requests that a fault hit
    std::uint64_t tokens = 0;               ///< issued
    std::uint64_t connections = 0;          ///< accepted since the last start
    std::uint64_t open_connections = 0;     ///< now
    std::uint64_t notifications = 0;        ///< delivered
    std::uint64_t failed_notifications = 0; ///< given up
};

} // namespace emulator
MEC_END_NAMESPACE

#endif
