#ifndef MEC_EMULATOR_RULE_FILE_HPP
#define MEC_EMULATOR_RULE_FILE_HPP

#include "state.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

/// The rules of the first, then those of the second.
rule_set joined(rule_set first, const rule_set& then);

/// errc::config_invalid with a JSON pointer when a rule has no id, or that of another.
error check_rules(const rule_set& rules);

/// Reads the file into the state and gives its rules to the instances that are there.
/// @return errc::storage_error, errc::json_syntax, errc::json_schema or errc::config_invalid, with
///   the path and a JSON pointer.
error read_rules(const std::string& path, platform_state& s);

} // namespace emulator
MEC_END_NAMESPACE

#endif
