#ifndef MEC_APP_APPLICATION_HPP
#define MEC_APP_APPLICATION_HPP

#include <mec/app/radio.hpp>
#include <mec/app/service_watch.hpp>
#include <mec/app/termination.hpp>
#include <mec/app_support/client.hpp>
#include <mec/detail/initiate.hpp>
#include <mec/discovery/configuration.hpp>
#include <mec/http/options.hpp>
#include <mec/notify/receiver.hpp>
#include <mec/rni/types.hpp>
#include <mec/service_mgmt/client.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

MEC_BEGIN_NAMESPACE

namespace rni {
class client;
}

/// Where an application stands with its platform.
enum class application_state {
    starting,   ///< the platform is being told that the application is ready
    converging, ///< ready; what is declared is being made
    active,     ///< ready, and everything declared is there
    recovering, ///< the platform has lost something, or cannot be reached; repaired by itself
    lost,       ///< recovering for a long time without success; still being tried
    stopping,   ///< leaving
    stopped
};

/// `starting`, `active`, ...
MEC_API std::string_view to_string(application_state state) noexcept;

struct application_options {
    client_options client{};
    http::transport_options
        transport{}; ///< `tls` and `allow_plain_http` come from the configuration
    notify::receiver_limits notifications{};
    /// How often the application looks whether a part of what it has declared is still there.
    std::chrono::milliseconds audit{3000};
    /// After so long without success `recovering` becomes `lost`.
    std::chrono::milliseconds lost_after{30'000};
};

namespace internal {
class application_core;
class declared_service;
class declared_resource;
} // namespace internal

/// A service that the application offers. Copies refer to the same one; destroying them changes
/// nothing. Changes take effect on the platform when it can be reached.
class MEC_API provided_service {
public:
    /// @cond
    explicit provided_service(std::shared_ptr<internal::declared_service> service) noexcept;
    /// @endcond

    /// `active`, or `inactive` for a service that exists but cannot be used for now.
    void set_state(service_mgmt::service_state state);
    /// Changes what is declared, and then what is on the platform.
    /// @param change  runs on the application's executor; may throw nothing.
    void update(std::function<void(service_mgmt::service_info&)> change);
    /// Takes the service away from the platform for good.
    void withdraw();

private:
    std::shared_ptr<internal::declared_service> service_;
};

/// A subscription that the application keeps. Copies refer to the same one; destroying them changes
/// nothing.
class MEC_API subscription {
public:
    /// @cond
    explicit subscription(std::shared_ptr<internal::declared_resource> resource) noexcept;
    /// @endcond

    /// Ends it; after this has run on the application's executor its handler is not called.
    void cancel();

private:
    std::shared_ptr<internal::declared_resource> resource_;
};

namespace detail {

/// The compiled side of `application`.
class MEC_API application_runner {
public:
    virtual ~application_runner();
    virtual asio::any_io_executor get_executor() const noexcept = 0;
    virtual void async_run(handler_for<> handler) = 0;
};

/// What a subscription to radio network information brings.
template <class Subscription> struct radio_notification_of {
    using type = typename Subscription::notification_type;
};
template <> struct radio_notification_of<rni::subscription> {
    using type = rni::notification;
};
template <class Subscription> using radio_notification =
    typename radio_notification_of<Subscription>::type;

} // namespace detail

/// A MEC application: declares what it offers, and keeps that true on the platform while it runs
/// (GS MEC 011 clauses 5.2.2 to 5.2.4).
///
/// Nothing happens before async_run(): constructing reads no file and opens no socket.
/// @par Executor     all its work and all its handlers run on `executor`, in order, also when several
///   threads run it. An io_context must outlive the application.
/// @par Thread safety every function may be called from any thread.
class MEC_API application {
public:
    using state_handler = std::function<void(application_state, const error&)>;

    application(asio::any_io_executor executor, discovery::configuration config);
    application(asio::any_io_executor executor, discovery::configuration config,
                application_options options);
    /// Does not block and sends nothing; a run under way ends with errc::cancelled.
    ~application();
    application(application&&) noexcept;
    application& operator=(application&&) noexcept;

    asio::any_io_executor get_executor() const noexcept;

    /// Offers a service: it is registered when the application is ready, kept alive with heartbeats
    /// where the platform wants them, and withdrawn when the application stops.
    /// May be called before and during the run.
    /// @param service  as for service_mgmt::client::async_register_service().
    provided_service provide(service_mgmt::service_info service);

    /// Has notifications about the availability of services delivered (clause 8.2.8.3.4). After a gap,
    /// and when the subscription had to be made again, `on_gap` says that some may be missing.
    /// `watch_services` is the comfortable form.
    subscription
    subscribe(service_mgmt::filtering_criteria which,
              notify::handlers<service_mgmt::service_availability_notification> handlers);

    /// Has notifications about the radio network delivered (GS MEC 012 clause 5.2), for as long as a
    /// service for that is there: it is found in the platform's list of services (category RNI). A
    /// subscription that is lost, or about to expire, is made again or renewed.
    ///
    /// The platform is told to post to this application; it is asked to prove that it can. Where it
    /// cannot, a websocket is asked for, and where that fails the queries are polled: of what they tell
    /// come notifications of cell changes, radio access bearers and S1 bearers. The configuration
    /// (`callback-mode`) may demand one of them. `options.on_delivery` says which it is.
    /// @param what    one of the nine types of subscriptions, or rni::subscription, whose handler gets
    ///   rni::notification: its criteria; callback, links, websocket and deadline are the SDK's to set.
    /// @param handlers `on_gap` is called when some may be missing: refused for want of room, or the
    ///   subscription had to be made again.
    /// Example: `app.subscribe(rni::cell_change_subscription{}, [](const auto& change) { ... });`
    template <class Subscription>
    subscription subscribe(Subscription what,
                           notify::handlers<detail::radio_notification<Subscription>> handlers,
                           radio_options options = {})
    {
        using notification = detail::radio_notification<Subscription>;
        if constexpr (std::is_same_v<notification, rni::notification>) {
            return subscribe_radio(std::move(what), std::move(handlers), std::move(options));
        } else {
            notify::handlers<rni::notification> any;
            any.on_gap = std::move(handlers.on_gap);
            any.on_notification = [f = std::move(handlers.on_notification)](const auto& n) {
                if (const auto* mine = std::get_if<notification>(&n)) f(*mine);
            };
            return subscribe_radio(std::move(what), std::move(any), std::move(options));
        }
    }
    /// The same without being told of gaps.
    template <class Subscription> subscription
    subscribe(Subscription what,
              std::function<void(const detail::radio_notification<Subscription>&)> on_notification,
              radio_options options = {})
    {
        notify::handlers<detail::radio_notification<Subscription>> h{std::move(on_notification)};
        return subscribe(std::move(what), std::move(h), std::move(options));
    }

    /// Keeps a list of services that match, and tells what changes in it. See `service_watch`.
    service_watch watch_services(service_filter which, service_watch::handler on_change);

    /// Keeps a rule that the platform's manager has made active (clauses 7.2.8, 7.2.10), and switches it
    /// off again when the application stops.
    void activate_dns_rule(std::string dns_rule_id);
    void activate_traffic_rule(std::string traffic_rule_id);

    /// Sets what is called when the application is about to end, and subscribes to the platform's
    /// notice (clause 5.2.3). Without it the platform does
    /// not know whom to tell, and does not tell.
    void on_termination(std::function<void(termination)> handler);

    /// SIGTERM and SIGINT begin the orderly stop from now on. Further signals change nothing.
    void stop_on_signals();

    /// Sets what is called at every change of state, with the reason when there is one. Never called
    /// inside another function of the application.
    void on_state_change(state_handler handler);

    /// Begins an orderly stop: the application finishes its work (see `termination`), services and
    /// subscriptions are withdrawn, async_run() completes; all within `lifecycle.shutdown_budget` (9 s
    /// when not configured), whatever the platform does.
    void stop();
    /// The same within `budget`, when that is less. Of several the smallest counts.
    void stop(std::chrono::milliseconds budget);

    /// Single calls with the application's connections and credentials.
    app_support::client app_support() const;
    service_mgmt::client service_mgmt() const;
    /// Of the radio network information service, which is looked for in the platform's list of services
    /// first; errc::not_found when it offers none. Declared in `mec/rni/client.hpp`.
    rni::client rni() const;

    /// Gets a token, confirms readiness, makes what is declared, keeps it so until stop() or the
    /// platform's notice, withdraws.
    ///
    /// Readiness that is refused with 409, and a platform that cannot be reached, are tried again for
    /// `lifecycle.ready_retry` (60 s when not configured; clause 5.2.2 step 4).
    /// Runs once: after it the application's connections are closed.
    /// Once everything was there, no failure ends the run: what the platform has lost is made again, and
    /// a platform that cannot be reached is tried until it can.
    /// @return no value after an orderly stop.
    /// @par Errors       what made the start fail; errc::deadline_exceeded when not everything could be
    ///   withdrawn, or the platform be told, in time; errc::conflict when it is running already.
    /// @par Cancellation every type begins the orderly stop.
    /// @par Executor     completes through the handler's associated executor, else get_executor().
    template <class Token = default_token> [[nodiscard]] auto async_run(Token&& token = {})
    {
        return detail::start<void>(runner_, &detail::application_runner::async_run,
                                   std::forward<Token>(token));
    }

private:
    subscription subscribe_radio(rni::subscription what,
                                 notify::handlers<rni::notification> handlers,
                                 radio_options options);
    internal::application_core& core() const noexcept;
    std::shared_ptr<detail::application_runner> runner_;
};

MEC_END_NAMESPACE

#endif
