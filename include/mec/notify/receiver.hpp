#ifndef MEC_NOTIFY_RECEIVER_HPP
#define MEC_NOTIFY_RECEIVER_HPP

/// @file
/// The server inside the application to which the platform posts its notifications (GS MEC 011
/// clauses 7.2.11 and 8.2.11, GS MEC 012 clause 7.6).

#include <mec/core/clock.hpp>
#include <mec/core/log.hpp>
#include <mec/core/result.hpp>
#include <mec/core/url.hpp>
#include <mec/json/describe.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

MEC_BEGIN_NAMESPACE

namespace asio = boost::asio;

namespace notify {

/// What may come in, and how long it may take. Exceeding one closes the connection, with an answer
/// where HTTP has one.
struct receiver_limits {
    std::size_t connections = 1024;
    std::size_t connections_per_peer = 1024; ///< a platform behind a gateway is one peer
    std::size_t header = 8 * 1024;           ///< bytes
    std::size_t body = 64 * 1024;            ///< bytes
    std::size_t queue = 1024; ///< notifications of one channel that wait for its handler
    std::size_t queue_bytes = 4 * 1024 * 1024; ///< of their bodies, together
    std::chrono::milliseconds handshake{5000};
    std::chrono::milliseconds header_time{5000};
    std::chrono::milliseconds body_time{10'000};
    std::chrono::milliseconds idle{60'000}; ///< of a connection between two notifications
};

struct receiver_options {
    std::string address = "::"; ///< IPv4 or IPv6 literal; `::` takes both families
    std::uint16_t port = 0;     ///< 0: any free one
    /// What the platform is told: scheme, host, port and path prefix of the callback URLs, when they
    /// are not this machine's own (port mapping, ingress). Without it `receiver::base_url` needs the
    /// host.
    std::optional<url> advertise;
    /// In front of every channel's id. Where `advertise` has another path, that one is served as well:
    /// an ingress may forward it as it is, or replace it with this one.
    std::string path = "/mec";
    std::string cert_file;      ///< PEM chain; with key_file the receiver speaks HTTPS only
    std::string key_file;       ///< PEM; mode 0600 or stricter
    std::string client_ca_file; ///< PEM; not empty: the platform must show a certificate of this CA
    /// Values of Host that are answered, others get 421; a name without port stands for every port.
    /// Empty: all.
    std::vector<std::string> hosts;
    receiver_limits limits{};
    bool strict = false; ///< accept only what the standard says (see json::decode_options)
    mec::logger log{};
    mec::clock* clock = &machine_clock(); ///< must outlive the receiver
};

/// What happened so far; for tests, logs and people.
struct receiver_counters {
    std::uint64_t accepted = 0;    ///< notifications answered with 204 that will be delivered
    std::uint64_t delivered = 0;   ///< handler calls that have begun
    std::uint64_t duplicates = 0;  ///< answered with 204, not delivered again
    std::uint64_t refused = 0;     ///< answered with 503: the channel's queue was full
    std::uint64_t bad_bodies = 0;  ///< for a channel, answered with 400 or 415
    std::uint64_t unknown = 0;     ///< answered with 404: no such path
    std::uint64_t late = 0;        ///< for a channel that was closed a moment ago: 204, dropped
    std::uint64_t tests = 0;       ///< TestNotification (GS MEC 012): 204, not delivered
    std::uint64_t exceptions = 0;  ///< thrown by handlers
    std::uint64_t connections = 0; ///< open now
};

/// Notifications were refused, were lost on the way, or may have been missed: what the application knows from
/// notifications is out of date until it has asked.
struct gap {
    std::uint64_t refused = 0; ///< or lost: how many at least; 0: not known
};

/// One subscription's way in: a path that nobody can guess. Destroying it closes it.
class MEC_API channel {
public:
    virtual ~channel();
    /// Path of the channel below the receiver's base, without a `/`: 32 hexadecimal digits.
    virtual const std::string& id() const noexcept = 0;
    /// Begins to deliver. Until then what comes is accepted and held, in order: the platform may post
    /// before its 201 has arrived.
    virtual void activate() = 0;
    /// No handler call begins after close() has returned on the delivery executor; on other threads
    /// one may be running. For 60 s the path is answered with 204 still, then with 404.
    virtual void close() noexcept = 0;
};

/// Handlers of one channel. They run on the delivery executor, one at a time, in order of arrival.
/// What a handler throws is counted and logged; the next notification is delivered all the same.
template <class Notification> struct handlers {
    std::function<void(const Notification&)> on_notification;
    /// Called after the notifications that came before the gap, and before those that come after it.
    std::function<void(const gap&)> on_gap{};
};

namespace detail {

/// What a channel does with bodies, with the notification's type erased.
struct sink {
    const json::type_desc* type = nullptr;
    std::shared_ptr<void> (*make)() = nullptr;
    void (*reset)(void*) = nullptr; ///< makes a used notification like a new one
    std::function<void(const void*)> deliver;
    std::function<void(const gap&)> on_gap;
};

template <class Notification> sink make_sink(handlers<Notification> h)
{
    sink s;
    s.type = &json::type_of<Notification>::value;
    s.make = []() -> std::shared_ptr<void> { return std::make_shared<Notification>(); };
    s.reset = [](void* n) { *static_cast<Notification*>(n) = Notification{}; };
    s.deliver = [f = std::move(h.on_notification)](const void* n) {
        if (f) f(*static_cast<const Notification*>(n));
    };
    s.on_gap = std::move(h.on_gap);
    return s;
}

} // namespace detail

/// Listens, from listen() to close() or destruction; channels may live longer.
/// @par Order        a notification is decoded, put into its channel's queue, answered with 204, and
///   then delivered. What was answered with 204 is delivered unless its channel is closed before.
/// @par Refused      404 for a path that is no channel's; 405 for other methods than POST; 415 and 400
///   for bodies that are not JSON or not the channel's type; 503 with Retry-After while the queue is
///   full, and then the channel's handler gets a gap.
/// @par Duplicates   a notification with a `timeStamp` that has been accepted on the same channel within
///   the last 60 s (of the last 1,024), byte for byte, is answered with 204 and not delivered again.
///   Notifications without a time stamp, or whose type has none, say what is, and are delivered every
///   time.
/// @par Thread safety all functions may be called from any thread.
class MEC_API receiver {
public:
    /// Opens the port; the listen queue takes connections when this returns. Where IPv6 is switched
    /// off, `::` becomes `0.0.0.0`, with a warning in the log.
    /// @param io        its context serves the connections; must outlive the receiver.
    /// @param delivery  runs the handlers; the same as `io`, or a strand of it, is the fast way.
    /// @return errc::config_invalid when address, port, URL, certificate or key cannot be used;
    ///   errc::resource_exhausted when there is no descriptor left.
    static result<std::shared_ptr<receiver>>
    listen(asio::any_io_executor io, asio::any_io_executor delivery, receiver_options options = {});
    virtual ~receiver();

    virtual std::uint16_t port() const noexcept = 0;
    /// Base of the callback URLs: what `advertise` says, else scheme, `host` and the real port.
    /// @param host  name or address of this machine as the platform sees it.
    virtual result<url> base_url(const std::string& host) const = 0;
    virtual receiver_counters counters() const = 0;
    /// Closes the listener, all connections and all channels. Does not block.
    virtual void close() noexcept = 0;

    /// Makes a path for notifications of one type (a described struct, or a described std::variant).
    /// @throws std::runtime_error when the operating system gives no random bytes.
    template <class Notification> std::shared_ptr<channel> open(handlers<Notification> h)
    {
        return open_sink(detail::make_sink(std::move(h)));
    }

protected:
    virtual std::shared_ptr<channel> open_sink(detail::sink s) = 0;
};

} // namespace notify
MEC_END_NAMESPACE

#endif
