#ifndef MEC_EMULATOR_QUIRK_EDITS_HPP
#define MEC_EMULATOR_QUIRK_EDITS_HPP

/// @file
/// The quirks of what the platform sends: answers and notifications are made by the text of the
/// standard, and changed here, in one place, just before they leave.

#include "answer.hpp"
#include "state.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

void apply_quirks(const platform_state& s, const http::operation& o, answer& a);
void apply_quirks(const platform_state& s, notice& n);

} // namespace emulator
MEC_END_NAMESPACE

#endif
