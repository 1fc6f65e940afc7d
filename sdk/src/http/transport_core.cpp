#include "transport_core.hpp"

#include "deadline.hpp"

#include <algorithm>
#include <cerrno>
#include <string>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

MEC_BEGIN_NAMESPACE
namespace internal {

using std::chrono::milliseconds;

transport_core::transport_core(boost::asio::any_io_executor ex, http::transport_options o)
    : executor(std::move(ex)), options(std::move(o)), pool(options.pool, *options.clock),
      resolver(options.resolver_workers),
      deadlines(std::make_shared<deadline_list>(executor, *options.clock))
{
}

result<std::shared_ptr<tls_context>> transport_core::tls()
{
    std::lock_guard lock(tls_mutex_);
    if (!tls_) {
        auto made = tls_context::client(options.tls);
        if (!made) return made.error();
        tls_ = std::move(*made);
    }
    return tls_;
}

void transport_core::close() noexcept
{
    resolver.close();
    pool.close();
    deadlines->close(errc::shutting_down);
}

error transport_core::check(const mec::origin& origin) const
{
    if (origin.scheme == "https") return {};
    if (origin.scheme != "http")
        return {errc::config_invalid, "expected an http or https URL, got scheme " + origin.scheme};
    if (options.allow_plain_http || origin.is_loopback()) return {};
    return {errc::config_invalid, "plain http to " + origin.authority() +
                                      " is refused: use https, or allow it explicitly"};
}

milliseconds transport_core::budget(phase p) const noexcept
{
    switch (p) {
    case phase::resolve: return options.timeouts.resolve;
    case phase::connect: return options.timeouts.connect;
    case phase::handshake: return options.timeouts.handshake;
    case phase::first_byte: return options.timeouts.first_byte;
    case phase::body: return options.timeouts.idle;
    case phase::queue: break;
    }
    return milliseconds::max();
}

steady_time transport_core::phase_end(phase p, steady_time exchange_end) const noexcept
{
    if (p == phase::queue) return exchange_end;
    return std::min(exchange_end, deadline_after(now(), budget(p)));
}

error transport_core::timed_out(phase p, steady_time exchange_end) const
{
    if (p == phase::queue)
        return {errc::resource_exhausted, "no connection became free in time; " +
                                              std::to_string(options.pool.connections) +
                                              " per origin are allowed"};
    static constexpr const char* what[] = {"",
                                           "the name server did not answer",
                                           "the address did not answer",
                                           "the TLS handshake was not finished",
                                           "no answer came",
                                           "the answer stopped"};
    std::string message = what[static_cast<int>(p)];
    if (now() < exchange_end) {
        message += " within " + std::to_string(budget(p).count()) + " ms";
        if (p == phase::resolve) return {errc::name_temporary, message};
        if (p == phase::connect) return {errc::connect_timeout, message};
    } else {
        message += " before the deadline of the call";
    }
    return {errc::deadline_exceeded, message};
}

namespace {

error_code last_error() noexcept { return {errno, boost::system::system_category()}; }

void set_option(int descriptor, int level, int name, int value) noexcept
{
    ::setsockopt(descriptor, level, name, &value, sizeof value);
}

int whole_seconds(milliseconds d) noexcept
{
    return static_cast<int>(std::max<milliseconds::rep>(1, d.count() / 1000));
}

} // namespace

result<int> begin_connect(const resolved_address& address) noexcept
{
    const int descriptor =
        ::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
    if (descriptor < 0) {
        error_info info;
        info.system = last_error();
        return error(errc::resource_exhausted, std::move(info));
    }
    if (::connect(descriptor, address.data(), address.size) == 0 || errno == EINPROGRESS)
        return descriptor;
    error_info info;
    info.system = last_error();
    ::close(descriptor);
    return error(errc::unreachable, std::move(info));
}

error_code connect_outcome(int descriptor) noexcept
{
    int value = 0;
    socklen_t size = sizeof value;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &value, &size) != 0) return last_error();
    return {value, boost::system::system_category()};
}

void tune(int descriptor, const http::pool_options& options) noexcept
{
    set_option(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
    set_option(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
    set_option(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, whole_seconds(options.keepalive));
    set_option(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, whole_seconds(options.keepalive));
    set_option(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT,
               static_cast<int>(options.user_timeout.count()));
}

} // namespace internal
MEC_END_NAMESPACE
