#ifndef MEC_EMULATOR_RNI_MEASUREMENTS_HPP
#define MEC_EMULATOR_RNI_MEASUREMENTS_HPP

/// @file
/// Measurement reports of UEs as MEC 012 has them (clauses 6.4.6 and 6.4.11). Pure.

#include "rni_mapping.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

rni::meas_rep_ue_notification measurements_of(const radio::measurement_report& e);
rni::nr_meas_rep_ue_notification measurements_of(const radio::nr_measurement_report& e);

} // namespace emulator
MEC_END_NAMESPACE

#endif
