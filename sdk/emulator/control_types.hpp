#ifndef MEC_EMULATOR_CONTROL_TYPES_HPP
#define MEC_EMULATOR_CONTROL_TYPES_HPP

/// @file
/// Bodies of the control interface.

#include <mec/app_support/describe.hpp>
#include <mec/emulator/platform.hpp>
#include <mec/json/common.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <map>
#include <optional>
#include <string>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace control {

struct new_application {
    std::string name;
};

struct made_application {
    std::string name;
    std::string app_instance_id;
    std::map<std::string, std::string> environment;
};

struct request_entry {
    std::uint64_t sequence = 0;
    mec::time_stamp time;
    std::string method;
    std::string target;
    std::int32_t status = 0;
    std::string app_instance_id;
    std::string operation;
    std::int64_t duration_us = 0;
};

struct notification_entry {
    std::uint64_t sequence = 0;
    mec::time_stamp time;
    std::string subscription_id;
    std::string app_instance_id;
    std::string type;
    std::string callback;
    std::int32_t attempts = 0;
    std::int32_t status = 0;
    std::string error;
};

struct fault_order {
    std::optional<std::string> operation;
    std::optional<std::uint32_t> times;
    std::optional<std::uint32_t> latency_ms;
    std::optional<std::int32_t> status;
    std::optional<std::chrono::seconds> retry_after;
    std::optional<drop_point> drop;
    std::optional<bool> reset;
};

struct termination_order {
    app_support::operation_action action = app_support::operation_action::terminating;
    std::chrono::seconds timeout{0};
};

struct termination_report {
    termination_state state = termination_state::none;
    app_support::operation_action action = app_support::operation_action::terminating;
    std::int64_t took_ms = 0;
};

struct loss_order {
    loss what = loss::all;
};

enum class token_action { expire, revoke };

struct token_order {
    token_action action = token_action::expire;
    std::optional<std::string> app_instance_id; ///< absent: of all
};

struct interval_order {
    std::chrono::seconds interval{0};
};

struct switch_order {
    bool on = true;
};

struct profile_order {
    std::string profile;
};

} // namespace control
} // namespace emulator

namespace json {

template <> struct describe<emulator::control::new_application> {
    static constexpr auto value =
        object("NewApplication", field<&emulator::control::new_application::name>("name"));
};

template <> struct describe<emulator::control::made_application> {
    using type = emulator::control::made_application;
    static constexpr auto value = object("MadeApplication", field<&type::name>("name"),
                                         field<&type::app_instance_id>("appInstanceId"),
                                         field<&type::environment>("environment"));
};

template <> struct describe<emulator::application_snapshot> {
    using type = emulator::application_snapshot;
    static constexpr auto value = object(
        "Application", field<&type::name>("name"), field<&type::app_instance_id>("appInstanceId"),
        field<&type::ready>("ready"), field<&type::registered>("registered"));
};

template <> struct describe<emulator::service_snapshot> {
    using type = emulator::service_snapshot;
    static constexpr auto value = object("Service", field<&type::app_instance_id>("appInstanceId"),
                                         field<&type::info>("service"));
};

template <> struct describe<emulator::subscription_kind> {
    using e = emulator::subscription_kind;
    static constexpr auto value =
        enumeration("SubscriptionKind", json::value(e::app_termination, "APP_TERMINATION"),
                    json::value(e::service_availability, "SERVICE_AVAILABILITY"),
                    json::value(e::radio_network, "RADIO_NETWORK"));
};

template <> struct describe<emulator::subscription_snapshot> {
    using type = emulator::subscription_snapshot;
    static constexpr auto value =
        object("Subscription", field<&type::id>("subscriptionId"),
               field<&type::app_instance_id>("appInstanceId"), field<&type::kind>("kind"),
               field<&type::callback>("callbackReference"), field<&type::type>("subscriptionType"),
               field<&type::expires>("expiryDeadline"));
};

template <> struct describe<emulator::control::request_entry> {
    using type = emulator::control::request_entry;
    static constexpr auto value = object(
        "Request", field<&type::sequence>("sequence"), field<&type::time>("time"),
        field<&type::method>("method"), field<&type::target>("target"),
        field<&type::status>("status"), field<&type::app_instance_id>("appInstanceId"),
        field<&type::operation>("operation"), field<&type::duration_us>("durationMicroseconds"));
};

template <> struct describe<emulator::control::notification_entry> {
    using type = emulator::control::notification_entry;
    static constexpr auto value =
        object("Notification", field<&type::sequence>("sequence"), field<&type::time>("time"),
               field<&type::subscription_id>("subscriptionId"),
               field<&type::app_instance_id>("appInstanceId"), field<&type::type>("type"),
               field<&type::callback>("callbackReference"), field<&type::attempts>("attempts"),
               field<&type::status>("status"), field<&type::error>("error"));
};

template <> struct describe<emulator::drop_point> {
    using e = emulator::drop_point;
    static constexpr auto value = enumeration("DropPoint", json::value(e::none, "NONE"),
                                              json::value(e::before_apply, "BEFORE_APPLY"),
                                              json::value(e::after_apply, "AFTER_APPLY"));
};

template <> struct describe<emulator::control::fault_order> {
    using type = emulator::control::fault_order;
    static constexpr auto value =
        object("Fault", field<&type::operation>("operation"), field<&type::times>("times"),
               field<&type::latency_ms>("latencyMilliseconds"), field<&type::status>("status"),
               field<&type::retry_after>("retryAfterSeconds"), field<&type::drop>("drop"),
               field<&type::reset>("reset"));
};

template <> struct describe<emulator::control::termination_order> {
    using type = emulator::control::termination_order;
    static constexpr auto value = object("Termination", field<&type::action>("operationAction"),
                                         field<&type::timeout>("maxGracefulTimeout"));
};

template <> struct describe<emulator::termination_state> {
    using e = emulator::termination_state;
    static constexpr auto value = enumeration(
        "TerminationState", json::value(e::none, "NONE"), json::value(e::pending, "PENDING"),
        json::value(e::confirmed, "CONFIRMED"), json::value(e::timed_out, "TIMED_OUT"),
        json::value(e::unannounced, "UNANNOUNCED"));
};

template <> struct describe<emulator::control::termination_report> {
    using type = emulator::control::termination_report;
    static constexpr auto value =
        object("TerminationReport", field<&type::state>("state"),
               field<&type::action>("operationAction"), field<&type::took_ms>("tookMilliseconds"));
};

template <> struct describe<emulator::loss> {
    using e = emulator::loss;
    static constexpr auto value =
        enumeration("Loss", json::value(e::none, "NONE"), json::value(e::services, "SERVICES"),
                    json::value(e::subscriptions, "SUBSCRIPTIONS"), json::value(e::some, "SOME"),
                    json::value(e::all, "ALL"));
};

template <> struct describe<emulator::control::loss_order> {
    static constexpr auto value =
        object("LossOrder", field<&emulator::control::loss_order::what>("what"));
};

template <> struct describe<emulator::control::token_action> {
    using e = emulator::control::token_action;
    static constexpr auto value = enumeration("TokenAction", json::value(e::expire, "EXPIRE"),
                                              json::value(e::revoke, "REVOKE"));
};

template <> struct describe<emulator::control::token_order> {
    using type = emulator::control::token_order;
    static constexpr auto value = object("TokenOrder", field<&type::action>("action"),
                                         field<&type::app_instance_id>("appInstanceId"));
};

template <> struct describe<emulator::control::interval_order> {
    static constexpr auto value =
        object("IntervalOrder", field<&emulator::control::interval_order::interval>("interval"));
};

template <> struct describe<emulator::control::switch_order> {
    static constexpr auto value =
        object("SwitchOrder", field<&emulator::control::switch_order::on>("on"));
};

template <> struct describe<emulator::control::profile_order> {
    static constexpr auto value =
        object("ProfileOrder", field<&emulator::control::profile_order::profile>("profile"));
};

} // namespace json
MEC_END_NAMESPACE

#endif
