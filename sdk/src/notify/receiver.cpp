#include <mec/notify/receiver.hpp>

#include "delivery.hpp"
#include "request_handler.hpp"
#include "text.hpp"
#include "tls_material.hpp"

#include <mec/core/random.hpp>

#include <cerrno>
#include <limits>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {
namespace {

using notify::receiver_options;

/// Handed out to the application; the inbox stays until its last notification is through.
class open_channel final : public fed_channel {
public:
    open_channel(std::shared_ptr<request_handler> handler, std::string id, const channel_key& key,
                 std::shared_ptr<inbox> box)
        : handler_(std::move(handler)), id_(std::move(id)), key_(key), box_(std::move(box))
    {
    }
    ~open_channel() override { open_channel::close(); }

    const std::string& id() const noexcept override { return id_; }
    void activate() override { box_->activate(); }
    void close() noexcept override
    {
        handler_->registry.close(key_);
        box_->close(); // where the registry is closed, it did not
    }
    verdict deliver(std::string_view media_type, std::string_view body) override
    {
        return internal::deliver(*handler_->base(), *box_, media_type, body);
    }
    void report(const notify::gap& missing) override { box_->report(missing); }
    notify::receiver_counters counters() const override { return handler_->base()->counters(); }

private:
    const std::shared_ptr<request_handler> handler_;
    const std::string id_;
    const channel_key key_;
    const std::shared_ptr<inbox> box_;
};

error invalid(const char* what, std::string message)
{
    error_info info;
    info.endpoint = what;
    info.message = std::move(message);
    return {errc::config_invalid, std::move(info)};
}

bool secure(const receiver_options& o) noexcept { return !o.cert_file.empty(); }

/// A path of a URL as it stands in front of `/id`.
std::string without_slash(std::string path)
{
    while (!path.empty() && path.back() == '/') path.pop_back();
    return path;
}

result<url> local_url(const receiver_options& o, const std::string& host, std::uint16_t port)
{
    const bool v6 = host.find(':') != host.npos && host.front() != '[';
    return url::parse((secure(o) ? "https://" : "http://") + (v6 ? "[" + host + "]" : host) + ":" +
                      std::to_string(port) + (o.path.empty() ? "/" : o.path));
}

error check(const receiver_options& o)
{
    const auto local = local_url(o, "localhost", 1);
    if (!local || local->path() != (o.path.empty() ? "/" : o.path))
        return invalid("receiver_options::path",
                       "expected a path that begins with /, percent-encoded, without a query");
    if (o.advertise && !o.advertise->query().empty())
        return invalid("receiver_options::advertise", "expected a URL without a query");
    if (o.cert_file.empty() != o.key_file.empty())
        return invalid("receiver_options::cert_file",
                       "expected a certificate and its key, got one without the other");
    if (o.cert_file.empty() && !o.client_ca_file.empty())
        return invalid("receiver_options::client_ca_file",
                       "client certificates need HTTPS: set cert_file and key_file as well");
    if (o.limits.queue == 0 || o.limits.connections == 0 || o.limits.connections_per_peer == 0)
        return invalid("receiver_options::limits", "expected limits of at least 1, got 0");
    return {};
}

error read_identity(const receiver_options& o, std::optional<tls_server_options>& out)
{
    if (!secure(o)) return {};
    auto certificate = read_certificate_file(o.cert_file);
    if (!certificate) return invalid("receiver_options::cert_file", certificate.error().what());
    auto key = read_key_file(o.key_file, false);
    if (!key) return invalid("receiver_options::key_file", key.error().what());
    out.emplace();
    out->certificate_pem = std::move(*certificate);
    out->key_pem = std::move(*key);
    if (o.client_ca_file.empty()) return {};
    auto ca = read_certificate_file(o.client_ca_file);
    if (!ca) return invalid("receiver_options::client_ca_file", ca.error().what());
    if (ca->empty()) return invalid("receiver_options::client_ca_file", "the file is empty");
    out->client_ca_pem = std::move(*ca);
    return {};
}

server_options server_options_for(const receiver_options& o)
{
    const notify::receiver_limits& most = o.limits;
    server_options s;
    s.address = o.address;
    s.port = o.port;
    s.limits.header = most.header;
    s.limits.body = most.body;
    s.connections = most.connections;
    s.connections_per_peer = most.connections_per_peer;
    // A platform has one connection for all its notifications, for as long as it likes.
    s.requests = std::numeric_limits<std::uint64_t>::max();
    s.handshake = most.handshake;
    s.header = most.header_time;
    s.body = most.body_time;
    s.idle = most.idle;
    s.log = o.log;
    return s;
}

bool lacks_ipv6(const error& e) noexcept
{
    const int cause = e.info().system.value();
    return cause == EAFNOSUPPORT || cause == EADDRNOTAVAIL;
}

result<std::unique_ptr<server>> open_port(const asio::any_io_executor& io, server_options options,
                                          const server::handler& handle)
{
    auto listening = server::listen(io, options, handle);
    if (listening || options.address != "::" || !lacks_ipv6(listening.error())) return listening;
    options.log.write(log_level::warning, "notify",
                      "IPv6 is switched off on this machine: listening for IPv4 only");
    options.address = "0.0.0.0";
    return server::listen(io, std::move(options), handle);
}

class http_receiver final : public notify::receiver {
public:
    http_receiver(std::shared_ptr<request_handler> handler, std::unique_ptr<server> s)
        : handler_(std::move(handler)), server_(std::move(s))
    {
    }
    ~http_receiver() override { http_receiver::close(); }

    std::uint16_t port() const noexcept override { return server_->port(); }

    result<url> base_url(const std::string& host) const override
    {
        const receiver_options& o = handler_->base()->options;
        if (o.advertise) return *o.advertise;
        if (host.empty())
            return invalid("callback URL", "expected the name or address under which the platform "
                                           "reaches this machine, got none");
        return local_url(o, host, port());
    }

    notify::receiver_counters counters() const override
    {
        notify::receiver_counters c = handler_->base()->counters();
        c.connections = server_->counters().open;
        return c;
    }

    void close() noexcept override
    {
        server_->close();
        handler_->registry.close_all();
    }

private:
    std::shared_ptr<notify::channel> open_sink(notify::detail::sink s) override
    {
        std::string id = unguessable_token();
        const channel_key key = channel_key::parse(id).value();
        auto box = std::make_shared<inbox>(handler_->base(), std::move(s));
        if (!handler_->registry.add(key, box)) box->close();
        return std::make_shared<open_channel>(handler_, std::move(id), key, std::move(box));
    }

    const std::shared_ptr<request_handler> handler_;
    const std::unique_ptr<server> server_;
};

} // namespace
} // namespace internal

namespace notify {

channel::~channel() = default;
receiver::~receiver() = default;

result<std::shared_ptr<receiver>>
receiver::listen(asio::any_io_executor io, asio::any_io_executor delivery, receiver_options options)
{
    using namespace internal;
    if (error e = check(options)) return e;
    server_options s = server_options_for(options);
    if (error e = read_identity(options, s.tls)) return e;

    std::vector<std::string> prefixes{without_slash(options.path)};
    if (options.advertise) prefixes.push_back(without_slash(options.advertise->path()));
    auto handler = std::make_shared<request_handler>(
        std::make_shared<receiver_base>(std::move(delivery), std::move(options)),
        std::move(prefixes));
    auto listening =
        open_port(io, std::move(s), [handler](const received_request& request, responder answer) {
            handler->handle(request, std::move(answer));
        });
    if (!listening) return listening.error();
    return std::shared_ptr<receiver>(
        std::make_shared<http_receiver>(std::move(handler), std::move(*listening)));
}

} // namespace notify
MEC_END_NAMESPACE
