#ifndef MEC_SRC_NOTIFY_WEBSOCKET_LINK_HPP
#define MEC_SRC_NOTIFY_WEBSOCKET_LINK_HPP

#include "async_exchange.hpp"
#include "fed_channel.hpp"
#include "websocket_sequence.hpp"
#include "websocket_source.hpp"

#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <optional>

MEC_BEGIN_NAMESPACE
namespace internal {

struct websocket_client::shared {
    shared(const asio::any_io_executor& executor, websocket_client_options o);

    const websocket_client_options options;
    const std::shared_ptr<transport_core> core;
};

/// The running part of a source: one connection after another. All but counters() and the two ends
/// happens on its strand; what is under way keeps it alive.
class websocket_link final : public websocket_events,
                             public std::enable_shared_from_this<websocket_link> {
public:
    websocket_link(std::shared_ptr<websocket_client::shared> s, websocket_subscription what,
                   url target, std::shared_ptr<fed_channel> channel);

    void start();
    void close() noexcept;
    websocket_source_counters counters() const;

private:
    void attempt();
    void fetch_token();
    void connect();
    void on_connected(const error& failure);
    void on_open() override;
    void on_message(std::string_view message) override;
    void on_end(const error& why) override;
    void take(const websocket_request& request);
    void answer(std::uint32_t sequence, const verdict& v);
    void report_gap(const websocket_judgement& j);
    bool with_token() const noexcept;
    const websocket_client_options& options() const noexcept { return shared_->options; }

    using counter = std::atomic<std::uint64_t>;

    const std::shared_ptr<websocket_client::shared> shared_;
    const websocket_subscription what_;
    const url target_;
    const std::shared_ptr<fed_channel> channel_;
    const asio::any_io_executor strand_;
    counter opened_{0}, failed_{0}, received_{0}, repeated_{0}, missed_{0}, refused_{0};

    std::atomic<bool> closed_{false}; ///< set by close() at once: what is queued says nothing more
    auth::token_ptr token_;
    auth::token_ptr rejected_;
    http::request request_; ///< of the exchange that connects
    http::response response_;
    stream connection_;
    std::weak_ptr<async_exchange> connecting_;
    std::shared_ptr<websocket> socket_;
    websocket_reconnect reconnect_;
    websocket_sequence sequence_;
    asio::steady_timer timer_; ///< until the next attempt
};

} // namespace internal
MEC_END_NAMESPACE

#endif
