#include "call.hpp"
#include "chained_call.hpp"
#include "query_list.hpp"
#include "url_policy.hpp"

#include <mec/service_mgmt/connection.hpp>
#include <mec/service_mgmt/operations.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace service_mgmt {

connection::~connection() = default;

void connection::async_modify_service(std::string service_id,
                                      std::function<void(service_info&)> change,
                                      handler_for<service_info> handler)
{
    std::make_shared<internal::modification<service_info>>(
        operations::update_service.name, get_executor(),
        [self = shared_from_this(), id = service_id](handler_for<service_info> h) {
            self->async_get_app_service(id, std::move(h));
        },
        [self = shared_from_this(), service_id](service_info service, handler_for<service_info> h) {
            // Platforms leave it out; whose it is, is known.
            if (!service.ser_instance_id) service.ser_instance_id = service_id;
            self->async_update_service(std::move(service), std::move(h));
        },
        std::move(change), std::move(handler))
        ->start();
}

namespace {

std::string_view text(bool b) noexcept { return b ? "true" : "false"; }

/// Clause 8.2.3.3.1: at most one of the three ways to name services.
error add_query(std::string& target, const service_query& q, const http::dialect& dialect)
{
    const int ways =
        !q.ser_instance_id.empty() + !q.ser_name.empty() + q.ser_category_id.has_value();
    if (ways > 1)
        return {errc::config_invalid, "expected at most one of ser_instance_id, ser_name and "
                                      "ser_category_id in a service query"};
    query_builder query(target);
    internal::add_list(target, query, "ser_instance_id", q.ser_instance_id, dialect.comma_lists);
    internal::add_list(target, query, "ser_name", q.ser_name, dialect.comma_lists);
    if (q.ser_category_id) query.add("ser_category_id", *q.ser_category_id);
    if (q.scope_of_locality) query.add("scope_of_locality", json::to_string(*q.scope_of_locality));
    if (q.consumed_local_only) query.add("consumed_local_only", text(*q.consumed_local_only));
    if (q.is_local) query.add("is_local", text(*q.is_local));
    return {};
}

/// Clause 8.1.3.2, likewise.
error check(const std::optional<filtering_criteria>& criteria)
{
    if (!criteria) return {};
    const int ways = !criteria->ser_instance_ids.empty() + !criteria->ser_names.empty() +
                     !criteria->ser_categories.empty();
    if (ways <= 1) return {};
    return {errc::config_invalid, "expected at most one of ser_instance_ids, ser_names and "
                                  "ser_categories in the criteria of a subscription"};
}

/// How a heartbeat is sent.
enum class heartbeat_way { patch, merge_patch, put };

constexpr http::operation heartbeat_by_put = [] {
    http::operation op = operations::send_heartbeat;
    op.method = http::method::put;
    return op;
}();

/// Another way after a refusal which says that this one is not known.
std::optional<heartbeat_way> other_way(heartbeat_way way, int status)
{
    if (way != heartbeat_way::patch) return std::nullopt;
    if (status == 415) return heartbeat_way::merge_patch;
    if (status == 405 || status == 501) return heartbeat_way::put;
    return std::nullopt;
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
        const auto& dialect = context_->options().dialect;
        std::make_shared<internal::sending<service_info, bool>>(
            operations::update_service.name, get_executor(), std::move(handler),
            [self = this, keep = shared_from_this(),
             s = std::move(service)](bool without_ids, handler_for<service_info> h) {
                self->update_service(s, without_ids, std::move(h));
            },
            [may = dialect.try_alternatives](bool without_ids, const error& e) {
                const bool other = may && !without_ids && e.info().http_status == 400;
                return other ? std::optional(true) : std::nullopt;
            })
            ->start(dialect.update_without_ids);
    }

    void async_list_subscriptions(handler_for<subscription_link_list> handler) override
    {
        plain(operations::list_subscriptions, {}, std::move(handler));
    }
    void async_create_subscription(
        ser_availability_notification_subscription subscription,
        handler_for<ser_availability_notification_subscription> handler) override
    {
        const auto& op = operations::create_subscription;
        internal::start_call<ser_availability_notification_subscription>(
            context_, op, std::move(handler), [&](http::request& req) {
                if (error e = check(subscription.filtering_criteria)) return e;
                subscription.links.reset();
                json::encode(req.body, subscription);
                return context_->fill_target(req.target, op);
            });
    }
    void
    async_get_subscription(std::string id,
                           handler_for<ser_availability_notification_subscription> handler) override
    {
        plain(operations::get_subscription, id, std::move(handler));
    }
    void async_delete_subscription(std::string id, handler_for<> handler) override
    {
        plain(operations::delete_subscription, id, std::move(handler));
    }

    void async_get_liveness(link liveness, handler_for<service_liveness_info> handler) override
    {
        internal::start_call<service_liveness_info>(
            context_, operations::get_liveness, std::move(handler),
            [&](http::request& req) { return follow(req, liveness); });
    }
    void async_send_heartbeat(link liveness,
                              handler_for<std::optional<service_liveness_info>> handler) override
    {
        const auto& dialect = context_->options().dialect;
        std::make_shared<internal::sending<std::optional<service_liveness_info>, heartbeat_way>>(
            operations::send_heartbeat.name, get_executor(), std::move(handler),
            [self = this, keep = shared_from_this(), liveness = std::move(liveness)](
                heartbeat_way way, handler_for<std::optional<service_liveness_info>> h) {
                self->send_heartbeat(liveness, way, std::move(h));
            },
            [may = dialect.try_alternatives](heartbeat_way way, const error& e) {
                return may ? other_way(way, e.info().http_status) : std::nullopt;
            })
            ->start(dialect.heartbeat_by_put ? heartbeat_way::put : heartbeat_way::patch);
    }

private:
    void list(const http::operation& op, const service_query& query,
              handler_for<std::vector<service_info>> handler)
    {
        internal::start_call<std::vector<service_info>>(
            context_, op, std::move(handler), [&](http::request& req) {
                error e = context_->fill_target(req.target, op);
                return e ? e : add_query(req.target, query, context_->options().dialect);
            });
    }
    template <class T>
    void plain(const http::operation& op, std::string_view service_id, handler_for<T> handler)
    {
        internal::start_call<T>(context_, op, std::move(handler), [&](http::request& req) {
            return context_->fill_target(req.target, op, service_id);
        });
    }

    void update_service(service_info service, bool without_ids, handler_for<service_info> handler)
    {
        const auto& op = operations::update_service;
        internal::start_call<service_info>(
            context_, op, std::move(handler), [&](http::request& req) {
                const std::string id = service.ser_instance_id.value_or("");
                if (without_ids) {
                    service.ser_instance_id.reset();
                    service.links.reset();
                    service.is_local.reset();
                }
                json::encode(req.body, service);
                if (!service.etag.empty()) req.headers.append("If-Match", service.etag);
                return context_->fill_target(req.target, op, id);
            });
    }
    void send_heartbeat(const link& liveness, heartbeat_way way,
                        handler_for<std::optional<service_liveness_info>> handler)
    {
        const auto& op = way == heartbeat_way::put ? heartbeat_by_put : operations::send_heartbeat;
        internal::start_call<std::optional<service_liveness_info>>(
            context_, op, std::move(handler), [&](http::request& req) {
                if (way == heartbeat_way::merge_patch)
                    req.content_type = "application/merge-patch+json";
                json::encode(req.body, service_liveness_update{});
                return follow(req, liveness);
            });
    }
    error follow(http::request& req, const link& where) const
    {
        auto target = internal::target_of_link(context_->where().base, where.href);
        if (!target) return target.error();
        req.target = *std::move(target);
        return {};
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
