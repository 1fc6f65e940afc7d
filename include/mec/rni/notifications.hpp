#ifndef MEC_RNI_NOTIFICATIONS_HPP
#define MEC_RNI_NOTIFICATIONS_HPP

/// @file
/// Notifications of radio network information (ETSI GS MEC 012 clause 6.4). Measured values are
/// reported values, not dBm and dB; `conversions.hpp` gives those.

#include <mec/rni/shared.hpp>

#include <variant>

MEC_BEGIN_NAMESPACE
namespace rni {

struct notification_links {
    link subscription; ///< empty in notifications of v2.1.1 platforms
};

/// What all notifications have that tell of an event.
struct notification_base {
    std::optional<mec::time_stamp> time_stamp;
    notification_links links;
};

/// CellChangeNotification (clause 6.4.2): a UE is handed over.
struct cell_change_notification : notification_base {
    std::vector<rni::associate_id> associate_id;
    ecgi src_ecgi;
    std::vector<ecgi> trg_ecgi; ///< at least one; more while in preparation, rejected or cancelled
    open_enum<rni::ho_status> ho_status = rni::ho_status::completed;
    std::optional<rni::temp_ue_id> temp_ue_id;
};

/// RabEstNotification (clause 6.4.3): a bearer is established.
struct rab_est_notification : notification_base {
    rni::ecgi ecgi;
    std::vector<rni::associate_id> associate_id;
    std::int32_t erab_id = 0; ///< 0..15
    std::optional<rni::erab_qos_parameters> erab_qos_parameters;
    std::optional<rni::temp_ue_id> temp_ue_id;
};

/// RabModNotification (clause 6.4.4): a bearer is modified.
struct rab_mod_notification : notification_base {
    rni::ecgi ecgi;
    std::vector<rni::associate_id> associate_id;
    std::int32_t erab_id = 0; ///< 0..15
    std::optional<rni::erab_qos_parameters> erab_qos_parameters;
};

struct erab_release_info {
    std::int32_t erab_id = 0; ///< 0..15
};
/// RabRelNotification (clause 6.4.5): a bearer is released.
struct rab_rel_notification : notification_base {
    rni::ecgi ecgi;
    std::vector<rni::associate_id> associate_id;
    rni::erab_release_info erab_release_info;
};

/// Measurements of an LTE neighbour cell.
struct eutran_neighbour_cell_meas_info {
    rni::ecgi ecgi;
    std::optional<std::int32_t> rsrp;
    std::optional<std::int32_t> rsrp_ex;
    std::optional<std::int32_t> rsrq;
    std::optional<std::int32_t> rsrq_ex;
    std::optional<std::int32_t> sinr;
};

/// Measurements of a serving cell and its best neighbour on one carrier.
struct carrier_aggregation_meas_info {
    std::string cell_id_srv;
    std::optional<std::int32_t> rsrp_srv;
    std::optional<std::int32_t> rsrp_srv_ex;
    std::optional<std::int32_t> rsrq_srv;
    std::optional<std::int32_t> rsrq_srv_ex;
    std::optional<std::int32_t> sinr_srv;
    std::optional<std::string> cell_id_nei;
    std::optional<std::int32_t> rsrp_nei;
    std::optional<std::int32_t> rsrp_nei_ex;
    std::optional<std::int32_t> rsrq_nei;
    std::optional<std::int32_t> rsrq_nei_ex;
    std::optional<std::int32_t> sinr_nei;
};

struct nr_s_cell_info {
    std::vector<plmn> nr_s_cell_plmn; ///< at least one
    std::string nr_s_cell_gid;        ///< NR cell identity
};
/// Measurements of NR serving cells.
struct nr_scs {
    std::vector<rni::nr_s_cell_info> nr_s_cell_info; ///< at least one
    std::optional<std::int32_t> nr_s_cell_rsrp;
    std::optional<std::int32_t> nr_s_cell_rsrq;
    std::optional<std::int32_t> nr_s_cell_rssi; ///< SINR, whatever its name says
};

struct nr_bn_cell_info {
    std::vector<plmn> nr_bn_cell_plmn; ///< at least one
    std::string nr_bn_cell_gid;        ///< NR cell identity
};
/// Measurements of the best NR neighbour cells.
struct nr_bncs {
    std::vector<rni::nr_bn_cell_info> nr_bn_cell_info; ///< at least one
    std::optional<std::int32_t> nr_bn_cell_rsrp;
    std::optional<std::int32_t> nr_bn_cell_rsrq;
    std::optional<std::int32_t> nr_bn_cell_rssi; ///< SINR, whatever its name says
};

/// Measurements on one NR carrier.
struct new_radio_meas_info {
    std::uint32_t nr_carrier_freq = 0; ///< NR-ARFCN, 0..3279165
    rni::nr_scs nr_scs;
    std::optional<rni::nr_bncs> nr_bncs;
};

struct nr_n_cell_info {
    std::vector<plmn> nr_n_cell_plmn; ///< at least one
    std::string nr_n_cell_gid;        ///< NR cell identity
};
/// Measurements of NR neighbour cells.
struct new_radio_meas_nei_info {
    std::vector<rni::nr_n_cell_info> nr_n_cell_info; ///< at least one
    std::optional<std::int32_t> nr_n_cell_rsrp;
    std::optional<std::int32_t> nr_n_cell_rsrq;
    std::optional<std::int32_t> nr_n_cell_rssi; ///< SINR, whatever its name says
    std::optional<rni::rs_index_results> rs_index_results;
};

/// MeasRepUeNotification (clause 6.4.6): what an LTE UE has measured.
struct meas_rep_ue_notification : notification_base {
    rni::ecgi ecgi; ///< of the primary cell
    std::vector<rni::associate_id> associate_id;
    std::int32_t rsrp = 0;               ///< 0..97
    std::optional<std::int32_t> rsrp_ex; ///< -17..-1
    std::int32_t rsrq = 0;               ///< 0..34
    std::optional<std::int32_t> rsrq_ex; ///< -30..-1 and 35..46
    std::optional<std::int32_t> sinr;    ///< 0..127
    open_enum<rni::trigger> trigger = rni::trigger::not_available;
    std::vector<rni::eutran_neighbour_cell_meas_info> eutran_neighbour_cell_meas_info;
    std::vector<rni::carrier_aggregation_meas_info> carrier_aggregation_meas_info;
    std::optional<std::int32_t> height_ue; ///< metres above the level of the sea
    std::vector<rni::new_radio_meas_info> new_radio_meas_info;
    std::vector<rni::new_radio_meas_nei_info> new_radio_meas_nei_info;
};

/// MeasTaNotification (clause 6.4.7): how far away a UE is.
struct meas_ta_notification : notification_base {
    rni::ecgi ecgi;
    std::vector<rni::associate_id> associate_id;
    std::uint32_t timing_advance = 0; ///< 0..7690
};

struct secondary_cell {
    rni::ecgi ecgi;
};
/// As carrier_aggregation_meas_info, with fewer members and wider numbers.
struct ca_reconf_meas_info {
    std::string cell_id_srv;
    std::optional<std::uint32_t> rsrp_srv;
    std::optional<std::uint32_t> rsrq_srv;
    std::string cell_id_nei;
    std::optional<std::uint32_t> rsrp_nei;
    std::optional<std::uint32_t> rsrq_nei;
};
/// CaReconfNotification (clause 6.4.8): carrier aggregation is reconfigured.
struct ca_reconf_notification : notification_base {
    rni::ecgi ecgi;
    std::vector<rni::associate_id> associate_id;
    std::vector<secondary_cell> secondary_cell_add;
    std::vector<secondary_cell> secondary_cell_remove;
    std::vector<ca_reconf_meas_info> carrier_aggregation_meas_info;
};

/// The S1 bearers that an event is about.
struct s1_event_ue_info {
    std::optional<rni::temp_ue_id> temp_ue_id;
    std::vector<rni::associate_id> associate_id;
    std::vector<rni::ecgi> ecgi;           ///< at least one
    std::vector<s1_bearer> s1_bearer_info; ///< at least one
};
/// S1BearerNotification (clause 6.4.10).
struct s1_bearer_notification : notification_base {
    open_enum<rni::s1_event> s1_event = rni::s1_event::reserved;
    s1_event_ue_info s1_ue_info;
};

/// Measurements of one NR cell.
struct nr_cell_meas {
    std::optional<meas_quantity_results_nr> meas_quantity_results_ssb_cell;
    std::optional<meas_quantity_results_nr> meas_quantity_results_csi_rs_cell;
    std::optional<rni::rs_index_results> rs_index_results;
};
/// Measurements of a serving NR cell and its best neighbour.
struct serv_cell_meas_info {
    rni::nrcgi nrcgi;
    nr_cell_meas s_cell;
    std::optional<nr_cell_meas> n_cell;
};
/// Measurements of a neighbour NR cell.
struct nr_neigh_cell_meas_info : nr_cell_meas {
    rni::nrcgi nrcgi;
};
/// Measurements of a neighbour LTE cell.
struct eutra_neigh_cell_meas_info {
    rni::ecgi ecgi;
    std::optional<std::int32_t> rsrp;
    std::optional<std::int32_t> rsrq;
    std::optional<std::int32_t> sinr;
};
/// NrMeasRepUeNotification (clause 6.4.11): what an NR UE has measured. It tells of NR neighbours or
/// of LTE neighbours, not of both.
struct nr_meas_rep_ue_notification : notification_base {
    std::vector<rni::associate_id> associate_id;
    open_enum<rni::trigger_nr> trigger_nr = rni::trigger_nr::not_available;
    std::vector<rni::serv_cell_meas_info> serv_cell_meas_info;
    std::vector<rni::nr_neigh_cell_meas_info> nr_neigh_cell_meas_info;
    std::vector<rni::eutra_neigh_cell_meas_info> eutra_neigh_cell_meas_info;
};

/// ExpiryNotification (clause 6.4.9): a subscription is about to end.
struct expiry_notification : notification_base {
    mec::time_stamp expiry_deadline;
};

/// TestNotification (clause 6.4.12, since v2.2.1): the platform tries the way.
struct test_notification {
    notification_links links;
};

/// A notification of any type.
using notification =
    std::variant<cell_change_notification, rab_est_notification, rab_mod_notification,
                 rab_rel_notification, meas_rep_ue_notification, nr_meas_rep_ue_notification,
                 meas_ta_notification, ca_reconf_notification, s1_bearer_notification,
                 expiry_notification, test_notification>;

} // namespace rni
MEC_END_NAMESPACE

#endif
