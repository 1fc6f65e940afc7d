#include "server_core.hpp"

#include <boost/asio/error.hpp>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

/// So many connections are accepted before others get their turn.
constexpr int accept_batch = 32;

struct socket_address {
    sockaddr_storage storage{};
    socklen_t size = 0;

    sockaddr* get() noexcept { return reinterpret_cast<sockaddr*>(&storage); }
    sockaddr_in& v4() noexcept { return reinterpret_cast<sockaddr_in&>(storage); }
    sockaddr_in6& v6() noexcept { return reinterpret_cast<sockaddr_in6&>(storage); }
    bool is_v6() const noexcept { return storage.ss_family == AF_INET6; }
};

bool parse_address(const std::string& text, std::uint16_t port, socket_address& out)
{
    if (::inet_pton(AF_INET, text.c_str(), &out.v4().sin_addr) == 1) {
        out.v4().sin_family = AF_INET;
        out.v4().sin_port = htons(port);
        out.size = sizeof(sockaddr_in);
        return true;
    }
    out = {};
    if (::inet_pton(AF_INET6, text.c_str(), &out.v6().sin6_addr) != 1) return false;
    out.v6().sin6_family = AF_INET6;
    out.v6().sin6_port = htons(port);
    out.size = sizeof(sockaddr_in6);
    return true;
}

peer_key key_of(socket_address& a)
{
    peer_key key{};
    if (a.is_v6()) {
        std::memcpy(key.data(), &a.v6().sin6_addr, 16);
    } else {
        key[10] = key[11] = 0xff;
        std::memcpy(key.data() + 12, &a.v4().sin_addr, 4);
    }
    return key;
}

error listen_error(const char* doing, const server_options& o, int cause)
{
    const bool exhausted =
        cause == EMFILE || cause == ENFILE || cause == ENOBUFS || cause == ENOMEM;
    error_info info;
    info.system = error_code(cause, boost::system::system_category());
    info.endpoint = o.address + " port " + std::to_string(o.port);
    info.message = std::string("cannot ") + doing + ": " + info.system.message();
    if (cause == EADDRINUSE) info.message += "; choose another port, or 0 for any free one";
    if (cause == EACCES) info.message += "; ports below 1024 need privileges";
    if (cause == EADDRNOTAVAIL) info.message += "; this machine does not have that address";
    return {exhausted ? errc::resource_exhausted : errc::config_invalid, std::move(info)};
}

void set_option(int fd, int level, int name, int value)
{
    ::setsockopt(fd, level, name, &value, sizeof value);
}

/// A listening socket as a stream, which only serves as its owner.
result<stream> open_listener(const server_options& o, socket_address& at)
{
    if (!parse_address(o.address, o.port, at))
        return error(errc::config_invalid,
                     "the bind address must be an IPv4 or IPv6 literal such as 127.0.0.1 or ::1");
    stream s(::socket(at.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!s.is_open()) return listen_error("open a listening socket", o, errno);
    set_option(s.descriptor(), SOL_SOCKET, SO_REUSEADDR, 1);
    set_option(s.descriptor(), IPPROTO_TCP, TCP_NODELAY, 1); // accepted sockets inherit it
    if (at.is_v6()) set_option(s.descriptor(), IPPROTO_IPV6, IPV6_V6ONLY, 0);
    if (::bind(s.descriptor(), at.get(), at.size) != 0) return listen_error("bind", o, errno);
    if (::listen(s.descriptor(), SOMAXCONN) != 0) return listen_error("listen", o, errno);
    if (::getsockname(s.descriptor(), at.get(), &at.size) != 0)
        return listen_error("read the bound address", o, errno);
    return s;
}

} // namespace

server_core::server_core(asio::any_io_executor ex, server_options o, server::handler h)
    : executor(std::move(ex)), options(std::move(o)), on_request(std::move(h)), listener_(executor),
      poller_(executor), sweeper_(executor), pause_(executor)
{
}

server_core::~server_core()
{
    if (reserve_ >= 0) ::close(reserve_);
}

error server_core::open()
{
    if (options.tls) {
        auto context = tls_context::server(*options.tls);
        if (!context) return context.error();
        tls = std::move(*context);
    }
    socket_address at;
    auto listening = open_listener(options, at);
    if (!listening) return listening.error();
    address = options.address;
    port = ntohs(at.is_v6() ? at.v6().sin6_port : at.v4().sin_port);
    reserve_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);

    error_code e;
    listener_->assign(listening->descriptor(), e);
    if (e) return listen_error("watch the listening socket", options, e.value());
    listening->release();
    const int watched = ::epoll_create1(EPOLL_CLOEXEC);
    if (watched < 0) return listen_error("watch connections", options, errno);
    poller_->assign(watched, e);
    if (!e) return {};
    ::close(watched);
    return listen_error("watch connections", options, e.value());
}

void server_core::accept_later()
{
    std::lock_guard<std::mutex> l(mutex);
    if (closed_) return;
    listener_->async_wait(asio::posix::descriptor_base::wait_read,
                          [self = shared_from_this()](error_code e) {
                              if (!e) self->on_acceptable();
                          });
}

void server_core::on_acceptable()
{
    for (int i = 0; i < accept_batch; ++i)
        if (!accept_one()) return;
    accept_later();
}

/// False when accepting goes on later, or never.
bool server_core::accept_one()
{
    socket_address from;
    from.size = sizeof from.storage;
    int descriptor = -1;
    int cause = 0;
    {
        std::lock_guard<std::mutex> l(mutex);
        if (closed_) return false;
        descriptor = ::accept4(listener_->native_handle(), from.get(), &from.size,
                               SOCK_CLOEXEC | SOCK_NONBLOCK);
        cause = errno;
    }
    if (descriptor >= 0) {
        ++accepted;
        admit(stream(descriptor), key_of(from));
        return true;
    }
    switch (cause) {
    case EAGAIN: accept_later(); return false;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM: pause_accepting(cause); return false;
    default: ++accept_errors; return true; // the client went away, or the like
    }
}

/// Out of descriptors: turns one client away with the reserved one instead of leaving it to its
/// timeout, then waits, so that the loop does not spin on a listener that stays readable.
void server_core::pause_accepting(int cause)
{
    ++accept_errors;
    if (options.log.enabled(log_level::warning))
        options.log.write(log_level::warning, "server",
                          std::string("cannot accept: ") + std::strerror(cause));
    std::lock_guard<std::mutex> l(mutex);
    if (closed_) return;
    if (reserve_ >= 0) {
        ::close(reserve_);
        const int turned_away =
            ::accept4(listener_->native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (turned_away >= 0) ::close(turned_away);
        reserve_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    pause_->expires_after(options.accept_pause);
    pause_->async_wait([self = shared_from_this()](error_code e) {
        if (!e) self->on_acceptable();
    });
}

bool server_core::over_limit(const peer_key& peer) const
{
    const auto it = peers_.find(peer);
    return connections.size() >= options.connections ||
           (it != peers_.end() && it->second >= options.connections_per_peer);
}

/// Full: the connection that has waited longest for its peer makes room, so that slow or silent
/// peers cannot keep others out. False when all are busy.
bool server_core::make_room(const peer_key& peer)
{
    const bool shaking = tls && handshakes >= options.handshakes;
    std::vector<std::shared_ptr<server_connection>> all;
    {
        std::lock_guard<std::mutex> l(mutex);
        if (!shaking && !over_limit(peer)) return true;
        const bool any = shaking || connections.size() >= options.connections;
        for (const auto& c : connections)
            if (any || c.second->peer() == peer) all.push_back(c.second);
    }
    std::shared_ptr<server_connection> oldest;
    steady_time since = steady_time::max();
    for (const auto& c : all) {
        const auto waiting = c->waiting_since(shaking);
        if (!waiting || *waiting >= since) continue;
        since = *waiting;
        oldest = c;
    }
    if (!oldest) return false;
    ++evicted;
    oldest->abort(drop::close);
    return true;
}

void server_core::admit(stream s, const peer_key& peer)
{
    if (!make_room(peer)) {
        ++refused;
        return; // closes
    }
    if (tls) {
        auto session = tls->accept_session();
        if (!session) {
            ++handshake_errors;
            return;
        }
        s.use_tls(std::move(*session));
    }
    s.set_blocking(false);
    ++handshakes;
    auto c = std::make_shared<server_connection>(shared_from_this(), std::move(s), peer);
    {
        std::lock_guard<std::mutex> l(mutex);
        if (closed_) {
            --handshakes;
            return;
        }
        connections.emplace(c.get(), c);
        ++peers_[peer];
        if (!sweeping_) schedule_sweep();
    }
    c->start();
}

void server_core::remove(server_connection& c, const peer_key& peer) noexcept
{
    std::lock_guard<std::mutex> l(mutex);
    if (connections.erase(&c) == 0) return;
    const auto it = peers_.find(peer);
    if (it != peers_.end() && --it->second == 0) peers_.erase(it);
}

void server_core::handle(const received_request& req, responder answer) noexcept
{
    try {
        on_request(req, std::move(answer));
    } catch (...) {
        // The responder went with the arguments and answered 500.
        options.log.write(log_level::error, "server", "the request handler threw an exception");
    }
}

void server_core::close() noexcept
{
    decltype(connections) all;
    {
        std::lock_guard<std::mutex> l(mutex);
        if (closed_) return;
        closed_ = true;
        all.swap(connections);
        peers_.clear();
        listener_.reset();
        poller_.reset();
        sweeper_.reset();
        pause_.reset();
    }
    for (const auto& c : all) c.second->abort(drop::close);
}

responder::responder(std::shared_ptr<server_connection> connection, std::uint64_t request) noexcept
    : connection_(std::move(connection)), request_(request)
{
}
responder::responder(responder&&) noexcept = default;

responder& responder::operator=(responder&& other) noexcept
{
    responder gone(std::move(*this));
    connection_ = std::move(other.connection_);
    request_ = other.request_;
    return *this;
}

responder::~responder()
{
    if (connection_) respond(500);
}

void responder::respond(int status, const http::fields& headers, std::string_view body)
{
    if (!connection_) return;
    const auto c = std::move(connection_);
    c->respond(request_, status, headers, body);
}

void responder::abandon(drop how) noexcept
{
    if (!connection_) return;
    const auto c = std::move(connection_);
    c->abandon(request_, how);
}

std::optional<detached_connection> responder::detach()
{
    if (!connection_) return std::nullopt;
    const auto c = std::move(connection_);
    return c->detach(request_);
}

server::server(std::shared_ptr<server_core> core) noexcept : core_(std::move(core)) {}

server::~server() { close(); }

result<std::unique_ptr<server>> server::listen(asio::any_io_executor executor,
                                               server_options options, handler on_request)
{
    auto core = std::make_shared<server_core>(std::move(executor), std::move(options),
                                              std::move(on_request));
    if (error e = core->open()) return e;
    core->accept_later();
    core->wait_for_events();
    return std::unique_ptr<server>(new server(std::move(core)));
}

const std::string& server::address() const noexcept { return core_->address; }
std::uint16_t server::port() const noexcept { return core_->port; }

server_counters server::counters() const
{
    server_counters c;
    c.accepted = core_->accepted;
    c.refused = core_->refused;
    c.evicted = core_->evicted;
    c.accept_errors = core_->accept_errors;
    c.handshake_errors = core_->handshake_errors;
    c.requests = core_->requests;
    c.bad_requests = core_->bad_requests;
    c.timeouts = core_->timeouts;
    std::lock_guard<std::mutex> l(core_->mutex);
    c.open = core_->connections.size();
    return c;
}

void server::close() noexcept { core_->close(); }

} // namespace internal
MEC_END_NAMESPACE
