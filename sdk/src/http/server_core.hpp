#ifndef MEC_SRC_HTTP_SERVER_CORE_HPP
#define MEC_SRC_HTTP_SERVER_CORE_HPP

/// @file
/// The two halves of the server, private to it: what all connections share, and one connection.

#include "server.hpp"

#include <mec/core/clock.hpp>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <unordered_map>

MEC_BEGIN_NAMESPACE
namespace internal {

/// An IPv6 address; IPv4 is mapped.
using peer_key = std::array<unsigned char, 16>;

/// Listening socket, limits, and the one timer that watches all deadlines.
/// Lock order: a connection's mutex before this one.
struct server_core : std::enable_shared_from_this<server_core> {
    server_core(asio::any_io_executor ex, server_options o, server::handler h);
    ~server_core();

    error open();
    void close() noexcept;
    void accept_later();
    void wait_for_events();

    /// Called by connections.
    bool watch(int descriptor, server_connection& c);
    void unwatch(int descriptor) noexcept;
    void handle(const received_request& req, responder answer) noexcept;
    void handshake_ended() noexcept { --handshakes; }
    void remove(server_connection& c, const peer_key& peer) noexcept;

    const asio::any_io_executor executor;
    const server_options options;
    const server::handler on_request;
    std::shared_ptr<tls_context> tls;
    std::string address;
    std::uint16_t port = 0;

    std::atomic<std::uint64_t> accepted{0}, refused{0}, evicted{0}, accept_errors{0},
        handshake_errors{0}, requests{0}, bad_requests{0}, timeouts{0};
    std::atomic<std::size_t> handshakes{0};

    std::mutex mutex; ///< guards what follows
    std::unordered_map<server_connection*, std::shared_ptr<server_connection>> connections;

private:
    void on_acceptable();
    bool accept_one();
    void pause_accepting(int cause);
    void admit(stream s, const peer_key& peer);
    bool make_room(const peer_key& peer);
    bool over_limit(const peer_key& peer) const;
    void arm();
    void on_events();
    void schedule_sweep();
    void sweep();

    std::map<peer_key, std::size_t> peers_;
    // Gone after close(): a responder that somebody keeps may outlive the event loop.
    std::optional<asio::posix::stream_descriptor> listener_;
    // An epoll for all connections, which Asio watches as if it were one socket: two system calls for
    // all that have something, instead of one for each (docs/adr/0006).
    std::optional<asio::posix::stream_descriptor> poller_;
    std::optional<asio::steady_timer> sweeper_;
    std::optional<asio::steady_timer> pause_;
    int reserve_ = -1; ///< given up for a moment to refuse a client when no descriptor is left
    bool sweeping_ = false;
    bool closed_ = false;
};

/// One connection: handshake, then read, handle, write until it ends. At any time it does one thing
/// only, so a plain mutex is enough to be safe on any executor.
class server_connection : public std::enable_shared_from_this<server_connection> {
public:
    server_connection(std::shared_ptr<server_core> core, stream s, const peer_key& peer);

    void start();
    /// Something has changed about the socket. `ended`: the peer sends no more.
    void on_event(bool ended);
    void check_deadline(steady_time now);
    void abort(drop how) noexcept;
    /// Since when it waits for its peer, to shake hands or to send; nothing when it owes an answer.
    std::optional<steady_time> waiting_since(bool shaking_hands_only);
    const peer_key& peer() const noexcept { return peer_; }

    void respond(std::uint64_t request, int status, const http::fields& headers,
                 std::string_view body);
    void abandon(std::uint64_t request, drop how) noexcept;
    std::optional<detached_connection> detach(std::uint64_t request);

private:
    enum class phase { handshaking, reading, answering, writing, draining, closed };
    /// What of a request came so far: each has its own deadline.
    enum class stage { none, idle, header, body };
    using lock = std::unique_lock<std::mutex>;

    void advance(lock& l);
    bool step(lock& l);
    bool handshake();
    bool parse(lock& l);
    bool receive();
    bool hand_over(lock& l);
    bool answered();
    bool write();
    bool flush(io_status& stopped);
    bool drain();

    bool refuse(int status);
    bool suspend();
    bool close() noexcept;
    void enter(phase p, std::chrono::milliseconds budget);
    void begin_request();
    void note_stage();
    void expire();

    const std::shared_ptr<server_core> core_;
    const peer_key peer_;

    std::mutex mutex_;
    stream stream_;
    phase phase_ = phase::handshaking;
    stage stage_ = stage::none;
    steady_time entered_;
    steady_time deadline_;

    std::array<char, 8 * 1024> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool suspended_ = false; ///< waits for an event
    bool event_ = false;     ///< one came when it was not waiting: try again before waiting
    bool ended_ = false;     ///< there will be no event any more: read until the end
    bool drained_ = true;    ///< the last read got all there was: wait before the next

    request_parser parser_;
    received_request request_;
    std::uint64_t served_ = 0;
    bool in_handler_ = false;
    bool answered_ = false;
    bool continued_ = false; ///< 100 was sent for this request

    std::string out_;
    std::size_t sent_ = 0;
    std::size_t batched_ = 0; ///< answers in out_
    bool last_ = false;       ///< end after what is in out_
    std::size_t discarded_ = 0;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
