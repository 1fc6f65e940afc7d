#ifndef MEC_EMULATOR_SETTINGS_HPP
#define MEC_EMULATOR_SETTINGS_HPP

/// @file
/// Options of the platform: what is wrong with them, and what stands for those that were left empty.

#include "state.hpp"

#include <mec/core/result.hpp>
#include <mec/emulator/certificate_authority.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

error check_options(const platform_options& o);

/// Name or address in URLs.
std::string host_of(const platform_options& o);

/// A server certificate for that host and for this machine's own names.
certificate_request certificate_for(const platform_options& o);

service_mgmt::transport_info default_transport(const platform_state& s);
app_support::timing_caps default_timing();

} // namespace emulator
MEC_END_NAMESPACE

#endif
