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

private:
    std::shared_ptr<service_mgmt::connection> connection_;
};

} // namespace service_mgmt
MEC_END_NAMESPACE

#endif
