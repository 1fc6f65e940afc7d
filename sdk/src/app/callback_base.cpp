#include "callback_base.hpp"

#include "deadline.hpp"

#include <boost/asio/post.hpp>

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

constexpr std::string_view first_segment = "/mec/";
constexpr std::chrono::milliseconds lookup_time{3000};

const mec::origin& platform_of(const discovery::configuration& config)
{
    return (config.mp1_url ? config.mp1_url : config.service_mgmt_url)->origin();
}

} // namespace

result<std::string> local_address_towards(const resolved_address& peer)
{
    const auto failure = [](const char* what) {
        error_info info;
        info.system = error_code(errno, boost::system::system_category());
        info.message = what;
        return error(errc::unreachable, std::move(info));
    };
    const int fd = ::socket(peer.family(), SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return failure("no socket for the platform's address family");
    sockaddr_storage own{};
    socklen_t size = sizeof own;
    const bool ok = ::connect(fd, peer.data(), peer.size) == 0 &&
                    ::getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size) == 0;
    error wrong = ok ? error{} : failure("there is no way to the platform's address");
    ::close(fd);
    if (wrong) return wrong;
    char text[INET6_ADDRSTRLEN] = "";
    const void* address =
        own.ss_family == AF_INET
            ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(&own)->sin_addr)
            : static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(&own)->sin6_addr);
    ::inet_ntop(own.ss_family, address, text, sizeof text);
    return std::string(text);
}

callback_base::callback_base(asio::any_io_executor io, asio::any_io_executor delivery,
                             const discovery::configuration& config,
                             const application_options& options)
    : io_(std::move(io)), delivery_(std::move(delivery)), config_(config), options_(options),
      resolver_(1)
{
}

callback_base::~callback_base() { close(); }

void callback_base::close() noexcept
{
    resolver_.close();
    if (receiver_) receiver_->close();
}

void callback_base::open(const std::string& instance, std::function<void(error)> done)
{
    const auto finish = [this, done](error e) {
        asio::post(delivery_, [done, e = std::move(e)] { done(e); });
    };
    const auto& callback = config_.callback;
    if (base_) return finish({});
    if (callback.mode && *callback.mode != discovery::callback_mode::http)
        return finish({errc::not_supported, "the configuration says that no notifications are "
                                            "received over HTTP (callback-mode)"});
    if (callback.url) {
        error e = listen(instance, "::");
        return finish(e ? std::move(e) : use_host({}));
    }
    find_host([weak = weak_from_this(), instance,
               done = std::move(done)](const result<std::string>& host) {
        const auto self = weak.lock();
        if (!self) return;
        if (!host) return done(host.error());
        // Where the platform is told to go, and nowhere else.
        error e = self->listen(instance, *host);
        done(e ? std::move(e) : self->use_host(*host));
    });
}

/// @param usual  address to listen at when the configuration names none.
error callback_base::listen(const std::string& instance, const std::string& usual)
{
    if (receiver_) return {};
    const auto& callback = config_.callback;
    notify::receiver_options o;
    o.limits = options_.notifications;
    o.path = std::string(first_segment) + instance;
    o.address = usual;
    if (callback.listen) {
        o.address = callback.listen->address;
        o.port = callback.listen->port;
    }
    if (callback.url) o.advertise = callback.url->with_path_suffix(o.path);
    o.cert_file = callback.cert_file.value.value_or("");
    o.key_file = callback.key_file.value.value_or("");
    o.client_ca_file = callback.client_ca_file.value.value_or("");
    o.strict = options_.client.dialect.strict_reading;
    o.log = options_.client.log;
    o.clock = options_.client.clock;
    auto made = notify::receiver::listen(io_, delivery_, std::move(o));
    if (!made) return made.error();
    receiver_ = *std::move(made);
    return {};
}

/// Of the platform's addresses the first that there is a way to: the others are of no use here either.
void callback_base::find_host(std::function<void(result<std::string>)> done)
{
    const mec::origin& platform = platform_of(config_);
    const auto give = [delivery = delivery_, done = std::move(done)](result<std::string> host) {
        asio::post(delivery, [done, host = std::move(host)] { done(host); });
    };
    // An address that is listened at is the one to be told, loopback or not.
    const auto& listen = config_.callback.listen;
    if (listen && listen->address != "::" && listen->address != "0.0.0.0")
        return give(listen->address);
    const steady_time deadline = deadline_after(options_.client.clock->now(), lookup_time);
    resolver_.resolve(platform.host, platform.port, deadline, [give](result<address_list> found) {
        if (!found) return give(found.error());
        result<std::string> host = error(errc::name_not_found);
        for (const auto& address : *found)
            if (host = local_address_towards(address); host) break;
        give(std::move(host));
    });
}

error callback_base::use_host(const std::string& host)
{
    auto base = receiver_->base_url(host);
    if (!base) return base.error();
    base_ = *std::move(base);
    return {};
}

std::string callback_base::url_of(const notify::channel& channel) const
{
    return base_->with_path_suffix("/" + channel.id()).to_string();
}

bool callback_base::is_ours(const std::string& callback, const std::string& instance,
                            bool remembered) const
{
    // Behind an address that the configuration names, somebody else may be waiting, too.
    return leads_to(callback, base_, !config_.callback.url, instance, remembered);
}

bool leads_to(const std::string& callback, const std::optional<url>& base, bool exclusive,
              const std::string& instance, bool remembered)
{
    const auto u = url::parse(callback);
    if (!u) return false;
    const std::string& path = u->path();
    if (remembered && path.find(std::string(first_segment) + instance + "/") != path.npos)
        return true;
    return exclusive && base && u->origin() == base->origin() && path.rfind(first_segment, 0) == 0;
}

} // namespace internal
MEC_END_NAMESPACE
