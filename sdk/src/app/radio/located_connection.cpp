// Calls to a service that must be found first.

#include "chained_call.hpp"
#include "radio_service.hpp"

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

/// Finds the service, then sends to it.
template <class T> class located_call final : public chain<T, located_call<T>> {
public:
    using send_function = std::function<void(rni::connection&, handler_for<T>)>;

    located_call(std::shared_ptr<radio_service> service, asio::any_io_executor io,
                 handler_for<T> handler, send_function send)
        : chain<T, located_call>("rni", std::move(io), std::move(handler)),
          service_(std::move(service)), send_(std::move(send))
    {
    }
    void start()
    {
        this->listen_for_cancellation();
        using services = radio_service::services;
        service_->context()->connections.service_mgmt->async_list_services(
            {}, this->template step<services>([](located_call& self, result<services> all) {
                self.on_listed(std::move(all));
            }));
    }

private:
    void on_listed(result<radio_service::services> all)
    {
        if (!all) return this->finish(std::move(all).error());
        const auto connection = service_->use(*all, false);
        if (!connection)
            return this->finish(error(errc::not_found,
                                      "the platform offers no radio network information service: "
                                      "expected an active service of category RNI with a URL"));
        if (this->ended_by_cancellation()) return;
        send_(*connection, this->step([](located_call& self, result<T> answer) {
            self.finish(std::move(answer));
        }));
    }

    const std::shared_ptr<radio_service> service_;
    const send_function send_;
};

class located_connection final : public rni::connection {
public:
    explicit located_connection(std::shared_ptr<radio_service> service)
        : service_(std::move(service))
    {
    }

    asio::any_io_executor get_executor() const noexcept override
    {
        return service_->context()->connections.transport->get_executor();
    }
    void async_get_rab_info(rni::rab_info_query query, handler_for<rni::rab_info> handler) override
    {
        send(&connection::async_get_rab_info, std::move(query), std::move(handler));
    }
    void async_get_plmn_info(rni::plmn_info_query query,
                             handler_for<std::vector<rni::plmn_info>> handler) override
    {
        send(&connection::async_get_plmn_info, std::move(query), std::move(handler));
    }
    void async_get_s1_bearer_info(rni::s1_bearer_info_query query,
                                  handler_for<rni::s1_bearer_info> handler) override
    {
        send(&connection::async_get_s1_bearer_info, std::move(query), std::move(handler));
    }
    void async_get_layer2_meas(rni::layer2_meas_query query,
                               handler_for<rni::l2_meas> handler) override
    {
        send(&connection::async_get_layer2_meas, std::move(query), std::move(handler));
    }
    void async_list_subscriptions(std::optional<rni::subscription_type> type,
                                  handler_for<rni::subscription_link_list> handler) override
    {
        send(&connection::async_list_subscriptions, type, std::move(handler));
    }
    void async_create_subscription(rni::subscription wanted,
                                   handler_for<rni::subscription> handler) override
    {
        send(&connection::async_create_subscription, std::move(wanted), std::move(handler));
    }
    void async_get_subscription(std::string id, handler_for<rni::subscription> handler) override
    {
        send(&connection::async_get_subscription, std::move(id), std::move(handler));
    }
    void async_update_subscription(rni::subscription changed,
                                   handler_for<rni::subscription> handler) override
    {
        send(&connection::async_update_subscription, std::move(changed), std::move(handler));
    }
    void async_delete_subscription(std::string id, handler_for<> handler) override
    {
        send(&connection::async_delete_subscription, std::move(id), std::move(handler));
    }

private:
    template <class T, class Argument>
    void send(void (connection::*operation)(Argument, handler_for<T>), Argument argument,
              handler_for<T> handler)
    {
        if (const auto known = service_->connection())
            return ((*known).*operation)(std::move(argument), std::move(handler));
        auto later = [operation, argument = std::move(argument)](rni::connection& c,
                                                                 handler_for<T> h) {
            (c.*operation)(argument, std::move(h));
        };
        std::make_shared<located_call<T>>(service_, get_executor(), std::move(handler),
                                          std::move(later))
            ->start();
    }

    const std::shared_ptr<radio_service> service_;
};

} // namespace

auto radio_service::located_connection() -> connection_ptr
{
    return std::make_shared<internal::located_connection>(shared_from_this());
}

} // namespace internal
MEC_END_NAMESPACE
