#include "rni_service.hpp"

#include "service_events.hpp"
#include "settings.hpp"

#include <mec/rni/operations.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using service_mgmt::change_type;

service* find_offer(platform_state& s)
{
    const auto it = std::find_if(s.services.begin(), s.services.end(), [](const service& one) {
        return one.app_instance_id.empty() && one.info.ser_category &&
               one.info.ser_category->name == "RNI";
    });
    return it == s.services.end() ? nullptr : &*it;
}

service_mgmt::service_info description(const platform_state& s)
{
    service_mgmt::service_info info;
    info.ser_name = "RNI";
    info.ser_category.emplace();
    info.ser_category->href = "/catalogue/RNI";
    info.ser_category->id = "RNI";
    info.ser_category->name = "RNI";
    info.ser_category->version = "v2";
    info.version = "2.2.1";
    info.state = service_mgmt::service_state::active;
    info.serializer = service_mgmt::serializer_type::json;
    info.transport_info = default_transport(s);
    info.transport_info->description = "Radio network information (GS MEC 012)";
    if (!s.quirks.radio_uri_without_path)
        info.transport_info->endpoint.uris.front().append(rni::api.base);
    return info;
}

} // namespace

void offer_radio(platform_state& s, bool on)
{
    if (on) {
        s.offer = radio_service::on;
        return;
    }
    if (s.offer == radio_service::on) s.offer = radio_service::off;
    if (const service* offered = find_offer(s)) {
        announce(s, *offered, change_type::removed);
        s.remove_service(*offered->info.ser_instance_id);
    }
}

void keep_radio_offered(platform_state& s)
{
    if (s.offer != radio_service::on || find_offer(s)) return;
    announce(s, s.add_service({}, description(s)), change_type::added);
}

bool is_radio_operation(const http::operation& o)
{
    const http::operation* const first = rni::api.begin();
    return std::any_of(first, rni::api.end(),
                       [&](const http::operation& one) { return one.name == o.name; });
}

} // namespace emulator
MEC_END_NAMESPACE
