#ifndef MEC_INTERNAL_CALL_HPP
#define MEC_INTERNAL_CALL_HPP

/// @file
/// One call of an API operation, from the moment it is started to its handler: token, attempts, waits,
/// deadline, decoding. One object and one allocation, whatever happens on the way.

#include "answer_headers.hpp"
#include "retry_fsm.hpp"

#include <mec/auth/token_source.hpp>
#include <mec/detail/blocking_loop.hpp>
#include <mec/detail/complete.hpp>
#include <mec/detail/initiate.hpp>
#include <mec/http/endpoint.hpp>
#include <mec/http/operation.hpp>
#include <mec/http/transport.hpp>
#include <mec/json/codec.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/recycling_allocator.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Memory of a call that the next call uses again.
struct call_buffers {
    http::request request;
    http::response response;
    auth::token_ptr bearer; ///< whose value stands in request.bearer
};

/// What the calls of one API connection share. Thread-safe.
class MEC_API call_context {
public:
    explicit call_context(http::endpoint where);

    const http::endpoint& where() const noexcept { return where_; }
    const client_options& options() const noexcept { return where_.options; }
    asio::any_io_executor executor() const noexcept { return where_.transport->get_executor(); }
    retry_budget& budget() noexcept { return budget_; }

    std::unique_ptr<call_buffers> take_buffers();
    void return_buffers(std::unique_ptr<call_buffers> buffers) noexcept;

    /// Writes the path of an operation into `target`: the API's base, then the template with the
    /// application instance and `resource_id` in it, encoded once.
    /// @return errc::config_invalid when an id is empty, too long, `.` or `..`.
    error fill_target(std::string& target, const http::operation& op,
                      std::string_view resource_id = {}) const;

private:
    static constexpr std::size_t kept_buffers = 16;
    static constexpr std::size_t kept_bytes = 256 * 1024; ///< larger bodies are not kept

    const http::endpoint where_;
    const std::string base_; ///< path of the API's base, without trailing slash
    retry_budget budget_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<call_buffers>> buffers_;
};

/// The part of a call that does not depend on its result type.
class MEC_API call : public detail::blocking_loop::task, public std::enable_shared_from_this<call> {
public:
    call(std::shared_ptr<call_context> context, const http::operation& op);
    virtual ~call();

    http::request& request() noexcept { return buffers_->request; }

    /// Starts, or arranges that `failure` is reported if there is one already.
    void start(error failure);

protected:
    virtual asio::any_completion_executor completion_executor() const = 0;
    virtual asio::cancellation_slot slot() const = 0;
    /// Decodes a success and completes the handler; called once.
    virtual void finish(error failure) = 0;

    bool blocking() const noexcept { return blocking_ != nullptr; }

    const http::response& response() const noexcept { return buffers_->response; }
    const call_context& context() const noexcept { return *context_; }
    const asio::any_io_executor& io() const noexcept { return io_; }
    /// Of a success without a result: a body that is not JSON did not come from the platform.
    error expect_no_content() const;
    /// Reads the body of a success; adds operation, endpoint and status to a failure.
    error decode(void* target, const json::type_desc& type) const;

private:
    struct sent;
    /// What the call waits for outside the transport. Whoever sets it back to none goes on with the
    /// call: the event, the deadline or the cancellation.
    enum class pause : std::uint8_t { none, token, retry };

    void run() override;
    void drop() noexcept override;

    void attempt();
    bool have_token();
    void fetch_token(auth::token_ptr rejected);
    void on_token(result<auth::token_ptr> token);
    void send();
    void on_sent(error failure);
    steady_time by_machine(steady_time when) const noexcept;
    void wait(std::chrono::milliseconds delay);
    void decide(const attempt_outcome& outcome);
    void end(error failure);
    void listen_for_cancellation();
    void on_cancel();
    bool set_timer(pause reason, steady_time when);
    void on_timer(pause reason);
    bool claim(pause reason) noexcept;

    error fail_with(errc code, const error& transport_failure) const;
    error_info circumstances() const;
    std::optional<std::chrono::milliseconds> retry_after() const;
    void log_outcome(const error& failure) const;

    std::shared_ptr<call_context> context_;
    const http::operation& op_;
    asio::any_io_executor io_;
    std::unique_ptr<call_buffers> buffers_;
    const steady_time started_;
    retry_fsm retry_;
    auth::token_ptr token_;
    auth::token_ptr rejected_;
    detail::blocking_loop* blocking_ = nullptr;
    std::shared_ptr<call> self_; ///< while queued in the blocking loop
    asio::cancellation_signal cancel_;
    std::optional<asio::steady_timer> timer_;

    // A cancellation may come on another thread than the event that it meets.
    std::mutex mutex_;
    pause pause_ = pause::none;
    bool cancelled_ = false;

    error refused_;        ///< why a blocking call does not even begin
    bool looping_ = false; ///< a blocking call loops instead of recursing
    bool try_again_ = false;
};

/// Calls the user's handler, on its executor. Only there may its cancellation slot be touched.
template <class Handler, class Arg> struct final_completion {
    Handler handler;
    Arg arg;
    void operator()()
    {
        if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected())
            slot.clear();
        std::move(handler)(std::move(arg));
    }
};

/// A call with a result of type T.
template <class T> class typed_call final : public call {
public:
    typed_call(std::shared_ptr<call_context> context, const http::operation& op, handler_for<T> h)
        : call(std::move(context), op), handler_(std::move(h)),
          work_(asio::prefer(
              asio::any_completion_executor(asio::get_associated_executor(*handler_, io())),
              asio::execution::outstanding_work.tracked))
    {
    }

private:
    asio::any_completion_executor completion_executor() const override { return work_; }
    asio::cancellation_slot slot() const override
    {
        return asio::get_associated_cancellation_slot(*handler_);
    }
    void finish(error failure) override
    {
        result<T> outcome = conclude(std::move(failure));
        handler_for<T> handler(std::move(*handler_));
        handler_.reset();
        const auto executor = std::exchange(work_, asio::any_completion_executor());
        if (blocking()) std::move(handler)(std::move(outcome));
        else
            executor.execute(final_completion<handler_for<T>, result<T>>{std::move(handler),
                                                                         std::move(outcome)});
    }
    result<T> conclude(error failure) const
    {
        if (failure) return failure;
        if constexpr (std::is_void_v<T>) {
            error e = expect_no_content();
            return e ? result<T>(std::move(e)) : result<T>();
        } else {
            T value{};
            if constexpr (is_optional<T>::value)
                if (response().body.empty()) return value;
            if (error e = decode(&value, json::type_of<T>::value)) return e;
            take_headers(value, response());
            return value;
        }
    }

    std::optional<handler_for<T>> handler_;
    asio::any_completion_executor work_; ///< keeps the handler's executor from running dry
};

/// Starts a call. `fill(request)` writes target and body and says what is wrong with the arguments.
template <class T, class Fill> void start_call(const std::shared_ptr<call_context>& context,
                                               const http::operation& op, handler_for<T> handler,
                                               Fill&& fill)
{
    auto c = std::allocate_shared<typed_call<T>>(asio::recycling_allocator<void>(), context, op,
                                                 std::move(handler));
    error failure = fill(c->request());
    c->start(std::move(failure));
}

} // namespace internal
MEC_END_NAMESPACE

#endif
