#ifndef MEC_EMULATOR_RNI_EXPIRY_HPP
#define MEC_EMULATOR_RNI_EXPIRY_HPP

/// @file
/// How long radio subscriptions live (GS MEC 012 clauses 6.3 and 6.4.9).

#include "operations.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

/// Replaces the end that the application proposes by the one that the platform agrees to.
std::optional<answer> agree_on_end(const platform_state& s, rni::subscription_base& content);

/// Tells applications of ends that are near, and ends what is over.
void end_expired_subscriptions(platform_state& s);

bool waits_for_expiry(const platform_state& s);

} // namespace emulator
MEC_END_NAMESPACE

#endif
