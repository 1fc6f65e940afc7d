// How a subscription is made: in one way after the other, until notifications come.

#include "declared_radio.hpp"

#include "fed_channel.hpp"

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

std::string id_in(const rni::subscription& s)
{
    const auto& links = common(s).links;
    return links && links->self ? id_of(links->self->href) : std::string();
}

websocket_client_options websocket_options_of(const app_context& app)
{
    websocket_client_options o;
    o.transport = app.connections.settings;
    o.transport.log = app.log();
    o.transport.clock = app.options.client.clock;
    o.random = app.options.client.random;
    return o;
}

} // namespace

error no_radio_service()
{
    return {errc::service_unavailable,
            "the platform offers no radio network information service for now"};
}

radio_context::radio_context(std::shared_ptr<app_context> a)
    : app(std::move(a)), service(std::make_shared<radio_service>(app)),
      time(std::make_shared<platform_time>(app->connections.app_support, app->strand,
                                           *app->options.client.clock, app->log())),
      websockets(app->strand, websocket_options_of(*app))
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
    if (!connection) return done(no_radio_service());
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
        std::string id = id_in(*made);
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
    if (closed_) return proven(true); // it is made only to be removed
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

/// The other way round: the application connects, and the platform sends over that.
void declared_radio::over_websocket(on_made done)
{
    websocket_.reset();
    rni::subscription s = request();
    common(s).websock_notif_config.emplace().request_websocket_uri = true;
    create(std::move(s), [self = self(), this,
                          done = std::move(done)](result<rni::subscription> made) mutable {
        if (!made) return done(made.error(), {});
        const auto& c = common(*made);
        std::string id = id_in(*made);
        note(*made);
        const auto& config = c.websock_notif_config;
        if (closed_) return done({}, std::move(id));
        if (config && config->websocket_uri)
            return open_websocket(*config->websocket_uri, std::move(id), std::move(done));
        drop(id, [self, this, done = std::move(done)]() mutable {
            other_way({errc::not_supported, "a websocket was requested, and the platform has "
                                            "answered without a websocketUri"},
                      std::move(done));
        });
    });
}

void declared_radio::open_websocket(const std::string& uri, std::string id, on_made done)
{
    if (channel_) channel_->close();
    notify::receiver_options o;
    o.limits = context_->options.notifications;
    o.strict = context_->options.client.dialect.strict_reading;
    o.log = context_->log();
    o.clock = context_->options.client.clock;
    channel_ = open_fed_channel(context_->strand, std::move(o), channel_handlers());
    channel_->activate();
    callback_.clear();
    const http::endpoint service = radio_->service->endpoint();
    websocket_subscription what;
    what.base = service.base;
    what.link = websocket_uri_ = uri;
    what.channel = channel_;
    what.tokens = service.tokens;
    const auto weak = std::weak_ptr<declared_radio>(self());
    what.on_open = [weak] {
        if (const auto alive = weak.lock()) alive->settle(true);
    };
    what.on_down = [weak](const error& why) {
        if (const auto alive = weak.lock()) alive->websocket_failure_ = why;
    };
    websocket_failure_ = {errc::deadline_exceeded, "the websocket did not open within 5 s"};
    await([self = self(), this, id = std::move(id), done = std::move(done)](bool open) {
        if (open) return done({}, id);
        drop(id, [self, this, done] { other_way(websocket_failure_, done); });
    });
    auto opened = radio_->websockets.open(std::move(what));
    if (opened) {
        websocket_ = *std::move(opened);
        return;
    }
    websocket_failure_ = opened.error();
    settle(false);
}

void declared_radio::drop(const std::string& id, std::function<void()> done)
{
    websocket_.reset();
    if (channel_) channel_->close();
    channel_.reset();
    callback_.clear();
    async_remove(id, [done = std::move(done)](const error&) { done(); });
}

} // namespace internal
MEC_END_NAMESPACE
