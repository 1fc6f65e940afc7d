#include "snapshots.hpp"

#include "rni_notices.hpp"

#include <mec/app_support/describe.hpp>
#include <mec/service_mgmt/describe.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

struct subscription_type_name {
    template <class Content> std::string_view operator()(const Content& content) const
    {
        return json::to_string(content.subscription_type);
    }
    std::string_view operator()(const rni::subscription& content) const
    {
        return json::to_string(rni::type_of(content));
    }
};

std::string type_of(const subscription& one)
{
    return std::string(std::visit(subscription_type_name{}, one.content));
}

} // namespace

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
    for (const subscription& one : s.subscriptions) {
        const rni::subscription_base* radio = radio_content(one);
        all.push_back({one.id, one.app_instance_id,
                       static_cast<subscription_kind>(one.content.index()),
                       one.callback.to_string(), type_of(one),
                       radio ? radio->expiry_deadline : std::nullopt});
    }
    return all;
}

} // namespace emulator
MEC_END_NAMESPACE
