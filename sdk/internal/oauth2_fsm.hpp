#ifndef MEC_INTERNAL_OAUTH2_FSM_HPP
#define MEC_INTERNAL_OAUTH2_FSM_HPP

/// @file
/// When to ask for a token, and when not. No I/O, no clock.

#include "oauth2_message.hpp"

#include <mec/auth/token_source.hpp>

#include <chrono>
#include <cstdint>

MEC_BEGIN_NAMESPACE
namespace internal {

/// The life of the tokens of one client. Not thread-safe.
class MEC_API oauth2_fsm {
public:
    static constexpr std::chrono::seconds between_requests{1};
    static constexpr std::chrono::seconds between_rejections{1};
    static constexpr std::chrono::seconds rest_after_refusal{30};
    static constexpr std::chrono::seconds default_lifetime{300}; ///< when expires_in is absent

    struct answer {
        enum class kind : std::uint8_t {
            have,  ///< `token` is at hand
            join,  ///< a request is under way
            fetch, ///< begin one, and report its end under its `ticket`
            refuse ///< see `refusal`, which says when to ask again
        };
        kind what;
        auth::token_ptr token{};
        error refusal{};
        std::uint64_t ticket = 0;
    };

    /// The token while it is good; null when one must be fetched.
    auth::token_ptr current(steady_time now) const noexcept;

    /// Somebody wants a token.
    /// @param rejected  the one that the platform, or the wish to renew it, has ruled out; or null.
    /// @param secret  what a request would be made with: another secret than the refused one ends the rest.
    /// @param give_up  when a request begun now will be over; another is begun if that is not reported.
    answer on_wanted(const auth::token_ptr& rejected, const secret_string& secret, steady_time now,
                     steady_time give_up);
    /// False when a newer request was begun: a failure of this one concerns nobody any more.
    bool is_latest(std::uint64_t ticket) const noexcept { return ticket == ticket_; }

    /// @param uniform01  a random number in [0, 1): clients that were started together shall not renew
    ///   together.
    auth::token_ptr on_granted(std::uint64_t ticket, token_grant grant, steady_time now,
                               double uniform01);

    /// Of the latest request. Gives the failure back, saying when the next request may be made.
    error on_failed(error failure, const secret_string& secret, steady_time now);

private:
    answer refuse(error why, steady_time until, steady_time now) const;

    auth::token_ptr token_;
    std::uint64_t ticket_ = 0;
    steady_time under_way_until_ = steady_time::min();
    steady_time next_request_ = steady_time::min();
    steady_time next_rejection_ = steady_time::min();
    steady_time rest_until_ = steady_time::min();
    secret_string refused_secret_;
    error refusal_; ///< why we rest
    error last_failure_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
