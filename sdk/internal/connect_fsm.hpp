#ifndef MEC_INTERNAL_CONNECT_FSM_HPP
#define MEC_INTERNAL_CONNECT_FSM_HPP

#include "resolver.hpp"

#include <mec/core/clock.hpp>
#include <mec/core/error.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// The code of a failed connect(): refused, timed out, no descriptor left, or else unreachable.
MEC_API errc errc_for_connect(const error_code& system) noexcept;

/// What to do about a connection that is being made.
struct connect_step {
    enum class kind : std::uint8_t {
        start,     ///< begin attempt `index`, and go on waiting until `wake`
        wait,      ///< for an attempt, or until `wake`
        connected, ///< attempt `index` is the connection; close in_flight()
        failed     ///< see failure(); close in_flight()
    };
    kind what;
    std::size_t index = 0;
    steady_time wake = steady_time::max(); ///< call on_timer() then
};

/// Happy eyeballs (RFC 8305 clause 5): the addresses are tried in their order, the next one when the
/// last has failed or has not answered within `step`; the first that answers wins. Knows no socket
/// and no clock. After `connected` or `failed` no event may follow.
class MEC_API connect_fsm {
public:
    /// @param addresses  in order; not empty.
    /// @param deadline  of all attempts together.
    connect_fsm(address_list addresses, std::chrono::milliseconds step, steady_time deadline);

    connect_step start(steady_time now);
    connect_step on_connected(std::size_t index);
    connect_step on_failed(std::size_t index, error_code system, steady_time now);
    connect_step on_timer(steady_time now);

    const resolved_address& address(std::size_t index) const { return addresses_[index]; }
    /// Attempts that are under way; after `connected` without the winner.
    std::vector<std::size_t> in_flight() const;
    /// After `failed`: errc::connect_timeout, connect_refused, unreachable or resource_exhausted; names
    /// every address that was tried and what became of it.
    error failure() const;

private:
    enum class progress : std::uint8_t { untried, under_way, failed, won };
    struct attempt {
        progress state = progress::untried;
        error_code system{};
    };

    connect_step start_next(steady_time now);
    connect_step keep_waiting() const;
    bool any_under_way() const noexcept;
    errc failure_code() const noexcept;

    address_list addresses_;
    std::vector<attempt> attempts_;
    std::chrono::milliseconds step_;
    steady_time deadline_;
    steady_time next_start_ = steady_time::min();
    std::size_t next_ = 0;
    bool timed_out_ = false;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
