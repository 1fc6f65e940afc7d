#include "call.hpp"
#include "chained_call.hpp"
#include "query_list.hpp"

#include <mec/rni/connection.hpp>
#include <mec/rni/operations.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace rni {

connection::~connection() = default;

void connection::async_modify_subscription(std::string subscription_id,
                                           std::function<void(subscription&)> change,
                                           handler_for<subscription> handler)
{
    std::make_shared<internal::modification<subscription>>(
        operations::update_subscription.name, get_executor(),
        [self = shared_from_this(), id = subscription_id](handler_for<subscription> h) {
            self->async_get_subscription(id, std::move(h));
        },
        [self = shared_from_this(), id = subscription_id](subscription s,
                                                          handler_for<subscription> h) {
            // Platforms leave it out; whose it is, is known.
            auto& links = common(s).links;
            if (!links) links.emplace();
            if (!links->self || links->self->href.empty()) {
                append_encoded(links->self.emplace().href = "subscriptions/", id);
            }
            self->async_update_subscription(std::move(s), std::move(h));
        },
        std::move(change), std::move(handler))
        ->start();
}

namespace {

/// Writes the parameters of a query behind a target.
class parameters {
public:
    parameters(std::string& target, const http::dialect& dialect)
        : target_(target), query_(target), commas_(dialect.comma_lists)
    {
    }
    void add(std::string_view name, const std::string& value) { query_.add(name, value); }
    void add(std::string_view name, std::int64_t value) { query_.add(name, std::to_string(value)); }
    template <class T> void add(std::string_view name, const std::optional<T>& value)
    {
        if (value) add(name, *value);
    }
    void add(std::string_view name, const std::vector<std::string>& values)
    {
        internal::add_list(target_, query_, name, values, commas_);
    }
    void add(std::string_view name, const std::vector<std::int32_t>& values)
    {
        std::vector<std::string> texts;
        for (const auto value : values) texts.push_back(std::to_string(value));
        add(name, texts);
    }
    void add(const ue_filter& filter)
    {
        add("cell_id", filter.cell_id);
        add("ue_ipv4_address", filter.ue_ipv4_address);
        add("ue_ipv6_address", filter.ue_ipv6_address);
        add("nated_ip_address", filter.nated_ip_address);
        add("gtp_teid", filter.gtp_teid);
    }

private:
    std::string& target_;
    query_builder query_;
    const bool commas_;
};

void add_query(parameters& p, const rab_info_query& q)
{
    p.add("app_ins_id", q.app_ins_id);
    p.add(q);
    p.add("erab_id", q.erab_id);
    p.add("qci", q.qci);
    p.add("erab_mbr_dl", q.erab_mbr_dl);
    p.add("erab_mbr_ul", q.erab_mbr_ul);
    p.add("erab_gbr_dl", q.erab_gbr_dl);
    p.add("erab_gbr_ul", q.erab_gbr_ul);
}
void add_query(parameters& p, const plmn_info_query& q) { p.add("app_ins_id", q.app_ins_id); }
void add_query(parameters& p, const s1_bearer_info_query& q)
{
    p.add("temp_ue_id", q.temp_ue_id);
    p.add(q);
    p.add("erab_id", q.erab_id);
}
void add_query(parameters& p, const layer2_meas_query& q)
{
    p.add("app_ins_id", q.app_ins_id);
    p.add(q);
    for (const auto quantity : q.quantities) p.add(json::to_string(quantity), 1);
}
void add_query(parameters& p, const std::optional<subscription_type>& type)
{
    if (type) p.add("subscription_type", std::string(query_name(*type)));
}

/// Clause 6.3: at least one way of delivery; clause 6.3.9: at least one event.
error check(const subscription& s)
{
    const auto& common_part = common(s);
    if (common_part.callback_reference.empty() && !common_part.websock_notif_config) {
        return {errc::config_invalid,
                "expected callback_reference or websock_notif_config in a subscription"};
    }
    const auto* s1 = std::get_if<s1_bearer_subscription>(&s);
    if (!s1 || !s1->event_type.empty()) return {};
    return {errc::config_invalid, "expected at least one event_type in an s1_bearer_subscription"};
}

class platform_connection final : public connection {
public:
    explicit platform_connection(http::endpoint where)
        : context_(std::make_shared<internal::call_context>(std::move(where)))
    {
    }
    asio::any_io_executor get_executor() const noexcept override { return context_->executor(); }

    void async_get_rab_info(rab_info_query query, handler_for<rab_info> handler) override
    {
        get(operations::get_rab_info, query, std::move(handler));
    }
    void async_get_plmn_info(plmn_info_query query,
                             handler_for<std::vector<plmn_info>> handler) override
    {
        if (query.app_ins_id.empty()) query.app_ins_id = {context_->where().app_instance_id};
        get(operations::get_plmn_info, query, std::move(handler));
    }
    void async_get_s1_bearer_info(s1_bearer_info_query query,
                                  handler_for<s1_bearer_info> handler) override
    {
        get(operations::get_s1_bearer_info, query, std::move(handler));
    }
    void async_get_layer2_meas(layer2_meas_query query, handler_for<l2_meas> handler) override
    {
        get(operations::get_layer2_meas, query, std::move(handler));
    }

    void async_list_subscriptions(std::optional<subscription_type> type,
                                  handler_for<subscription_link_list> handler) override
    {
        get(operations::list_subscriptions, type, std::move(handler));
    }
    void async_create_subscription(subscription wanted, handler_for<subscription> handler) override
    {
        const auto& op = operations::create_subscription;
        internal::start_call<subscription>(context_, op, std::move(handler),
                                           [&](http::request& req) {
                                               if (error e = check(wanted)) return e;
                                               common(wanted).links.reset();
                                               json::encode(req.body, wanted);
                                               return context_->fill_target(req.target, op);
                                           });
    }
    void async_get_subscription(std::string id, handler_for<subscription> handler) override
    {
        named(operations::get_subscription, id, std::move(handler));
    }
    void async_update_subscription(subscription changed, handler_for<subscription> handler) override
    {
        const auto& op = operations::update_subscription;
        internal::start_call<subscription>(
            context_, op, std::move(handler), [&](http::request& req) {
                if (error e = check(changed)) return e;
                const subscription_base& base = common(changed);
                const auto& links = base.links;
                if (!links || !links->self) {
                    return error{errc::config_invalid,
                                 "expected links->self in a subscription that is updated"};
                }
                json::encode(req.body, changed);
                if (!base.etag.empty()) req.headers.append("If-Match", base.etag);
                return context_->fill_target(req.target, op, id_of(links->self->href));
            });
    }
    void async_delete_subscription(std::string id, handler_for<> handler) override
    {
        named(operations::delete_subscription, id, std::move(handler));
    }

private:
    template <class T, class Query>
    void get(const http::operation& op, const Query& query, handler_for<T> handler)
    {
        internal::start_call<T>(context_, op, std::move(handler), [&](http::request& req) {
            error e = context_->fill_target(req.target, op);
            if (e) return e;
            parameters p(req.target, context_->options().dialect);
            add_query(p, query);
            return e;
        });
    }
    template <class T>
    void named(const http::operation& op, std::string_view id, handler_for<T> handler)
    {
        internal::start_call<T>(context_, op, std::move(handler), [&](http::request& req) {
            return context_->fill_target(req.target, op, id);
        });
    }

    const std::shared_ptr<internal::call_context> context_;
};

} // namespace

std::shared_ptr<connection> make_connection(http::endpoint where)
{
    return std::make_shared<platform_connection>(std::move(where));
}

} // namespace rni
MEC_END_NAMESPACE
