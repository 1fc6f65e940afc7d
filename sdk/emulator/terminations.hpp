#ifndef MEC_EMULATOR_TERMINATIONS_HPP
#define MEC_EMULATOR_TERMINATIONS_HPP

/// @file
/// Graceful termination and stop of an application instance (clauses 5.2.3 and 7.2.11).

#include "state.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

/// @return false when there is no such instance.
bool begin_termination(platform_state& s, const std::string& app_instance_id,
                       app_support::operation_action action, std::chrono::seconds timeout);

/// Ends the terminations whose time is over.
void end_late_terminations(platform_state& s, steady_time now);

bool waits_for_termination(const platform_state& s);

termination_snapshot snapshot_of(const platform_state& s, std::string_view app_instance_id);

/// The instance with everything that it has made, and its tokens.
void remove_application(platform_state& s, const std::string& app_instance_id);

} // namespace emulator
MEC_END_NAMESPACE

#endif
