#ifndef MEC_APP_SUPPORT_CLIENT_HPP
#define MEC_APP_SUPPORT_CLIENT_HPP

#include <mec/app_support/connection.hpp>

MEC_BEGIN_NAMESPACE
namespace app_support {

/// Calls of MEC application support (GS MEC 011 clause 7). A value: copies share the connection.
///
/// Completion, errors, retry, cancellation, executor and thread safety are those of
/// `service_mgmt::client`.
class client {
public:
    explicit client(std::shared_ptr<app_support::connection> connection)
        : connection_(std::move(connection))
    {
    }
    asio::any_io_executor get_executor() const noexcept { return connection_->get_executor(); }
    const std::shared_ptr<app_support::connection>& connection() const noexcept
    {
        return connection_;
    }

    /// Tells the platform that the application is up:
    /// POST /applications/{appInstanceId}/confirm_ready (clause 7.2.12.3.4).
    /// @par Errors also errc::conflict (409): the platform has not finished setting up the instance; try
    ///   again for a while (clause 5.2.2 step 4). `mec::application` does.
    template <class Token = default_token>
    [[nodiscard]] auto async_confirm_ready(Token&& token = {}) const
    {
        return detail::start<void>(connection_, &app_support::connection::async_confirm_ready,
                                   std::forward<Token>(token));
    }

    /// Which time servers to use: GET /timing/timing_caps (clause 7.2.4.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_get_timing_caps(Token&& token = {}) const
    {
        return detail::start<timing_caps>(connection_,
                                          &app_support::connection::async_get_timing_caps,
                                          std::forward<Token>(token));
    }

    /// The platform's clock: GET /timing/current_time (clause 7.2.5.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_get_current_time(Token&& token = {}) const
    {
        return detail::start<current_time>(connection_,
                                           &app_support::connection::async_get_current_time,
                                           std::forward<Token>(token));
    }

private:
    std::shared_ptr<app_support::connection> connection_;
};

} // namespace app_support
MEC_END_NAMESPACE

#endif
