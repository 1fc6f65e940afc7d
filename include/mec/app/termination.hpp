#ifndef MEC_APP_TERMINATION_HPP
#define MEC_APP_TERMINATION_HPP

#include <mec/app_support/types.hpp>
#include <mec/core/clock.hpp>

#include <memory>

MEC_BEGIN_NAMESPACE

/// Why an application leaves.
enum class termination_cause {
    platform,   ///< the platform stops or terminates the instance (clause 5.2.3)
    signal,     ///< SIGTERM or SIGINT, see application::stop_on_signals()
    application ///< application::stop(), or a cancelled run
};

/// The notice that the application is about to end. Keep a copy while there is work to finish: the SDK
/// goes on when the last copy is gone, when done() is called, or when the time is over.
class MEC_API termination {
public:
    struct notice {
        termination_cause cause = termination_cause::application;
        app_support::operation_action action = app_support::operation_action::terminating;
        steady_time deadline{}; ///< the SDK does not wait longer than until then
    };

    explicit termination(std::shared_ptr<const notice> n) noexcept : notice_(std::move(n)) {}

    termination_cause cause() const noexcept { return notice_->cause; }
    /// Whether the instance may be started again. `terminating` unless the platform says otherwise.
    app_support::operation_action action() const noexcept { return notice_->action; }
    /// By the steady clock. Afterwards services are withdrawn and connections closed.
    steady_time deadline() const noexcept { return notice_->deadline; }

    /// The work is done, as far as this copy is concerned.
    /// @pre called once on each copy; the other functions must not be used afterwards
    void done() noexcept { notice_.reset(); }

private:
    std::shared_ptr<const notice> notice_;
};

MEC_END_NAMESPACE

#endif
