#ifndef MEC_TESTS_JSON_DESCRIBED_TYPES_HPP
#define MEC_TESTS_JSON_DESCRIBED_TYPES_HPP

/// @file
/// Every described type of the SDK, for the tests that are generated from the tables.

#include "specimens.hpp"

#include <mec/app_support/describe.hpp>
#include <mec/json/codec.hpp>
#include <mec/json/common.hpp>
#include <mec/rni/describe.hpp>
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

/// Types that are bodies, or parts of them: what is below a type is checked with it.
inline std::vector<described_type> mec011_types()
{
    namespace app = mec::app_support;
    namespace srv = mec::service_mgmt;
    return list<mec::time_stamp, mec::problem_details, mec::subscription_link_list, srv::link,
                srv::category_ref, srv::endpoint_address, srv::endpoint_info, srv::oauth2_info,
                srv::security_info, app::app_ready_confirmation, app::app_termination_confirmation,
                app::app_termination_notification, app::app_termination_notification_subscription,
                app::current_time, app::ntp_server, app::ptp_master, app::timing_caps,
                app::traffic_rule, app::dns_rule, app::app_info, srv::transport_info,
                srv::service_links, srv::service_info, srv::service_liveness_info,
                srv::service_liveness_update, srv::ser_availability_notification_subscription,
                srv::service_availability_notification>();
}

inline std::vector<described_type> mec012_notifications()
{
    using namespace mec::rni;
    return list<notification, cell_change_notification, rab_est_notification, rab_mod_notification,
                rab_rel_notification, meas_rep_ue_notification, nr_meas_rep_ue_notification,
                meas_ta_notification, ca_reconf_notification, s1_bearer_notification,
                expiry_notification, test_notification>();
}

inline std::vector<described_type> mec012_subscriptions()
{
    using namespace mec::rni;
    return list<subscription, cell_change_subscription, rab_est_subscription, rab_mod_subscription,
                rab_rel_subscription, meas_rep_ue_subscription, nr_meas_rep_ue_subscription,
                meas_ta_subscription, ca_reconf_subscription, s1_bearer_subscription>();
}

inline std::vector<described_type> mec012_types()
{
    using namespace mec::rni;
    auto all = list<rab_info, plmn_info, s1_bearer_info, l2_meas, subscription_link_list>();
    for (const auto& more : {mec012_notifications(), mec012_subscriptions()})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

inline std::vector<described_type> all_described_types()
{
    auto all = list<specimen::everything, specimen::tolerant, specimen::inner, specimen::pet>();
    for (const auto& more : {mec011_types(), mec012_types()})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

} // namespace json_test

#endif
