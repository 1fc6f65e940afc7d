#include "control_command.hpp"

namespace mecctl {

namespace {

using mec::emulator::service_snapshot;
using mec::emulator::subscription_kind;
using mec::emulator::subscription_snapshot;
using mec::service_mgmt::service_info;
using mec::service_mgmt::service_state;

cell state_of(const service_info& s)
{
    return {std::string(mec::json::to_string(s.state)),
            s.state == service_state::active ? colour::green : colour::yellow};
}

std::string place_of(const service_info& s)
{
    if (!s.transport_info) return "transport " + s.transport_id.value_or("-");
    const auto& endpoint = s.transport_info->endpoint;
    if (!endpoint.uris.empty()) return endpoint.uris.front();
    if (endpoint.addresses.empty()) return "-";
    const auto& first = endpoint.addresses.front();
    return first.host + ':' + std::to_string(first.port);
}

std::string topic_of(const subscription_snapshot& s)
{
    switch (s.kind) {
    case subscription_kind::app_termination: return "its termination";
    case subscription_kind::service_availability: return "services";
    case subscription_kind::radio_network: break;
    }
    const std::string_view type = s.type;
    return "radio: " + std::string(type.substr(0, type.rfind("Subscription")));
}

int list_services(const control_options& a, control_client& emulator)
{
    const auto all = emulator.call<std::vector<service_snapshot>>(operations::list_services);
    if (a.json) return show_json(all);
    const application_names names(emulator);
    table rows({"NAME", "VERSION", "STATE", "APPLICATION", "ID", "WHERE"});
    for (const service_snapshot& s : all)
        rows.add({s.info.ser_name, s.info.version, state_of(s.info),
                  s.app_instance_id.empty() ? "the platform" : names.of(s.app_instance_id),
                  s.info.ser_instance_id.value_or("-"), place_of(s.info)});
    return show_table(rows, "No services are registered.");
}

int list_subscriptions(const control_options& a, control_client& emulator)
{
    const auto all =
        emulator.call<std::vector<subscription_snapshot>>(operations::list_subscriptions);
    if (a.json) return show_json(all);
    const application_names names(emulator);
    table rows({"ABOUT", "APPLICATION", "ID", "CALLBACK"});
    for (const subscription_snapshot& s : all)
        rows.add({topic_of(s), names.of(s.app_instance_id), s.id, s.callback});
    return show_table(rows, "There are no subscriptions.");
}

int list_notifications(const control_options& a, control_client& emulator)
{
    using control::notification_entry;
    const auto all = emulator.call<std::vector<notification_entry>>(operations::list_notifications);
    if (a.json) return show_json(all);
    const application_names names(emulator);
    table rows({"TIME", "RESULT", "TRIES", "APPLICATION", "TYPE", "CALLBACK", ""});
    for (const notification_entry& n : all)
        rows.add(
            {readable_time(n.time.to_time_point()),
             n.error.empty() ? cell("delivered", colour::green) : cell("given up", colour::red),
             std::to_string(n.attempts), names.of(n.app_instance_id), n.type, n.callback, n.error});
    return show_table(rows, "No notifications were sent.");
}

} // namespace

void add_lists(CLI::App& app, action& chosen)
{
    add_control_command<control_options>(app, "services", "List the registered services", chosen,
                                         &list_services);
    add_control_command<control_options>(app, "subscriptions",
                                         "List who wants to be notified of what, and where", chosen,
                                         &list_subscriptions);
    add_control_command<control_options>(app, "notifications",
                                         "List the notifications that were sent or given up",
                                         chosen, &list_notifications);
}

} // namespace mecctl
