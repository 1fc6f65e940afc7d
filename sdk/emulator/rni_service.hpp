#ifndef MEC_EMULATOR_RNI_SERVICE_HPP
#define MEC_EMULATOR_RNI_SERVICE_HPP

/// @file
/// The radio network information service as the catalogue knows it. The platform itself offers it.

#include "state.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

/// Switches it on or off; announced.
void offer_radio(platform_state& s, bool on);

/// A service that is on and is not in the catalogue, because that was lost or because the platform has
/// just started, is registered anew. Announced.
void keep_radio_offered(platform_state& s);

/// True for the operations of its API.
bool is_radio_operation(const http::operation& o);

} // namespace emulator
MEC_END_NAMESPACE

#endif
