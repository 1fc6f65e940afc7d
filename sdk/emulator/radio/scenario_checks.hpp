#ifndef MEC_EMULATOR_RADIO_SCENARIO_CHECKS_HPP
#define MEC_EMULATOR_RADIO_SCENARIO_CHECKS_HPP

#include "scenario.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

/// What the description of the file cannot say: names that must exist or be unique, numbers of digits,
/// ranges of levels and speeds, members that an action needs.
/// @return errc::config_invalid with pointer and message.
error check_scenario(const scenario& s);

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE

#endif
