#include "radio_service.hpp"

#include "lazy_transport.hpp"
#include "text.hpp"

#include <mec/app/service_watch.hpp>

#include <algorithm>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

constexpr std::string_view category = "RNI";
constexpr std::string_view api = "rni/v2";
/// What nobody follows is asked for again after this time.
constexpr std::chrono::seconds believed{10};

bool same_text(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return to_lower(x) == to_lower(y); });
}

/// The greater the better; 0: of no use.
int rank(const service_mgmt::service_info& s)
{
    using service_mgmt::service_state;
    const bool rni = s.ser_category && (same_text(s.ser_category->id, category) ||
                                        same_text(s.ser_category->name, category));
    if (!rni || s.state != service_state::active || !api_base_of(s, api)) return 0;
    return s.is_local.value_or(true) ? 2 : 1;
}

} // namespace

const service_mgmt::service_info*
find_radio_service(const std::vector<service_mgmt::service_info>& all)
{
    const auto best = std::max_element(
        all.begin(), all.end(), [](const auto& a, const auto& b) { return rank(a) < rank(b); });
    return best == all.end() || rank(*best) == 0 ? nullptr : &*best;
}

radio_service::radio_service(std::shared_ptr<app_context> context) : context_(std::move(context)) {}

auto radio_service::connection() const -> connection_ptr
{
    std::lock_guard lock(mutex_);
    return context_->now() < until_ ? connection_ : nullptr;
}

/// Any application can offer a service of this category, and say of it what it likes: a token goes where
/// the platform's API is, and nowhere else.
bool radio_service::may_have_token(const url& base) const
{
    const auto& config = context_->config;
    const auto& platform = config.service_mgmt_url ? config.service_mgmt_url : config.mp1_url;
    return platform && base.origin() == platform->origin();
}

/// The name that certificates are checked for, when one is configured, is the platform's.
std::shared_ptr<http::transport> radio_service::transport_to(const url& base)
{
    const auto& connections = context_->connections;
    http::transport_options settings = connections.settings;
    if (settings.tls.server_name.empty() || may_have_token(base)) return connections.transport;
    settings.tls.server_name.clear();
    if (!elsewhere_)
        elsewhere_ = make_lazy_transport(connections.transport->get_executor(), settings);
    return elsewhere_;
}

auto radio_service::use(const services& all, bool followed) -> connection_ptr
{
    const auto* service = find_radio_service(all);
    std::lock_guard lock(mutex_);
    // A single call has asked on its own; who follows the list knows better.
    if (!followed && until_ == steady_time::max() && connection_) return connection_;
    if (!service) {
        connection_.reset();
        return nullptr;
    }
    http::endpoint where;
    where.base = *api_base_of(*service, api);
    where.app_instance_id = context_->config.app_instance_id.value.value_or("");
    where.transport = transport_to(where.base);
    where.options = context_->options.client;
    if (may_have_token(where.base)) where.tokens = context_->connections.tokens;
    until_ = followed ? steady_time::max() : context_->now() + believed;
    if (connection_ && where_.base.to_string() == where.base.to_string() &&
        where_.tokens == where.tokens)
        return connection_;
    if (context_->connections.tokens && !where.tokens)
        context_->log().write(log_level::warning, "app",
                              "no token is sent to the radio network information service at " +
                                  where.base.origin().authority() +
                                  ": that is not where the platform's API is");
    where_ = where;
    connection_ = rni::make_connection(std::move(where));
    return connection_;
}

http::endpoint radio_service::endpoint() const
{
    std::lock_guard lock(mutex_);
    return where_;
}

} // namespace internal
MEC_END_NAMESPACE
