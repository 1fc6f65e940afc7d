#ifndef MEC_BENCH_SERVICE_LIST_HPP
#define MEC_BENCH_SERVICE_LIST_HPP

/// @file
/// The document of all benchmarks, and the codecs that are compared. All of them read it into the
/// same structures.

#include <mec/service_mgmt/types.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

using service_list = std::vector<mec::service_mgmt::service_info>;

/// A list of `count` services as JSON; two are 1083 bytes.
std::string service_list_json(std::size_t count);

/// Both give up when the text is not such a list.
service_list decode_with_nlohmann(const std::string& text);
service_list decode_with_rapidjson(const std::string& text);

std::string encode_with_nlohmann(const service_list& list);
std::string encode_with_rapidjson(const service_list& list);

} // namespace bench

#endif
