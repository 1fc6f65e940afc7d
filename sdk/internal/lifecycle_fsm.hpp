#ifndef MEC_INTERNAL_LIFECYCLE_FSM_HPP
#define MEC_INTERNAL_LIFECYCLE_FSM_HPP

/// @file
/// What an application does next, decided without I/O: ready, register, stay, withdraw.

#include <mec/app/application.hpp>

#include <chrono>
#include <cstddef>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

struct lifecycle_options {
    std::chrono::milliseconds ready_retry{60'000};
    std::chrono::milliseconds first_delay{250};
    std::chrono::milliseconds longest_delay{15'000};
};

/// One thing at a time: after each step but `stay` and `finish` exactly one event is expected, or
/// stop().
struct lifecycle_step {
    enum class kind : std::uint8_t {
        confirm_ready,
        register_service, ///< `service`
        find_service,     ///< `service` may have been registered by a request without an answer
        wait,             ///< `delay`, then on_timer()
        stay,             ///< nothing to do until stop() or added()
        withdraw,         ///< all that is registered; then on_withdrawn()
        finish,           ///< with `outcome`
        nothing           ///< the step under way goes on
    };
    kind what;
    std::size_t service = 0;
    std::chrono::milliseconds delay{0};
    error outcome{};
};

class MEC_API lifecycle_fsm {
public:
    explicit lifecycle_fsm(lifecycle_options options, std::size_t services);

    application_state state() const noexcept { return state_; }
    /// Why it is recovering or stopping; no error otherwise.
    const error& reason() const noexcept { return reason_; }

    lifecycle_step start(steady_time now);
    lifecycle_step on_ready(const error& failure, steady_time now, double uniform01);
    lifecycle_step on_registered(const error& failure, steady_time now, double uniform01);
    /// @param found  the platform lists a service that is the one looked for.
    lifecycle_step on_found(const error& failure, bool found, steady_time now, double uniform01);
    lifecycle_step on_timer(steady_time now);
    lifecycle_step on_withdrawn(const error& failure);
    /// One more service is provided.
    lifecycle_step added();
    /// The orderly stop. While a call is under way its event comes first.
    lifecycle_step stop();

private:
    enum class doing : std::uint8_t { nothing, ready, registering, finding, waiting, withdrawing };
    enum class registration : std::uint8_t { wanted, unknown, done };

    lifecycle_step go_on();
    lifecycle_step begin_stop();
    lifecycle_step fail(const error& failure);
    lifecycle_step try_again(const error& failure, double uniform01);

    lifecycle_options options_;
    application_state state_ = application_state::starting;
    error reason_;
    doing doing_ = doing::nothing;
    bool ready_ = false;
    bool stopping_ = false;
    int failures_ = 0; ///< in a row
    steady_time ready_deadline_{};
    std::size_t current_ = 0;
    std::vector<registration> services_;
    error outcome_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
