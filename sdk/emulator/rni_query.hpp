#ifndef MEC_EMULATOR_RNI_QUERY_HPP
#define MEC_EMULATOR_RNI_QUERY_HPP

/// @file
/// The parameters of the queries of radio network information (GS MEC 012 clauses 7.3 to 7.5a).

#include "query.hpp"

#include <mec/core/result.hpp>
#include <mec/rni/queries.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// The fault of the query as error for answering 400.
/// @param strict  unknown parameters are an error; else they are ignored
/// @{
error read_query(rni::rab_info_query& q, const std::vector<parameter>& query, bool strict);
error read_query(rni::plmn_info_query& q, const std::vector<parameter>& query, bool strict);
error read_query(rni::s1_bearer_info_query& q, const std::vector<parameter>& query, bool strict);
error read_query(rni::layer2_meas_query& q, const std::vector<parameter>& query, bool strict);
/// @}

} // namespace emulator
MEC_END_NAMESPACE

#endif
