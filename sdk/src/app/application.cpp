#include "application_core.hpp"
#include "radio_upkeep.hpp"
#include "service_directory.hpp"

#include <mec/rni/client.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE

using internal::collection;

detail::application_runner::~application_runner() = default;

std::string_view to_string(application_state state) noexcept
{
    switch (state) {
    case application_state::starting: return "starting";
    case application_state::converging: return "converging";
    case application_state::active: return "active";
    case application_state::recovering: return "recovering";
    case application_state::lost: return "lost";
    case application_state::stopping: return "stopping";
    case application_state::stopped: return "stopped";
    }
    return "unknown";
}

std::string_view to_string(radio_delivery way) noexcept
{
    switch (way) {
    case radio_delivery::waiting: return "waiting";
    case radio_delivery::http: return "http";
    case radio_delivery::websocket: return "websocket";
    case radio_delivery::polling: return "polling";
    case radio_delivery::none: return "none";
    }
    return "unknown";
}

// ---- handles

provided_service::provided_service(std::shared_ptr<internal::declared_service> service) noexcept
    : service_(std::move(service))
{
}

void provided_service::set_state(service_mgmt::service_state state)
{
    service_->change([state](service_mgmt::service_info& s) { s.state = state; });
}

void provided_service::update(std::function<void(service_mgmt::service_info&)> change)
{
    service_->change(std::move(change));
}

void provided_service::withdraw() { service_->withdraw(); }

subscription::subscription(std::shared_ptr<internal::declared_resource> resource) noexcept
    : resource_(std::move(resource))
{
}

void subscription::cancel() { resource_->withdraw(); }

// ---- the application

application::application(asio::any_io_executor executor, discovery::configuration config)
    : application(std::move(executor), std::move(config), application_options())
{
}

application::application(asio::any_io_executor executor, discovery::configuration config,
                         application_options options)
{
    auto context = std::make_shared<internal::app_context>(std::move(executor), std::move(config),
                                                           std::move(options));
    auto core = std::make_shared<internal::application_core>(context);
    runner_ = std::move(core);
}

application::~application()
{
    if (runner_) core().abandon();
}
application::application(application&&) noexcept = default;
application& application::operator=(application&& other) noexcept
{
    std::swap(runner_, other.runner_);
    return *this;
}

internal::application_core& application::core() const noexcept
{
    return static_cast<internal::application_core&>(*runner_);
}

asio::any_io_executor application::get_executor() const noexcept { return runner_->get_executor(); }

provided_service application::provide(service_mgmt::service_info service)
{
    auto declared =
        std::make_shared<internal::declared_service>(core().context(), std::move(service));
    core().declare(declared);
    return provided_service(std::move(declared));
}

subscription
application::subscribe(service_mgmt::filtering_criteria which,
                       notify::handlers<service_mgmt::service_availability_notification> handlers)
{
    auto declared = std::make_shared<internal::availability_subscription>(
        core().context(), std::move(which), std::move(handlers));
    core().declare(declared);
    return subscription(std::move(declared));
}

subscription application::subscribe_radio(rni::subscription what,
                                          notify::handlers<rni::notification> handlers,
                                          radio_options options)
{
    auto declared = std::make_shared<internal::declared_radio>(
        core().radio(), std::move(what), std::move(handlers), std::move(options));
    core().declare_radio(declared);
    return subscription(std::move(declared));
}

service_watch application::watch_services(service_filter which, service_watch::handler on_change)
{
    auto directory = std::make_shared<internal::service_directory>(
        core().context(), std::move(which), std::move(on_change));
    core().follow_services(directory);
    core().declare(directory->subscription());
    return service_watch(std::move(directory));
}

void application::activate_dns_rule(std::string dns_rule_id)
{
    core().declare(std::make_shared<internal::declared_rule>(
        core().context(), collection::dns_rules, std::move(dns_rule_id)));
}

void application::activate_traffic_rule(std::string traffic_rule_id)
{
    core().declare(std::make_shared<internal::declared_rule>(
        core().context(), collection::traffic_rules, std::move(traffic_rule_id)));
}

void application::on_termination(std::function<void(termination)> handler)
{
    core().set_termination_handler(std::move(handler));
}

void application::on_state_change(state_handler handler)
{
    core().set_state_handler(std::move(handler));
}

void application::stop_on_signals() { core().stop_on_signals(); }

void application::stop() { core().stop(std::nullopt); }
void application::stop(std::chrono::milliseconds budget) { core().stop(budget); }

app_support::client application::app_support() const
{
    return app_support::client(core().context()->connections.app_support);
}

service_mgmt::client application::service_mgmt() const
{
    return service_mgmt::client(core().context()->connections.service_mgmt);
}

rni::client application::rni() const
{
    return rni::client(core().radio()->service->located_connection());
}

MEC_END_NAMESPACE
