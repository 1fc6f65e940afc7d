#include "websocket_session.hpp"

#include "websocket_notification.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace emulator {

websocket_session::websocket_session(const asio::any_io_executor& executor,
                                     internal::websocket_options options,
                                     std::chrono::milliseconds answer)
    : strand_(asio::make_strand(executor)), options_(std::move(options)), answer_(answer),
      timer_(strand_)
{
}

void websocket_session::attach(internal::detached_connection connection,
                               const internal::received_request& request)
{
    auto fresh =
        internal::websocket::make(strand_, std::move(connection.io), std::move(connection.unread),
                                  options_, weak_from_this());
    asio::dispatch(strand_, [self = shared_from_this(), fresh = std::move(fresh), request] {
        self->drop_connection();
        self->socket_ = fresh;
        fresh->accept(request);
    });
}

void websocket_session::send(std::string body, bool again, handler done)
{
    asio::post(strand_, [self = shared_from_this(), body = std::move(body), again,
                         done = std::move(done)]() mutable {
        self->finish({errc::cancelled, "the next message came before this was answered"}, 0);
        if (!again) ++self->sequence_;
        self->current_.emplace();
        self->current_->done = std::move(done);
        internal::append_websocket_request(self->current_->text, self->sequence_,
                                           "application/json", body);
        self->transmit();
    });
}

void websocket_session::end(const error& why)
{
    asio::dispatch(strand_, [self = shared_from_this(), why] {
        self->drop_connection();
        self->finish(why, 0);
    });
}

void websocket_session::on_open()
{
    open_ = true;
    transmit();
}

void websocket_session::transmit()
{
    if (!open_ || !current_ || under_way_) return;
    under_way_ = true;
    socket_->send(current_->text);
    timer_.expires_after(answer_);
    timer_.async_wait([self = shared_from_this()](error_code e) {
        if (e || !self->under_way_ || self->timer_.expiry() > std::chrono::steady_clock::now())
            return;
        self->lost({errc::deadline_exceeded, "the application did not answer within " +
                                                 std::to_string(self->answer_.count()) + " ms"});
    });
}

void websocket_session::on_message(std::string_view text)
{
    const auto response = internal::decode_websocket_response(text, {});
    if (!response) return lost(response.error());
    // Another number: an answer that came too late.
    if (under_way_ && response->sequence == sequence_) finish({}, response->status);
}

void websocket_session::on_end(const error& why) { lost(why); }

void websocket_session::lost(const error& why)
{
    const bool waiting = under_way_;
    drop_connection();
    if (waiting) finish(why, 0);
}

void websocket_session::drop_connection()
{
    if (const auto old = std::exchange(socket_, nullptr)) old->close();
    open_ = under_way_ = false;
    timer_.cancel();
}

void websocket_session::finish(const error& why, int status)
{
    timer_.cancel();
    under_way_ = false;
    if (!current_) return;
    const handler done = std::move(current_->done);
    current_.reset();
    asio::post(strand_, [done, why, status] { done(why, status); });
}

} // namespace emulator
MEC_END_NAMESPACE
