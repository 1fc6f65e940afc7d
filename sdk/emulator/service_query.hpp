#ifndef MEC_EMULATOR_SERVICE_QUERY_HPP
#define MEC_EMULATOR_SERVICE_QUERY_HPP

#include "query.hpp"

#include <mec/core/result.hpp>
#include <mec/service_mgmt/types.hpp>

#include <vector>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// Reads the query of a service list (clause 8.2.3.3.1). Lists may be repeated or separated by commas.
/// @param strict  refuse unknown names
/// @return errc::bad_request with the reason.
result<service_mgmt::service_query> read_service_query(const std::vector<parameter>& query,
                                                       bool strict);

/// Absent members of a service count with the standard's defaults.
bool matches(const service_mgmt::service_query& q, const service_mgmt::service_info& s);

} // namespace emulator
MEC_END_NAMESPACE

#endif
