#ifndef MEC_INTERNAL_WEBSOCKET_HPP
#define MEC_INTERNAL_WEBSOCKET_HPP

/// @file
/// One websocket (RFC 6455) over a connected stream, either end. Messages in, messages out; pings,
/// limits and deadlines are taken care of. No compression: what it saves on loopback and in one
/// data centre is not worth what its memory costs per connection.

#include "parsers.hpp"
#include "stream.hpp"

#include <mec/core/secret.hpp>
#include <mec/core/url.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace asio = boost::asio;

namespace internal {

struct websocket_options {
    std::size_t message = 256 * 1024; ///< bytes of one message, in however many frames
    std::size_t upgrade = 16 * 1024;  ///< bytes of the answer to the upgrade request
    std::chrono::milliseconds handshake{5000};
    std::chrono::milliseconds receive{10'000}; ///< from the first part of a message to its last
    /// A peer that sends nothing for so long gets a ping; after twice as long it is given up.
    std::chrono::milliseconds ping{15'000};
    std::chrono::milliseconds closing{1000}; ///< for the peer to answer the close frame
    std::string user_agent = "mec-sdk-cpp/" MEC_VERSION_STRING;
};

/// What a websocket tells. Called on its executor, one call at a time; none after on_end().
class MEC_API websocket_events {
public:
    virtual ~websocket_events();
    virtual void on_open() = 0;
    /// The next message is read when this has returned and what was given to send() has left.
    virtual void on_message(std::string_view message) = 0;
    /// It is over, and not because of close(). errc::connection_lost, deadline_exceeded,
    /// limit_exceeded, protocol_error, unexpected_content (a redirect), or the code of the status with
    /// which the upgrade was declined.
    virtual void on_end(const error& why) = 0;
};

/// The request that asks for a websocket.
struct websocket_upgrade {
    mec::origin origin;
    std::string target;
    secret_string bearer; ///< empty: not sent
};

/// Thread-safe. What is going on keeps it alive until close() or the end of the connection.
class MEC_API websocket {
public:
    virtual ~websocket();

    /// @param executor  runs one handler at a time (a strand, or a context with one thread)
    /// @param s         connected, TLS handshake done
    /// @param unread    bytes that came before the websocket did
    /// @param events    nothing is told when it is gone
    static std::shared_ptr<websocket> make(asio::any_io_executor executor, stream s,
                                           std::string unread, websocket_options options,
                                           std::weak_ptr<websocket_events> events);

    /// Once: asks the peer for a websocket.
    virtual void connect(websocket_upgrade request) = 0;
    /// Once: answers a peer's request for one; with 400 or 426 when it is none.
    virtual void accept(const received_request& request) = 0;
    /// A binary message. One at a time: the next after on_message() told of an answer.
    virtual void send(std::string message) = 0;
    /// Says goodbye and closes, in a second at the latest. No event is told after it has returned on
    /// the executor; elsewhere one may be under way.
    virtual void close() noexcept = 0;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
