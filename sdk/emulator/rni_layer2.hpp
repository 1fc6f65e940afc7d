#ifndef MEC_EMULATOR_RNI_LAYER2_HPP
#define MEC_EMULATOR_RNI_LAYER2_HPP

/// @file
/// Layer 2 measurements as MEC 012 has them (clause 6.2.4a), and the filter that the queries share.
/// Pure.

#include "radio/events.hpp"

#include <mec/rni/queries.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// True when the query is about this cell: none is named, or it is, or an identity of its network
/// together with it (`mcc` + `mnc` + cell identity).
bool accepts_cell(const rni::ue_filter& q, const radio::cell_identity& cell);

/// True when each kind of identity is not named, or one of the UE's own is.
bool accepts_ue(const rni::ue_filter& q, const radio::ue_identity& ue);

/// Of the LTE cells and UEs that the query is about, the quantities that it is about; cells and UEs
/// without a quantity are left out.
MEC_API rni::l2_meas layer2_of(const radio::layer2_counters& counters,
                               const rni::layer2_meas_query& q);

} // namespace emulator
MEC_END_NAMESPACE

#endif
