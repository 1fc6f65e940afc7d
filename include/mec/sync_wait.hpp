#ifndef MEC_SYNC_WAIT_HPP
#define MEC_SYNC_WAIT_HPP

#include <mec/core/result.hpp>
#include <mec/detail/blocking_loop.hpp>

#include <boost/asio/async_result.hpp>

#include <memory>
#include <optional>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace detail {

template <class Result> struct sync_state {
    std::shared_ptr<blocking_loop> loop = std::make_shared<blocking_loop>();
    std::optional<Result> outcome;
};

/// Stores the result. Destroyed without being called, it reports that the operation was dropped.
template <class Result> class sync_handler {
public:
    using executor_type = blocking_executor;

    explicit sync_handler(sync_state<Result>& state) noexcept : state_(&state) {}
    sync_handler(sync_handler&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
    sync_handler& operator=(sync_handler&&) = delete;
    ~sync_handler()
    {
        if (state_) finish(Result(error(errc::cancelled, "the operation was dropped")));
    }
    executor_type get_executor() const noexcept { return executor_type(state_->loop); }
    void operator()(Result outcome) { finish(std::move(outcome)); }

private:
    void finish(Result outcome)
    {
        auto* state = std::exchange(state_, nullptr);
        auto loop = state->loop; // the waiting thread may return, and end the state, during stop()
        state->outcome.emplace(std::move(outcome));
        loop->stop();
    }
    sync_state<Result>* state_;
};

template <class Signature> struct result_of_signature;
template <class R, class Result> struct result_of_signature<R(Result)> {
    using type = Result;
};

} // namespace detail

/// Runs one operation to its end and gives its result:
/// `auto services = mec::sync_wait(client.async_list_services());`
///
/// The calling thread does the I/O itself: no event loop, no other thread, no hand-off. Waits of the
/// SDK (retries, tokens, connections) happen on it too, within the deadline of the call.
/// @param operation  what an `async_` function of the SDK returns when it is given no token.
/// Not for what runs until it is stopped, such as `application::async_run`: that needs its event loop.
/// @par Errors those of the operation; errc::cancelled when it was dropped without completing.
/// @par Threads any thread, any number at once; never from a handler that other work waits for.
template <class Operation> auto sync_wait(Operation&& operation)
{
    using signature = boost::asio::completion_signature_of_t<std::decay_t<Operation>>;
    using result_type = typename detail::result_of_signature<signature>::type;
    detail::sync_state<result_type> state;
    std::forward<Operation>(operation)(detail::sync_handler<result_type>(state));
    state.loop->run();
    return std::move(*state.outcome);
}

MEC_END_NAMESPACE

#endif
