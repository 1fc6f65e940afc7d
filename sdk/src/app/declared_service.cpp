#include "application_core.hpp"
#include "declared_resource.hpp"

#include <mec/json/codec.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

using service_mgmt::service_info;

namespace {

/// For platforms that want heartbeats and do not say how often.
constexpr std::chrono::seconds usual_interval{30};

/// What only the platform says about a service.
void drop_platform_members(service_info& s)
{
    s.ser_instance_id.reset();
    s.links.reset();
    s.is_local.reset();
    s.liveness_interval.reset();
    s.extensions = {};
    s.etag.clear();
}

/// The members of `wanted` over those that are there; what the platform has added stays.
void overwrite(service_info& there, const service_info& wanted)
{
    service_info merged = wanted;
    merged.ser_instance_id = std::move(there.ser_instance_id);
    merged.links = std::move(there.links);
    merged.is_local = there.is_local;
    merged.etag = std::move(there.etag);
    if (!merged.liveness_interval) merged.liveness_interval = there.liveness_interval;
    if (merged.extensions.empty()) merged.extensions = std::move(there.extensions);
    if (merged.transport_id && there.transport_info) { // the platform has put its own in
        merged.transport_id.reset();
        merged.transport_info = std::move(there.transport_info);
    }
    there = std::move(merged);
}

} // namespace

std::string service_identity(const service_info& s)
{
    std::string text = s.ser_name + '\n' + s.version;
    if (s.transport_info)
        text += '\n' + s.transport_info->id + '\n' + json::serialize(s.transport_info->endpoint);
    return text;
}

declared_service::declared_service(std::shared_ptr<app_context> context, service_info wanted)
    : declared_resource(std::move(context), collection::services), wanted_(std::move(wanted))
{
}

void declared_service::change(std::function<void(service_info&)> how)
{
    asio::post(context_->strand, [self = shared_from_this(), this, how = std::move(how)] {
        how(wanted_);
        declare_change();
    });
}

bool declared_service::is_active() const noexcept
{
    return wanted_.state == service_mgmt::service_state::active;
}

bool declared_service::is(const service_info& listed) const
{
    if (listed.ser_name != wanted_.ser_name || listed.version != wanted_.version) return false;
    // Another instance with our id offers the same service at another place; what is at a transport of
    // the platform cannot be told apart further.
    return !wanted_.transport_info || service_identity(listed) == service_identity(wanted_);
}

bool declared_service::is_current(const service_info& listed) const
{
    service_info there = listed;
    service_info here = wanted_;
    drop_platform_members(there);
    drop_platform_members(here);
    // Only the platform suspends, and the next heartbeat ends that.
    if (there.state == service_mgmt::service_state::suspended) there.state = here.state;
    if (here.transport_id) there.transport_info.reset();
    here.transport_id.reset();
    there.transport_id.reset();
    if (here.transport_info && there.transport_info) {
        here.transport_info->extensions = {};
        there.transport_info->extensions = {};
    }
    return json::serialize(there) == json::serialize(here);
}

void declared_service::note(const service_info& there)
{
    const bool beats = there.links && there.links->liveness;
    liveness_ = beats ? there.links->liveness : std::nullopt;
    interval_ = beats && is_active() ? there.liveness_interval.value_or(usual_interval)
                                     : std::chrono::seconds{0};
}

void declared_service::async_create(on_made done)
{
    service_info offered = wanted_;
    // Says that heartbeats will come if the platform wants them (clause 8.1.2.2).
    if (!offered.liveness_interval) offered.liveness_interval = std::chrono::seconds{0};
    context_->connections.service_mgmt->async_register_service(
        std::move(offered),
        asio::bind_executor(context_->strand, [self = shared_from_this(), this,
                                               done = std::move(done)](result<service_info> made) {
            if (!made) return done(made.error(), {});
            note(*made);
            done({}, made->ser_instance_id.value_or(""));
        }));
}

void declared_service::async_update(const std::string& id, on_done done)
{
    context_->connections.service_mgmt->async_modify_service(
        id, [wanted = wanted_](service_info& there) { overwrite(there, wanted); },
        asio::bind_executor(context_->strand, [self = shared_from_this(), this,
                                               done = std::move(done)](result<service_info> made) {
            if (made) note(*made);
            done(error_of(made));
        }));
}

void declared_service::async_remove(const std::string& id, on_done done)
{
    context_->connections.service_mgmt->async_deregister_service(
        id, asio::bind_executor(context_->strand,
                                [done = std::move(done)](result<void> r) { done(error_of(r)); }));
}

void declared_service::async_heartbeat(
    std::function<void(error, std::optional<std::chrono::seconds>)> done)
{
    context_->connections.service_mgmt->async_send_heartbeat(
        liveness_.value_or(link{}),
        asio::bind_executor(context_->strand,
                            [self = shared_from_this(), this, done = std::move(done)](
                                result<std::optional<service_mgmt::service_liveness_info>> answer) {
                                if (!answer) return done(answer.error(), std::nullopt);
                                if (!*answer) return done({}, std::nullopt);
                                interval_ = (*answer)->interval;
                                done({}, interval_);
                            }));
}

} // namespace internal
MEC_END_NAMESPACE
