#ifndef MEC_APP_APPLICATION_HPP
#define MEC_APP_APPLICATION_HPP

#include <mec/app_support/client.hpp>
#include <mec/detail/initiate.hpp>
#include <mec/discovery/configuration.hpp>
#include <mec/http/options.hpp>
#include <mec/service_mgmt/client.hpp>

#include <chrono>
#include <functional>
#include <memory>

MEC_BEGIN_NAMESPACE

/// Where an application stands with its platform.
enum class application_state {
    starting,   ///< the platform is being told that the application is ready
    converging, ///< ready; what is provided is being registered
    active,     ///< ready, and everything provided is registered
    recovering, ///< the platform refused or could not be reached; tried again by itself
    stopping,   ///< services are being withdrawn
    stopped
};

/// `starting`, `active`, ...
MEC_API std::string_view to_string(application_state state) noexcept;

struct application_options {
    client_options client{};
    http::transport_options
        transport{}; ///< `tls` and `allow_plain_http` come from the configuration
};

namespace detail {

/// The compiled side of `application`.
class MEC_API application_runner {
public:
    virtual ~application_runner();
    virtual asio::any_io_executor get_executor() const noexcept = 0;
    virtual void async_run(handler_for<> handler) = 0;
};

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

    application(asio::any_io_executor executor, discovery::configuration config,
                application_options options = {});
    /// Does not block and sends nothing; a run under way ends with errc::cancelled.
    ~application();
    application(application&&) noexcept;
    application& operator=(application&&) noexcept;

    asio::any_io_executor get_executor() const noexcept;

    /// Offers a service: it is registered when the application is ready, and withdrawn when it stops.
    /// May be called before and during the run.
    /// @param service  as for service_mgmt::client::async_register_service().
    void provide(service_mgmt::service_info service);

    /// Sets what is called at every change of state, with the reason when there is one. Never called
    /// inside another function of the application.
    void on_state_change(state_handler handler);

    /// Begins an orderly stop: services are withdrawn, then async_run() completes. A second call
    /// changes nothing.
    void stop();

    /// Single calls with the application's connections and credentials.
    app_support::client app_support() const;
    service_mgmt::client service_mgmt() const;

    /// Gets a token, confirms readiness, registers what is provided, stays until stop(), withdraws.
    ///
    /// Readiness that is refused with 409, and a platform that cannot be reached, are tried again for
    /// `lifecycle.ready_retry` (60 s when not configured; clause 5.2.2 step 4).
    /// Runs once: after it the application's connections are closed.
    /// @return no value after an orderly stop.
    /// @par Errors       what made the start fail; errc::deadline_exceeded when services could not be
    ///   withdrawn within `lifecycle.shutdown_budget` (9 s when not configured); errc::conflict when it is
    ///   running already.
    /// @par Cancellation every type begins the orderly stop.
    /// @par Executor     completes through the handler's associated executor, else get_executor().
    template <class Token = default_token> [[nodiscard]] auto async_run(Token&& token = {})
    {
        return detail::start<void>(runner_, &detail::application_runner::async_run,
                                   std::forward<Token>(token));
    }

private:
    class impl;
    impl& self() const noexcept;
    std::shared_ptr<detail::application_runner> runner_;
};

MEC_END_NAMESPACE

#endif
