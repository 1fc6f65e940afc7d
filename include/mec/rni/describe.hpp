#ifndef MEC_RNI_DESCRIBE_HPP
#define MEC_RNI_DESCRIBE_HPP

/// @file
/// Makes the types of `types.hpp` readable and writable. Their tables are compiled into the library:
/// there are so many that programs would notice the time which compilers need for them.

#include <mec/json/describe.hpp>
#include <mec/rni/types.hpp>

#include <string_view>

MEC_BEGIN_NAMESPACE
namespace json {

// shared.hpp
template <> struct type_of<rni::associate_id_type> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::associate_id> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::plmn> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::ecgi> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::nrcgi> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::temp_ue_id> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::qos_information> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::erab_qos_parameters> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::tunnel_end> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::s1_bearer> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::meas_quantity_results_nr> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::results_per_ssb_index> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::results_per_ssb_index_list> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::results_per_csi_rs_index> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::results_per_csi_rs_index_list> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::rs_index_results> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::ho_status> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::s1_event> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::trigger> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::trigger_nr> {
    MEC_API static const type_desc value;
};

// queries.hpp
template <> struct type_of<rni::layer2_quantity> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::erab_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::ue_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::cell_user_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::rab_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::plmn_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::s1_ue_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::s1_bearer_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::cell_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::cell_ue_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::l2_meas> {
    MEC_API static const type_desc value;
};

// subscriptions.hpp
template <> struct type_of<rni::websock_notif_config> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::filter_criteria_assoc_ho> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::cell_change_subscription> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::filter_criteria_qci> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::rab_est_subscription> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::filter_criteria_erab_qci> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::rab_mod_subscription> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::rab_rel_subscription> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::filter_criteria_assoc_tri> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::meas_rep_ue_subscription> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::filter_criteria_nr_mrs> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::nr_meas_rep_ue_subscription> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::filter_criteria_assoc> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::meas_ta_subscription> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::ca_reconf_subscription> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::s1_bearer_subscription_criteria> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::s1_bearer_subscription> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::subscription> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::subscription_type> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::subscription_link> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::subscription_links> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::subscription_link_list> {
    MEC_API static const type_desc value;
};

// notifications.hpp
template <> struct type_of<rni::notification_links> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::cell_change_notification> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::rab_est_notification> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::rab_mod_notification> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::erab_release_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::rab_rel_notification> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::eutran_neighbour_cell_meas_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::carrier_aggregation_meas_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::nr_s_cell_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::nr_scs> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::nr_bn_cell_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::nr_bncs> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::new_radio_meas_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::nr_n_cell_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::new_radio_meas_nei_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::meas_rep_ue_notification> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::meas_ta_notification> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::secondary_cell> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::ca_reconf_meas_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::ca_reconf_notification> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::s1_event_ue_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::s1_bearer_notification> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::nr_cell_meas> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::serv_cell_meas_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::nr_neigh_cell_meas_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::eutra_neigh_cell_meas_info> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::nr_meas_rep_ue_notification> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::expiry_notification> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::test_notification> {
    MEC_API static const type_desc value;
};
template <> struct type_of<rni::notification> {
    MEC_API static const type_desc value;
};

} // namespace json

namespace rni {

/// How the parameter `subscription_type` of a query for subscriptions spells a type: `cell_change`.
MEC_API std::string_view query_name(subscription_type type) noexcept;

} // namespace rni
MEC_END_NAMESPACE

#endif
