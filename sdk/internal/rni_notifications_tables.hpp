#ifndef MEC_INTERNAL_RNI_NOTIFICATIONS_TABLES_HPP
#define MEC_INTERNAL_RNI_NOTIFICATIONS_TABLES_HPP

/// @file
/// The types of `notifications.hpp` on the wire.

#include "rni_shared_tables.hpp"

#include <mec/rni/describe.hpp>

MEC_BEGIN_NAMESPACE
namespace rni {
namespace detail {

/// A notification with the given members, and what all of them have.
template <class T, class... Field>
constexpr auto notification_object(std::string_view name, Field... fields)
{
    using namespace json;
    return object(name, fixed("notificationType", name),
                  field_of<T, &T::time_stamp>("timeStamp").alias("timestamp"), // Simu5G
                  fields...,
                  field_of<T, &T::links>("_links").tolerating(defaulted)); // not in v2.1.1
}
template <auto Member> constexpr json::field_desc identities()
{
    return json::field<Member>("associateId").tolerating(json::one_or_many);
}

} // namespace detail
} // namespace rni

namespace json {

template <> struct describe<rni::notification_links> {
    using type = rni::notification_links;
    static constexpr auto value =
        object("RniNotificationLinks", field<&type::subscription>("subscription")
                                           .alias("self") // v2.1.1, when a subscription expires
                                           .tolerating(text_as_object | defaulted));
};

template <> struct describe<rni::cell_change_notification> {
    using type = rni::cell_change_notification;
    static constexpr auto value = rni::detail::notification_object<type>(
        "CellChangeNotification", rni::detail::identities<&type::associate_id>(),
        field<&type::src_ecgi>("srcEcgi"),
        field<&type::trg_ecgi>("trgEcgi").required().tolerating(one_or_many),
        field<&type::ho_status>("hoStatus"), field<&type::temp_ue_id>("tempUeId"));
};

template <> struct describe<rni::rab_est_notification> {
    using type = rni::rab_est_notification;
    static constexpr auto value = rni::detail::notification_object<type>(
        "RabEstNotification", field<&type::ecgi>("ecgi"),
        rni::detail::identities<&type::associate_id>(),
        rni::detail::erab_id<&type::erab_id>("erabId"),
        field<&type::erab_qos_parameters>("erabQosParameters"),
        field<&type::temp_ue_id>("tempUeId"));
};

template <> struct describe<rni::rab_mod_notification> {
    using type = rni::rab_mod_notification;
    static constexpr auto value = rni::detail::notification_object<type>(
        "RabModNotification", field<&type::ecgi>("ecgi"),
        rni::detail::identities<&type::associate_id>(),
        rni::detail::erab_id<&type::erab_id>("erabId"),
        field<&type::erab_qos_parameters>("erabQosParameters"));
};

template <> struct describe<rni::erab_release_info> {
    using type = rni::erab_release_info;
    static constexpr auto value =
        object("ErabReleaseInfo", rni::detail::erab_id<&type::erab_id>("erabId"));
};
template <> struct describe<rni::rab_rel_notification> {
    using type = rni::rab_rel_notification;
    static constexpr auto value =
        rni::detail::notification_object<type>("RabRelNotification", field<&type::ecgi>("ecgi"),
                                               rni::detail::identities<&type::associate_id>(),
                                               field<&type::erab_release_info>("erabReleaseInfo"));
};

template <> struct describe<rni::eutran_neighbour_cell_meas_info> {
    using type = rni::eutran_neighbour_cell_meas_info;
    static constexpr auto value = object(
        "EutranNeighbourCellMeasInfo", field<&type::ecgi>("ecgi"),
        rni::detail::octet<&type::rsrp>("rsrp"), rni::detail::extended<&type::rsrp_ex>("rsrpEx"),
        rni::detail::octet<&type::rsrq>("rsrq"), rni::detail::extended<&type::rsrq_ex>("rsrqEx"),
        rni::detail::octet<&type::sinr>("sinr"));
};

template <> struct describe<rni::carrier_aggregation_meas_info> {
    using type = rni::carrier_aggregation_meas_info;
    static constexpr auto value =
        object("CarrierAggregationMeasInfo", rni::detail::cell_id<&type::cell_id_srv>("cellIdSrv"),
               rni::detail::octet<&type::rsrp_srv>("rsrpSrv"),
               rni::detail::extended<&type::rsrp_srv_ex>("rsrpSrvEx"),
               rni::detail::octet<&type::rsrq_srv>("rsrqSrv"),
               rni::detail::extended<&type::rsrq_srv_ex>("rsrqSrvEx"),
               rni::detail::octet<&type::sinr_srv>("sinrSrv"),
               rni::detail::cell_id<&type::cell_id_nei>("cellIdNei"),
               rni::detail::octet<&type::rsrp_nei>("rsrpNei"),
               rni::detail::extended<&type::rsrp_nei_ex>("rsrpNeiEx"),
               rni::detail::octet<&type::rsrq_nei>("rsrqNei"),
               rni::detail::extended<&type::rsrq_nei_ex>("rsrqNeiEx"),
               rni::detail::octet<&type::sinr_nei>("sinrNei"));
};

template <> struct describe<rni::nr_s_cell_info> {
    using type = rni::nr_s_cell_info;
    static constexpr auto value =
        object("NrSCellInfo",
               field<&type::nr_s_cell_plmn>("nrSCellPlmn").required().tolerating(one_or_many),
               rni::detail::cell_id<&type::nr_s_cell_gid>("nrSCellGId"));
};
template <> struct describe<rni::nr_scs> {
    using type = rni::nr_scs;
    static constexpr auto value = object(
        "NrSCs", field<&type::nr_s_cell_info>("nrSCellInfo").required().tolerating(one_or_many),
        rni::detail::octet<&type::nr_s_cell_rsrp>("nrSCellRsrp"),
        rni::detail::octet<&type::nr_s_cell_rsrq>("nrSCellRsrq"),
        rni::detail::octet<&type::nr_s_cell_rssi>("nrSCellRssi"));
};

template <> struct describe<rni::nr_bn_cell_info> {
    using type = rni::nr_bn_cell_info;
    static constexpr auto value =
        object("NrBNCellInfo",
               field<&type::nr_bn_cell_plmn>("nrBNCellPlmn").required().tolerating(one_or_many),
               rni::detail::cell_id<&type::nr_bn_cell_gid>("nrBNCellGId"));
};
template <> struct describe<rni::nr_bncs> {
    using type = rni::nr_bncs;
    static constexpr auto value = object(
        "NrBNCs", field<&type::nr_bn_cell_info>("nrBNCellInfo").required().tolerating(one_or_many),
        rni::detail::octet<&type::nr_bn_cell_rsrp>("nrBNCellRsrp"),
        rni::detail::octet<&type::nr_bn_cell_rsrq>("nrBNCellRsrq"),
        rni::detail::octet<&type::nr_bn_cell_rssi>("nrBNCellRssi"));
};

template <> struct describe<rni::new_radio_meas_info> {
    using type = rni::new_radio_meas_info;
    static constexpr auto value = object(
        "NewRadioMeasInfo", field<&type::nr_carrier_freq>("nrCarrierFreq").tolerating(defaulted),
        field<&type::nr_scs>("nrSCs"), field<&type::nr_bncs>("nrBNCs"));
};

template <> struct describe<rni::nr_n_cell_info> {
    using type = rni::nr_n_cell_info;
    static constexpr auto value =
        object("NrNCellInfo",
               field<&type::nr_n_cell_plmn>("nrNCellPlmn").required().tolerating(one_or_many),
               rni::detail::cell_id<&type::nr_n_cell_gid>("nrNCellGId"));
};
template <> struct describe<rni::new_radio_meas_nei_info> {
    using type = rni::new_radio_meas_nei_info;
    static constexpr auto value =
        object("NewRadioMeasNeiInfo",
               field<&type::nr_n_cell_info>("nrNCellInfo").required().tolerating(one_or_many),
               rni::detail::octet<&type::nr_n_cell_rsrp>("nrNCellRsrp"),
               rni::detail::octet<&type::nr_n_cell_rsrq>("nrNCellRsrq"),
               rni::detail::octet<&type::nr_n_cell_rssi>("nrNCellRssi"),
               field<&type::rs_index_results>("rsIndexResults"));
};

template <> struct describe<rni::meas_rep_ue_notification> {
    using type = rni::meas_rep_ue_notification;
    static constexpr auto value = rni::detail::notification_object<type>(
        "MeasRepUeNotification", field<&type::ecgi>("ecgi"),
        rni::detail::identities<&type::associate_id>(),
        rni::detail::octet<&type::rsrp>("rsrp").tolerating(defaulted), // AdvantEDGE, zero
        rni::detail::extended<&type::rsrp_ex>("rsrpEx"),
        rni::detail::octet<&type::rsrq>("rsrq").tolerating(defaulted),
        rni::detail::extended<&type::rsrq_ex>("rsrqEx"), rni::detail::octet<&type::sinr>("sinr"),
        field<&type::trigger>("trigger").tolerating(defaulted),
        field<&type::eutran_neighbour_cell_meas_info>("eutranNeighbourCellMeasInfo")
            .tolerating(one_or_many),
        field<&type::carrier_aggregation_meas_info>("carrierAggregationMeasInfo")
            .tolerating(one_or_many),
        field<&type::height_ue>("heightUe"),
        field<&type::new_radio_meas_info>("newRadioMeasInfo").tolerating(one_or_many),
        field<&type::new_radio_meas_nei_info>("newRadioMeasNeiInfo").tolerating(one_or_many));
};

template <> struct describe<rni::meas_ta_notification> {
    using type = rni::meas_ta_notification;
    static constexpr auto value = rni::detail::notification_object<type>(
        "MeasTaNotification", field<&type::ecgi>("ecgi"),
        rni::detail::identities<&type::associate_id>(),
        field<&type::timing_advance>("timingAdvance").tolerating(defaulted));
};

template <> struct describe<rni::secondary_cell> {
    static constexpr auto value =
        object("SecondaryCell", field<&rni::secondary_cell::ecgi>("ecgi"));
};
template <> struct describe<rni::ca_reconf_meas_info> {
    using type = rni::ca_reconf_meas_info;
    static constexpr auto value =
        object("CarrierAggregationMeasInfo1", rni::detail::cell_id<&type::cell_id_srv>("cellIdSrv"),
               field<&type::rsrp_srv>("rsrpSrv"), field<&type::rsrq_srv>("rsrqSrv"),
               rni::detail::cell_id<&type::cell_id_nei>("cellIdNei"),
               field<&type::rsrp_nei>("rsrpNei"), field<&type::rsrq_nei>("rsrqNei"));
};
template <> struct describe<rni::ca_reconf_notification> {
    using type = rni::ca_reconf_notification;
    static constexpr auto value = rni::detail::notification_object<type>(
        "CaReconfNotification", field<&type::ecgi>("ecgi"),
        rni::detail::identities<&type::associate_id>(),
        field<&type::secondary_cell_add>("secondaryCellAdd").tolerating(one_or_many),
        field<&type::secondary_cell_remove>("secondaryCellRemove").tolerating(one_or_many),
        field<&type::carrier_aggregation_meas_info>("carrierAggregationMeasInfo")
            .tolerating(one_or_many));
};

template <> struct describe<rni::s1_event_ue_info> {
    using type = rni::s1_event_ue_info;
    static constexpr auto value =
        object("S1UeInfo1", field<&type::temp_ue_id>("tempUeId"),
               rni::detail::identities<&type::associate_id>(),
               field<&type::ecgi>("ecgi").required().tolerating(one_or_many),
               field<&type::s1_bearer_info>("s1BearerInfo").required().tolerating(one_or_many));
};
template <> struct describe<rni::s1_bearer_notification> {
    using type = rni::s1_bearer_notification;
    static constexpr auto value = rni::detail::notification_object<type>(
        "S1BearerNotification", field<&type::s1_event>("s1Event").tolerating(defaulted),
        field<&type::s1_ue_info>("s1UeInfo"));
};

template <> struct describe<rni::nr_cell_meas> {
    using type = rni::nr_cell_meas;
    static constexpr auto value =
        object("SCell", field<&type::meas_quantity_results_ssb_cell>("measQuantityResultsSsbCell"),
               field<&type::meas_quantity_results_csi_rs_cell>("measQuantityResultsCsiRsCell"),
               field<&type::rs_index_results>("rsIndexResults"));
};
template <> struct describe<rni::serv_cell_meas_info> {
    using type = rni::serv_cell_meas_info;
    static constexpr auto value =
        object("ServCellMeasInfo", field<&type::nrcgi>("nrcgi"), field<&type::s_cell>("sCell"),
               field<&type::n_cell>("nCell"));
};
template <> struct describe<rni::nr_neigh_cell_meas_info> {
    using type = rni::nr_neigh_cell_meas_info;
    static constexpr auto value = object(
        "NrNeighCellMeasInfo",
        field<&type::nrcgi>("nrcgi").tolerating(text_as_object), // v2.1.1
        field_of<type, &type::meas_quantity_results_ssb_cell>("measQuantityResultsSsbCell"),
        field_of<type, &type::meas_quantity_results_csi_rs_cell>("measQuantityResultsCsiRsCell"),
        field_of<type, &type::rs_index_results>("rsIndexResults"));
};
template <> struct describe<rni::eutra_neigh_cell_meas_info> {
    using type = rni::eutra_neigh_cell_meas_info;
    static constexpr auto value =
        object("EutraNeighCellMeasInfo", field<&type::ecgi>("ecgi"),
               rni::detail::octet<&type::rsrp>("rsrp"), rni::detail::octet<&type::rsrq>("rsrq"),
               rni::detail::octet<&type::sinr>("sinr"));
};
template <> struct describe<rni::nr_meas_rep_ue_notification> {
    using type = rni::nr_meas_rep_ue_notification;
    static constexpr auto value = rni::detail::notification_object<type>(
        "NrMeasRepUeNotification", rni::detail::identities<&type::associate_id>(),
        field<&type::trigger_nr>("triggerNr").tolerating(defaulted),
        field<&type::serv_cell_meas_info>("servCellMeasInfo").tolerating(one_or_many),
        field<&type::nr_neigh_cell_meas_info>("nrNeighCellMeasInfo").tolerating(one_or_many),
        field<&type::eutra_neigh_cell_meas_info>("eutraNeighCellMeasInfo").tolerating(one_or_many));
};

template <> struct describe<rni::expiry_notification> {
    using type = rni::expiry_notification;
    static constexpr auto value =
        object("ExpiryNotification",
               fixed("notificationType", "ExpiryNotification")
                   .tolerating(defaulted), // not in v2.1.1, empty in AdvantEDGE
               field_of<type, &type::time_stamp>("timeStamp").alias("timestamp"),
               field_of<type, &type::links>("_links").tolerating(defaulted),
               field<&type::expiry_deadline>("expiryDeadline"));
};

template <> struct describe<rni::test_notification> {
    using type = rni::test_notification;
    static constexpr auto value =
        object("TestNotification", fixed("notificationType", "TestNotification"),
               field<&type::links>("_links").tolerating(defaulted));
};

template <> struct describe<rni::notification> {
    static constexpr auto value = alternatives(
        "SubscriptionNotification", "notificationType",
        alternative<rni::cell_change_notification>(), alternative<rni::rab_est_notification>(),
        alternative<rni::rab_mod_notification>(), alternative<rni::rab_rel_notification>(),
        alternative<rni::meas_rep_ue_notification>(),
        alternative<rni::nr_meas_rep_ue_notification>(), alternative<rni::meas_ta_notification>(),
        alternative<rni::ca_reconf_notification>(), alternative<rni::s1_bearer_notification>(),
        alternative<rni::expiry_notification>().told_by("expiryDeadline"),
        alternative<rni::test_notification>());
};

} // namespace json
MEC_END_NAMESPACE

#endif
