#ifndef MEC_INTERNAL_ASYNC_EXCHANGE_HPP
#define MEC_INTERNAL_ASYNC_EXCHANGE_HPP

#include "connect_fsm.hpp"
#include "http_exchange.hpp"
#include "transport_core.hpp"

#include <mec/http/transport.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Drives one exchange on an event loop: waits for a place in the pool, resolves, connects, shakes
/// hands, sends and receives. Events may come on any thread of the executor; one mutex keeps them
/// apart. Whatever is waiting keeps the exchange alive.
class async_exchange final : public expiring,
                             public connection_pool::waiter,
                             public std::enable_shared_from_this<async_exchange> {
public:
    using handler = asio::any_completion_handler<void(error)>;

    async_exchange(std::shared_ptr<transport_core> core, const http::request& req,
                   http::response& resp, handler done);
    ~async_exchange() override;

    /// Makes or reuses a connection as for `req`, and ends with it in `taken` instead of sending.
    void start_taking(stream& taken);
    void start();
    /// Ends it from outside: cancellation, close of the transport.
    void abort(error why) override;

private:
    using lock = std::unique_lock<std::mutex>;
    struct connecting; ///< async_connecting.hpp

    void on_turn(std::unique_ptr<http_connection> connection) override;
    void on_deadline() override;
    steady_time deadline() const noexcept override { return deadline_.load(); }

    void take_turn(lock& l);
    void listen_for_cancellation();
    void enter(phase p);
    void cut_short(lock& l, error why);

    // async_connect.cpp: from a name to a connection
    void resolve(lock& l);
    void resolved(result<address_list> addresses);
    void on_resolved(result<address_list> addresses);
    void follow(lock& l, connect_step step);
    void start_attempt(lock& l, std::size_t index);
    void on_attempt(std::size_t index, error_code ec);
    void arm_connect_timer(steady_time when);
    void on_connected(lock& l, std::size_t index);
    void handshake(lock& l);

    void exchange(lock& l);
    void go_on(lock& l);
    void wait(bool writable);
    void on_ready(error_code waited);

    void finish(lock& l, error failure);

    const std::shared_ptr<transport_core> core_;
    const http::request* request_;
    http::response* response_;
    stream* taken_ = nullptr; ///< where the connection goes, when that is all that is wanted
    const mec::origin origin_;
    std::optional<handler> handler_;
    asio::any_completion_executor work_;

    std::mutex mutex_;
    phase phase_ = phase::queue;
    bool starting_ = true; ///< inside start(): the handler must not be called yet
    bool done_ = false;
    bool listed_ = false;      ///< in the list of deadlines
    bool holds_place_ = false; ///< counts as open in the pool
    std::atomic<steady_time> deadline_;
    std::shared_ptr<async_exchange> self_; ///< while in the pool's queue
    std::unique_ptr<connecting> connecting_;
    std::unique_ptr<http_connection> connection_;
    std::optional<http_exchange> http_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
