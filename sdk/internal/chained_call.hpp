#ifndef MEC_INTERNAL_CHAINED_CALL_HPP
#define MEC_INTERNAL_CHAINED_CALL_HPP

/// @file
/// Calls that consist of several calls, one after the other: a second way after a refusal, and read,
/// change, write back.

#include <mec/detail/initiate.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

/// `next` with executor and cancellation of `handler`: so that a step of a chain completes where the
/// whole chain does, also inside sync_wait, and is cancelled with it.
template <class T, class Next>
auto as_step_of(const handler_for<T>& handler, const asio::any_io_executor& io, Next next)
{
    return asio::bind_cancellation_slot(
        asio::get_associated_cancellation_slot(handler),
        asio::bind_executor(
            asio::any_completion_executor(asio::get_associated_executor(handler, io)),
            std::move(next)));
}

/// Sends in one way and, when `other_way(error)` gives one, in that way, and so on.
/// @param send       `send(way, handler)`
/// @param other_way  `std::optional<Way>(way, error)`
template <class T, class Way, class Send, class OtherWay>
void send_in_turn(const asio::any_io_executor& io, Way way, handler_for<T> handler, Send send,
                  OtherWay other_way)
{
    auto shared = std::make_shared<handler_for<T>>(std::move(handler));
    auto on_answer = [=](result<T> answer) {
        if (!answer)
            if (const auto next = other_way(way, answer.error())) {
                send_in_turn<T>(io, *next, std::move(*shared), send, other_way);
                return;
            }
        std::move (*shared)(std::move(answer));
    };
    auto step = as_step_of<T>(*shared, io, std::move(on_answer));
    send(way, handler_for<T>(std::move(step)));
}

/// Reads, changes and writes back, until nobody was faster.
template <class T> class modification : public std::enable_shared_from_this<modification<T>> {
public:
    using get_function = std::function<void(handler_for<T>)>;
    using put_function = std::function<void(T, handler_for<T>)>;

    modification(asio::any_io_executor io, get_function get, put_function put,
                 std::function<void(T&)> change, handler_for<T> handler)
        : io_(std::move(io)), get_(std::move(get)), put_(std::move(put)),
          change_(std::move(change)), handler_(std::move(handler))
    {
    }

    void read()
    {
        get_(step([self = this->shared_from_this()](result<T> current) {
            self->on_read(std::move(current));
        }));
    }

private:
    static constexpr int most_rounds = 5;

    void on_read(result<T> current)
    {
        if (!current) return finish(std::move(current));
        T value = *std::move(current);
        change_(value);
        put_(std::move(value), step([self = this->shared_from_this()](result<T> written) {
                 self->on_written(std::move(written));
             }));
    }
    void on_written(result<T> written)
    {
        const bool beaten = !written && written.error() == errc::precondition_failed;
        if (beaten && ++rounds_ < most_rounds) read();
        else finish(std::move(written));
    }
    template <class Next> handler_for<T> step(Next next)
    {
        return as_step_of<T>(handler_, io_, std::move(next));
    }
    void finish(result<T> outcome) { std::move(handler_)(std::move(outcome)); }

    const asio::any_io_executor io_;
    const get_function get_;
    const put_function put_;
    const std::function<void(T&)> change_;
    handler_for<T> handler_;
    int rounds_ = 0;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
