#ifndef MEC_INTERNAL_SERVER_HPP
#define MEC_INTERNAL_SERVER_HPP

/// @file
/// The embedded HTTP/1.1 server: under the notification receiver and the platform emulator. Knows
/// connections, limits and deadlines; what a request means is the handler's business.

#include "parsers.hpp"
#include "stream.hpp"
#include "tls_context.hpp"

#include <mec/core/log.hpp>
#include <mec/core/result.hpp>
#include <mec/http/message.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace asio = boost::asio;

namespace internal {

class server_connection;
struct server_core;

/// How a connection is ended instead of being answered.
enum class drop : std::uint8_t {
    close, ///< FIN without an answer (and without close_notify on TLS)
    reset  ///< RST
};

/// What was a connection of the server, and speaks another protocol from here on.
struct detached_connection {
    stream io;          ///< does not block
    std::string unread; ///< what came behind the request
};

/// The right and the duty to answer one request, now or later, from any thread. Only the first
/// answer counts. One that is destroyed unused answers 500.
class MEC_API responder {
public:
    responder(std::shared_ptr<server_connection> connection, std::uint64_t request) noexcept;
    responder(responder&&) noexcept;
    responder& operator=(responder&&) noexcept;
    ~responder();

    /// Fields with control characters are left out; Content-Length and Connection are the server's.
    void respond(int status, const http::fields& headers = {}, std::string_view body = {});
    void abandon(drop how) noexcept;
    /// Takes the connection away from the server, which then neither counts nor watches it: for
    /// requests that upgrade to another protocol. Nothing when it has ended, when the request has been
    /// answered, or when the peer does not take the answers to earlier requests.
    std::optional<detached_connection> detach();

private:
    std::shared_ptr<server_connection> connection_;
    std::uint64_t request_ = 0;
};

struct server_options {
    std::string address = "127.0.0.1"; ///< IPv4 or IPv6 literal; `::` is dual stack
    std::uint16_t port = 0;            ///< 0: any free one
    std::optional<tls_server_options> tls;
    request_limits limits{};

    std::size_t connections = 256;
    std::size_t connections_per_peer = 64;
    std::size_t handshakes = 64;   ///< in progress at the same time; the oldest makes room
    std::size_t pipelined = 16;    ///< answers that are written together at most
    std::uint64_t requests = 1000; ///< on one connection

    std::chrono::milliseconds handshake{5000};
    std::chrono::milliseconds header{5000};
    std::chrono::milliseconds body{10'000};
    std::chrono::milliseconds answer{60'000}; ///< the handler has this long
    std::chrono::milliseconds write{5000};
    std::chrono::milliseconds idle{15'000};      ///< between two requests
    std::chrono::milliseconds linger{1000};      ///< after the last answer, for the peer to read it
    std::chrono::milliseconds sweep{250};        ///< deadlines are checked this often
    std::chrono::milliseconds accept_pause{100}; ///< when the process is out of descriptors

    mec::logger log{};
};

/// What happened so far; for tests, logs and people.
struct server_counters {
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0; ///< over a connection limit
    std::uint64_t evicted = 0; ///< closed while waiting, to make room for a new one
    std::uint64_t accept_errors = 0;
    std::uint64_t handshake_errors = 0;
    std::uint64_t requests = 0;
    std::uint64_t bad_requests = 0; ///< not HTTP/1.1, or over a limit
    std::uint64_t timeouts = 0;
    std::uint64_t open = 0; ///< connections now
};

/// Listens from listen() to close(), which must come before the executor's context ends; responders
/// may live longer. Thread-safe. Runs on the given executor; fastest when one thread
/// runs it, correct with several.
class MEC_API server {
public:
    /// The request stays valid and unchanged until it is answered. Requests of one connection come one
    /// after another, in order. An exception is answered with 500.
    using handler = std::function<void(const received_request&, responder)>;

    /// @return errc::config_invalid when the address or the TLS material cannot be used,
    ///   errc::resource_exhausted when there is no descriptor left.
    static result<std::unique_ptr<server>> listen(asio::any_io_executor executor,
                                                  server_options options, handler on_request);
    ~server(); ///< closes

    server(const server&) = delete;
    server& operator=(const server&) = delete;

    const std::string& address() const noexcept;
    std::uint16_t port() const noexcept;
    server_counters counters() const;

    /// Stops accepting and closes all connections. Does not block; the handler is not called again,
    /// but may be running on another thread.
    void close() noexcept;

private:
    explicit server(std::shared_ptr<server_core> core) noexcept;
    std::shared_ptr<server_core> core_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
