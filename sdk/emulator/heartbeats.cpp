#include "heartbeats.hpp"

#include "conditional.hpp"
#include "handlers.hpp"
#include "service_events.hpp"

#include <mec/core/random.hpp>
#include <mec/service_mgmt/operations.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using service_mgmt::service_state;

void beat(platform_state& s, liveness& l)
{
    l.last = s.options.clock->now();
    l.last_stamp = to_time_stamp(s.options.clock->system_now());
    l.revision = s.next_revision();
}

std::string liveness_url(const platform_state& s, std::string_view id)
{
    std::string text = s.api_root;
    text.append(service_mgmt::api.base);
    return text.append(liveness_path.substr(0, liveness_path.find('{'))).append(id);
}

/// The service whose liveness resource it is, when the caller may use that; else why not.
std::optional<answer> find_owned(platform_state& s, const call& c, service*& found)
{
    found = s.find_liveness(c["livenessId"]);
    if (!found) return problem(404, "there is no such liveness resource");
    const application* owner = s.find_application(found->app_instance_id);
    if (owner && !s.may_speak_for(c.caller, *owner))
        return problem(403, "the service belongs to another application instance");
    return std::nullopt;
}

liveness_policy policy_of(const platform_state& s)
{
    liveness_policy policy = s.options.liveness;
    if (s.quirks.no_liveness) policy.required = liveness_policy::mode::none;
    if (s.quirks.liveness_always_60) {
        policy.required = liveness_policy::mode::fixed;
        policy.interval = std::chrono::seconds{60};
    }
    return policy;
}

answer liveness_answer(const service& one)
{
    service_mgmt::service_liveness_info info;
    info.state = one.info.state;
    info.time_stamp = one.liveness->last_stamp;
    info.interval = one.liveness->interval;
    return tagged_answer(200, info, one.liveness->revision);
}

} // namespace

void settle_liveness(platform_state& s, service& one, std::optional<std::chrono::seconds> proposal)
{
    using mode = liveness_policy::mode;
    const liveness_policy policy = policy_of(s);
    one.info.liveness_interval.reset();
    if (policy.required == mode::none || !proposal) {
        one.liveness.reset();
        if (one.info.links) one.info.links->liveness.reset();
        return;
    }
    if (!one.liveness) {
        one.liveness.emplace();
        one.liveness->id = unguessable_token(12);
    }
    const bool takes = policy.required == mode::proposed && *proposal > std::chrono::seconds{0};
    one.liveness->interval = takes ? *proposal : policy.interval;
    one.liveness->interval_is_news = false; // the answer says it
    beat(s, *one.liveness);
    one.info.liveness_interval = one.liveness->interval;
    one.info.links->liveness = link{liveness_url(s, one.liveness->id)};
}

void suspend_late_services(platform_state& s, steady_time now)
{
    for (service& one : s.services) {
        if (!one.liveness || one.info.state != service_state::active) continue;
        if (now - one.liveness->last <= one.liveness->interval + s.options.liveness.grace) continue;
        one.liveness->revision = s.next_revision();
        change_state(s, one, service_state::suspended);
    }
}

error set_liveness_interval(platform_state& s, const std::string& ser_instance_id,
                            std::chrono::seconds interval)
{
    if (!is_interval(interval))
        return {errc::config_invalid, "the interval of heartbeats must be 1 to 4,294,967,295 s"};
    service* one = s.find_service(ser_instance_id);
    if (!one) return {errc::not_found, "there is no service of that id"};
    if (!one->liveness) return {errc::conflict, "the service sends no heartbeats"};
    one->liveness->interval = interval;
    one->liveness->interval_is_news = true;
    one->liveness->revision = s.next_revision();
    one->info.liveness_interval = interval;
    one->revision = s.next_revision();
    announce(s, *one, service_mgmt::change_type::attributes_changed);
    return {};
}

bool waits_for_heartbeats(const platform_state& s)
{
    return std::any_of(s.services.begin(), s.services.end(),
                       [](const service& one) { return one.liveness.has_value(); });
}

answer get_liveness(platform_state& s, call& c)
{
    service* found = nullptr;
    if (auto refused = find_owned(s, c, found)) return std::move(*refused);
    return liveness_answer(*found);
}

answer send_heartbeat(platform_state& s, call& c)
{
    service* found = nullptr;
    if (auto refused = find_owned(s, c, found)) return std::move(*refused);
    service_mgmt::service_liveness_update body;
    if (error e = json::decode(c.request.body, body, decoding(s))) return bad_body(e);
    if (auto refused = refuse_stale(c, found->liveness->revision)) return std::move(*refused);
    if (found->info.state == service_state::inactive)
        return problem(409, "the service is INACTIVE; only an update of the service changes that");
    beat(s, *found->liveness);
    if (found->info.state == service_state::suspended)
        change_state(s, *found, service_state::active);
    if (!found->liveness->interval_is_news) return empty_answer(204);
    found->liveness->interval_is_news = false;
    return liveness_answer(*found);
}

} // namespace emulator
MEC_END_NAMESPACE
