#include "call.hpp"
#include "chained_call.hpp"

#include <mec/app_support/connection.hpp>
#include <mec/app_support/operations.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace app_support {

connection::~connection() = default;

void connection::async_modify_dns_rule(std::string dns_rule_id,
                                       std::function<void(dns_rule&)> change,
                                       handler_for<dns_rule> handler)
{
    std::make_shared<internal::modification<dns_rule>>(
        operations::update_dns_rule.name, get_executor(),
        [self = shared_from_this(), id = dns_rule_id](handler_for<dns_rule> h) {
            self->async_get_dns_rule(id, std::move(h));
        },
        [self = shared_from_this(), dns_rule_id](dns_rule rule, handler_for<dns_rule> h) {
            if (rule.dns_rule_id.empty()) rule.dns_rule_id = dns_rule_id;
            self->async_update_dns_rule(std::move(rule), std::move(h));
        },
        std::move(change), std::move(handler))
        ->start();
}

void connection::async_modify_traffic_rule(std::string traffic_rule_id,
                                           std::function<void(traffic_rule&)> change,
                                           handler_for<traffic_rule> handler)
{
    std::make_shared<internal::modification<traffic_rule>>(
        operations::update_traffic_rule.name, get_executor(),
        [self = shared_from_this(), id = traffic_rule_id](handler_for<traffic_rule> h) {
            self->async_get_traffic_rule(id, std::move(h));
        },
        [self = shared_from_this(), traffic_rule_id](traffic_rule rule,
                                                     handler_for<traffic_rule> h) {
            if (rule.traffic_rule_id.empty()) rule.traffic_rule_id = traffic_rule_id;
            self->async_update_traffic_rule(std::move(rule), std::move(h));
        },
        std::move(change), std::move(handler))
        ->start();
}

namespace {

constexpr std::string_view misspelt_stopping = R"({"operationAction":"STOPPPING"})";

class platform_connection final : public connection {
public:
    explicit platform_connection(http::endpoint where)
        : context_(std::make_shared<internal::call_context>(std::move(where)))
    {
    }
    asio::any_io_executor get_executor() const noexcept override { return context_->executor(); }

    void async_confirm_ready(handler_for<> handler) override
    {
        send(operations::confirm_ready, app_ready_confirmation{}, {}, {}, std::move(handler));
    }
    void async_confirm_termination(app_support::operation_action action,
                                   handler_for<> handler) override
    {
        // A table of the standard misspells the value, and some platforms accept only that.
        const auto& dialect = context_->options().dialect;
        const bool stopping = action == app_support::operation_action::stopping;
        std::make_shared<internal::sending<void, bool>>(
            operations::confirm_termination.name, get_executor(), std::move(handler),
            [self = this, keep = shared_from_this(), action](bool misspelt, handler_for<> h) {
                self->confirm_termination(action, misspelt, std::move(h));
            },
            [may = stopping && dialect.try_alternatives](bool misspelt, const error& e) {
                const bool other = may && !misspelt && e.info().http_status == 400;
                return other ? std::optional(true) : std::nullopt;
            })
            ->start(stopping && dialect.misspelt_stopping);
    }

    void async_list_traffic_rules(handler_for<std::vector<traffic_rule>> handler) override
    {
        read(operations::list_traffic_rules, {}, std::move(handler));
    }
    void async_get_traffic_rule(std::string id, handler_for<traffic_rule> handler) override
    {
        read(operations::get_traffic_rule, id, std::move(handler));
    }
    void async_update_traffic_rule(traffic_rule rule, handler_for<traffic_rule> handler) override
    {
        send(operations::update_traffic_rule, rule, rule.traffic_rule_id, rule.etag,
             std::move(handler));
    }
    void async_list_dns_rules(handler_for<std::vector<dns_rule>> handler) override
    {
        read(operations::list_dns_rules, {}, std::move(handler));
    }
    void async_get_dns_rule(std::string id, handler_for<dns_rule> handler) override
    {
        read(operations::get_dns_rule, id, std::move(handler));
    }
    void async_update_dns_rule(dns_rule rule, handler_for<dns_rule> handler) override
    {
        send(operations::update_dns_rule, rule, rule.dns_rule_id, rule.etag, std::move(handler));
    }

    void async_list_subscriptions(handler_for<subscription_link_list> handler) override
    {
        read(operations::list_subscriptions, {}, std::move(handler));
    }
    void async_create_subscription(
        app_termination_notification_subscription subscription,
        handler_for<app_termination_notification_subscription> handler) override
    {
        subscription.links.reset();
        if (subscription.app_instance_id.empty())
            subscription.app_instance_id = context_->where().app_instance_id;
        send(operations::create_subscription, subscription, {}, {}, std::move(handler));
    }
    void
    async_get_subscription(std::string id,
                           handler_for<app_termination_notification_subscription> handler) override
    {
        read(operations::get_subscription, id, std::move(handler));
    }
    void async_delete_subscription(std::string id, handler_for<> handler) override
    {
        read(operations::delete_subscription, id, std::move(handler));
    }

    void async_get_timing_caps(handler_for<timing_caps> handler) override
    {
        read(operations::get_timing_caps, {}, std::move(handler));
    }
    void async_get_current_time(handler_for<current_time> handler) override
    {
        read(operations::get_current_time, {}, std::move(handler));
    }

    void async_create_registration(app_info info, handler_for<app_info> handler) override
    {
        send(operations::create_registration, info, {}, {}, std::move(handler));
    }
    void async_get_registration(std::string id, handler_for<app_info> handler) override
    {
        read(operations::get_registration, id, std::move(handler));
    }
    void async_update_registration(app_info info, handler_for<> handler) override
    {
        send(operations::update_registration, info, info.app_instance_id.value_or(""), {},
             std::move(handler));
    }
    void async_delete_registration(std::string id, handler_for<> handler) override
    {
        read(operations::delete_registration, id, std::move(handler));
    }

private:
    /// A request without a body.
    template <class T>
    void read(const http::operation& op, std::string_view id, handler_for<T> handler)
    {
        internal::start_call<T>(context_, op, std::move(handler), [&](http::request& req) {
            return context_->fill_target(req.target, op, id);
        });
    }
    template <class T, class Body> void send(const http::operation& op, const Body& body,
                                             std::string_view id, std::string_view etag,
                                             handler_for<T> handler)
    {
        internal::start_call<T>(context_, op, std::move(handler), [&](http::request& req) {
            json::encode(req.body, body);
            if (!etag.empty()) req.headers.append("If-Match", etag);
            return context_->fill_target(req.target, op, id);
        });
    }
    void confirm_termination(app_support::operation_action action, bool misspelt,
                             handler_for<> handler)
    {
        const auto& op = operations::confirm_termination;
        internal::start_call<void>(context_, op, std::move(handler), [&](http::request& req) {
            if (misspelt) req.body = misspelt_stopping;
            else json::encode(req.body, app_termination_confirmation{action});
            return context_->fill_target(req.target, op);
        });
    }

    const std::shared_ptr<internal::call_context> context_;
};

} // namespace

std::shared_ptr<connection> make_connection(http::endpoint where)
{
    return std::make_shared<platform_connection>(std::move(where));
}

} // namespace app_support
MEC_END_NAMESPACE
