#ifndef MEC_INTERNAL_WEBSOCKET_SOURCE_HPP
#define MEC_INTERNAL_WEBSOCKET_SOURCE_HPP

/// @file
/// Notifications that come over a websocket which the application opens (GS MEC 009 clause 6.12a): for
/// applications that the platform cannot reach. Connects, answers, and connects again whenever the
/// connection ends, for as long as the source exists.

#include "websocket.hpp"
#include "websocket_notification.hpp"
#include "websocket_reconnect.hpp"

#include <mec/auth/token_source.hpp>
#include <mec/http/options.hpp>
#include <mec/notify/receiver.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

struct websocket_client_options {
    /// Trust, connect timeouts, log, clock; `allow_plain_http` also allows ws:// to other hosts than
    /// loopback.
    http::transport_options transport{};
    websocket_options connection{};
    websocket_message_limits message{};
    websocket_reconnect_options reconnect{};
    std::vector<std::string> allowed_hosts;         ///< see websocket_url()
    std::chrono::milliseconds token{10'000};        ///< for the token source to give a token
    mec::random_source* random = &machine_random(); ///< must outlive the client
};

struct websocket_source_counters {
    std::uint64_t opened = 0;   ///< connections
    std::uint64_t failed = 0;   ///< connections that ended or were not made
    std::uint64_t received = 0; ///< messages, repeats included
    std::uint64_t repeated = 0; ///< answered again, not delivered again
    std::uint64_t missed = 0;   ///< by their sequence numbers
    std::uint64_t refused = 0;  ///< answered with anything but 204
};

/// One subscription's websocket. Closed when it is destroyed, which never waits. Thread-safe.
class MEC_API websocket_source {
public:
    virtual ~websocket_source();
    virtual websocket_source_counters counters() const = 0;
    /// Answers nothing more, says goodbye and forgets about it. No call of the subscription's functions
    /// begins after it has returned on the client's executor; on other threads one may be running.
    virtual void close() noexcept = 0;
};

/// What is to be opened.
struct websocket_subscription {
    url base;         ///< of the API that gave the link
    std::string link; ///< `websocketUri` as the platform sent it: not trusted
    /// Where notifications go; one of the SDK's own channels, of a receiver or of open_fed_channel().
    std::shared_ptr<notify::channel> channel;
    /// Not null: the upgrade request carries a bearer token, when it goes to the host of `base`.
    std::shared_ptr<auth::token_source> tokens;
    /// Called on the executor of the client, without a lock held. They must not throw.
    std::function<void()> on_open;
    std::function<void(const error&)> on_down; ///< an attempt failed or the connection ended
};

/// What the websockets of an application share: name resolution, trust, limits.
class MEC_API websocket_client {
public:
    /// @param executor  runs everything; its context must outlive the client and its sources.
    explicit websocket_client(asio::any_io_executor executor,
                              websocket_client_options options = {});
    /// Sources go on without it, but connect no more.
    ~websocket_client();
    websocket_client(const websocket_client&) = delete;
    websocket_client& operator=(const websocket_client&) = delete;

    /// Begins to connect.
    /// @par Answers    204 when the notification was accepted, or was accepted before; 400 and 415 with
    ///   ProblemDetails when it is not right; 503 when the channel's queue is full. It is not left
    ///   unanswered until there is room: the platform would give up waiting after 5 s, knowing
    ///   nothing, and pings could not be answered meanwhile.
    /// @par Gaps       numbers that were left out, and a platform that begins to count anew, are
    ///   reported to the channel.
    /// @return errc::config_invalid when the link leads elsewhere, is plain where that is not allowed, or
    ///   is no URL; nothing was sent then.
    result<std::unique_ptr<websocket_source>> open(websocket_subscription what);

    struct shared;

private:
    std::shared_ptr<shared> shared_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
