#include "declared_resource.hpp"

#include <boost/asio/bind_executor.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

void declared_rule::set(app_support::rule_state state, on_done done)
{
    const auto put = [state](auto& rule) { rule.state = state; };
    const auto finish = [done = std::move(done)](const auto& outcome) { done(error_of(outcome)); };
    auto& api = *context_->connections.app_support;
    if (where() == collection::dns_rules)
        api.async_modify_dns_rule(id_, put, asio::bind_executor(context_->strand, finish));
    else api.async_modify_traffic_rule(id_, put, asio::bind_executor(context_->strand, finish));
}

void declared_rule::async_create(on_made done)
{
    set(app_support::rule_state::active,
        [id = id_, done = std::move(done)](error e) { done(std::move(e), id); });
}

void declared_rule::async_update(const std::string&, on_done done)
{
    set(app_support::rule_state::active, std::move(done));
}

void declared_rule::async_remove(const std::string&, on_done done)
{
    set(app_support::rule_state::inactive, std::move(done));
}

} // namespace internal
MEC_END_NAMESPACE
