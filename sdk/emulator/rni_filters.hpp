#ifndef MEC_EMULATOR_RNI_FILTERS_HPP
#define MEC_EMULATOR_RNI_FILTERS_HPP

/// @file
/// Which subscriptions an event in the radio network concerns. Pure.

#include "radio/events.hpp"

#include <mec/rni/subscriptions.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// True when the subscription is of the event's type and all of its criteria hold. A criterion that is
/// a list holds when one of its values does, or when it is empty. A hand-over concerns its source and
/// its targets; a changed bearer concerns its former QCI too. Whose application a UE belongs to is
/// not known: `appInstanceId` matches everything.
MEC_API bool matches(const rni::subscription& wanted, const radio::event& e);

/// @name Single criteria, for queries too
/// @{
bool is_cell(const rni::ecgi& wanted, const radio::cell_identity& cell);
bool is_ue(const rni::associate_id& wanted, const radio::ue_identity& ue);
/// @}

} // namespace emulator
MEC_END_NAMESPACE

#endif
