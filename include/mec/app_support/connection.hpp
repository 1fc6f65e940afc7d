#ifndef MEC_APP_SUPPORT_CONNECTION_HPP
#define MEC_APP_SUPPORT_CONNECTION_HPP

#include <mec/app_support/types.hpp>
#include <mec/detail/initiate.hpp>
#include <mec/http/endpoint.hpp>

#include <functional>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace app_support {

/// One virtual function per operation; the seam for mocks and decorators. See `client` for what
/// each does.
class MEC_API connection : public std::enable_shared_from_this<connection> {
public:
    virtual ~connection();
    virtual asio::any_io_executor get_executor() const noexcept = 0;

    virtual void async_confirm_ready(handler_for<> handler) = 0;
    virtual void async_confirm_termination(app_support::operation_action action,
                                           handler_for<> handler) = 0;
    virtual void async_list_traffic_rules(handler_for<std::vector<traffic_rule>> handler) = 0;
    virtual void async_get_traffic_rule(std::string traffic_rule_id,
                                        handler_for<traffic_rule> handler) = 0;
    virtual void async_update_traffic_rule(traffic_rule rule,
                                           handler_for<traffic_rule> handler) = 0;
    virtual void async_list_dns_rules(handler_for<std::vector<dns_rule>> handler) = 0;
    virtual void async_get_dns_rule(std::string dns_rule_id, handler_for<dns_rule> handler) = 0;
    virtual void async_update_dns_rule(dns_rule rule, handler_for<dns_rule> handler) = 0;
    virtual void async_list_subscriptions(handler_for<subscription_link_list> handler) = 0;
    virtual void
    async_create_subscription(app_termination_notification_subscription subscription,
                              handler_for<app_termination_notification_subscription> handler) = 0;
    virtual void
    async_get_subscription(std::string subscription_id,
                           handler_for<app_termination_notification_subscription> handler) = 0;
    virtual void async_delete_subscription(std::string subscription_id, handler_for<> handler) = 0;
    virtual void async_get_timing_caps(handler_for<timing_caps> handler) = 0;
    virtual void async_get_current_time(handler_for<current_time> handler) = 0;
    virtual void async_create_registration(app_info info, handler_for<app_info> handler) = 0;
    virtual void async_get_registration(std::string app_instance_id,
                                        handler_for<app_info> handler) = 0;
    virtual void async_update_registration(app_info info, handler_for<> handler) = 0;
    virtual void async_delete_registration(std::string app_instance_id, handler_for<> handler) = 0;

    /// Reads, changes and writes back, by the functions above; see `client`.
    void async_modify_dns_rule(std::string dns_rule_id, std::function<void(dns_rule&)> change,
                               handler_for<dns_rule> handler);
    void async_modify_traffic_rule(std::string traffic_rule_id,
                                   std::function<void(traffic_rule&)> change,
                                   handler_for<traffic_rule> handler);
};

/// @param where  apiRoot, application instance, transport, token source and options.
MEC_API std::shared_ptr<connection> make_connection(http::endpoint where);

} // namespace app_support
MEC_END_NAMESPACE

#endif
