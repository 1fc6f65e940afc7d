#ifndef MEC_EMULATOR_SNAPSHOTS_HPP
#define MEC_EMULATOR_SNAPSHOTS_HPP

#include "state.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

std::vector<application_snapshot> applications_of(const platform_state& s);
std::vector<service_snapshot> services_of(const platform_state& s);
std::vector<subscription_snapshot> subscriptions_of(const platform_state& s);

} // namespace emulator
MEC_END_NAMESPACE

#endif
