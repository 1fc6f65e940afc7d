#ifndef MEC_RNI_CLIENT_HPP
#define MEC_RNI_CLIENT_HPP

#include <mec/rni/connection.hpp>

MEC_BEGIN_NAMESPACE
namespace rni {

/// Calls of the radio network information service (GS MEC 012 clause 7). A value: copies share the
/// connection.
///
/// What holds for every function:
/// @par Completion   the token's signature is `void(mec::result<T>)`; without a token the operation is
///   lazy (`deferred`): pass it to `co_await`, to another token, or to `mec::sync_wait`.
/// @par Errors       condition::unauthorized (401, 403), errc::not_found (404; some platforms also for
///   cells and UEs that they do not know), errc::rate_limited (429), condition::bad_data (the answer),
///   errc::deadline_exceeded, transport codes; see docs/errors.md.
/// @par Retry        as the operation's row in `operations.hpp` allows, by client_options::retry.
/// @par Cancellation terminal and partial: the call ends with errc::cancelled; a connection with a
///   request under way is closed.
/// @par Executor     completes through the handler's associated executor, else get_executor(); never
///   inside the initiating function.
/// @par Thread safety any number of calls may run at once, started from any thread.
class client {
public:
    explicit client(std::shared_ptr<rni::connection> connection)
        : connection_(std::move(connection))
    {
    }
    asio::any_io_executor get_executor() const noexcept { return connection_->get_executor(); }
    const std::shared_ptr<rni::connection>& connection() const noexcept { return connection_; }

    /// Radio access bearers: GET /queries/rab_info (clause 7.3.3.1).
    /// @return `rab_info`; without cells, or errc::not_found, when nothing matches: platforms differ.
    template <class Token = default_token>
    [[nodiscard]] auto async_get_rab_info(rab_info_query query = {}, Token&& token = {}) const
    {
        return detail::start<rab_info>(connection_, &rni::connection::async_get_rab_info,
                                       std::forward<Token>(token), std::move(query));
    }

    /// Mobile networks that applications are associated with: GET /queries/plmn_info
    /// (clause 7.4.3.1).
    /// @param query  without application instances it is about the application itself.
    /// @return `std::vector<plmn_info>`.
    template <class Token = default_token>
    [[nodiscard]] auto async_get_plmn_info(plmn_info_query query = {}, Token&& token = {}) const
    {
        return detail::start<std::vector<plmn_info>>(connection_,
                                                     &rni::connection::async_get_plmn_info,
                                                     std::forward<Token>(token), std::move(query));
    }

    /// S1-U bearers: GET /queries/s1_bearer_info (clause 7.5.3.1).
    template <class Token = default_token> [[nodiscard]] auto
    async_get_s1_bearer_info(s1_bearer_info_query query = {}, Token&& token = {}) const
    {
        return detail::start<s1_bearer_info>(connection_,
                                             &rni::connection::async_get_s1_bearer_info,
                                             std::forward<Token>(token), std::move(query));
    }

    /// Layer 2 measurements of cells and UEs: GET /queries/layer2_meas (clause 7.5a.3.1).
    /// @par Errors also errc::http_status with 414 when the query is too long: ask for fewer UEs.
    template <class Token = default_token>
    [[nodiscard]] auto async_get_layer2_meas(layer2_meas_query query = {}, Token&& token = {}) const
    {
        return detail::start<l2_meas>(connection_, &rni::connection::async_get_layer2_meas,
                                      std::forward<Token>(token), std::move(query));
    }

    /// Subscriptions of this application: GET /subscriptions (clause 7.6.3.1).
    /// @param type  only those of this type.
    template <class Token = default_token> [[nodiscard]] auto
    async_list_subscriptions(std::optional<subscription_type> type = {}, Token&& token = {}) const
    {
        return detail::start<subscription_link_list>(connection_,
                                                     &rni::connection::async_list_subscriptions,
                                                     std::forward<Token>(token), type);
    }

    /// Asks to be told of events: POST /subscriptions (clause 7.6.3.4).
    /// @param wanted  a subscription of any of the nine types, with `callback_reference` or
    ///   `websock_notif_config`; `links` is not sent.
    /// @return the subscription with `links->self`, taken from Location when the body has none, and
    ///   what the platform has made of the rest: the way of delivery, `expiry_deadline`.
    /// @par Errors also errc::config_invalid when there is no way of delivery, or no event in an
    ///   s1_bearer_subscription (nothing is sent), and errc::outcome_unknown: list the subscriptions
    ///   before trying again. Never repeated blindly.
    template <class Token = default_token>
    [[nodiscard]] auto async_create_subscription(subscription wanted, Token&& token = {}) const
    {
        return detail::start<subscription>(connection_, &rni::connection::async_create_subscription,
                                           std::forward<Token>(token), std::move(wanted));
    }

    /// One subscription: GET /subscriptions/{subscriptionId} (clause 7.8.3.1).
    /// @param subscription_id  last segment of the subscription's `href`, see `mec::id_of`;
    ///   percent-encoded once, at most 256 bytes.
    template <class Token = default_token>
    [[nodiscard]] auto async_get_subscription(std::string subscription_id, Token&& token = {}) const
    {
        return detail::start<subscription>(connection_, &rni::connection::async_get_subscription,
                                           std::forward<Token>(token), std::move(subscription_id));
    }

    /// Replaces a subscription, for example to prolong it: PUT /subscriptions/{subscriptionId}
    /// (clause 7.8.3.2), with If-Match when it was read with an entity tag. Send what was read,
    /// changed; unknown members are kept.
    /// @param changed  with its `links->self`.
    /// @par Errors also errc::config_invalid when it has no link (nothing is sent), and
    ///   errc::precondition_failed when somebody else has changed it.
    template <class Token = default_token>
    [[nodiscard]] auto async_update_subscription(subscription changed, Token&& token = {}) const
    {
        return detail::start<subscription>(connection_, &rni::connection::async_update_subscription,
                                           std::forward<Token>(token), std::move(changed));
    }

    /// Ends a subscription: DELETE /subscriptions/{subscriptionId} (clause 7.8.3.5). 404 on a
    /// repeated attempt counts as done.
    template <class Token = default_token> [[nodiscard]] auto
    async_delete_subscription(std::string subscription_id, Token&& token = {}) const
    {
        return detail::start<void>(connection_, &rni::connection::async_delete_subscription,
                                   std::forward<Token>(token), std::move(subscription_id));
    }

    /// Reads a subscription, changes it and writes it back: GET, `change`, PUT with If-Match; again
    /// from the start when somebody else was faster (412), up to five times.
    /// @param change  called on the completing executor, once per round. What it throws leaves through
    ///   that executor (through sync_wait, when that waits); nothing is written then, and nothing
    ///   completes.
    /// @return the subscription as the platform has it now.
    template <class Token = default_token>
    [[nodiscard]] auto async_modify_subscription(std::string subscription_id,
                                                 std::function<void(subscription&)> change,
                                                 Token&& token = {}) const
    {
        return detail::start<subscription>(connection_, &rni::connection::async_modify_subscription,
                                           std::forward<Token>(token), std::move(subscription_id),
                                           std::move(change));
    }

private:
    std::shared_ptr<rni::connection> connection_;
};

} // namespace rni
MEC_END_NAMESPACE

#endif
