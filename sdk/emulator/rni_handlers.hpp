#ifndef MEC_EMULATOR_RNI_HANDLERS_HPP
#define MEC_EMULATOR_RNI_HANDLERS_HPP

/// @file
/// The operations of radio network information. rni.cpp binds them to the table.

#include "operations.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

answer get_rab_info(platform_state& s, call& c);
answer get_plmn_info(platform_state& s, call& c);
answer get_s1_bearer_info(platform_state& s, call& c);
answer get_layer2_meas(platform_state& s, call& c);

answer list_radio_subscriptions(platform_state& s, call& c);
answer create_radio_subscription(platform_state& s, call& c);
answer get_radio_subscription(platform_state& s, call& c);
answer update_radio_subscription(platform_state& s, call& c);
answer delete_radio_subscription(platform_state& s, call& c);

} // namespace emulator
MEC_END_NAMESPACE

#endif
