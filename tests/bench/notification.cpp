#include "notification.hpp"

#include <mec/json/codec.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <cstdio>

namespace bench {

std::string notification_json()
{
    namespace sm = mec::service_mgmt;
    notification n;
    n.links.subscription.href =
        "http://mec.example/mec_service_mgmt/v1/applications/5abe4782-2c70-4e47-9a4e-0ee3a1a0fd1f"
        "/subscriptions/sub-4711";
    for (std::size_t i = 0; i < references; ++i) {
        sm::service_reference r;
        r.ser_instance_id = "ServiceInstance-" + std::to_string(1000 + i);
        r.link = mec::link{"http://mec.example/mec_service_mgmt/v1/services/" + r.ser_instance_id};
        r.ser_name = "video-analytics-service-" + std::to_string(i);
        r.state = sm::service_state::active;
        r.change_type = sm::change_type::state_changed;
        n.service_references.push_back(std::move(r));
    }
    return mec::json::serialize(n);
}

void check(const notification& n)
{
    if (n.service_references.size() != references || n.links.subscription.href.empty())
        give_up("this is not the notification that was sent");
}

void announce(std::uint16_t port, const std::string& path)
{
    std::printf("{\"port\": %u, \"path\": \"%s\"}\n", unsigned{port}, path.c_str());
    std::fflush(stdout);
}

} // namespace bench
