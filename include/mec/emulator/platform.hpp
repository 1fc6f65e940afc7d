#ifndef MEC_EMULATOR_PLATFORM_HPP
#define MEC_EMULATOR_PLATFORM_HPP

/// @file
/// A MEC platform inside the program: for tests and for developing an application without a MEC
/// host. It serves the operations of the SDK's own tables over real sockets, by the text of the
/// standard, and can be told to fail in the ways that real platforms do. Not a production server.

#include <mec/core/result.hpp>
#include <mec/core/secret.hpp>
#include <mec/core/url.hpp>
#include <mec/emulator/options.hpp>
#include <mec/emulator/records.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace asio = boost::asio;

namespace emulator {

/// The platform. Its requests are served on the executor, which needs a running thread; all
/// functions may be called from any thread at any time.
class MEC_API platform {
public:
    using environment = std::vector<std::pair<std::string, std::string>>;
    using log_condition = std::function<bool(const std::vector<logged_request>&)>;
    using notification_condition = std::function<bool(const std::vector<sent_notification>&)>;

    /// No I/O.
    explicit platform(asio::any_io_executor executor, platform_options options = {});
    ~platform(); ///< stops; does not block

    platform(const platform&) = delete;
    platform& operator=(const platform&) = delete;

    /// Listens. Takes a few milliseconds, nearly all of it for keys and certificates.
    /// @return errc::config_invalid for options that cannot be used (among them a bind address that is
    ///   not loopback without `allow_remote`), errc::resource_exhausted; errc::storage_error,
    ///   errc::json_syntax or errc::json_schema with file and JSON pointer for the rules file.
    error start();
    /// Closes the listener and all connections; notifications that still wait are given up. Nothing
    /// else is forgotten; start() takes the same port.
    void stop() noexcept;
    /// Stops, loses and starts. Application instances and their credentials stay, as they belong to
    /// the platform's manager.
    error restart(loss what = loss::none);
    /// Forgets without stopping, as a platform does whose storage is behind other processes.
    void lose(loss what);

    /// @name Addresses
    /// Valid after the first start().
    /// @{
    url api_root() const;       ///< `https://127.0.0.1:41234/mep1`
    url token_endpoint() const; ///< `https://127.0.0.1:41234/token`
    url control_root() const;   ///< `https://127.0.0.1:41234/emulator/v1`
    /// @}
    /// The CA to trust; empty without TLS.
    std::string ca_pem() const;
    /// Bearer token of the control interface: random, made at construction.
    const secret_string& control_token() const noexcept;

    /// Makes an instance with new random id and credentials.
    application_instance create_application(std::string name);
    /// Takes an instance that another platform had, with its id and credentials.
    /// @return errc::conflict when its id or client id is taken; errc::config_invalid when one of its
    ///   members, but the name, is empty or the id cannot stand in a path.
    error add_application(application_instance app);
    /// The CA behind the certificate; nothing without TLS. Valid after the first start().
    std::optional<certificate_authority> authority() const;
    /// What the instance must find in its environment: MEC_MP1_URL, MEC_APP_INSTANCE_ID;
    /// MEC_TOKEN_URL, MEC_CLIENT_ID, MEC_CLIENT_SECRET unless nobody needs a token; MEC_CA_FILE when a
    /// file is given; MEC_ALLOW_INSECURE_HTTP without TLS.
    environment environment_of(const application_instance& app,
                               const std::string& ca_file = {}) const;

    /// The deviations that are on. What was agreed before stays: intervals of heartbeats, for example.
    emulator::quirks quirks() const;
    void set_quirks(const emulator::quirks& on);
    /// What the instance finds as its rules, in the place of what the rules file says.
    /// @return errc::not_found; errc::config_invalid for two rules of one id, or one without.
    error set_rules(const std::string& app_instance_id, rule_set rules);
    /// From now on the service's heartbeats are wanted at this interval, which the answer to the next
    /// one says. At least 1 s.
    /// @return errc::not_found; errc::conflict when the service sends no heartbeats;
    ///   errc::config_invalid.
    error set_liveness_interval(const std::string& ser_instance_id, std::chrono::seconds interval);

    /// @name Radio network
    /// @{
    /// Puts the radio network information service into the catalogue and serves its API, or takes it
    /// out (its operations are then 503; subscriptions stay, and are silent). Who subscribed to the
    /// availability of services is told.
    void offer_radio(bool on);
    /// Takes the network and the UEs of a scenario file in the place of those there are. It stands at
    /// its beginning until it is played.
    /// @return errc::storage_error, or errc::json_syntax, errc::json_schema, errc::limit_exceeded or
    ///   errc::config_invalid with file, line, column, JSON pointer and reason.
    error load_scenario(const std::string& file);
    /// Plays it, or goes on after a pause. It moves while the platform is started.
    /// @param speed  0.01..1000 times as fast as in reality
    /// @return errc::conflict when no scenario is loaded; errc::config_invalid.
    error play_scenario(double speed = 1);
    /// @return errc::conflict when no scenario is loaded.
    error pause_scenario();
    /// Hands the UE over to the cell, near which it then stands.
    /// @return errc::not_found; errc::conflict when no scenario is loaded, or the UE is off.
    error move_ue(const std::string& ue, const std::string& cell);
    /// @}

    /// @name Termination
    /// @{
    /// Tells the subscribers among the instance's own subscriptions, waits for confirm_termination or
    /// for the time to be over, then takes the instance's subscriptions and services away and its
    /// rules out of force. `terminating` also forgets the instance and its tokens; `stopping` leaves
    /// it not ready. Without a subscriber it ends at once. Called again it begins anew: the last
    /// call counts.
    /// @param max_graceful_timeout  sent as it is; the platform waits for at least 0 s.
    /// @return errc::not_found when there is no such instance.
    error terminate(const std::string& app_instance_id, app_support::operation_action action,
                    std::chrono::seconds max_graceful_timeout);
    /// Also of instances that are gone. The newest 1,000 are remembered.
    termination_snapshot termination_of(const std::string& app_instance_id) const;
    /// @}

    /// @name Faults
    /// @{
    /// @return errc::config_invalid for an operation, status or latency that does not exist.
    error inject(fault f);
    void clear_faults();
    /// Every token that was issued is refused from now on, as if its lifetime were over.
    void expire_tokens();
    /// Every token that was issued is unknown from now on.
    void revoke_tokens();
    /// @}

    /// @name What happened
    /// @{
    std::vector<logged_request> requests() const;
    void clear_requests();
    /// Blocks until the condition holds for the log, or the time is over.
    /// @return whether it holds. Must not be called on the executor's only thread.
    bool wait_for(const log_condition& condition, std::chrono::milliseconds timeout) const;
    /// Notifications whose fate is known, in that order.
    std::vector<sent_notification> notifications() const;
    void clear_notifications();
    /// The same as wait_for() for notifications.
    bool wait_for_notifications(const notification_condition& condition,
                                std::chrono::milliseconds timeout) const;
    std::vector<application_snapshot> applications() const;
    std::vector<service_snapshot> services() const;
    std::vector<subscription_snapshot> subscriptions() const;
    platform_counters counters() const;
    /// True after a confirm_ready of the instance was accepted.
    bool is_ready(const std::string& app_instance_id) const;
    /// @}

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

} // namespace emulator
MEC_END_NAMESPACE

#endif
