#ifndef MEC_SERVICE_MGMT_CONNECTION_HPP
#define MEC_SERVICE_MGMT_CONNECTION_HPP

#include <mec/detail/initiate.hpp>
#include <mec/http/endpoint.hpp>
#include <mec/service_mgmt/types.hpp>

#include <functional>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace service_mgmt {

/// One virtual function per operation; the seam for mocks and decorators. See `client` for what
/// each does.
class MEC_API connection : public std::enable_shared_from_this<connection> {
public:
    virtual ~connection();
    virtual asio::any_io_executor get_executor() const noexcept = 0;

    virtual void async_list_services(service_query query,
                                     handler_for<std::vector<service_info>> handler) = 0;
    virtual void async_get_service(std::string service_id, handler_for<service_info> handler) = 0;
    virtual void async_list_app_services(service_query query,
                                         handler_for<std::vector<service_info>> handler) = 0;
    virtual void async_get_app_service(std::string service_id,
                                       handler_for<service_info> handler) = 0;
    virtual void async_register_service(service_info service,
                                        handler_for<service_info> handler) = 0;
    virtual void async_update_service(service_info service, handler_for<service_info> handler) = 0;
    virtual void async_deregister_service(std::string service_id, handler_for<> handler) = 0;
    virtual void async_list_transports(handler_for<std::vector<transport_info>> handler) = 0;
    virtual void async_list_subscriptions(handler_for<subscription_link_list> handler) = 0;
    virtual void
    async_create_subscription(ser_availability_notification_subscription subscription,
                              handler_for<ser_availability_notification_subscription> handler) = 0;
    virtual void
    async_get_subscription(std::string subscription_id,
                           handler_for<ser_availability_notification_subscription> handler) = 0;
    virtual void async_delete_subscription(std::string subscription_id, handler_for<> handler) = 0;
    virtual void async_get_liveness(link liveness, handler_for<service_liveness_info> handler) = 0;
    virtual void
    async_send_heartbeat(link liveness,
                         handler_for<std::optional<service_liveness_info>> handler) = 0;

    /// Reads, changes and writes back, by the functions above; see `client`.
    void async_modify_service(std::string service_id, std::function<void(service_info&)> change,
                              handler_for<service_info> handler);
};

/// @param where  apiRoot, application instance, transport, token source and options.
MEC_API std::shared_ptr<connection> make_connection(http::endpoint where);

} // namespace service_mgmt
MEC_END_NAMESPACE

#endif
