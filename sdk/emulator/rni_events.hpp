#ifndef MEC_EMULATOR_RNI_EVENTS_HPP
#define MEC_EMULATOR_RNI_EVENTS_HPP

/// @file
/// From the radio network to the subscribers.

#include "radio/events.hpp"
#include "state.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

/// Puts a notification for every subscription that the event concerns into the outbox.
void publish(platform_state& s, const radio::event& e);

} // namespace emulator
MEC_END_NAMESPACE

#endif
