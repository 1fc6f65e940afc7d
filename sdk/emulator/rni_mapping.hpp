#ifndef MEC_EMULATOR_RNI_MAPPING_HPP
#define MEC_EMULATOR_RNI_MAPPING_HPP

/// @file
/// From what happens in the radio network to what MEC 012 says about it. Pure.

#include "radio/events.hpp"

#include <mec/rni/notifications.hpp>
#include <mec/rni/queries.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// The notification of an event, without time and link. Of the first nine alternatives, in the order
/// of the event's.
MEC_API rni::notification notification_of(const radio::event& e);

/// @name Parts, for the answers of queries
/// @{
rni::plmn to_rni(const radio::plmn& p);
rni::ecgi to_ecgi(const radio::cell_identity& c);
std::vector<rni::ecgi> to_ecgis(const std::vector<radio::cell_identity>& cells);
std::vector<rni::associate_id> to_rni(const std::vector<radio::associate_id>& ids);
std::optional<rni::temp_ue_id> to_rni(const std::optional<radio::temp_ue_id>& id);
rni::erab_qos_parameters qos_of(const radio::erab& e);
rni::s1_bearer to_rni(const radio::s1_bearer& b);
/// @}

} // namespace emulator
MEC_END_NAMESPACE

#endif
