#ifndef MEC_EMULATOR_WEBSOCKET_SESSION_HPP
#define MEC_EMULATOR_WEBSOCKET_SESSION_HPP

#include "websocket_hub.hpp"

#include <boost/asio/steady_timer.hpp>

#include <optional>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// The platform's end of one subscription's websocket, across connections. Thread-safe: everything
/// happens on its strand.
class websocket_session final : public internal::websocket_events,
                                public std::enable_shared_from_this<websocket_session> {
public:
    using handler = websocket_hub::handler;

    websocket_session(const asio::any_io_executor& executor, internal::websocket_options options,
                      std::chrono::milliseconds answer);

    void attach(internal::detached_connection connection,
                const internal::received_request& request);
    void send(std::string body, bool again, handler done);
    /// Closes the connection and ends the message under way. It can be used again afterwards.
    void end(const error& why);

private:
    struct message {
        std::string text;
        handler done;
    };

    void on_open() override;
    void on_message(std::string_view text) override;
    void on_end(const error& why) override;

    void transmit();
    void drop_connection();
    void lost(const error& why);
    void finish(const error& why, int status);

    const asio::any_io_executor strand_;
    const internal::websocket_options options_;
    const std::chrono::milliseconds answer_;
    std::shared_ptr<internal::websocket> socket_;
    bool open_ = false;
    std::uint32_t sequence_ = 0;
    std::optional<message> current_;
    bool under_way_ = false; ///< the current message was sent on this connection
    asio::steady_timer timer_;
};

} // namespace emulator
MEC_END_NAMESPACE

#endif
