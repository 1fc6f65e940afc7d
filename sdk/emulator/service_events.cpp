#include "service_events.hpp"

#include <mec/json/codec.hpp>
#include <mec/service_mgmt/operations.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using service_mgmt::change_type;
using service_mgmt::ser_availability_notification_subscription;

template <class T> bool accepts(const std::vector<T>& wanted, const T& has)
{
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), has) != wanted.end();
}

bool accepts(const std::vector<category_ref>& wanted, const std::optional<category_ref>& has)
{
    return wanted.empty() ||
           (has && std::any_of(wanted.begin(), wanted.end(),
                               [&](const category_ref& w) { return w.id == has->id; }));
}

service_mgmt::service_reference refer(const platform_state& s, const service& changed,
                                      change_type change)
{
    service_mgmt::service_reference r;
    r.ser_name = changed.info.ser_name;
    r.ser_instance_id = *changed.info.ser_instance_id;
    r.state = changed.info.state;
    r.change_type = change;
    // Where every application may read it; the registrant's own resource is closed to others.
    if (change != change_type::removed || s.quirks.removed_with_link)
        r.link = link{s.resource_url(service_mgmt::api, service_mgmt::operations::get_service,
                                     {r.ser_instance_id})};
    return r;
}

} // namespace

bool matches(const service_mgmt::filtering_criteria& wanted, const service_mgmt::service_info& s)
{
    return accepts(wanted.ser_instance_ids, s.ser_instance_id.value_or("")) &&
           accepts(wanted.ser_names, s.ser_name) &&
           accepts(wanted.ser_categories, s.ser_category) && accepts(wanted.states, s.state) &&
           wanted.is_local.value_or(true) == s.is_local.value_or(true);
}

void announce(platform_state& s, const service& changed, change_type change)
{
    for (const subscription& one : s.subscriptions) {
        const auto* wanted = std::get_if<ser_availability_notification_subscription>(&one.content);
        if (!wanted) continue;
        if (wanted->filtering_criteria && !matches(*wanted->filtering_criteria, changed.info))
            continue;
        service_mgmt::service_availability_notification n;
        n.service_references.push_back(refer(s, changed, change));
        n.links.subscription = *wanted->links->self;
        s.outbox.push_back(
            {one.id, one.app_instance_id, std::string(json::to_string(n.notification_type)),
             json::type_of<decltype(n)>::value.name, one.callback, json::serialize(n)});
    }
}

void change_state(platform_state& s, service& changed, service_mgmt::service_state state)
{
    changed.info.state = state;
    changed.revision = s.next_revision();
    announce(s, changed, change_type::state_changed);
}

void remove_services_of(platform_state& s, std::string_view app_instance_id)
{
    std::vector<service> gone;
    const auto first =
        std::stable_partition(s.services.begin(), s.services.end(), [&](const service& one) {
            return one.app_instance_id != app_instance_id;
        });
    std::move(first, s.services.end(), std::back_inserter(gone));
    s.services.erase(first, s.services.end());
    for (const service& one : gone) announce(s, one, change_type::removed);
}

} // namespace emulator
MEC_END_NAMESPACE
