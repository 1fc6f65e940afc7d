#ifndef MEC_EMULATOR_RADIO_CONTROL_HPP
#define MEC_EMULATOR_RADIO_CONTROL_HPP

/// @file
/// What can be done to the radio network from outside, by the C++ API and by the control interface.

#include "router.hpp"
#include "state.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

void add_radio_control(router& r);

/// The UEs of the scenario before leave the network, then those of the new one come.
void set_scenario(platform_state& s, radio::scenario content);

/// @param speed  absent: as it is
error play_scenario(platform_state& s, std::optional<double> speed);

error no_scenario();

} // namespace emulator
MEC_END_NAMESPACE

#endif
