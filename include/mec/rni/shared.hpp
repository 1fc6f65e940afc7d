#ifndef MEC_RNI_SHARED_HPP
#define MEC_RNI_SHARED_HPP

/// @file
/// What the queries, subscriptions and notifications of radio network information have in common
/// (ETSI GS MEC 012 clauses 6.5 and 6.6). Identifiers of cells are texts: platforms write them in
/// hexadecimal or decimal; compare them, do not calculate with them.

#include <mec/common/types.hpp>
#include <mec/core/open_enum.hpp>
#include <mec/core/time.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace rni {

using mec::link;
using mec::self_links;

enum class associate_id_type {
    reserved = 0,
    ue_ipv4_address = 1,
    ue_ipv6_address = 2,
    nated_ip_address = 3,
    gtp_teid = 4
};

/// AssociateId (clause 6.5.4): by what a UE is known to applications.
struct associate_id {
    open_enum<associate_id_type> type = associate_id_type::reserved;
    std::string value;

    friend bool operator==(const associate_id& a, const associate_id& b)
    {
        return a.type == b.type && a.value == b.value;
    }
    friend bool operator!=(const associate_id& a, const associate_id& b) { return !(a == b); }
};

/// Plmn (clause 6.5.5): a mobile network.
struct plmn {
    std::string mcc; ///< three digits
    std::string mnc; ///< two or three digits; 01 and 001 differ

    friend bool operator==(const plmn& a, const plmn& b)
    {
        return a.mcc == b.mcc && a.mnc == b.mnc;
    }
    friend bool operator!=(const plmn& a, const plmn& b) { return !(a == b); }
};

/// Ecgi (clause 6.5.6): an LTE cell of a network.
struct ecgi {
    rni::plmn plmn;
    std::string cell_id; ///< E-UTRAN cell identity, 28 bits

    friend bool operator==(const ecgi& a, const ecgi& b)
    {
        return a.plmn == b.plmn && a.cell_id == b.cell_id;
    }
    friend bool operator!=(const ecgi& a, const ecgi& b) { return !(a == b); }
};

/// NRcgi (clause 6.5.7): an NR cell of a network.
struct nrcgi {
    rni::plmn plmn;         ///< empty in neighbour cells of v2.1.1 platforms
    std::string nr_cell_id; ///< NR cell identity, 36 bits

    friend bool operator==(const nrcgi& a, const nrcgi& b)
    {
        return a.plmn == b.plmn && a.nr_cell_id == b.nr_cell_id;
    }
    friend bool operator!=(const nrcgi& a, const nrcgi& b) { return !(a == b); }
};

/// The temporary identity of a UE in the core network (ETSI TS 136 413).
struct temp_ue_id {
    std::string mmec;  ///< MME code
    std::string mtmsi; ///< M-TMSI
};

/// Bit rates of an E-RAB in bit/s, 0..4*10^12; wider than 32 bits.
struct qos_information {
    std::int64_t erab_mbr_dl = 0; ///< most, downlink
    std::int64_t erab_mbr_ul = 0; ///< most, uplink
    std::int64_t erab_gbr_dl = 0; ///< guaranteed, downlink
    std::int64_t erab_gbr_ul = 0; ///< guaranteed, uplink
};

struct erab_qos_parameters {
    std::int32_t qci = 0; ///< QoS class identifier, 0..255 (ETSI TS 123 401)
    std::optional<rni::qos_information> qos_information; ///< of GBR bearers
};

/// One end of an S1-U tunnel: the eNodeB's or the serving gateway's.
struct tunnel_end {
    std::string ip_address;
    std::string tunnel_id; ///< GTP-U TEID
};

/// An S1 bearer of a UE.
struct s1_bearer {
    std::int32_t erab_id = 0; ///< 0..15
    tunnel_end enb_info;      ///< at the eNodeB
    tunnel_end s_gw_info;     ///< at the serving gateway
};

/// MeasQuantityResultsNr (clause 6.5.11): reported values, not dBm; `conversions.hpp` gives those.
struct meas_quantity_results_nr {
    std::optional<std::int32_t> rsrp; ///< 0..127
    std::optional<std::int32_t> rsrq; ///< 0..127
    std::optional<std::int32_t> sinr; ///< 0..127
};

struct results_per_ssb_index {
    std::int32_t ssb_index = 0; ///< 0..63
    std::optional<meas_quantity_results_nr> ssb_results;
};
/// ResultsPerSsbIndexList (clause 6.5.9).
struct results_per_ssb_index_list {
    std::vector<rni::results_per_ssb_index> results_per_ssb_index;
};

struct results_per_csi_rs_index {
    std::int32_t csi_rs_index = 0; ///< 0..95
    std::optional<meas_quantity_results_nr> csi_rs_results;
};
/// ResultsPerCsiRsIndexList (clause 6.5.10).
struct results_per_csi_rs_index_list {
    std::vector<rni::results_per_csi_rs_index> results_per_csi_rs_index;
};

/// RsIndexResults (clause 6.5.8): results for each beam.
struct rs_index_results {
    results_per_ssb_index_list results_ssb_indexes;
    results_per_csi_rs_index_list results_csi_rs_indexes;
};

enum class ho_status {
    in_preparation = 1,
    in_execution = 2,
    completed = 3,
    rejected = 4,
    cancelled = 5
};

enum class s1_event {
    reserved = 0,
    s1_bearer_establish = 1,
    s1_bearer_modify = 2,
    s1_bearer_release = 3
};

/// What made a UE report its LTE measurements (ETSI TS 136 331). Other numbers than trigger_nr.
enum class trigger {
    not_available = 0,
    periodical_report_strongest_cells = 1,
    periodical_report_strongest_cells_for_son = 2,
    periodical_report_cgi = 3,
    intra_periodical_report_strongest_cells = 4,
    intra_periodical_report_cgi = 5,
    event_a1 = 10,
    event_a2 = 11,
    event_a3 = 12,
    event_a4 = 13,
    event_a5 = 14,
    event_a6 = 15,
    event_b1 = 20, ///< also B1-NR
    event_b2 = 21, ///< also B2-NR
    event_c1 = 30,
    event_c2 = 31,
    event_w1 = 40,
    event_w2 = 41,
    event_w3 = 42,
    event_v1 = 50,
    event_v2 = 51,
    event_h1 = 60,
    event_h2 = 61
};

/// What made a UE report its NR measurements (ETSI TS 138 331). Other numbers than trigger.
enum class trigger_nr {
    not_available = 0,
    nr_periodical = 1,
    nr_cgi = 2,
    event_a1 = 10,
    event_a2 = 11,
    event_a3 = 12,
    event_a4 = 13,
    event_a5 = 14,
    event_a6 = 15,
    inter_rat_periodical = 20,
    inter_rat_cgi = 21,
    event_b1 = 30,
    event_b2 = 31
};

} // namespace rni
MEC_END_NAMESPACE

#endif
