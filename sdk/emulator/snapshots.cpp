#include "snapshots.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

std::vector<application_snapshot> applications_of(const platform_state& s)
{
    std::vector<application_snapshot> all;
    for (const auto& [id, app] : s.applications)
        all.push_back({app.instance.name, id, app.ready, app.registration.has_value()});
    return all;
}

std::vector<service_snapshot> services_of(const platform_state& s)
{
    std::vector<service_snapshot> all;
    for (const service& one : s.services) all.push_back({one.app_instance_id, one.info});
    return all;
}

std::vector<subscription_snapshot> subscriptions_of(const platform_state& s)
{
    std::vector<subscription_snapshot> all;
    for (const subscription& one : s.subscriptions)
        all.push_back({one.id, one.app_instance_id,
                       static_cast<subscription_kind>(one.content.index()),
                       one.callback.to_string()});
    return all;
}

} // namespace emulator
MEC_END_NAMESPACE
