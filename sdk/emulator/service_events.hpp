#ifndef MEC_EMULATOR_SERVICE_EVENTS_HPP
#define MEC_EMULATOR_SERVICE_EVENTS_HPP

#include "state.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

/// True when the subscription is about this service in its present state.
bool matches(const service_mgmt::filtering_criteria& wanted, const service_mgmt::service_info& s);

/// Puts a notification for every subscription that the change concerns into the outbox.
void announce(platform_state& s, const service& changed, service_mgmt::change_type change);

/// Gives the service a state and a new entity tag, and announces that.
void change_state(platform_state& s, service& changed, service_mgmt::service_state state);

/// Removes the services of an application, and announces that.
void remove_services_of(platform_state& s, std::string_view app_instance_id);

} // namespace emulator
MEC_END_NAMESPACE

#endif
