#ifndef MEC_EMULATOR_CONTROL_HPP
#define MEC_EMULATOR_CONTROL_HPP

/// @file
/// The control interface over HTTP: the platform's verbs for other programs. Only for who has the
/// control token.

#include <mec/config.hpp>

#include <string_view>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// Where the control interface lies, below the server's root.
inline constexpr std::string_view control_base = "/emulator/v1";

} // namespace emulator
MEC_END_NAMESPACE

#endif
