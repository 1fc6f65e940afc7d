#include "application_core.hpp"
#include "declared_resource.hpp"

#include <mec/app_support/describe.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

template <class Subscription> auto id_into(const app_context& context, on_made done)
{
    return asio::bind_executor(context.strand, [done = std::move(done)](result<Subscription> made) {
        if (!made) return done(made.error(), {});
        const bool named = made->links && made->links->self;
        done({}, named ? id_of(made->links->self->href) : std::string());
    });
}

auto outcome_into(const app_context& context, on_done done)
{
    return asio::bind_executor(context.strand,
                               [done = std::move(done)](result<void> r) { done(error_of(r)); });
}

} // namespace

// ---- what all have in common

/// Listen first, subscribe second.
void declared_subscription::async_create(on_made done)
{
    auto self = std::static_pointer_cast<declared_subscription>(shared_from_this());
    context_->callbacks->open(context_->memory.instance(),
                              [self, done = std::move(done)](error e) mutable {
                                  if (e) return done(std::move(e), {});
                                  self->make(std::move(done));
                              });
}

void declared_subscription::make(on_made done)
{
    if (!channel_) {
        channel_ = open_channel(context_->callbacks->receiver());
        callback_ = context_->callbacks->url_of(*channel_);
    }
    auto self = std::static_pointer_cast<declared_subscription>(shared_from_this());
    post(callback_, [self, done = std::move(done)](error e, std::string id) {
        done(without(self->channel_->id(), e), std::move(id));
    });
}

/// Notifications may overtake the answer to their subscription; they have waited until now.
void declared_subscription::on_present()
{
    if (!channel_ || closed_) return;
    channel_->activate();
    if (std::exchange(present_before_, true)) on_gap();
}

void declared_subscription::on_refused(const error& why)
{
    context_->log().write(log_level::warning, "app",
                          "no notifications: the subscription is not possible: " + why.what());
}

void declared_subscription::close() noexcept
{
    closed_ = true;
    if (channel_) channel_->close();
}

void declared_subscription::cancel()
{
    asio::post(context_->strand, [self = shared_from_this(), this] { close(); });
    withdraw();
}

// ---- termination

termination_subscription::termination_subscription(std::shared_ptr<app_context> context,
                                                   handler on_notification)
    : declared_subscription(std::move(context), collection::terminations),
      on_notification_(std::move(on_notification))
{
}

std::shared_ptr<notify::channel> termination_subscription::open_channel(notify::receiver& receiver)
{
    return receiver.open<app_support::app_termination_notification>({on_notification_});
}

void termination_subscription::post(const std::string& callback, on_made done)
{
    app_support::app_termination_notification_subscription s;
    s.callback_reference = callback;
    context_->connections.app_support->async_create_subscription(
        std::move(s), id_into<app_support::app_termination_notification_subscription>(
                          *context_, std::move(done)));
}

void termination_subscription::async_remove(const std::string& id, on_done done)
{
    context_->connections.app_support->async_delete_subscription(
        id, outcome_into(*context_, std::move(done)));
}

// ---- availability

availability_subscription::availability_subscription(std::shared_ptr<app_context> context,
                                                     service_mgmt::filtering_criteria which,
                                                     handlers h)
    : declared_subscription(std::move(context), collection::availabilities),
      which_(std::move(which)), handlers_(std::move(h))
{
}

std::shared_ptr<notify::channel> availability_subscription::open_channel(notify::receiver& receiver)
{
    handlers guarded = handlers_;
    if (handlers_.on_notification)
        guarded.on_notification = [context = context_,
                                   f = handlers_.on_notification](const auto& n) {
            if (!context->abandoned) f(n);
        };
    return receiver.open(std::move(guarded));
}

void availability_subscription::post(const std::string& callback, on_made done)
{
    service_mgmt::ser_availability_notification_subscription s;
    s.callback_reference = callback;
    const bool all = which_.ser_instance_ids.empty() && which_.ser_names.empty() &&
                     which_.ser_categories.empty() && which_.states.empty() && !which_.is_local;
    if (!all) s.filtering_criteria = which_;
    context_->connections.service_mgmt->async_create_subscription(
        std::move(s), id_into<service_mgmt::ser_availability_notification_subscription>(
                          *context_, std::move(done)));
}

void availability_subscription::async_remove(const std::string& id, on_done done)
{
    context_->connections.service_mgmt->async_delete_subscription(
        id, outcome_into(*context_, std::move(done)));
}

void availability_subscription::on_gap()
{
    // Posted: what the handler throws leaves the executor's run(), not a half-done step.
    if (!handlers_.on_gap) return;
    asio::post(context_->strand, [self = shared_from_this(), this] {
        if (!closed() && !context_->abandoned) handlers_.on_gap(notify::gap{});
    });
}

void availability_subscription::on_present()
{
    declared_subscription::on_present();
    if (on_ready) on_ready();
}

void availability_subscription::on_refused(const error& why)
{
    declared_subscription::on_refused(why);
    if (on_refusal) on_refusal(why);
}

} // namespace internal
MEC_END_NAMESPACE
