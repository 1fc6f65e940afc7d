#ifndef MEC_INTERNAL_LIFECYCLE_FSM_HPP
#define MEC_INTERNAL_LIFECYCLE_FSM_HPP

/// @file
/// What an application does next, decided without I/O: it converges to what is declared, keeps it
/// alive, and leaves in order.

#include "departure.hpp"
#include "heartbeat_schedule.hpp"
#include "reconcile_fsm.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string>

MEC_BEGIN_NAMESPACE
namespace internal {

/// What is to be done. All `announce` together have drained() as their event, `finish` has none.
struct lifecycle_action {
    enum class kind : std::uint8_t {
        none,
        reconcile,           ///< `task`
        heartbeat,           ///< of the service `task.key`
        announce,            ///< tell the application that it ends; it has until `until`
        withdraw,            ///< remove `task.key`; others may be under way
        leave_radio,         ///< remove what is at the radio network information service
        confirm_termination, ///< to the platform
        finish               ///< with `outcome`
    };
    kind what = kind::none;
    reconcile_task task{};
    steady_time until{};
    error outcome{};
};

/// After every event, and at wakeup(): next() until it gives none.
class MEC_API lifecycle_fsm {
public:
    explicit lifecycle_fsm(reconcile_options options) : want_(options) {}

    reconcile_fsm& want() noexcept { return want_; }
    const reconcile_fsm& want() const noexcept { return want_; }
    const departure& leave() const noexcept { return leave_; }

    lifecycle_action next(steady_time now);
    steady_time wakeup() const noexcept;

    /// The application is to end within `budget`; may come again.
    void begin_departure(termination_cause cause, app_support::operation_action action,
                         std::chrono::milliseconds budget, steady_time now);
    /// The application has finished its work: it has let go of every announcement.
    void drained() noexcept { drained_ = true; }

    /// Something is declared at the radio network information service, too. It is left at the same time
    /// as the platform.
    void use_radio() noexcept { radio_ = radio_ == guest::none ? guest::staying : radio_; }
    void on_radio_left() noexcept { radio_ = guest::left; }

    /// The platform requires heartbeats of a service, every `interval`; none when it is not positive.
    void require_heartbeats(std::size_t key, std::chrono::seconds interval, steady_time now,
                            double u)
    {
        beats_.set(key, interval, now, u);
    }
    bool beats(std::size_t key) const { return beats_.has(key); }
    /// @param interval  the new one, if the platform has set it.
    void on_heartbeat(std::size_t key, const error& failure,
                      std::optional<std::chrono::seconds> interval, steady_time now, double u);
    void on_withdrawn(std::size_t key, const error& failure);
    void on_termination_confirmed(const error& failure, steady_time now);

    application_state state() const noexcept;
    const error& reason() const noexcept;

private:
    enum class guest : std::uint8_t { none, staying, leaving, left };
    enum class phase : std::uint8_t { staying, draining, withdrawing, confirming, finished };

    lifecycle_action stay(steady_time now);
    lifecycle_action withdraw(steady_time now);
    lifecycle_action confirm(steady_time now);
    lifecycle_action finish();

    reconcile_fsm want_;
    heartbeat_schedule beats_;
    departure leave_;
    phase phase_ = phase::staying;
    guest radio_ = guest::none;
    bool announce_ = false;
    bool drained_ = false;
    bool settling_ = false;   ///< there is time to find out what is there
    bool confirming_ = false; ///< a request is under way
    bool confirmed_ = false;  ///< the platform does not wait any more
    app_support::operation_action confirming_action_{};
    steady_time confirm_again_{};
    std::set<std::size_t> under_way_; ///< being withdrawn
    std::set<std::size_t> tried_;     ///< withdrawn, or not to be
    error outcome_;
    error withdraw_failure_;
    error confirm_failure_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
