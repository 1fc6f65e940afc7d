#ifndef MEC_RNI_QUERIES_HPP
#define MEC_RNI_QUERIES_HPP

/// @file
/// Queries of radio network information and their results (ETSI GS MEC 012 clauses 6.2 and 7.3 to
/// 7.5a).

#include <mec/rni/shared.hpp>

#include <set>

MEC_BEGIN_NAMESPACE
namespace rni {

/// Which UEs and cells a query is about. Values of one list are alternatives; lists that are not
/// empty must all hold.
struct ue_filter {
    std::vector<std::string> cell_id;
    std::vector<std::string> ue_ipv4_address;
    std::vector<std::string> ue_ipv6_address;
    std::vector<std::string> nated_ip_address;
    std::vector<std::string> gtp_teid;
};

/// Filter of GET /queries/rab_info.
struct rab_info_query : ue_filter {
    std::optional<std::string> app_ins_id;
    std::optional<std::int32_t> erab_id;     ///< 0..15
    std::optional<std::int32_t> qci;         ///< 0..255
    std::optional<std::int64_t> erab_mbr_dl; ///< bit/s, as the next three
    std::optional<std::int64_t> erab_mbr_ul;
    std::optional<std::int64_t> erab_gbr_dl;
    std::optional<std::int64_t> erab_gbr_ul;
};

/// Filter of GET /queries/plmn_info.
struct plmn_info_query {
    std::vector<std::string> app_ins_id; ///< empty: the application itself
};

/// Filter of GET /queries/s1_bearer_info.
struct s1_bearer_info_query : ue_filter {
    std::vector<std::string> temp_ue_id;
    std::vector<std::int32_t> erab_id; ///< 0..15
};

/// The quantities of CellInfo (17) and CellUEInfo (16); of the same name as their members.
enum class layer2_quantity {
    dl_gbr_prb_usage_cell,
    ul_gbr_prb_usage_cell,
    dl_nongbr_prb_usage_cell,
    ul_nongbr_prb_usage_cell,
    dl_total_prb_usage_cell,
    ul_total_prb_usage_cell,
    received_dedicated_preambles_cell,
    received_randomly_selected_preambles_low_range_cell,
    received_randomly_selected_preambles_high_range_cell,
    number_of_active_ue_dl_gbr_cell,
    number_of_active_ue_ul_gbr_cell,
    number_of_active_ue_dl_nongbr_cell,
    number_of_active_ue_ul_nongbr_cell,
    dl_gbr_pdr_cell,
    ul_gbr_pdr_cell,
    dl_nongbr_pdr_cell,
    ul_nongbr_pdr_cell,
    dl_gbr_delay_ue,
    ul_gbr_delay_ue,
    dl_nongbr_delay_ue,
    ul_nongbr_delay_ue,
    dl_gbr_pdr_ue,
    ul_gbr_pdr_ue,
    dl_nongbr_pdr_ue,
    ul_nongbr_pdr_ue,
    dl_gbr_throughput_ue,
    ul_gbr_throughput_ue,
    dl_nongbr_throughput_ue,
    ul_nongbr_throughput_ue,
    dl_gbr_data_volume_ue,
    ul_gbr_data_volume_ue,
    dl_nongbr_data_volume_ue,
    ul_nongbr_data_volume_ue
};

/// Filter of GET /queries/layer2_meas.
struct layer2_meas_query : ue_filter {
    std::optional<std::string> app_ins_id;
    /// The quantities that are wanted; empty: all. The standard gives each an integer without saying
    /// what the number does: `name=1` is sent.
    std::set<layer2_quantity> quantities;
};

struct erab_info {
    std::int32_t erab_id = 0; ///< 0..15
    std::optional<rni::erab_qos_parameters> erab_qos_parameters;
};

/// The bearers of one UE.
struct ue_info {
    std::vector<rni::associate_id> associate_id;
    std::vector<rni::erab_info> erab_info; ///< at least one
};

/// The UEs of one cell.
struct cell_user_info {
    rni::ecgi ecgi;
    std::vector<rni::ue_info> ue_info; ///< at least one
};

/// RabInfo (clause 6.2.3): radio access bearers.
struct rab_info {
    std::optional<mec::time_stamp> time_stamp;
    std::string app_instance_id;
    std::string request_id; ///< of the query, chosen by the platform
    std::vector<rni::cell_user_info> cell_user_info;
};

/// PlmnInfo (clause 6.2.2): networks of an application.
struct plmn_info {
    std::optional<mec::time_stamp> time_stamp;
    std::string app_instance_id;
    std::vector<rni::plmn> plmn; ///< at least one
};

/// The S1 bearers of one UE.
struct s1_ue_info {
    std::optional<rni::temp_ue_id> temp_ue_id;
    std::vector<rni::associate_id> associate_id;    ///< at least one
    std::vector<rni::ecgi> ecgi;                    ///< at least one
    std::vector<s1_bearer> s1_bearer_info_detailed; ///< at least one
};

/// S1BearerInfo (clause 6.2.4).
struct s1_bearer_info {
    std::optional<mec::time_stamp> time_stamp;
    std::vector<rni::s1_ue_info> s1_ue_info; ///< at least one
};

/// Layer 2 measurements of a cell (ETSI TS 136 314). Percentages are 0..100.
struct cell_info {
    using number = std::optional<std::int32_t>;

    rni::ecgi ecgi;
    number dl_gbr_prb_usage_cell;                                ///< %
    number ul_gbr_prb_usage_cell;                                ///< %
    number dl_nongbr_prb_usage_cell;                             ///< %
    number ul_nongbr_prb_usage_cell;                             ///< %
    number dl_total_prb_usage_cell;                              ///< %
    number ul_total_prb_usage_cell;                              ///< %
    number received_dedicated_preambles_cell;                    ///< %
    number received_randomly_selected_preambles_low_range_cell;  ///< %
    number received_randomly_selected_preambles_high_range_cell; ///< %
    number number_of_active_ue_dl_gbr_cell;
    number number_of_active_ue_ul_gbr_cell;
    number number_of_active_ue_dl_nongbr_cell;
    number number_of_active_ue_ul_nongbr_cell;
    number dl_gbr_pdr_cell;    ///< packets discarded, %
    number ul_gbr_pdr_cell;    ///< packets discarded, %
    number dl_nongbr_pdr_cell; ///< packets discarded, %
    number ul_nongbr_pdr_cell; ///< packets discarded, %
};

/// Layer 2 measurements of a UE in a cell (ETSI TS 136 314).
struct cell_ue_info {
    using number = std::optional<std::int32_t>;
    using large_number = std::optional<std::int64_t>;

    rni::ecgi ecgi;
    rni::associate_id associate_id;
    number dl_gbr_delay_ue;                ///< ms
    number ul_gbr_delay_ue;                ///< ms
    number dl_nongbr_delay_ue;             ///< ms
    number ul_nongbr_delay_ue;             ///< ms
    number dl_gbr_pdr_ue;                  ///< packets discarded, %
    number ul_gbr_pdr_ue;                  ///< packets discarded, %
    number dl_nongbr_pdr_ue;               ///< packets discarded, %
    number ul_nongbr_pdr_ue;               ///< packets discarded, %
    large_number dl_gbr_throughput_ue;     ///< kbit/s
    large_number ul_gbr_throughput_ue;     ///< kbit/s
    large_number dl_nongbr_throughput_ue;  ///< kbit/s
    large_number ul_nongbr_throughput_ue;  ///< kbit/s
    large_number dl_gbr_data_volume_ue;    ///< kbit
    large_number ul_gbr_data_volume_ue;    ///< kbit
    large_number dl_nongbr_data_volume_ue; ///< kbit
    large_number ul_nongbr_data_volume_ue; ///< kbit
};

/// L2Meas (clause 6.2.4a).
struct l2_meas {
    std::optional<mec::time_stamp> time_stamp;
    std::vector<rni::cell_info> cell_info;
    std::vector<rni::cell_ue_info> cell_ue_info;
};

} // namespace rni
MEC_END_NAMESPACE

#endif
