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

    /// Tells the platform that the application has done what it had to before it is stopped or
    /// terminated: POST /applications/{appInstanceId}/confirm_termination (clause 7.2.11.3.4).
    /// @param action  the one of the notification.
    /// @par Errors also errc::conflict (409): no termination is in progress.
    template <class Token = default_token> [[nodiscard]] auto
    async_confirm_termination(app_support::operation_action action, Token&& token = {}) const
    {
        return detail::start<void>(connection_, &app_support::connection::async_confirm_termination,
                                   std::forward<Token>(token), action);
    }

    /// Rules that steer traffic to and around the application:
    /// GET /applications/{appInstanceId}/traffic_rules (clause 7.2.7.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_list_traffic_rules(Token&& token = {}) const
    {
        return detail::start<std::vector<traffic_rule>>(
            connection_, &app_support::connection::async_list_traffic_rules,
            std::forward<Token>(token));
    }

    /// One traffic rule, with its entity tag:
    /// GET /applications/{appInstanceId}/traffic_rules/{trafficRuleId} (clause 7.2.8.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_get_traffic_rule(std::string traffic_rule_id, Token&& token = {}) const
    {
        return detail::start<traffic_rule>(connection_,
                                           &app_support::connection::async_get_traffic_rule,
                                           std::forward<Token>(token), std::move(traffic_rule_id));
    }

    /// Replaces a traffic rule: PUT /applications/{appInstanceId}/traffic_rules/{trafficRuleId}
    /// (clause 7.2.8.3.2). Send what was read, changed.
    /// @par Errors also errc::precondition_failed (412) when `rule.etag` is not the current one.
    template <class Token = default_token>
    [[nodiscard]] auto async_update_traffic_rule(traffic_rule rule, Token&& token = {}) const
    {
        return detail::start<traffic_rule>(connection_,
                                           &app_support::connection::async_update_traffic_rule,
                                           std::forward<Token>(token), std::move(rule));
    }

    /// Names that the platform resolves for the application's users:
    /// GET /applications/{appInstanceId}/dns_rules (clause 7.2.9.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_list_dns_rules(Token&& token = {}) const
    {
        return detail::start<std::vector<dns_rule>>(connection_,
                                                    &app_support::connection::async_list_dns_rules,
                                                    std::forward<Token>(token));
    }

    /// One DNS rule, with its entity tag:
    /// GET /applications/{appInstanceId}/dns_rules/{dnsRuleId} (clause 7.2.10.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_get_dns_rule(std::string dns_rule_id, Token&& token = {}) const
    {
        return detail::start<dns_rule>(connection_, &app_support::connection::async_get_dns_rule,
                                       std::forward<Token>(token), std::move(dns_rule_id));
    }

    /// Switches a DNS rule on or off: PUT /applications/{appInstanceId}/dns_rules/{dnsRuleId}
    /// (clause 7.2.10.3.2). Send what was read, with another `state`.
    /// @par Errors also errc::precondition_failed (412) when `rule.etag` is not the current one.
    template <class Token = default_token>
    [[nodiscard]] auto async_update_dns_rule(dns_rule rule, Token&& token = {}) const
    {
        return detail::start<dns_rule>(connection_, &app_support::connection::async_update_dns_rule,
                                       std::forward<Token>(token), std::move(rule));
    }

    /// Subscriptions of this application instance to its termination:
    /// GET /applications/{appInstanceId}/subscriptions (clause 7.2.3.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_list_subscriptions(Token&& token = {}) const
    {
        return detail::start<subscription_link_list>(
            connection_, &app_support::connection::async_list_subscriptions,
            std::forward<Token>(token));
    }

    /// Asks to be told before the instance is stopped or terminated:
    /// POST /applications/{appInstanceId}/subscriptions (clause 7.2.3.3.4).
    /// @param subscription  `links` is not sent; an empty `app_instance_id` stands for this instance.
    /// @return the subscription with `links.self`, taken from Location when the body has none.
    /// @par Errors also errc::outcome_unknown: list the subscriptions before trying again.
    template <class Token = default_token> [[nodiscard]] auto
    async_create_subscription(app_termination_notification_subscription subscription,
                              Token&& token = {}) const
    {
        return detail::start<app_termination_notification_subscription>(
            connection_, &app_support::connection::async_create_subscription,
            std::forward<Token>(token), std::move(subscription));
    }

    /// One subscription: GET /applications/{appInstanceId}/subscriptions/{subscriptionId}
    /// (clause 7.2.4.3.1).
    /// @param subscription_id  last segment of the subscription's `href`; see `mec::id_of`.
    template <class Token = default_token>
    [[nodiscard]] auto async_get_subscription(std::string subscription_id, Token&& token = {}) const
    {
        return detail::start<app_termination_notification_subscription>(
            connection_, &app_support::connection::async_get_subscription,
            std::forward<Token>(token), std::move(subscription_id));
    }

    /// Ends a subscription: DELETE /applications/{appInstanceId}/subscriptions/{subscriptionId}
    /// (clause 7.2.4.3.5). 404 on a repeated attempt counts as done.
    template <class Token = default_token> [[nodiscard]] auto
    async_delete_subscription(std::string subscription_id, Token&& token = {}) const
    {
        return detail::start<void>(connection_, &app_support::connection::async_delete_subscription,
                                   std::forward<Token>(token), std::move(subscription_id));
    }

    /// Which time servers to use: GET /timing/timing_caps (clause 7.2.5.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_get_timing_caps(Token&& token = {}) const
    {
        return detail::start<timing_caps>(connection_,
                                          &app_support::connection::async_get_timing_caps,
                                          std::forward<Token>(token));
    }

    /// The platform's clock: GET /timing/current_time (clause 7.2.6.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_get_current_time(Token&& token = {}) const
    {
        return detail::start<current_time>(connection_,
                                           &app_support::connection::async_get_current_time,
                                           std::forward<Token>(token));
    }

    /// Introduces an application that MEC management did not start: POST /registrations
    /// (clause 7.2.13.3.4; since v3.1.1).
    /// @return the registration, with the `app_instance_id` that the platform gave.
    /// @par Errors also errc::outcome_unknown: the platform may have registered it, under an id not known.
    template <class Token = default_token>
    [[nodiscard]] auto async_create_registration(app_info info, Token&& token = {}) const
    {
        return detail::start<app_info>(connection_,
                                       &app_support::connection::async_create_registration,
                                       std::forward<Token>(token), std::move(info));
    }

    /// One registration: GET /registrations/{appInstanceId} (clause 7.2.14.3.1).
    template <class Token = default_token>
    [[nodiscard]] auto async_get_registration(std::string app_instance_id, Token&& token = {}) const
    {
        return detail::start<app_info>(connection_,
                                       &app_support::connection::async_get_registration,
                                       std::forward<Token>(token), std::move(app_instance_id));
    }

    /// Replaces a registration: PUT /registrations/{appInstanceId} (clause 7.2.14.3.2).
    /// @param info  with its `app_instance_id`.
    template <class Token = default_token>
    [[nodiscard]] auto async_update_registration(app_info info, Token&& token = {}) const
    {
        return detail::start<void>(connection_, &app_support::connection::async_update_registration,
                                   std::forward<Token>(token), std::move(info));
    }

    /// Ends a registration: DELETE /registrations/{appInstanceId} (clause 7.2.14.3.5).
    template <class Token = default_token> [[nodiscard]] auto
    async_delete_registration(std::string app_instance_id, Token&& token = {}) const
    {
        return detail::start<void>(connection_, &app_support::connection::async_delete_registration,
                                   std::forward<Token>(token), std::move(app_instance_id));
    }

    /// Reads a dns rule, changes it and writes it back: GET, `change`, PUT of the complete object with
    /// If-Match; again from the start when somebody else was faster (412), up to five times.
    /// @param change  called on the completing executor, once per round. What it throws leaves through that
    ///   executor (through sync_wait, when that waits); nothing is written then, and nothing completes.
    /// @return the dns rule as the platform has it now.
    /// @par Errors those of the two calls; errc::precondition_failed when it was changed in every round.
    template <class Token = default_token>
    [[nodiscard]] auto async_modify_dns_rule(std::string dns_rule_id,
                                             std::function<void(dns_rule&)> change,
                                             Token&& token = {}) const
    {
        return detail::start<dns_rule>(connection_, &app_support::connection::async_modify_dns_rule,
                                       std::forward<Token>(token), std::move(dns_rule_id),
                                       std::move(change));
    }

    /// Reads a traffic rule, changes it and writes it back: GET, `change`, PUT of the complete object with
    /// If-Match; again from the start when somebody else was faster (412), up to five times.
    /// @param change  called on the completing executor, once per round. What it throws leaves through that
    ///   executor (through sync_wait, when that waits); nothing is written then, and nothing completes.
    /// @return the traffic rule as the platform has it now.
    /// @par Errors those of the two calls; errc::precondition_failed when it was changed in every round.
    template <class Token = default_token>
    [[nodiscard]] auto async_modify_traffic_rule(std::string traffic_rule_id,
                                                 std::function<void(traffic_rule&)> change,
                                                 Token&& token = {}) const
    {
        return detail::start<traffic_rule>(
            connection_, &app_support::connection::async_modify_traffic_rule,
            std::forward<Token>(token), std::move(traffic_rule_id), std::move(change));
    }

private:
    std::shared_ptr<app_support::connection> connection_;
};

} // namespace app_support
MEC_END_NAMESPACE

#endif
