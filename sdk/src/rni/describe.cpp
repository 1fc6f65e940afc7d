#include <mec/rni/describe.hpp>

#include "rni_notifications_tables.hpp"
#include "rni_queries_tables.hpp"
#include "rni_subscriptions_tables.hpp"

MEC_BEGIN_NAMESPACE
namespace json {

const type_desc type_of<rni::associate_id_type>::value =
    detail::describe_type<rni::associate_id_type>();
const type_desc type_of<rni::associate_id>::value = detail::describe_type<rni::associate_id>();
const type_desc type_of<rni::plmn>::value = detail::describe_type<rni::plmn>();
const type_desc type_of<rni::ecgi>::value = detail::describe_type<rni::ecgi>();
const type_desc type_of<rni::nrcgi>::value = detail::describe_type<rni::nrcgi>();
const type_desc type_of<rni::temp_ue_id>::value = detail::describe_type<rni::temp_ue_id>();
const type_desc type_of<rni::qos_information>::value =
    detail::describe_type<rni::qos_information>();
const type_desc type_of<rni::erab_qos_parameters>::value =
    detail::describe_type<rni::erab_qos_parameters>();
const type_desc type_of<rni::tunnel_end>::value = detail::describe_type<rni::tunnel_end>();
const type_desc type_of<rni::s1_bearer>::value = detail::describe_type<rni::s1_bearer>();
const type_desc type_of<rni::meas_quantity_results_nr>::value =
    detail::describe_type<rni::meas_quantity_results_nr>();
const type_desc type_of<rni::results_per_ssb_index>::value =
    detail::describe_type<rni::results_per_ssb_index>();
const type_desc type_of<rni::results_per_ssb_index_list>::value =
    detail::describe_type<rni::results_per_ssb_index_list>();
const type_desc type_of<rni::results_per_csi_rs_index>::value =
    detail::describe_type<rni::results_per_csi_rs_index>();
const type_desc type_of<rni::results_per_csi_rs_index_list>::value =
    detail::describe_type<rni::results_per_csi_rs_index_list>();
const type_desc type_of<rni::rs_index_results>::value =
    detail::describe_type<rni::rs_index_results>();
const type_desc type_of<rni::ho_status>::value = detail::describe_type<rni::ho_status>();
const type_desc type_of<rni::s1_event>::value = detail::describe_type<rni::s1_event>();
const type_desc type_of<rni::trigger>::value = detail::describe_type<rni::trigger>();
const type_desc type_of<rni::trigger_nr>::value = detail::describe_type<rni::trigger_nr>();
const type_desc type_of<rni::layer2_quantity>::value =
    detail::describe_type<rni::layer2_quantity>();
const type_desc type_of<rni::erab_info>::value = detail::describe_type<rni::erab_info>();
const type_desc type_of<rni::ue_info>::value = detail::describe_type<rni::ue_info>();
const type_desc type_of<rni::cell_user_info>::value = detail::describe_type<rni::cell_user_info>();
const type_desc type_of<rni::rab_info>::value = detail::describe_type<rni::rab_info>();
const type_desc type_of<rni::plmn_info>::value = detail::describe_type<rni::plmn_info>();
const type_desc type_of<rni::s1_ue_info>::value = detail::describe_type<rni::s1_ue_info>();
const type_desc type_of<rni::s1_bearer_info>::value = detail::describe_type<rni::s1_bearer_info>();
const type_desc type_of<rni::cell_info>::value = detail::describe_type<rni::cell_info>();
const type_desc type_of<rni::cell_ue_info>::value = detail::describe_type<rni::cell_ue_info>();
const type_desc type_of<rni::l2_meas>::value = detail::describe_type<rni::l2_meas>();
const type_desc type_of<rni::websock_notif_config>::value =
    detail::describe_type<rni::websock_notif_config>();
const type_desc type_of<rni::filter_criteria_assoc_ho>::value =
    detail::describe_type<rni::filter_criteria_assoc_ho>();
const type_desc type_of<rni::cell_change_subscription>::value =
    detail::describe_type<rni::cell_change_subscription>();
const type_desc type_of<rni::filter_criteria_qci>::value =
    detail::describe_type<rni::filter_criteria_qci>();
const type_desc type_of<rni::rab_est_subscription>::value =
    detail::describe_type<rni::rab_est_subscription>();
const type_desc type_of<rni::filter_criteria_erab_qci>::value =
    detail::describe_type<rni::filter_criteria_erab_qci>();
const type_desc type_of<rni::rab_mod_subscription>::value =
    detail::describe_type<rni::rab_mod_subscription>();
const type_desc type_of<rni::rab_rel_subscription>::value =
    detail::describe_type<rni::rab_rel_subscription>();
const type_desc type_of<rni::filter_criteria_assoc_tri>::value =
    detail::describe_type<rni::filter_criteria_assoc_tri>();
const type_desc type_of<rni::meas_rep_ue_subscription>::value =
    detail::describe_type<rni::meas_rep_ue_subscription>();
const type_desc type_of<rni::filter_criteria_nr_mrs>::value =
    detail::describe_type<rni::filter_criteria_nr_mrs>();
const type_desc type_of<rni::nr_meas_rep_ue_subscription>::value =
    detail::describe_type<rni::nr_meas_rep_ue_subscription>();
const type_desc type_of<rni::filter_criteria_assoc>::value =
    detail::describe_type<rni::filter_criteria_assoc>();
const type_desc type_of<rni::meas_ta_subscription>::value =
    detail::describe_type<rni::meas_ta_subscription>();
const type_desc type_of<rni::ca_reconf_subscription>::value =
    detail::describe_type<rni::ca_reconf_subscription>();
const type_desc type_of<rni::s1_bearer_subscription_criteria>::value =
    detail::describe_type<rni::s1_bearer_subscription_criteria>();
const type_desc type_of<rni::s1_bearer_subscription>::value =
    detail::describe_type<rni::s1_bearer_subscription>();
const type_desc type_of<rni::subscription>::value = detail::one_of_type<rni::subscription>::value;
const type_desc type_of<rni::subscription_type>::value =
    detail::describe_type<rni::subscription_type>();
const type_desc type_of<rni::subscription_link>::value =
    detail::describe_type<rni::subscription_link>();
const type_desc type_of<rni::subscription_links>::value =
    detail::describe_type<rni::subscription_links>();
const type_desc type_of<rni::subscription_link_list>::value =
    detail::describe_type<rni::subscription_link_list>();
const type_desc type_of<rni::notification_links>::value =
    detail::describe_type<rni::notification_links>();
const type_desc type_of<rni::cell_change_notification>::value =
    detail::describe_type<rni::cell_change_notification>();
const type_desc type_of<rni::rab_est_notification>::value =
    detail::describe_type<rni::rab_est_notification>();
const type_desc type_of<rni::rab_mod_notification>::value =
    detail::describe_type<rni::rab_mod_notification>();
const type_desc type_of<rni::erab_release_info>::value =
    detail::describe_type<rni::erab_release_info>();
const type_desc type_of<rni::rab_rel_notification>::value =
    detail::describe_type<rni::rab_rel_notification>();
const type_desc type_of<rni::eutran_neighbour_cell_meas_info>::value =
    detail::describe_type<rni::eutran_neighbour_cell_meas_info>();
const type_desc type_of<rni::carrier_aggregation_meas_info>::value =
    detail::describe_type<rni::carrier_aggregation_meas_info>();
const type_desc type_of<rni::nr_s_cell_info>::value = detail::describe_type<rni::nr_s_cell_info>();
const type_desc type_of<rni::nr_scs>::value = detail::describe_type<rni::nr_scs>();
const type_desc type_of<rni::nr_bn_cell_info>::value =
    detail::describe_type<rni::nr_bn_cell_info>();
const type_desc type_of<rni::nr_bncs>::value = detail::describe_type<rni::nr_bncs>();
const type_desc type_of<rni::new_radio_meas_info>::value =
    detail::describe_type<rni::new_radio_meas_info>();
const type_desc type_of<rni::nr_n_cell_info>::value = detail::describe_type<rni::nr_n_cell_info>();
const type_desc type_of<rni::new_radio_meas_nei_info>::value =
    detail::describe_type<rni::new_radio_meas_nei_info>();
const type_desc type_of<rni::meas_rep_ue_notification>::value =
    detail::describe_type<rni::meas_rep_ue_notification>();
const type_desc type_of<rni::meas_ta_notification>::value =
    detail::describe_type<rni::meas_ta_notification>();
const type_desc type_of<rni::secondary_cell>::value = detail::describe_type<rni::secondary_cell>();
const type_desc type_of<rni::ca_reconf_meas_info>::value =
    detail::describe_type<rni::ca_reconf_meas_info>();
const type_desc type_of<rni::ca_reconf_notification>::value =
    detail::describe_type<rni::ca_reconf_notification>();
const type_desc type_of<rni::s1_event_ue_info>::value =
    detail::describe_type<rni::s1_event_ue_info>();
const type_desc type_of<rni::s1_bearer_notification>::value =
    detail::describe_type<rni::s1_bearer_notification>();
const type_desc type_of<rni::nr_cell_meas>::value = detail::describe_type<rni::nr_cell_meas>();
const type_desc type_of<rni::serv_cell_meas_info>::value =
    detail::describe_type<rni::serv_cell_meas_info>();
const type_desc type_of<rni::nr_neigh_cell_meas_info>::value =
    detail::describe_type<rni::nr_neigh_cell_meas_info>();
const type_desc type_of<rni::eutra_neigh_cell_meas_info>::value =
    detail::describe_type<rni::eutra_neigh_cell_meas_info>();
const type_desc type_of<rni::nr_meas_rep_ue_notification>::value =
    detail::describe_type<rni::nr_meas_rep_ue_notification>();
const type_desc type_of<rni::expiry_notification>::value =
    detail::describe_type<rni::expiry_notification>();
const type_desc type_of<rni::test_notification>::value =
    detail::describe_type<rni::test_notification>();
const type_desc type_of<rni::notification>::value = detail::one_of_type<rni::notification>::value;

} // namespace json

namespace rni {

std::string_view query_name(subscription_type type) noexcept
{
    return json::describe<subscription_type>::value.values[static_cast<std::size_t>(type)]
        .aliases[0];
}

} // namespace rni
MEC_END_NAMESPACE
