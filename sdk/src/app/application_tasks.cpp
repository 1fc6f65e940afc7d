// The calls behind the tasks of reconcile_fsm.

#include "application_core.hpp"

#include <boost/asio/bind_executor.hpp>

#include <algorithm>
#include <set>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

using kind = reconcile_task::kind;

std::shared_ptr<declared_service> application_core::service_at(std::size_t key) const
{
    return std::dynamic_pointer_cast<declared_service>(resources_[key]);
}

void application_core::reconcile(const reconcile_task& task)
{
    const std::size_t key = task.key;
    switch (task.what) {
    case kind::confirm_ready:
        context_->connections.app_support->async_confirm_ready(
            asio::bind_executor(context_->strand, then([this](const result<void>& r) {
                                    want().on_ready(error_of(r), now(), jitter());
                                })));
        break;
    case kind::list: list(task.where); break;
    case kind::inspect: inspect(task.where, task.id); break;
    case kind::create:
        if (const auto mine = service_at(key))
            if (const error e = context_->memory.begin_service(mine->identity())) warn(e);
        resources_[key]->async_create(then([this, key](const error& e, const std::string& id) {
            want().on_created(e, id, now(), jitter());
            if (e) return;
            remember(key, id);
            require_heartbeats(key);
        }));
        break;
    case kind::update:
        resources_[key]->async_update(task.id, then([this, key](const error& e) {
                                          want().on_updated(e, now(), jitter());
                                          if (!e) require_heartbeats(key);
                                      }));
        break;
    case kind::remove:
        remove(task, then([this](const error& e) { want().on_removed(e, now(), jitter()); }));
        break;
    case kind::none: break;
    }
}

void application_core::remove(const reconcile_task& task, on_done done)
{
    if (task.where == collection::services)
        done = [this, self = shared_from_this(), id = task.id, done = std::move(done)](error e) {
            // Only what is gone may be forgotten.
            if (!e || e == errc::not_found)
                if (const error trouble = context_->memory.remove_service(id)) warn(trouble);
            done(std::move(e));
        };
    if (task.key != reconcile_task::no_key) {
        lifecycle_->require_heartbeats(task.key, std::chrono::seconds{0}, now(), jitter());
        resources_[task.key]->async_remove(task.id, std::move(done));
        return;
    }
    auto finished = asio::bind_executor(
        context_->strand, [done = std::move(done)](result<void> r) { done(error_of(r)); });
    const auto& c = context_->connections;
    switch (task.where) {
    case collection::services:
        c.service_mgmt->async_deregister_service(task.id, std::move(finished));
        break;
    case collection::terminations:
        c.app_support->async_delete_subscription(task.id, std::move(finished));
        break;
    default: c.service_mgmt->async_delete_subscription(task.id, std::move(finished)); break;
    }
}

// ---- listing

void application_core::list(collection where)
{
    const auto& c = context_->connections;
    const auto links = [this, where](result<subscription_link_list> all) {
        list_subscriptions(where, std::move(all));
    };
    switch (where) {
    case collection::services: list_services(); break;
    case collection::terminations:
        c.app_support->async_list_subscriptions(asio::bind_executor(context_->strand, then(links)));
        break;
    case collection::availabilities:
        c.service_mgmt->async_list_subscriptions(
            asio::bind_executor(context_->strand, then(links)));
        break;
    case collection::dns_rules:
        c.app_support->async_list_dns_rules(asio::bind_executor(
            context_->strand, then([this, where](result<std::vector<app_support::dns_rule>> all) {
                list_rules(where, all, &app_support::dns_rule::dns_rule_id);
            })));
        break;
    case collection::traffic_rules:
        c.app_support->async_list_traffic_rules(asio::bind_executor(
            context_->strand,
            then([this, where](result<std::vector<app_support::traffic_rule>> all) {
                list_rules(where, all, &app_support::traffic_rule::traffic_rule_id);
            })));
        break;
    case collection::radio: break; // radio_upkeep's
    }
}

void application_core::list_services()
{
    using services = std::vector<service_mgmt::service_info>;
    context_->connections.service_mgmt->async_list_app_services(
        {}, asio::bind_executor(context_->strand, then([this](const result<services>& all) {
                                    if (!all) {
                                        want().on_listed(all.error(), {}, now(), jitter());
                                        return;
                                    }
                                    want().on_listed({}, tell_apart(*all), now(), jitter());
                                    for (const auto& s : *all) note_service(s);
                                })));
}

/// Which of the listed services are declared, which were left by an earlier life.
std::vector<listed> application_core::tell_apart(const std::vector<service_mgmt::service_info>& all)
{
    std::vector<listed> seen;
    std::vector<bool> taken(resources_.size(), false);
    std::set<std::string> ids;
    std::set<std::string> identities;
    for (const auto& s : all) {
        if (!s.ser_instance_id) continue;
        listed one{*s.ser_instance_id};
        for (std::size_t key = 0; key < resources_.size() && !one.match; ++key) {
            const auto mine = service_at(key);
            if (!mine || taken[key] || !want().wanted(key) || !mine->is(s)) continue;
            // Equal ones are told apart by the id that each has already.
            const bool other = want().status_of(key) == reconcile_fsm::status::present &&
                               want().id_of(key) != one.id;
            if (other) continue;
            taken[key] = true;
            one.match = key;
            one.current = mine->is_current(s);
        }
        const std::string identity = service_identity(s);
        one.stale = !one.match && context_->memory.knows_service(one.id, identity);
        ids.insert(one.id);
        identities.insert(identity);
        seen.push_back(std::move(one));
    }
    if (const error e = context_->memory.retain_services(ids, identities)) warn(e);
    return seen;
}

/// What is listed and ours may be new to us: of an earlier life, or by a request without an answer.
void application_core::note_service(const service_mgmt::service_info& there)
{
    for (std::size_t key = 0; key < resources_.size(); ++key) {
        const auto mine = service_at(key);
        if (!mine || !there.ser_instance_id || want().id_of(key) != *there.ser_instance_id)
            continue;
        mine->note(there);
        remember(key, *there.ser_instance_id);
        if (!lifecycle_->beats(key)) require_heartbeats(key);
    }
}

void application_core::list_subscriptions(collection where, result<subscription_link_list> all)
{
    std::vector<listed> seen;
    if (all)
        for (const auto& s : all->links.subscriptions) {
            listed one{id_of(s.href)};
            one.known = false;
            for (std::size_t key = 0; key < resources_.size(); ++key)
                if (want().where(key) == where && want().id_of(key) == one.id) one.known = true;
            if (!one.id.empty()) seen.push_back(std::move(one));
        }
    want().on_listed(error_of(all), seen, now(), jitter());
}

template <class Rule> void application_core::list_rules(collection where,
                                                        const result<std::vector<Rule>>& all,
                                                        std::string Rule::*id)
{
    std::vector<listed> seen;
    if (all)
        for (const Rule& rule : *all)
            for (std::size_t key = 0; key < resources_.size(); ++key)
                if (want().where(key) == where && want().id_of(key) == rule.*id) {
                    listed one{rule.*id, key};
                    one.current = rule.state == app_support::rule_state::active;
                    seen.push_back(std::move(one));
                }
    want().on_listed(error_of(all), seen, now(), jitter());
}

/// The way in comes first: which callbacks lead to it decides whose a subscription is.
void application_core::inspect(collection where, const std::string& id)
{
    const auto event = then([this, id](const auto& subscription) {
        inspected(id, error_of(subscription),
                  subscription ? subscription->callback_reference : std::string());
    });
    context_->callbacks->open(context_->memory.instance(), [this, self = shared_from_this(), where,
                                                            id, event](const error&) {
        const auto& c = context_->connections;
        if (where == collection::terminations)
            c.app_support->async_get_subscription(id, asio::bind_executor(context_->strand, event));
        else
            c.service_mgmt->async_get_subscription(id,
                                                   asio::bind_executor(context_->strand, event));
    });
}

void application_core::inspected(const std::string& id, const error& failure,
                                 const std::string& callback)
{
    listed one{id};
    for (std::size_t key = 0; key < resources_.size(); ++key) {
        const auto mine = std::dynamic_pointer_cast<declared_subscription>(resources_[key]);
        if (mine && mine->has_callback(callback)) one.match = key;
    }
    one.stale = context_->callbacks->is_ours(callback, context_->memory.instance(),
                                             context_->memory.is_open());
    want().on_inspected(failure, one, now(), jitter());
}

// ---- liveness

void application_core::heartbeat(std::size_t key)
{
    service_at(key)->async_heartbeat(
        then([this, key](const error& e, std::optional<std::chrono::seconds> interval) {
            lifecycle_->on_heartbeat(key, e, interval, now(), jitter());
            // Active here and INACTIVE there: what is declared counts.
            if (e == errc::conflict && service_at(key)->is_active()) want().change(key);
        }));
}

void application_core::require_heartbeats(std::size_t key)
{
    if (const auto mine = service_at(key))
        lifecycle_->require_heartbeats(key, mine->heartbeat_interval(), now(), jitter());
}

void application_core::remember(std::size_t key, const std::string& id)
{
    if (!service_at(key) || id.empty()) return;
    if (const error e = context_->memory.add_service(id, service_at(key)->identity())) warn(e);
}

} // namespace internal
MEC_END_NAMESPACE
