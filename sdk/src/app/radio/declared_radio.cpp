#include "declared_radio.hpp"

#include "radio_poller.hpp"

#include <mec/rni/describe.hpp>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

using std::chrono::milliseconds;

namespace {

/// For a notification that the platform was asked to send at once, and for a websocket to open.
constexpr milliseconds proof_time{5000};

radio_delivery first_way(const discovery::configuration& config)
{
    switch (config.callback.mode.value.value_or(discovery::callback_mode::http)) {
    case discovery::callback_mode::websocket: return radio_delivery::websocket;
    case discovery::callback_mode::none: return radio_delivery::polling;
    case discovery::callback_mode::http: break;
    }
    return radio_delivery::http;
}

error no_service()
{
    return {errc::service_unavailable,
            "the platform offers no radio network information service for now"};
}

} // namespace

radio_context::radio_context(std::shared_ptr<app_context> a)
    : app(std::move(a)), service(std::make_shared<radio_service>(app)),
      time(std::make_shared<platform_time>(app->connections.app_support, app->strand,
                                           *app->options.client.clock, app->log()))
{
}

declared_radio::declared_radio(std::shared_ptr<radio_context> radio, rni::subscription wanted,
                               handlers h, radio_options options)
    : declared_resource(radio->app, collection::radio), radio_(std::move(radio)),
      wanted_(std::move(wanted)), handlers_(std::move(h)), options_(std::move(options)),
      first_way_(first_way(context_->config)), way_(first_way_), proof_timer_(context_->strand),
      renewal_(context_->strand)
{
}

declared_radio::~declared_radio() = default;

// ---- making it, in one way after the other

void declared_radio::async_create(on_made done)
{
    if (!options_.lifetime) return attempt(std::move(done));
    radio_->time->async_now([self = self(), this, done = std::move(done)](system_time now) mutable {
        expiry_ = to_time_stamp(now + *options_.lifetime);
        attempt(std::move(done));
    });
}

void declared_radio::attempt(on_made done)
{
    if (closed_) return done({errc::cancelled, "the subscription was cancelled"}, {});
    if (way_ == radio_delivery::http) over_http(std::move(done));
    else if (way_ == radio_delivery::websocket) over_websocket(std::move(done));
    else done({errc::not_supported, "the platform can deliver no notifications to here"}, {});
}

/// Whether another way may be taken when this one does not work.
bool declared_radio::may_change_way() const noexcept { return !context_->config.callback.mode; }

void declared_radio::other_way(error why, on_made done)
{
    if (!may_change_way()) return done(std::move(why), {});
    context_->log().write(log_level::warning, "app",
                          "radio notifications do not come over " + std::string(to_string(way_)) +
                              ": " + why.what());
    failure_ = std::move(why);
    way_ = way_ == radio_delivery::http ? radio_delivery::websocket : radio_delivery::polling;
    attempt(std::move(done));
}

rni::subscription declared_radio::request() const
{
    rni::subscription s = wanted_;
    rni::subscription_base& c = common(s);
    if (options_.lifetime) c.expiry_deadline = expiry_;
    c.callback_reference.clear();
    c.links.reset();
    c.websock_notif_config.reset();
    c.request_test_notification.reset();
    return s;
}

void declared_radio::create(rni::subscription s, on_answer done)
{
    const auto connection = radio_->service->connection();
    if (!connection) return done(no_service());
    connection->async_create_subscription(std::move(s),
                                          asio::bind_executor(context_->strand, std::move(done)));
}

/// Listen first, subscribe second.
void declared_radio::over_http(on_made done)
{
    if (radio_->callbacks == radio_context::proof::fails)
        return other_way(radio_->callback_failure, std::move(done));
    context_->callbacks->open(context_->memory.instance(),
                              [self = self(), done = std::move(done)](error e) mutable {
                                  if (e) self->other_way(std::move(e), std::move(done));
                                  else self->post_callback(std::move(done));
                              });
}

void declared_radio::post_callback(on_made done)
{
    if (!channel_) {
        channel_ = context_->callbacks->receiver().open<rni::notification>(channel_handlers());
        callback_ = context_->callbacks->url_of(*channel_);
    }
    rni::subscription s = request();
    common(s).callback_reference = callback_;
    const bool test = with_test_ && radio_->callbacks == radio_context::proof::none;
    if (test) common(s).request_test_notification = true;
    create(std::move(s), [self = self(), this, test,
                          done = std::move(done)](result<rni::subscription> made) mutable {
        if (!made && test && made.error() == errc::bad_request) {
            with_test_ = false; // a member that is unknown before version 2.2.1
            return post_callback(std::move(done));
        }
        if (!made) return done(without(channel_->id(), made.error()), {});
        const auto& c = common(*made);
        std::string id = c.links && c.links->self ? id_of(c.links->self->href) : std::string();
        note(*made);
        // What has overtaken the answer was held until now.
        channel_->activate();
        const bool promised = test && c.request_test_notification.value_or(false);
        if (promised && radio_->callbacks == radio_context::proof::none)
            return await_test(std::move(id), std::move(done));
        done({}, std::move(id));
    });
}

/// A subscription is worth nothing when the platform cannot reach this place.
void declared_radio::await_test(std::string id, on_made done)
{
    await([self = self(), this, id = std::move(id), done = std::move(done)](bool arrived) {
        if (arrived || !may_change_way()) return done({}, id);
        radio_->callbacks = radio_context::proof::fails;
        radio_->callback_failure = {
            errc::unreachable, "the test notification that was requested did not arrive within 5 s "
                               "at " +
                                   url::parse(callback_)->origin().authority() +
                                   ": the platform cannot reach it"};
        drop(id, [self, this, done] { other_way(radio_->callback_failure, done); });
    });
}

void declared_radio::await(std::function<void(bool)> proven)
{
    awaited_ = std::move(proven);
    proof_timer_.expires_after(proof_time);
    proof_timer_.async_wait([self = self(), this](error_code ec) {
        if (!ec) settle(false);
    });
}

void declared_radio::settle(bool proven)
{
    proof_timer_.cancel();
    if (auto waiting = std::exchange(awaited_, nullptr)) waiting(proven);
}

void declared_radio::on_test()
{
    radio_->callbacks = radio_context::proof::works;
    settle(true);
}

void declared_radio::over_websocket(on_made done)
{
    other_way({errc::not_supported, "no websocket"}, std::move(done));
}

void declared_radio::drop(const std::string& id, std::function<void()> done)
{
    if (channel_) channel_->close();
    channel_.reset();
    callback_.clear();
    async_remove(id, [done = std::move(done)](const error&) { done(); });
}

// ---- upkeep

void declared_radio::async_remove(const std::string& id, on_done done)
{
    renewal_.cancel();
    const auto connection = radio_->service->connection();
    if (!connection) return done(no_service());
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
        if (!connection) return done(no_service());
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
    return !callback_.empty() && common(there).callback_reference == callback_;
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
    if (!there) return tell(radio_delivery::waiting, no_service());
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
    if (channel_) channel_->close();
    // What is being made is finished, so that it can be removed.
    asio::post(context_->strand, [self = self()] { self->settle(true); });
}

} // namespace internal
MEC_END_NAMESPACE
