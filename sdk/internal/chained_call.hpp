#ifndef MEC_INTERNAL_CHAINED_CALL_HPP
#define MEC_INTERNAL_CHAINED_CALL_HPP

/// @file
/// Calls that consist of several calls, one after the other: a second way after a refusal; read, change,
/// write back; and others.

#include <mec/detail/initiate.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

/// What chains have in common: the caller's handler. Each step completes where the whole chain does,
/// also inside sync_wait, and is cancelled with it; a cancellation that comes between two steps ends
/// the chain before the next one.
template <class T, class Derived> class chain : public std::enable_shared_from_this<Derived> {
protected:
    /// @param name  of the operation, for errors.
    chain(std::string_view name, asio::any_io_executor io, handler_for<T> handler)
        : name_(name), io_(std::move(io)), handler_(std::move(handler))
    {
    }

    /// Called once, before the first step.
    void listen_for_cancellation()
    {
        auto slot = asio::get_associated_cancellation_slot(handler_);
        if (!slot.is_connected()) return;
        slot.assign([weak = this->weak_from_this()](asio::cancellation_type type) {
            if (const auto self = weak.lock()) self->cancel(type);
        });
    }
    /// `next(self, result)` as the handler of a step that gives a U.
    template <class U = T, class Next> handler_for<U> step(Next next)
    {
        auto on_done = [self = this->shared_from_this(), next](result<U> outcome) {
            next(*self, std::move(outcome));
        };
        return handler_for<U>(asio::bind_cancellation_slot(
            step_cancel_.slot(),
            asio::bind_executor(
                asio::any_completion_executor(asio::get_associated_executor(handler_, io_)),
                std::move(on_done))));
    }
    /// True when the chain has ended because it was cancelled since its last step.
    bool ended_by_cancellation()
    {
        if (!cancelled_) return false;
        error_info info;
        info.operation = std::string(name_);
        info.message = "cancelled between two requests";
        finish(error(errc::cancelled, std::move(info)));
        return true;
    }
    void finish(result<T> outcome)
    {
        if (auto slot = asio::get_associated_cancellation_slot(handler_); slot.is_connected())
            slot.clear();
        std::move(handler_)(std::move(outcome));
    }

private:
    void cancel(asio::cancellation_type type)
    {
        const auto wanted = asio::cancellation_type::terminal | asio::cancellation_type::partial;
        cancelled_ = cancelled_ || (type & wanted) != asio::cancellation_type::none;
        step_cancel_.emit(type);
    }

    const std::string_view name_;
    const asio::any_io_executor io_;
    handler_for<T> handler_;
    asio::cancellation_signal step_cancel_;
    bool cancelled_ = false; ///< touched where the handler's slot is: on its executor
};

/// Sends in one way and, when there is another after an error, in that way, and so on.
template <class T, class Way> class sending final : public chain<T, sending<T, Way>> {
public:
    using send_function = std::function<void(Way, handler_for<T>)>;
    using other_way_function = std::function<std::optional<Way>(Way, const error&)>;

    sending(std::string_view name, asio::any_io_executor io, handler_for<T> handler,
            send_function send, other_way_function other_way)
        : chain<T, sending>(name, std::move(io), std::move(handler)), send_(std::move(send)),
          other_way_(std::move(other_way))
    {
    }
    void start(Way way)
    {
        this->listen_for_cancellation();
        send(way);
    }

private:
    void send(Way way)
    {
        send_(way, this->step([way](sending& self, result<T> answer) {
            self.on_answer(way, std::move(answer));
        }));
    }
    void on_answer(Way way, result<T> answer)
    {
        const auto next = answer ? std::nullopt : other_way_(way, answer.error());
        if (!next) this->finish(std::move(answer));
        else if (!this->ended_by_cancellation()) send(*next);
    }

    const send_function send_;
    const other_way_function other_way_;
};

/// Reads, changes and writes back, until nobody was faster.
template <class T> class modification final : public chain<T, modification<T>> {
public:
    using get_function = std::function<void(handler_for<T>)>;
    using put_function = std::function<void(T, handler_for<T>)>;

    modification(std::string_view name, asio::any_io_executor io, get_function get,
                 put_function put, std::function<void(T&)> change, handler_for<T> handler)
        : chain<T, modification>(name, std::move(io), std::move(handler)), get_(std::move(get)),
          put_(std::move(put)), change_(std::move(change))
    {
    }
    void start()
    {
        this->listen_for_cancellation();
        read();
    }

private:
    static constexpr int most_rounds = 5;

    void read()
    {
        get_(this->step(
            [](modification& self, result<T> current) { self.on_read(std::move(current)); }));
    }
    void on_read(result<T> current)
    {
        if (!current) return this->finish(std::move(current));
        T value = *std::move(current);
        change_(value);
        if (this->ended_by_cancellation()) return;
        put_(std::move(value), this->step([](modification& self, result<T> written) {
            self.on_written(std::move(written));
        }));
    }
    void on_written(result<T> written)
    {
        const bool beaten = !written && written.error() == errc::precondition_failed;
        if (!beaten || ++rounds_ == most_rounds) this->finish(std::move(written));
        else if (!this->ended_by_cancellation()) read();
    }

    const get_function get_;
    const put_function put_;
    const std::function<void(T&)> change_;
    int rounds_ = 0;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
