#ifndef MEC_EMULATOR_RNI_DELIVERY_HPP
#define MEC_EMULATOR_RNI_DELIVERY_HPP

/// @file
/// How the notifications of a radio subscription reach the application: callback URL or websocket,
/// tried or not (GS MEC 012 clause 6.3, GS MEC 009 clause 6.12a).

#include "operations.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

/// Picks one of the ways that `content` offers, and leaves only that one in it.
/// @param one  gets the way; its id must be there
std::optional<answer> choose_delivery(platform_state& s, subscription& one,
                                      rni::subscription_base& content);

/// Sends the test notification that was asked for.
void begin_test(platform_state& s, const subscription& one);

/// The fate of a notification. A test that failed makes the platform take the websocket, if the
/// application offered that.
void end_test(platform_state& s, const sent_notification& n);

} // namespace emulator
MEC_END_NAMESPACE

#endif
