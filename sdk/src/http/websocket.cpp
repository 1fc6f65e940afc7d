#include "websocket.hpp"

#include "retry_after.hpp"
#include "retry_fsm.hpp"
#include "text.hpp"
#include "websocket_stream.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/error.hpp>
#include <boost/beast/websocket/stream.hpp>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

namespace beast = boost::beast;
namespace ws = boost::beast::websocket;

/// A read buffer that grew beyond this is given back.
constexpr std::size_t keep_buffer = 64 * 1024;

ws::stream_base::timeout timeouts_of(const websocket_options& o)
{
    return {o.handshake, 2 * o.ping, true};
}

/// The request that the server has read already, as Beast wants it.
beast::http::request<beast::http::empty_body> beast_request(const received_request& r)
{
    beast::http::request<beast::http::empty_body> out;
    out.method_string(r.method);
    out.target(r.target);
    out.version(11);
    for (std::size_t i = 0; i < r.headers.size(); ++i)
        out.insert(r.headers[i].name, r.headers[i].value);
    return out;
}

class beast_websocket final : public websocket,
                              public std::enable_shared_from_this<beast_websocket> {
public:
    beast_websocket(const asio::any_io_executor& executor, stream s, std::string unread,
                    websocket_options options, std::weak_ptr<websocket_events> events)
        : executor_(executor), options_(std::move(options)), events_(std::move(events)),
          ws_(executor, std::move(s), std::move(unread)), timer_(executor)
    {
        ws_.set_option(timeouts_of(options_));
        ws_.read_message_max(options_.message);
        ws_.binary(true);
    }

    void connect(websocket_upgrade request) override
    {
        asio::dispatch(executor_,
                       [self = shared_from_this(), r = std::move(request)] { self->ask(r); });
    }

    void accept(const received_request& request) override
    {
        asio::dispatch(executor_, [self = shared_from_this(), r = beast_request(request)] {
            if (self->over_) return;
            self->ws_.set_option(ws::stream_base::decorator([&](ws::response_type& out) {
                out.set(beast::http::field::server, self->options_.user_agent);
            }));
            self->ws_.async_accept(r, [self](error_code e) { self->on_handshake(e); });
        });
    }

    void send(std::string message) override
    {
        asio::dispatch(executor_, [self = shared_from_this(), m = std::move(message)]() mutable {
            self->write(std::move(m));
        });
    }

    void close() noexcept override
    {
        asio::dispatch(executor_, [self = shared_from_this()] { self->say_goodbye(); });
    }

private:
    void ask(const websocket_upgrade& r)
    {
        if (over_) return;
        ws_.next_layer().limit_reads(options_.upgrade);
        ws_.set_option(ws::stream_base::decorator([&](ws::request_type& out) {
            out.set(beast::http::field::user_agent, options_.user_agent);
            if (!r.bearer.empty())
                out.set(beast::http::field::authorization,
                        "Bearer " + std::string(r.bearer.reveal()));
        }));
        ws_.async_handshake(response_, r.origin.authority(), r.target,
                            [self = shared_from_this()](error_code e) { self->on_handshake(e); });
        ws_.set_option(
            ws::stream_base::decorator([](ws::request_type&) {})); // the other is used up
    }

    void on_handshake(error_code e)
    {
        if (over_) return;
        if (e) return end(why_no_websocket(e));
        open_ = true;
        response_ = {};
        ws_.next_layer().limit_reads(static_cast<std::size_t>(-1));
        if (const auto told = events_.lock()) told->on_open();
        read();
    }

    void read()
    {
        if (over_ || reading_ || writing_) return;
        reading_ = true;
        ws_.async_read_some(buffer_, 0, [self = shared_from_this()](error_code e, std::size_t) {
            self->reading_ = false;
            self->on_read(e);
        });
    }

    void on_read(error_code e)
    {
        if (over_) return;
        if (e) return end(why_over(e));
        if (!ws_.is_message_done()) {
            if (!std::exchange(incomplete_, true)) expect_by(options_.receive);
            return read();
        }
        if (std::exchange(incomplete_, false)) timer_.cancel();
        const auto data = buffer_.cdata();
        if (const auto told = events_.lock())
            told->on_message({static_cast<const char*>(data.data()), data.size()});
        buffer_.consume(buffer_.size());
        if (buffer_.capacity() > keep_buffer) buffer_.shrink_to_fit();
        read();
    }

    void write(std::string message)
    {
        if (over_ || writing_) return;
        writing_ = true;
        out_ = std::move(message);
        ws_.async_write(asio::buffer(out_), [self = shared_from_this()](error_code e, std::size_t) {
            self->writing_ = false;
            if (self->over_) return;
            if (e) self->end(self->why_over(e));
            else self->read();
        });
    }

    /// Ends the connection unless the timer is cancelled or set anew before.
    void expect_by(std::chrono::milliseconds budget)
    {
        timer_.expires_after(budget);
        timer_.async_wait([self = shared_from_this()](error_code e) {
            const bool due = self->timer_.expiry() <= std::chrono::steady_clock::now();
            if (e || !due) return;
            self->end({errc::limit_exceeded, "expected the rest of a message within " +
                                                 std::to_string(self->options_.receive.count()) +
                                                 " ms"});
            self->ws_.next_layer().close();
        });
    }

    void end(const error& why)
    {
        if (std::exchange(over_, true)) return;
        timer_.cancel();
        ws_.next_layer().close();
        if (const auto told = events_.lock()) told->on_end(why);
    }

    void say_goodbye()
    {
        events_.reset();
        if (std::exchange(over_, true)) return;
        if (!open_) return ws_.next_layer().close();
        expect_by(options_.closing);
        ws_.async_close(ws::close_code::normal, [self = shared_from_this()](error_code) {
            self->timer_.cancel();
            self->ws_.next_layer().close();
        });
    }

    error why_no_websocket(error_code e)
    {
        const int status = static_cast<int>(response_.result_int());
        if (e != ws::error::upgrade_declined) return why_over(e);
        const bool redirect = status / 100 == 3;
        error_info info;
        info.http_status = status;
        info.message = redirect ? "expected a websocket, got a redirect, which is not followed"
                                : "expected a websocket, got another answer";
        http::fields wait;
        const auto after = response_[beast::http::field::retry_after];
        wait.append("Retry-After", {after.data(), after.size()});
        if (!after.empty())
            info.retry_after = retry_after_of(wait, machine_clock().system_now(),
                                              std::chrono::milliseconds{60'000});
        return {status < 400 ? errc::unexpected_content : errc_for_status(status), std::move(info)};
    }

    error why_over(error_code e)
    {
        error_info info;
        info.system = e;
        if (e == ws::error::closed) {
            const auto& said = ws_.reason();
            info.message = "the peer closed the websocket with code " + std::to_string(said.code);
            if (!said.reason.empty())
                info.message += ": " + printable({said.reason.data(), said.reason.size()}, 125);
            return {errc::connection_lost, std::move(info)};
        }
        if (e == beast::error::timeout) {
            info.message = open_ ? "the peer answered no ping" : "the upgrade was not answered";
            return {errc::deadline_exceeded, std::move(info)};
        }
        if (e == asio::error::message_size || e == ws::error::message_too_big ||
            e == ws::error::buffer_overflow || e == beast::http::error::header_limit ||
            e == beast::http::error::body_limit || e == beast::http::error::buffer_overflow) {
            info.message = open_ ? "expected messages of at most " +
                                       std::to_string(options_.message) + " bytes"
                                 : "expected an answer to the upgrade of at most " +
                                       std::to_string(options_.upgrade) + " bytes";
            return {errc::limit_exceeded, std::move(info)};
        }
        const error& broken = ws_.next_layer().failure();
        const bool protocol = e == ws::condition::handshake_failed ||
                              e == ws::condition::protocol_violation || (!broken && !open_);
        if (!protocol) return broken ? broken : error(errc::connection_lost, std::move(info));
        info.message = (open_ ? "expected frames of RFC 6455, got: "
                              : "expected the answer to a websocket upgrade, got: ") +
                       e.message();
        return {errc::protocol_error, std::move(info)};
    }

    const asio::any_io_executor executor_;
    const websocket_options options_;
    // What follows is used on the executor only.
    std::weak_ptr<websocket_events> events_;
    ws::stream<websocket_stream, false> ws_;
    asio::steady_timer timer_;
    ws::response_type response_;
    beast::flat_buffer buffer_;
    std::string out_;
    bool open_ = false;
    bool reading_ = false;
    bool writing_ = false;
    bool incomplete_ = false;
    bool over_ = false;
};

} // namespace

websocket_events::~websocket_events() = default;
websocket::~websocket() = default;

std::shared_ptr<websocket> websocket::make(asio::any_io_executor executor, stream s,
                                           std::string unread, websocket_options options,
                                           std::weak_ptr<websocket_events> events)
{
    return std::make_shared<beast_websocket>(executor, std::move(s), std::move(unread),
                                             std::move(options), std::move(events));
}

} // namespace internal
MEC_END_NAMESPACE
