#ifndef MEC_EMULATOR_STATE_HPP
#define MEC_EMULATOR_STATE_HPP

/// @file
/// What the emulated platform knows: plain data, no I/O, no lock. Its owner guards it.

#include "faults.hpp"
#include "radio/player.hpp"
#include "tokens.hpp"

#include <mec/emulator/platform.hpp>
#include <mec/http/operation.hpp>
#include <mec/rni/subscriptions.hpp>

#include <deque>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// A resource and its entity tag.
template <class T> struct versioned {
    T value;
    std::uint64_t revision = 0; ///< of the whole platform when this one changed: the ETag
};

struct application {
    application_instance instance;
    std::string registered_by; ///< instance whose token made this one; empty: the manager did
    bool ready = false;
    std::optional<steady_time> last_confirmation; ///< when confirm_ready came
    std::uint32_t conflicts_left = 0;
    std::optional<app_support::app_info> registration;
    rule_set configured; ///< the rules as they were before the application changed them
    std::vector<versioned<app_support::traffic_rule>> traffic_rules;
    std::vector<versioned<app_support::dns_rule>> dns_rules;
};

/// The heartbeats that a service has to send.
struct liveness {
    std::string id; ///< last segment of the URI
    std::chrono::seconds interval{0};
    steady_time last{};
    time_stamp last_stamp{};
    std::uint64_t revision = 0;
    bool interval_is_news = false; ///< the service has not been told of it yet
};

struct service {
    std::string app_instance_id;     ///< empty: the platform itself offers it
    service_mgmt::service_info info; ///< as a query answers it
    std::uint64_t revision = 0;
    std::optional<emulator::liveness> liveness;
};

struct subscription {
    std::string id;
    std::string app_instance_id;
    url callback; ///< or the websocket
    /// What was asked for, with `_links.self`; in the order of subscription_kind.
    std::variant<app_support::app_termination_notification_subscription,
                 service_mgmt::ser_availability_notification_subscription, rni::subscription>
        content;
    std::uint64_t revision = 0;     ///< of those that can be updated
    bool expiry_told = false;       ///< an ExpiryNotification was sent for the present deadline
    bool websocket_offered = false; ///< the application would take a websocket instead
};

/// A notification on its way out of the state.
struct notice {
    std::string subscription_id;
    std::string app_instance_id;
    std::string type;        ///< notificationType by the standard
    std::string_view schema; ///< name of the body's type
    url callback;
    std::string body;
    int attempts = 0; ///< 0: as many as the options say
};

/// Whether the platform offers radio network information.
enum class radio_service : std::uint8_t {
    none, ///< its API does not exist
    off,  ///< it is not in the catalogue, and its API is not available
    on
};

struct termination {
    termination_state state = termination_state::none;
    app_support::operation_action action = app_support::operation_action::terminating;
    steady_time begun{};
    steady_time until{}; ///< the end, when it has ended
};

class websocket_hub;

struct platform_state {
    explicit platform_state(const platform_options& o);

    /// @name Applications
    /// @{
    application& create_application(std::string name);
    application& add_application(application_instance instance);
    application* find_application(std::string_view app_instance_id);
    application* find_client(std::string_view client_id);
    /// True when a token of `caller` (empty: authorization is off) may be used for this instance.
    bool may_speak_for(std::string_view caller, const application& app) const;
    void set_rules(application& app, rule_set rules);
    /// What the rules file has for an instance of that name.
    rule_set rules_for(const std::string& name) const;
    /// @}

    /// @name Services
    /// @{
    service& add_service(std::string app_instance_id, service_mgmt::service_info info);
    service* find_service(std::string_view ser_instance_id);
    service* find_liveness(std::string_view liveness_id);
    void remove_service(std::string_view ser_instance_id);
    std::size_t services_of(std::string_view app_instance_id) const;
    /// @}

    std::uint64_t next_revision() { return ++last_revision; }

    /// Absolute URL of the resource that an operation acts on; the ids go into its path in order.
    std::string resource_url(const http::api& api, const http::operation& o,
                             std::initializer_list<std::string_view> ids) const;

    void forget(loss what);
    /// A websocket ends with its subscription, whatever ends that.
    void end_websocket(const subscription& one);
    void end_websocket(const service&) {} ///< it has none

    const platform_options& options;
    emulator::quirks quirks;    ///< those of the profile and of the options, or what was set later
    std::string api_root;       ///< set by start(), without a `/` at its end
    std::string token_endpoint; ///< set by start()
    std::map<std::string, application, std::less<>> applications; ///< by appInstanceId
    std::vector<service> services;                                ///< in order of registration
    radio_service offer = radio_service::none;
    std::vector<subscription> subscriptions;                      ///< in order of creation
    std::map<std::string, termination, std::less<>> terminations; ///< by appInstanceId
    std::deque<std::string> termination_order;
    std::vector<notice> outbox;                    ///< for the notifier, in order
    std::vector<std::string> gone;                 ///< subscriptions whose waiting notices are void
    rule_set rules;                                ///< of every new instance
    std::map<std::string, rule_set> rules_by_name; ///< of new instances of that name
    token_store tokens;
    fault_queue faults;
    const router* routes = nullptr;
    websocket_hub* websockets = nullptr; ///< makes URLs for subscriptions without a callback
    std::deque<logged_request> log;      ///< the newest last
    std::deque<sent_notification> sent;  ///< the newest last
    std::uint64_t last_revision = 0;
    std::unique_ptr<radio::player> player; ///< of the scenario; null until one is loaded
    radio::model::listener on_radio;       ///< is told what happens in the radio network
};

/// What an application must find in its environment.
platform::environment environment_of(const platform_state& s, const application_instance& app,
                                     const std::string& ca_file);

/// A random UUID (RFC 9562, version 4).
std::string random_uuid();

time_stamp to_time_stamp(system_time t);

} // namespace emulator
MEC_END_NAMESPACE

#endif
