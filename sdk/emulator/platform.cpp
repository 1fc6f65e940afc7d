#include <mec/emulator/platform.hpp>

#include "control.hpp"
#include "dispatcher.hpp"
#include "oauth.hpp"
#include "server.hpp"
#include "settings.hpp"
#include "text.hpp"

#include <mec/core/random.hpp>
#include <mec/emulator/certificate_authority.hpp>

#include <boost/asio/steady_timer.hpp>

#include <condition_variable>
#include <mutex>
#include <set>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

/// All clients of an emulator are usually on one machine.
constexpr std::size_t most_connections = 512;

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

} // namespace

struct platform::impl : std::enable_shared_from_this<impl> {
    using timer = std::shared_ptr<asio::steady_timer>;

    impl(asio::any_io_executor ex, platform_options o)
        : executor(std::move(ex)), options(std::move(o)), state(options),
          control_token(unguessable_token(24))
    {
        if (options.timing.ntp_servers.empty() && options.timing.ptp_masters.empty())
            options.timing = default_timing();
        add_oauth(routes);
        add_app_support(routes, options.prefix);
        add_service_mgmt(routes, options.prefix);
        if (options.control) add_control(routes);
        state.routes = &routes;
    }

    error start();
    void stop() noexcept;
    error make_certificate();
    void set_addresses();
    void on_request(const internal::received_request& request, internal::responder r);
    void deliver(outcome o, internal::responder r);
    logged_request record(const internal::received_request& request, const outcome& o,
                          steady_time begun);
    url root(std::string_view path) const;

    const asio::any_io_executor executor;
    platform_options options; ///< not changed after start()

    mutable std::mutex mutex; ///< guards what follows
    mutable std::condition_variable changed;
    platform_state state;
    router routes; ///< not changed after construction
    const secret_string control_token;
    std::optional<certificate_authority> authority;
    issued_certificate certificate;
    std::uint16_t port = 0;
    std::unique_ptr<internal::server> server;
    platform_counters counters;
    std::uint64_t log_version = 0;
    std::set<timer> delayed;
};

error platform::impl::make_certificate()
{
    if (!options.tls || authority) return {};
    auto ca = certificate_authority::create();
    if (!ca) return ca.error();
    auto issued = ca->issue(certificate_for(options));
    if (!issued) return issued.error();
    certificate = std::move(*issued);
    authority = std::move(*ca);
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
    state.token_endpoint = root(token_path).to_string();
    if (options.transports.empty()) options.transports.push_back(default_transport(state));
}

error platform::impl::start()
{
    std::lock_guard<std::mutex> l(mutex);
    if (server) return {};
    if (error e = check_options(options)) return e;
    if (error e = make_certificate()) return e;

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
    set_addresses();
    return {};
}

void platform::impl::stop() noexcept
{
    std::unique_ptr<internal::server> ending;
    std::set<timer> waiting;
    {
        std::lock_guard<std::mutex> l(mutex);
        ending.swap(server);
        waiting.swap(delayed);
        for (const timer& t : waiting) t->cancel();
    }
    // Closing calls no handler, but a handler that runs now may want the mutex.
    ending.reset();
}

logged_request platform::impl::record(const internal::received_request& request, const outcome& o,
                                      steady_time begun)
{
    ++counters.requests;
    if (o.dropped) ++counters.dropped;
    else if (o.reply.status >= 400) ++counters.errors;
    if (o.hit.times != 0) ++counters.faults;

    logged_request entry;
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

void platform::impl::on_request(const internal::received_request& request, internal::responder r)
{
    outcome o;
    logged_request entry;
    {
        std::lock_guard<std::mutex> l(mutex);
        const steady_time begun = options.clock->now();
        o = dispatch(state, control_token, request);
        if (!o.controller) entry = record(request, o, begun);
    }
    changed.notify_all();
    if (!o.controller && options.on_request) options.on_request(entry);
    if (o.hit.latency == o.hit.latency.zero()) return deliver(std::move(o), std::move(r));

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

void platform::impl::deliver(outcome o, internal::responder r)
{
    if (o.dropped) r.abandon(o.hit.reset ? internal::drop::reset : internal::drop::close);
    else r.respond(o.reply.status, o.reply.headers, o.reply.body);
}

platform::platform(asio::any_io_executor executor, platform_options options)
    : impl_(std::make_shared<impl>(std::move(executor), std::move(options)))
{
}

platform::~platform() { stop(); }

error platform::start() { return impl_->start(); }
void platform::stop() noexcept { impl_->stop(); }

error platform::restart(bool state_loss)
{
    stop();
    if (state_loss) {
        std::lock_guard<std::mutex> l(impl_->mutex);
        impl_->state.forget();
    }
    return start();
}

url platform::api_root() const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return impl_->root(impl_->options.prefix);
}

url platform::token_endpoint() const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return impl_->root(token_path);
}

url platform::control_root() const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return impl_->root(control_base);
}

std::string platform::ca_pem() const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return impl_->authority ? impl_->authority->ca_pem() : std::string();
}

const secret_string& platform::control_token() const noexcept { return impl_->control_token; }

application_instance platform::create_application(std::string name)
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return impl_->state.create_application(std::move(name));
}

platform::environment platform::environment_of(const application_instance& app,
                                               const std::string& ca_file) const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return emulator::environment_of(impl_->state, app, ca_file);
}

error platform::inject(fault f)
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    if (error e = check(f, impl_->routes)) return e;
    impl_->state.faults.push(std::move(f));
    return {};
}

void platform::clear_faults()
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    impl_->state.faults.clear();
}

void platform::expire_tokens()
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    impl_->state.tokens.expire_all();
}

void platform::revoke_tokens()
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    impl_->state.tokens.revoke_all();
}

std::vector<logged_request> platform::requests() const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    return {impl_->state.log.begin(), impl_->state.log.end()};
}

void platform::clear_requests()
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    impl_->state.log.clear();
}

bool platform::wait_for(const log_condition& condition, std::chrono::milliseconds timeout) const
{
    const auto until = std::chrono::steady_clock::now() + timeout;
    std::unique_lock<std::mutex> l(impl_->mutex);
    for (;;) {
        const std::uint64_t seen = impl_->log_version;
        const std::vector<logged_request> copy(impl_->state.log.begin(), impl_->state.log.end());
        l.unlock(); // the condition may ask the platform
        if (condition(copy)) return true;
        l.lock();
        if (!impl_->changed.wait_until(l, until, [&] { return impl_->log_version != seen; }))
            return false;
    }
}

platform_counters platform::counters() const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    platform_counters c = impl_->counters;
    c.tokens = impl_->state.tokens.issued();
    if (impl_->server) {
        const auto s = impl_->server->counters();
        c.connections = s.accepted;
        c.open_connections = s.open;
    }
    return c;
}

bool platform::is_ready(const std::string& app_instance_id) const
{
    std::lock_guard<std::mutex> l(impl_->mutex);
    const application* app = impl_->state.find_application(app_instance_id);
    return app && app->ready;
}

} // namespace emulator
MEC_END_NAMESPACE
