#ifndef MEC_EMULATOR_HANDLERS_HPP
#define MEC_EMULATOR_HANDLERS_HPP

/// @file
/// The operations, by resource. app_support.cpp and service_mgmt.cpp bind them to the tables.

#include "operations.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

/// For app_support::traffic_rule and app_support::dns_rule.
template <class Rule> answer list_rules(platform_state& s, call& c);
template <class Rule> answer get_rule(platform_state& s, call& c);
template <class Rule> answer update_rule(platform_state& s, call& c);

/// For the two contents of a subscription.
template <class Content> answer list_subscriptions(platform_state& s, call& c);
template <class Content> answer create_subscription(platform_state& s, call& c);
template <class Content> answer get_subscription(platform_state& s, call& c);
template <class Content> answer delete_subscription(platform_state& s, call& c);

answer confirm_termination(platform_state& s, call& c);

answer create_registration(platform_state& s, call& c);
answer get_registration(platform_state& s, call& c);
answer update_registration(platform_state& s, call& c);
answer delete_registration(platform_state& s, call& c);

answer get_liveness(platform_state& s, call& c);
answer send_heartbeat(platform_state& s, call& c);

} // namespace emulator
MEC_END_NAMESPACE

#endif
