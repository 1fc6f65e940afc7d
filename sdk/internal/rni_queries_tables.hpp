#ifndef MEC_INTERNAL_RNI_QUERIES_TABLES_HPP
#define MEC_INTERNAL_RNI_QUERIES_TABLES_HPP

/// @file
/// The types of `queries.hpp` on the wire.

#include "rni_shared_tables.hpp"

#include <mec/rni/describe.hpp>

MEC_BEGIN_NAMESPACE
namespace rni {
namespace detail {

template <auto Member> constexpr json::field_desc percent(std::string_view name)
{
    return json::field<Member>(name).range(0, 100);
}
template <auto Member> constexpr json::field_desc count(std::string_view name)
{
    return json::field<Member>(name).range(0, std::numeric_limits<std::int64_t>::max());
}
template <auto Member> constexpr json::field_desc query_time_stamp()
{
    return json::field<Member>("timeStamp").alias("timestamp"); // Simu5G
}
template <auto Member> constexpr json::field_desc app_instance_id()
{
    return json::field<Member>("appInstanceId").alias("appInsId"); // v1.1.1
}

} // namespace detail
} // namespace rni

namespace json {

/// The names of parameters of the query and of members of the answer.
template <> struct describe<rni::layer2_quantity> {
    using e = rni::layer2_quantity;
    static constexpr auto value = enumeration(
        "Layer2Quantity", json::value(e::dl_gbr_prb_usage_cell, "dl_gbr_prb_usage_cell"),
        json::value(e::ul_gbr_prb_usage_cell, "ul_gbr_prb_usage_cell"),
        json::value(e::dl_nongbr_prb_usage_cell, "dl_nongbr_prb_usage_cell"),
        json::value(e::ul_nongbr_prb_usage_cell, "ul_nongbr_prb_usage_cell"),
        json::value(e::dl_total_prb_usage_cell, "dl_total_prb_usage_cell"),
        json::value(e::ul_total_prb_usage_cell, "ul_total_prb_usage_cell"),
        json::value(e::received_dedicated_preambles_cell, "received_dedicated_preambles_cell"),
        json::value(e::received_randomly_selected_preambles_low_range_cell,
                    "received_randomly_selected_preambles_low_range_cell")
            .alias("received_randomly_selecte_preambles_low_range_cell"),
        json::value(e::received_randomly_selected_preambles_high_range_cell,
                    "received_randomly_selected_preambles_high_range_cell"),
        json::value(e::number_of_active_ue_dl_gbr_cell, "number_of_active_ue_dl_gbr_cell"),
        json::value(e::number_of_active_ue_ul_gbr_cell, "number_of_active_ue_ul_gbr_cell"),
        json::value(e::number_of_active_ue_dl_nongbr_cell, "number_of_active_ue_dl_nongbr_cell"),
        json::value(e::number_of_active_ue_ul_nongbr_cell, "number_of_active_ue_ul_nongbr_cell"),
        json::value(e::dl_gbr_pdr_cell, "dl_gbr_pdr_cell"),
        json::value(e::ul_gbr_pdr_cell, "ul_gbr_pdr_cell"),
        json::value(e::dl_nongbr_pdr_cell, "dl_nongbr_pdr_cell"),
        json::value(e::ul_nongbr_pdr_cell, "ul_nongbr_pdr_cell"),
        json::value(e::dl_gbr_delay_ue, "dl_gbr_delay_ue"),
        json::value(e::ul_gbr_delay_ue, "ul_gbr_delay_ue"),
        json::value(e::dl_nongbr_delay_ue, "dl_nongbr_delay_ue"),
        json::value(e::ul_nongbr_delay_ue, "ul_nongbr_delay_ue"),
        json::value(e::dl_gbr_pdr_ue, "dl_gbr_pdr_ue"),
        json::value(e::ul_gbr_pdr_ue, "ul_gbr_pdr_ue"),
        json::value(e::dl_nongbr_pdr_ue, "dl_nongbr_pdr_ue"),
        json::value(e::ul_nongbr_pdr_ue, "ul_nongbr_pdr_ue"),
        json::value(e::dl_gbr_throughput_ue, "dl_gbr_throughput_ue"),
        json::value(e::ul_gbr_throughput_ue, "ul_gbr_throughput_ue"),
        json::value(e::dl_nongbr_throughput_ue, "dl_nongbr_throughput_ue"),
        json::value(e::ul_nongbr_throughput_ue, "ul_nongbr_throughput_ue"),
        json::value(e::dl_gbr_data_volume_ue, "dl_gbr_data_volume_ue"),
        json::value(e::ul_gbr_data_volume_ue, "ul_gbr_data_volume_ue"),
        json::value(e::dl_nongbr_data_volume_ue, "dl_nongbr_data_volume_ue"),
        json::value(e::ul_nongbr_data_volume_ue, "ul_nongbr_data_volume_ue"));
};

template <> struct describe<rni::erab_info> {
    using type = rni::erab_info;
    static constexpr auto value = object("ErabInfo", rni::detail::erab_id<&type::erab_id>("erabId"),
                                         field<&type::erab_qos_parameters>("erabQosParameters"));
};

template <> struct describe<rni::ue_info> {
    using type = rni::ue_info;
    static constexpr auto value =
        object("UeInfo", field<&type::associate_id>("associateId").tolerating(one_or_many),
               field<&type::erab_info>("erabInfo").required().tolerating(one_or_many));
};

template <> struct describe<rni::cell_user_info> {
    using type = rni::cell_user_info;
    static constexpr auto value =
        object("CellUserInfo", field<&type::ecgi>("ecgi"),
               field<&type::ue_info>("ueInfo").required().tolerating(one_or_many));
};

template <> struct describe<rni::rab_info> {
    using type = rni::rab_info;
    static constexpr auto value =
        object("RabInfo", rni::detail::query_time_stamp<&type::time_stamp>(),
               rni::detail::app_instance_id<&type::app_instance_id>(),
               field<&type::request_id>("requestId"),
               field<&type::cell_user_info>("cellUserInfo").tolerating(one_or_many));
};

template <> struct describe<rni::plmn_info> {
    using type = rni::plmn_info;
    static constexpr auto value =
        object("PlmnInfo", rni::detail::query_time_stamp<&type::time_stamp>(),
               rni::detail::app_instance_id<&type::app_instance_id>(),
               field<&type::plmn>("plmn").required().tolerating(one_or_many));
};

template <> struct describe<rni::s1_ue_info> {
    using type = rni::s1_ue_info;
    static constexpr auto value =
        object("S1UeInfo", field<&type::temp_ue_id>("tempUeId"),
               field<&type::associate_id>("associateId").required().tolerating(one_or_many),
               field<&type::ecgi>("ecgi").required().tolerating(one_or_many),
               field<&type::s1_bearer_info_detailed>("s1BearerInfoDetailed")
                   .required()
                   .tolerating(one_or_many));
};

template <> struct describe<rni::s1_bearer_info> {
    using type = rni::s1_bearer_info;
    static constexpr auto value =
        object("S1BearerInfo", rni::detail::query_time_stamp<&type::time_stamp>(),
               field<&type::s1_ue_info>("s1UeInfo")
                   .alias("s1UeIffo") // the v2.2.1 robot suite
                   .required()
                   .tolerating(one_or_many));
};

template <> struct describe<rni::cell_info> {
    using type = rni::cell_info;
    // The generated file of v2.2.1 has a blank in two names.
    static constexpr auto value =
        object("CellInfo", field<&type::ecgi>("ecgi"),
               rni::detail::percent<&type::dl_gbr_prb_usage_cell>("dl_gbr_prb_usage_cell"),
               rni::detail::percent<&type::ul_gbr_prb_usage_cell>("ul_gbr_prb_usage_cell"),
               rni::detail::percent<&type::dl_nongbr_prb_usage_cell>("dl_nongbr_prb_usage_cell"),
               rni::detail::percent<&type::ul_nongbr_prb_usage_cell>("ul_nongbr_prb_usage_cell"),
               rni::detail::percent<&type::dl_total_prb_usage_cell>("dl_total_prb_usage_cell"),
               rni::detail::percent<&type::ul_total_prb_usage_cell>("ul_total_prb_usage_cell"),
               rni::detail::percent<&type::received_dedicated_preambles_cell>(
                   "received_dedicated_preambles_cell"),
               rni::detail::percent<&type::received_randomly_selected_preambles_low_range_cell>(
                   "received_randomly_selected_preambles_low_range_cell")
                   .alias("received_randomly_selected _preambles_low_range_cell"),
               rni::detail::percent<&type::received_randomly_selected_preambles_high_range_cell>(
                   "received_randomly_selected_preambles_high_range_cell")
                   .alias("received_randomly_selected _preambles_high_range_cell"),
               rni::detail::count<&type::number_of_active_ue_dl_gbr_cell>(
                   "number_of_active_ue_dl_gbr_cell"),
               rni::detail::count<&type::number_of_active_ue_ul_gbr_cell>(
                   "number_of_active_ue_ul_gbr_cell"),
               rni::detail::count<&type::number_of_active_ue_dl_nongbr_cell>(
                   "number_of_active_ue_dl_nongbr_cell"),
               rni::detail::count<&type::number_of_active_ue_ul_nongbr_cell>(
                   "number_of_active_ue_ul_nongbr_cell"),
               rni::detail::percent<&type::dl_gbr_pdr_cell>("dl_gbr_pdr_cell"),
               rni::detail::percent<&type::ul_gbr_pdr_cell>("ul_gbr_pdr_cell"),
               rni::detail::percent<&type::dl_nongbr_pdr_cell>("dl_nongbr_pdr_cell"),
               rni::detail::percent<&type::ul_nongbr_pdr_cell>("ul_nongbr_pdr_cell"));
};

template <> struct describe<rni::cell_ue_info> {
    using type = rni::cell_ue_info;
    static constexpr auto value =
        object("CellUEInfo", field<&type::ecgi>("ecgi"),
               field<&type::associate_id>("associateId").alias("associatedId"), // Simu5G
               rni::detail::count<&type::dl_gbr_delay_ue>("dl_gbr_delay_ue"),
               rni::detail::count<&type::ul_gbr_delay_ue>("ul_gbr_delay_ue"),
               rni::detail::count<&type::dl_nongbr_delay_ue>("dl_nongbr_delay_ue"),
               rni::detail::count<&type::ul_nongbr_delay_ue>("ul_nongbr_delay_ue"),
               rni::detail::percent<&type::dl_gbr_pdr_ue>("dl_gbr_pdr_ue"),
               rni::detail::percent<&type::ul_gbr_pdr_ue>("ul_gbr_pdr_ue"),
               rni::detail::percent<&type::dl_nongbr_pdr_ue>("dl_nongbr_pdr_ue"),
               rni::detail::percent<&type::ul_nongbr_pdr_ue>("ul_nongbr_pdr_ue"),
               rni::detail::count<&type::dl_gbr_throughput_ue>("dl_gbr_throughput_ue"),
               rni::detail::count<&type::ul_gbr_throughput_ue>("ul_gbr_throughput_ue"),
               rni::detail::count<&type::dl_nongbr_throughput_ue>("dl_nongbr_throughput_ue"),
               rni::detail::count<&type::ul_nongbr_throughput_ue>("ul_nongbr_throughput_ue"),
               rni::detail::count<&type::dl_gbr_data_volume_ue>("dl_gbr_data_volume_ue"),
               rni::detail::count<&type::ul_gbr_data_volume_ue>("ul_gbr_data_volume_ue"),
               rni::detail::count<&type::dl_nongbr_data_volume_ue>("dl_nongbr_data_volume_ue"),
               rni::detail::count<&type::ul_nongbr_data_volume_ue>("ul_nongbr_data_volume_ue"));
};

template <> struct describe<rni::l2_meas> {
    using type = rni::l2_meas;
    static constexpr auto value =
        object("L2Meas", rni::detail::query_time_stamp<&type::time_stamp>(),
               field<&type::cell_info>("cellInfo").tolerating(one_or_many), // Simu5G
               field<&type::cell_ue_info>("cellUEInfo").tolerating(one_or_many));
};

} // namespace json
MEC_END_NAMESPACE

#endif
