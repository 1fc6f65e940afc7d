// What keeps a subscription alive, and what the application sees of it.

#include "declared_radio.hpp"

#include "radio_poller.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

using std::chrono::milliseconds;

// ---- upkeep

void declared_radio::async_remove(const std::string& id, on_done done)
{
    renewal_.cancel();
    const auto connection = radio_->service->connection();
    if (!connection) return done(no_radio_service());
    connection->async_delete_subscription(
        id, asio::bind_executor(context_->strand,
                                [done = std::move(done)](result<void> r) { done(error_of(r)); }));
}

void declared_radio::async_update(const std::string& id, on_done done)
{
    if (!expiry_) return done({});
    renewed_ = context_->now();
    radio_->time->async_now([self = self(), this, id, done = std::move(done)](system_time now) {
        const auto connection = radio_->service->connection();
        if (!connection) return done(no_radio_service());
        const auto life = options_.lifetime ? milliseconds(*options_.lifetime) : granted_;
        connection->async_modify_subscription(
            id,
            [until = to_time_stamp(now + life)](rni::subscription& s) {
                common(s).expiry_deadline = until;
            },
            asio::bind_executor(context_->strand, [self, this, done](result<rni::subscription> r) {
                if (r) note(*r);
                done(r ? error{}
                       : without(channel_ ? channel_->id() : id_of(callback_), r.error()));
            }));
    });
}

void declared_radio::note(const rni::subscription& there)
{
    expiry_ = common(there).expiry_deadline;
    renewal_.cancel();
    if (expiry_) renew_at(expiry_->to_time_point());
}

/// In time for several attempts; ExpiryNotification may come too late, or never.
void declared_radio::renew_at(system_time deadline)
{
    radio_->time->async_now([weak = weak_from_this(), this, deadline](system_time now) {
        const auto self = weak.lock();
        if (!self || closed_) return;
        constexpr milliseconds least{500};
        constexpr milliseconds most = std::chrono::hours{24};
        const auto left =
            std::clamp(std::chrono::duration_cast<milliseconds>(deadline - now), least, most);
        granted_ = std::max(granted_, left);
        const double part = 0.5 + 0.2 * context_->uniform();
        renewal_.expires_after(std::chrono::duration_cast<milliseconds>(left * part));
        renewal_.async_wait([weak, this](error_code ec) {
            if (const auto alive = ec ? nullptr : weak.lock()) renew();
        });
    });
}

void declared_radio::renew()
{
    if (!closed_ && expiry_) declare_change();
}

bool declared_radio::is(const rni::subscription& there) const
{
    const auto& c = common(there);
    const bool posted = !callback_.empty() && c.callback_reference == callback_;
    const bool over_websocket = websocket_ && c.websock_notif_config &&
                                c.websock_notif_config->websocket_uri == websocket_uri_;
    return posted || over_websocket;
}

// ---- what the application sees

auto declared_radio::channel_handlers() -> handlers
{
    const auto weak = weak_from_this();
    handlers h;
    h.on_notification = [weak, this](const rni::notification& n) {
        if (const auto self = weak.lock()) on_notification(n);
    };
    h.on_gap = [weak, this](const notify::gap& g) {
        const auto self = weak.lock();
        if (self && !closed_ && !context_->abandoned && handlers_.on_gap) handlers_.on_gap(g);
    };
    return h;
}

void declared_radio::on_notification(const rni::notification& n)
{
    if (closed_ || context_->abandoned) return;
    if (std::holds_alternative<rni::test_notification>(n)) return on_test();
    if (std::holds_alternative<rni::expiry_notification>(n)) {
        // A hint: the platform's view of the deadline may have changed. Not more than one a second.
        if (context_->now() - renewed_ > std::chrono::seconds{1}) renew();
        return;
    }
    if (handlers_.on_notification) handlers_.on_notification(n);
}

void declared_radio::on_present()
{
    stop_polling();
    tell(way_, failure_);
    if (!std::exchange(present_before_, true) || !handlers_.on_gap) return;
    // It had to be made again. Posted: what the handler throws leaves the executor's run().
    asio::post(context_->strand, [self = self(), this] {
        if (!closed_ && !context_->abandoned) handlers_.on_gap(notify::gap{});
    });
}

void declared_radio::on_refused(const error& why)
{
    declared_resource::on_refused(why);
    const error& reason = failure_ ? failure_ : why;
    if (radio_poll::query_for(wanted_) == radio_poll::query::none)
        return tell(radio_delivery::none, reason);
    tell(radio_delivery::polling, reason);
    if (poller_ || closed_) return;
    poller_ =
        std::make_shared<radio_poller>(radio_, wanted_, options_.poll_interval,
                                       [weak = weak_from_this(), this](const rni::notification& n) {
                                           if (const auto self = weak.lock()) on_notification(n);
                                       });
    poller_->start();
}

void declared_radio::stop_polling() noexcept
{
    if (const auto poller = std::exchange(poller_, nullptr)) poller->close();
}

void declared_radio::on_service(bool there)
{
    if (!there) return tell(radio_delivery::waiting, no_radio_service());
    way_ = first_way_;
    failure_ = {};
    radio_->callbacks = radio_context::proof::none;
}

void declared_radio::tell(radio_delivery way, const error& why)
{
    if (std::exchange(told_, way) == way || !options_.on_delivery) return;
    asio::post(context_->strand, [self = self(), this, way, why] {
        if (!closed_ && !context_->abandoned) options_.on_delivery(way, why);
    });
}

void declared_radio::close() noexcept
{
    closed_ = true;
    renewal_.cancel();
    stop_polling();
    websocket_.reset();
    if (channel_) channel_->close();
    // What is being made is finished, so that it can be removed.
    asio::post(context_->strand, [self = self()] { self->settle(true); });
}

} // namespace internal
MEC_END_NAMESPACE
