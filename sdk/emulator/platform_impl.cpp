#include "platform_impl.hpp"

#include "control.hpp"
#include "heartbeats.hpp"
#include "oauth.hpp"
#include "quirk_edits.hpp"
#include "radio_control.hpp"
#include "rni_delivery.hpp"
#include "rni_events.hpp"
#include "rni_expiry.hpp"
#include "rni_service.hpp"
#include "rule_file.hpp"
#include "terminations.hpp"
#include "text.hpp"

#include <mec/core/random.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

/// All clients of an emulator are usually on one machine.
constexpr std::size_t most_connections = 512;

/// How often the clock is asked whether something is due.
constexpr std::chrono::milliseconds tick{20};
/// The same while a scenario is played: so much later than it should a radio event may come.
constexpr std::chrono::milliseconds radio_tick{5};

bool is_creation(std::string_view operation)
{
    constexpr std::string_view end = ".create_subscription";
    return operation.size() > end.size() && operation.substr(operation.size() - end.size()) == end;
}

/// The target as it may be kept: tokens and secrets have no place in queries, but some platforms'
/// clients put them there.
std::string loggable(std::string_view target)
{
    const auto question = target.find('?');
    if (question != target.npos) {
        const auto query = target.substr(question);
        if (query.find("token") != query.npos || query.find("secret") != query.npos)
            target = target.substr(0, question);
    }
    return internal::printable(target, 1024);
}

std::shared_ptr<websocket_hub> make_hub(const asio::any_io_executor& executor,
                                        const platform_options& o)
{
    internal::websocket_options w;
    w.ping = o.notifications.websocket_ping;
    w.user_agent = "mec-sdk-cpp-emulator/" MEC_VERSION_STRING;
    return std::make_shared<websocket_hub>(executor, w, o.notifications.websocket_answer);
}

} // namespace

platform::impl::impl(asio::any_io_executor ex, platform_options o)
    : executor(std::move(ex)), options(std::move(o)), sockets(make_hub(executor, options)),
      state(options), control_token(unguessable_token(24)), clockwork(executor)
{
    if (options.timing.ntp_servers.empty() && options.timing.ptp_masters.empty())
        options.timing = default_timing();
    add_oauth(routes);
    add_app_support(routes, options.prefix);
    add_service_mgmt(routes, options.prefix);
    add_rni(routes, options.prefix);
    if (options.control) add_control(routes);
    if (options.control) add_radio_control(routes);
    state.routes = &routes;
    state.websockets = sockets.get();
    state.on_radio = [this](const radio::event& e) { publish(state, e); };
    if (options.radio.offered) state.offer = radio_service::on;
    // An unknown profile is start()'s business.
    const emulator::quirks* profile = find_profile(options.profile);
    state.quirks = profile ? *profile | options.quirks : options.quirks;
}

error platform::impl::make_certificate()
{
    if (!options.tls || authority) return {};
    auto ca = options.authority ? *options.authority : certificate_authority::create();
    if (!ca) return ca.error();
    auto issued = ca->issue(certificate_for(options));
    if (!issued) return issued.error();
    certificate = std::move(*issued);
    authority = std::move(*ca);
    return {};
}

error platform::impl::make_notifier()
{
    auto made = emulator::notifier::create(executor, options, sockets,
                                           authority ? authority->ca_pem() : std::string(),
                                           [weak = weak_from_this()](sent_notification n) {
                                               if (auto self = weak.lock())
                                                   self->record(std::move(n));
                                           });
    if (!made) return made.error();
    notifier = std::move(*made);
    return {};
}

url platform::impl::root(std::string_view path) const
{
    origin at;
    at.scheme = options.tls ? "https" : "http";
    at.host = host_of(options);
    at.port = port;
    auto parsed = url::parse(at.scheme + "://" + at.authority() + std::string(path));
    return parsed ? *parsed : url();
}

void platform::impl::set_addresses()
{
    state.api_root = root(options.prefix).to_string();
    if (state.api_root.back() == '/') state.api_root.pop_back();
    origin sockets_at = root("/").origin();
    sockets_at.scheme = options.tls ? "wss" : "ws";
    sockets->set_root(sockets_at.scheme + "://" + sockets_at.authority());
    state.token_endpoint = root(token_path).to_string();
    if (options.transports.empty()) options.transports.push_back(default_transport(state));
}

error platform::impl::listen()
{
    internal::server_options o;
    o.address = options.bind_address;
    o.port = port != 0 ? port : options.port;
    o.connections = o.connections_per_peer = o.handshakes = most_connections;
    o.answer = most_latency + std::chrono::minutes{1};
    o.log = options.log;
    if (options.tls) {
        o.tls.emplace();
        o.tls->certificate_pem = certificate.certificate_pem;
        o.tls->key_pem = certificate.key_pem;
    }
    auto listening = internal::server::listen(
        executor, std::move(o),
        [weak = weak_from_this()](const internal::received_request& request,
                                  internal::responder r) {
            if (auto self = weak.lock()) self->on_request(request, std::move(r));
            else r.respond(503);
        });
    if (!listening) return listening.error();
    server = std::move(*listening);
    port = server->port();
    return {};
}

error platform::impl::start()
{
    std::lock_guard<std::mutex> l(mutex);
    if (server) return {};
    if (error e = check_options(options)) return e;
    if (!rules_read && !options.rules_file.empty()) {
        if (error e = read_rules(options.rules_file, state)) return e;
        rules_read = true;
    }
    if (error e = make_certificate()) return e;
    if (error e = make_notifier()) return e;
    if (error e = listen()) return e;
    set_addresses();
    send_notices();
    arm();
    return {};
}

void platform::impl::stop() noexcept
{
    std::unique_ptr<internal::server> ending;
    std::shared_ptr<emulator::notifier> silent;
    std::set<timer> waiting;
    std::map<std::string, held_answer> unanswered;
    {
        std::lock_guard<std::mutex> l(mutex);
        ending.swap(server);
        silent.swap(notifier);
        waiting.swap(delayed);
        unanswered.swap(held);
        for (const timer& t : waiting) t->cancel();
        clockwork.cancel();
    }
    // Closing calls no handler, but a handler that runs now may want the mutex.
    if (silent) silent->close();
    sockets->disconnect();
    ending.reset();
}

void platform::impl::end() noexcept
{
    {
        std::lock_guard<std::mutex> l(mutex);
        ended = true;
    }
    stop();
}

void platform::impl::let_time_pass()
{
    if (ended) return;
    const steady_time now = options.clock->now();
    suspend_late_services(state, now);
    end_late_terminations(state, now);
    end_expired_subscriptions(state);
    if (state.player) state.player->catch_up(now);
}

void platform::impl::send_notices()
{
    if (server) keep_radio_offered(state);
    for (const std::string& id : state.gone) {
        if (notifier) notifier->forget(id);
        sockets->forget(id);
    }
    state.gone.clear();
    for (notice& n : state.outbox)
        if (notifier) {
            apply_quirks(state, n);
            notifier->post(std::move(n));
        }
    state.outbox.clear();
}

void platform::impl::arm()
{
    const bool playing = state.player && state.player->state() == radio::play_state::playing;
    if (ticking || !server ||
        !(playing || waits_for_heartbeats(state) || waits_for_termination(state) ||
          waits_for_expiry(state)))
        return;
    ticking = true;
    clockwork.expires_after(playing ? radio_tick : tick);
    clockwork.async_wait([weak = weak_from_this()](error_code e) {
        const auto self = weak.lock();
        if (!self) return;
        {
            std::lock_guard<std::mutex> l(self->mutex);
            self->ticking = false;
        }
        if (!e) visit look(*self);
    });
}

logged_request platform::impl::record(const internal::received_request& request, const outcome& o,
                                      steady_time begun)
{
    ++counters.requests;
    if (o.dropped) ++counters.dropped;
    else if (o.reply.status >= 400) ++counters.errors;
    if (o.hit.times != 0) ++counters.faults;

    logged_request entry;
    entry.sequence = ++last_sequence;
    entry.time = options.clock->system_now();
    entry.method = internal::printable(request.method, 32);
    entry.target = loggable(request.target);
    entry.status = o.dropped ? 0 : o.reply.status;
    entry.app_instance_id = o.caller;
    entry.operation = o.operation;
    entry.duration = std::chrono::duration_cast<std::chrono::microseconds>(options.clock->now() -
                                                                           begun + o.hit.latency);
    if (options.log_capacity != 0) {
        if (state.log.size() >= options.log_capacity) state.log.pop_front();
        state.log.push_back(entry);
    }
    ++log_version;
    return entry;
}

void platform::impl::record(sent_notification n)
{
    {
        std::lock_guard<std::mutex> l(mutex);
        if (ended) return;
        ++(n.error.empty() ? counters.notifications : counters.failed_notifications);
        n.sequence = ++last_sequence;
        n.time = options.clock->system_now();
        if (options.log_capacity != 0) {
            if (state.sent.size() >= options.log_capacity) state.sent.pop_front();
            state.sent.push_back(n);
        }
        ++log_version;
        end_test(state, n);
    }
    changed.notify_all();
    release_answer(n.subscription_id);
    if (options.on_notification) options.on_notification(n);
}

void platform::impl::on_request(const internal::received_request& request, internal::responder r)
{
    if (sockets->accept(request, r)) return;
    outcome o;
    logged_request entry;
    bool waits = false;
    {
        visit v(*this);
        if (ended) return;
        const steady_time begun = options.clock->now();
        o = dispatch(*v, control_token, request);
        if (!o.controller) entry = record(request, o, begun);
        waits = v->quirks.created_late && o.reply.status == 201 && !o.dropped &&
                is_creation(o.operation);
        if (waits) answer_after_notification(std::move(o), std::move(r));
    }
    changed.notify_all();
    if (!o.controller && options.on_request) options.on_request(entry);
    if (waits) return;
    if (o.hit.latency == o.hit.latency.zero()) deliver(std::move(o), std::move(r));
    else answer_later(std::move(o), std::move(r));
}

void platform::impl::answer_later(outcome o, internal::responder r)
{
    std::lock_guard<std::mutex> l(mutex);
    if (!server) return;
    auto t = std::make_shared<asio::steady_timer>(executor, o.hit.latency);
    delayed.insert(t);
    t->async_wait([self = shared_from_this(), t, late = std::move(o),
                   to = std::move(r)](error_code e) mutable {
        if (e) return;
        {
            std::lock_guard<std::mutex> again(self->mutex);
            self->delayed.erase(t);
        }
        self->deliver(std::move(late), std::move(to));
    });
}

/// Called with the lock held, before the notification can be sent.
void platform::impl::answer_after_notification(outcome o, internal::responder r)
{
    std::string id = state.subscriptions.back().id;
    auto latest = std::make_shared<asio::steady_timer>(executor, options.notifications.deadline);
    latest->async_wait([weak = weak_from_this(), id](error_code e) {
        if (const auto self = e ? nullptr : weak.lock()) self->release_answer(id);
    });
    held.emplace(std::move(id), held_answer{std::move(o), std::move(r), std::move(latest)});
}

void platform::impl::release_answer(const std::string& subscription_id)
{
    std::unique_lock<std::mutex> l(mutex);
    auto found = held.extract(subscription_id);
    l.unlock();
    if (found) deliver(std::move(found.mapped().what), std::move(found.mapped().to));
}

void platform::impl::deliver(outcome o, internal::responder r)
{
    if (o.dropped) r.abandon(o.hit.reset ? internal::drop::reset : internal::drop::close);
    else r.respond(o.reply.status, o.reply.headers, o.reply.body);
}

} // namespace emulator
MEC_END_NAMESPACE
