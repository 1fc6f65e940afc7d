#include "call.hpp"

#include <mec/service_mgmt/connection.hpp>
#include <mec/service_mgmt/operations.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace service_mgmt {

connection::~connection() = default;

namespace {

std::string_view text(bool b) noexcept { return b ? "true" : "false"; }

/// Clause 8.2.3.3.1: at most one of the three ways to name services.
error add_query(std::string& target, const service_query& q)
{
    const int ways =
        !q.ser_instance_id.empty() + !q.ser_name.empty() + q.ser_category_id.has_value();
    if (ways > 1)
        return {errc::config_invalid, "expected at most one of ser_instance_id, ser_name and "
                                      "ser_category_id in a service query"};
    query_builder query(target);
    for (const auto& id : q.ser_instance_id) query.add("ser_instance_id", id);
    for (const auto& name : q.ser_name) query.add("ser_name", name);
    if (q.ser_category_id) query.add("ser_category_id", *q.ser_category_id);
    if (q.scope_of_locality) query.add("scope_of_locality", json::to_string(*q.scope_of_locality));
    if (q.consumed_local_only) query.add("consumed_local_only", text(*q.consumed_local_only));
    if (q.is_local) query.add("is_local", text(*q.is_local));
    return {};
}

class platform_connection final : public connection {
public:
    explicit platform_connection(http::endpoint where)
        : context_(std::make_shared<internal::call_context>(std::move(where)))
    {
    }
    asio::any_io_executor get_executor() const noexcept override { return context_->executor(); }

    void async_list_services(service_query query,
                             handler_for<std::vector<service_info>> handler) override
    {
        list(operations::list_services, query, std::move(handler));
    }
    void async_list_app_services(service_query query,
                                 handler_for<std::vector<service_info>> handler) override
    {
        list(operations::list_app_services, query, std::move(handler));
    }
    void async_get_service(std::string service_id, handler_for<service_info> handler) override
    {
        plain(operations::get_service, service_id, std::move(handler));
    }
    void async_get_app_service(std::string service_id, handler_for<service_info> handler) override
    {
        plain(operations::get_app_service, service_id, std::move(handler));
    }
    void async_deregister_service(std::string service_id, handler_for<> handler) override
    {
        plain(operations::deregister_service, service_id, std::move(handler));
    }
    void async_list_transports(handler_for<std::vector<transport_info>> handler) override
    {
        plain(operations::list_transports, {}, std::move(handler));
    }

    void async_register_service(service_info service, handler_for<service_info> handler) override
    {
        const auto& op = operations::register_service;
        internal::start_call<service_info>(
            context_, op, std::move(handler), [&](http::request& req) {
                if (service.transport_id.has_value() == service.transport_info.has_value())
                    return error{errc::config_invalid,
                                 "service " + service.ser_name +
                                     ": expected exactly one of transport_id and transport_info"};
                service.ser_instance_id
                    .reset(); // given by the platform; some refuse the request with them
                service.links.reset();
                service.is_local.reset();
                json::encode(req.body, service);
                return context_->fill_target(req.target, op);
            });
    }
    void async_update_service(service_info service, handler_for<service_info> handler) override
    {
        const auto& op = operations::update_service;
        internal::start_call<service_info>(
            context_, op, std::move(handler), [&](http::request& req) {
                json::encode(req.body, service);
                return context_->fill_target(req.target, op, service.ser_instance_id.value_or(""));
            });
    }

private:
    void list(const http::operation& op, const service_query& query,
              handler_for<std::vector<service_info>> handler)
    {
        internal::start_call<std::vector<service_info>>(
            context_, op, std::move(handler), [&](http::request& req) {
                error e = context_->fill_target(req.target, op);
                return e ? e : add_query(req.target, query);
            });
    }
    template <class T>
    void plain(const http::operation& op, std::string_view service_id, handler_for<T> handler)
    {
        internal::start_call<T>(context_, op, std::move(handler), [&](http::request& req) {
            return context_->fill_target(req.target, op, service_id);
        });
    }

    const std::shared_ptr<internal::call_context> context_;
};

} // namespace

std::shared_ptr<connection> make_connection(http::endpoint where)
{
    return std::make_shared<platform_connection>(std::move(where));
}

} // namespace service_mgmt
MEC_END_NAMESPACE
