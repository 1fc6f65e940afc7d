#ifndef MEC_SERVICE_MGMT_CLIENT_HPP
#define MEC_SERVICE_MGMT_CLIENT_HPP

#include <mec/service_mgmt/connection.hpp>

MEC_BEGIN_NAMESPACE
namespace service_mgmt {

/// Calls of MEC service management (GS MEC 011 clause 8). A value: copies share the connection.
///
/// What holds for every function:
/// @par Completion   the token's signature is `void(mec::result<T>)`; without a token the operation is
///   lazy (`deferred`): pass it to `co_await`, to another token, or to `mec::sync_wait`.
/// @par Errors       condition::unauthorized (401, 403), errc::not_found (404), errc::rate_limited (429),
///   condition::bad_data (the answer), errc::deadline_exceeded, transport codes; see docs/errors.md.
/// @par Retry        as the operation's row in `operations.hpp` allows, by client_options::retry.
/// @par Cancellation terminal and partial: the call ends with errc::cancelled; a connection with a
///   request under way is closed.
/// @par Executor     completes through the handler's associated executor, else get_executor(); never
///   inside the initiating function.
/// @par Thread safety any number of calls may run at once, started from any thread.
class client {
public:
    explicit client(std::shared_ptr<service_mgmt::connection> connection)
        : connection_(std::move(connection))
    {
    }
    asio::any_io_executor get_executor() const noexcept { return connection_->get_executor(); }
    const std::shared_ptr<service_mgmt::connection>& connection() const noexcept
    {
        return connection_;
    }

    /// Services that the platform shows this application: GET /services (clause 8.2.3.3.1).
    /// @return `std::vector<service_info>`, empty when nothing matches.
    template <class Token = default_token>
    [[nodiscard]] auto async_list_services(service_query query = {}, Token&& token = {}) const
    {
        return detail::start<std::vector<service_info>>(
            connection_, &service_mgmt::connection::async_list_services, std::forward<Token>(token),
            std::move(query));
    }

    /// One service: GET /services/{serviceId} (clause 8.2.4.3.1).
    /// @param service_id  serInstanceId; percent-encoded once, at most 256 bytes.
    template <class Token = default_token>
    [[nodiscard]] auto async_get_service(std::string service_id, Token&& token = {}) const
    {
        return detail::start<service_info>(connection_,
                                           &service_mgmt::connection::async_get_service,
                                           std::forward<Token>(token), std::move(service_id));
    }

    /// Services of this application instance: GET /applications/{appInstanceId}/services
    /// (clause 8.2.6.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_list_app_services(service_query query = {}, Token&& token = {}) const
    {
        return detail::start<std::vector<service_info>>(
            connection_, &service_mgmt::connection::async_list_app_services,
            std::forward<Token>(token), std::move(query));
    }

    /// One service of this application instance:
    /// GET /applications/{appInstanceId}/services/{serviceId} (clause 8.2.7.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_get_app_service(std::string service_id, Token&& token = {}) const
    {
        return detail::start<service_info>(connection_,
                                           &service_mgmt::connection::async_get_app_service,
                                           std::forward<Token>(token), std::move(service_id));
    }

    /// Offers a service: POST /applications/{appInstanceId}/services (clause 8.2.6.3.4).
    /// @param service  without ser_instance_id and links (they are not sent); exactly one of
    ///   transport_id and transport_info.
    /// @return the service as registered, with its ser_instance_id.
    /// @par Errors also errc::config_invalid when neither or both transports are given (nothing is sent),
    ///   and errc::outcome_unknown when the platform may or may not have registered it: list the
    ///   application's services before trying again. Never repeated blindly.
    template <class Token = default_token>
    [[nodiscard]] auto async_register_service(service_info service, Token&& token = {}) const
    {
        return detail::start<service_info>(connection_,
                                           &service_mgmt::connection::async_register_service,
                                           std::forward<Token>(token), std::move(service));
    }

    /// Replaces a service: PUT /applications/{appInstanceId}/services/{serviceId}
    /// (clause 8.2.7.3.2). Send what was read, changed; unknown members are kept.
    /// @param service  with its ser_instance_id.
    template <class Token = default_token>
    [[nodiscard]] auto async_update_service(service_info service, Token&& token = {}) const
    {
        return detail::start<service_info>(connection_,
                                           &service_mgmt::connection::async_update_service,
                                           std::forward<Token>(token), std::move(service));
    }

    /// Withdraws a service: DELETE /applications/{appInstanceId}/services/{serviceId}
    /// (clause 8.2.7.3.5). 404 on a repeated attempt counts as done.
    template <class Token = default_token>
    [[nodiscard]] auto async_deregister_service(std::string service_id, Token&& token = {}) const
    {
        return detail::start<void>(connection_, &service_mgmt::connection::async_deregister_service,
                                   std::forward<Token>(token), std::move(service_id));
    }

    /// Transports that the platform offers to services: GET /transports (clause 8.2.5.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_list_transports(Token&& token = {}) const
    {
        return detail::start<std::vector<transport_info>>(
            connection_, &service_mgmt::connection::async_list_transports,
            std::forward<Token>(token));
    }

    /// Subscriptions of this application instance to the availability of services:
    /// GET /applications/{appInstanceId}/subscriptions (clause 8.2.8.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_list_subscriptions(Token&& token = {}) const
    {
        return detail::start<subscription_link_list>(
            connection_, &service_mgmt::connection::async_list_subscriptions,
            std::forward<Token>(token));
    }

    /// Asks to be told when services come, change and go:
    /// POST /applications/{appInstanceId}/subscriptions (clause 8.2.8.3.4).
    /// @param subscription  `links` is not sent.
    /// @return the subscription with `links.self`, taken from Location when the body has none.
    /// @par Errors also errc::config_invalid when more than one way to name services is used (nothing is
    ///   sent), and errc::outcome_unknown: list the subscriptions before trying again.
    template <class Token = default_token> [[nodiscard]] auto
    async_create_subscription(ser_availability_notification_subscription subscription,
                              Token&& token = {}) const
    {
        return detail::start<ser_availability_notification_subscription>(
            connection_, &service_mgmt::connection::async_create_subscription,
            std::forward<Token>(token), std::move(subscription));
    }

    /// One subscription: GET /applications/{appInstanceId}/subscriptions/{subscriptionId}
    /// (clause 8.2.9.3.1).
    /// @param subscription_id  last segment of the subscription's `href`; see `mec::id_of`.
    template <class Token = default_token>
    [[nodiscard]] auto async_get_subscription(std::string subscription_id, Token&& token = {}) const
    {
        return detail::start<ser_availability_notification_subscription>(
            connection_, &service_mgmt::connection::async_get_subscription,
            std::forward<Token>(token), std::move(subscription_id));
    }

    /// Ends a subscription: DELETE /applications/{appInstanceId}/subscriptions/{subscriptionId}
    /// (clause 8.2.9.3.5). 404 on a repeated attempt counts as done.
    template <class Token = default_token> [[nodiscard]] auto
    async_delete_subscription(std::string subscription_id, Token&& token = {}) const
    {
        return detail::start<void>(connection_,
                                   &service_mgmt::connection::async_delete_subscription,
                                   std::forward<Token>(token), std::move(subscription_id));
    }

    /// What the platform knows about a service's heartbeats: GET on the service's liveness URI
    /// (clause 8.2.10.3.1).
    /// @param liveness  `links->liveness` of the service as registered. Relative ones are resolved against
    ///   the API's base.
    /// @par Errors also errc::unexpected_content when the link leads away from the platform (nothing is sent).
    template <class Token = default_token>
    [[nodiscard]] auto async_get_liveness(link liveness, Token&& token = {}) const
    {
        return detail::start<service_liveness_info>(
            connection_, &service_mgmt::connection::async_get_liveness, std::forward<Token>(token),
            std::move(liveness));
    }

    /// Says that the service is alive: PATCH on the service's liveness URI (clause 8.2.10.3.3); PUT
    /// where `client_options::dialect` says so.
    /// @param liveness  as for async_get_liveness().
    /// @return the new interval when the platform sets one (200), nothing otherwise (204).
    /// @par Errors also errc::not_found: the platform has lost the service; errc::conflict: the service is
    ///   INACTIVE, and heartbeats are not wanted until it is updated.
    template <class Token = default_token>
    [[nodiscard]] auto async_send_heartbeat(link liveness, Token&& token = {}) const
    {
        return detail::start<std::optional<service_liveness_info>>(
            connection_, &service_mgmt::connection::async_send_heartbeat,
            std::forward<Token>(token), std::move(liveness));
    }

    /// Reads a service, changes it and writes it back: GET, `change`, PUT of the complete object with
    /// If-Match; again from the start when somebody else was faster (412), up to five times.
    /// @param change  called on the completing executor, once per round. What it throws leaves through that
    ///   executor (through sync_wait, when that waits); nothing is written then, and nothing completes.
    /// @return the service as the platform has it now.
    /// @par Errors those of the two calls; errc::precondition_failed when it was changed in every round.
    template <class Token = default_token>
    [[nodiscard]] auto async_modify_service(std::string service_id,
                                            std::function<void(service_info&)> change,
                                            Token&& token = {}) const
    {
        return detail::start<service_info>(
            connection_, &service_mgmt::connection::async_modify_service,
            std::forward<Token>(token), std::move(service_id), std::move(change));
    }

private:
    std::shared_ptr<service_mgmt::connection> connection_;
};

} // namespace service_mgmt
MEC_END_NAMESPACE

#endif
