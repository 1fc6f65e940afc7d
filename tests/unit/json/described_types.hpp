#ifndef MEC_TESTS_JSON_DESCRIBED_TYPES_HPP
#define MEC_TESTS_JSON_DESCRIBED_TYPES_HPP

/// @file
/// Every described type of the SDK, for the tests that are generated from the tables.

#include "specimens.hpp"

#include <mec/app_support/describe.hpp>
#include <mec/json/codec.hpp>
#include <mec/json/common.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <string>
#include <vector>

namespace json_test {

struct described_type {
    const mec::json::type_desc* type;
    /// Reads a text; when that succeeds, gives the value written again.
    mec::error (*rewrite)(std::string_view text, const mec::json::decode_options& options,
                          std::string& again);
};

template <class T> described_type described()
{
    return {
        &mec::json::type_of<T>::value,
        [](std::string_view text, const mec::json::decode_options& options, std::string& again) {
            T value{};
            mec::error e = mec::json::decode(text, value, options);
            if (!e) again = mec::json::serialize(value);
            return e;
        }};
}

template <class... T> std::vector<described_type> list() { return {described<T>()...}; }

inline std::vector<described_type> all_described_types()
{
    namespace app = mec::app_support;
    namespace srv = mec::service_mgmt;
    return list<mec::time_stamp, mec::problem_details, app::app_ready_confirmation,
                app::current_time, app::ntp_server, app::ptp_master, app::timing_caps, srv::link,
                srv::category_ref, srv::endpoint_address, srv::endpoint_info, srv::oauth2_info,
                srv::security_info, srv::transport_info, srv::service_links, srv::service_info,
                specimen::everything, specimen::tolerant, specimen::inner, specimen::pet>();
}

} // namespace json_test

#endif
