#ifndef MEC_INTERNAL_RNI_SHARED_TABLES_HPP
#define MEC_INTERNAL_RNI_SHARED_TABLES_HPP

/// @file
/// The types of `shared.hpp` on the wire. Aliases and tolerances name the platform that needs them;
/// AdvantEDGE leaves out every number that is zero.

#include <mec/common/describe.hpp>
#include <mec/json/common.hpp>
#include <mec/rni/describe.hpp>

MEC_BEGIN_NAMESPACE
namespace rni {
namespace detail {

/// A measured value: an octet on the wire.
template <auto Member> constexpr json::field_desc octet(std::string_view name)
{
    return json::field<Member>(name).range(0, 255);
}
/// A measured value of an extended range, which the OpenAPI files call an octet although it goes
/// below zero (ETSI TS 136 133).
template <auto Member> constexpr json::field_desc extended(std::string_view name)
{
    return json::field<Member>(name).range(-128, 255);
}
template <auto Member> constexpr json::field_desc bit_rate(std::string_view name)
{
    return json::field<Member>(name).range(0, 4'000'000'000'000).tolerating(json::defaulted);
}
template <auto Member> constexpr json::field_desc erab_id(std::string_view name)
{
    return json::field<Member>(name).range(0, 15).tolerating(json::defaulted);
}
template <auto Member> constexpr json::field_desc qci(std::string_view name)
{
    return json::field<Member>(name).range(0, 255).tolerating(json::defaulted);
}
/// Simu5G and test suites write identities of cells as numbers.
template <auto Member> constexpr json::field_desc cell_id(std::string_view name)
{
    return json::field<Member>(name).tolerating(json::number_as_text);
}

} // namespace detail
} // namespace rni

namespace json {

template <> struct describe<rni::associate_id_type> {
    using e = rni::associate_id_type;
    static constexpr auto value = integer_enumeration(
        "AssociateIdType", json::value(e::reserved, "RESERVED"),
        json::value(e::ue_ipv4_address, "UE_IPV4_ADDRESS"), // older platforms send the names
        json::value(e::ue_ipv6_address, "UE_IPV6_ADDRESS"),
        json::value(e::nated_ip_address, "NATED_IP_ADDRESS"), json::value(e::gtp_teid, "GTP_TEID"));
};

template <> struct describe<rni::associate_id> {
    using type = rni::associate_id;
    static constexpr auto value =
        object("AssociateId", field<&type::type>("type").tolerating(defaulted),
               field<&type::value>("value").tolerating(number_as_text));
};

template <> struct describe<rni::plmn> {
    using type = rni::plmn;
    static constexpr auto value =
        object("Plmn", field<&type::mcc>("mcc"), field<&type::mnc>("mnc"));
};

template <> struct describe<rni::ecgi> {
    using type = rni::ecgi;
    static constexpr auto value =
        object("Ecgi", field<&type::plmn>("plmn"), rni::detail::cell_id<&type::cell_id>("cellId"));
};

template <> struct describe<rni::nrcgi> {
    using type = rni::nrcgi;
    static constexpr auto value =
        object("NRcgi", // v2.1.1 has a bare cell identity in one place: that member is the first
               rni::detail::cell_id<&type::nr_cell_id>("nrCellId").alias("nrcellId"), // v2.1.1
               field<&type::plmn>("plmn"));
};

template <> struct describe<rni::temp_ue_id> {
    using type = rni::temp_ue_id;
    static constexpr auto value =
        object("TempUeId", field<&type::mmec>("mmec"), field<&type::mtmsi>("mtmsi"));
};

template <> struct describe<rni::qos_information> {
    using type = rni::qos_information;
    static constexpr auto value =
        object("QosInformation", rni::detail::bit_rate<&type::erab_mbr_dl>("erabMbrDl"),
               rni::detail::bit_rate<&type::erab_mbr_ul>("erabMbrUl"),
               rni::detail::bit_rate<&type::erab_gbr_dl>("erabGbrDl"),
               rni::detail::bit_rate<&type::erab_gbr_ul>("erabGbrUl"));
};

template <> struct describe<rni::erab_qos_parameters> {
    using type = rni::erab_qos_parameters;
    static constexpr auto value =
        object("ErabQosParameters", rni::detail::qci<&type::qci>("qci"),
               field<&type::qos_information>("qosInformation").alias("qos_information")); // v1.1.1
};

template <> struct describe<rni::tunnel_end> {
    using type = rni::tunnel_end;
    static constexpr auto value =
        object("EnbInfo", field<&type::ip_address>("ipAddress"),
               field<&type::tunnel_id>("tunnelId").tolerating(number_as_text));
};

template <> struct describe<rni::s1_bearer> {
    using type = rni::s1_bearer;
    static constexpr auto value =
        object("S1BearerInfoDetailed", rni::detail::erab_id<&type::erab_id>("erabId"),
               field<&type::enb_info>("enbInfo").alias("s1EnbInfo"), // v1.1.1
               field<&type::s_gw_info>("sGwInfo"));
};

template <> struct describe<rni::meas_quantity_results_nr> {
    using type = rni::meas_quantity_results_nr;
    static constexpr auto value =
        object("MeasQuantityResultsNr", rni::detail::octet<&type::rsrp>("rsrp"),
               rni::detail::octet<&type::rsrq>("rsrq"), rni::detail::octet<&type::sinr>("sinr"));
};

template <> struct describe<rni::results_per_ssb_index> {
    using type = rni::results_per_ssb_index;
    static constexpr auto value =
        object("ResultsPerSsbIndex",
               rni::detail::octet<&type::ssb_index>("ssbIndex").tolerating(defaulted),
               field<&type::ssb_results>("ssbResults"));
};

template <> struct describe<rni::results_per_ssb_index_list> {
    using type = rni::results_per_ssb_index_list;
    static constexpr auto value =
        object("ResultsPerSsbIndexList", field<&type::results_per_ssb_index>("resultsPerSsbIndex"));
};

template <> struct describe<rni::results_per_csi_rs_index> {
    using type = rni::results_per_csi_rs_index;
    static constexpr auto value =
        object("ResultsPerCsiRsIndex",
               rni::detail::octet<&type::csi_rs_index>("csiRsIndex").tolerating(defaulted),
               field<&type::csi_rs_results>("csiRsResults"));
};

template <> struct describe<rni::results_per_csi_rs_index_list> {
    using type = rni::results_per_csi_rs_index_list;
    static constexpr auto value = object(
        "ResultsPerCsiRsIndexList", field<&type::results_per_csi_rs_index>("resultsPerCsiRsIndex"));
};

template <> struct describe<rni::rs_index_results> {
    using type = rni::rs_index_results;
    static constexpr auto value =
        object("RsIndexResults", field<&type::results_ssb_indexes>("resultsSsbIndexes"),
               field<&type::results_csi_rs_indexes>("resultsCsiRsIndexes"));
};

template <> struct describe<rni::ho_status> {
    using e = rni::ho_status;
    static constexpr auto value = integer_enumeration(
        "HoStatus", json::value(e::in_preparation, "IN_PREPARATION"),
        json::value(e::in_execution, "IN_EXECUTION"), json::value(e::completed, "COMPLETED"),
        json::value(e::rejected, "REJECTED"), json::value(e::cancelled, "CANCELLED"));
};

template <> struct describe<rni::s1_event> {
    using e = rni::s1_event;
    static constexpr auto value =
        integer_enumeration("S1Event", json::value(e::reserved, "RESERVED"),
                            json::value(e::s1_bearer_establish, "S1_BEARER_ESTABLISH"),
                            json::value(e::s1_bearer_modify, "S1_BEARER_MODIFY"),
                            json::value(e::s1_bearer_release, "S1_BEARER_RELEASE"));
};

template <> struct describe<rni::trigger> {
    using e = rni::trigger;
    static constexpr auto value = integer_enumeration(
        "Trigger", json::value(e::not_available, "NOT_AVAILABLE"),
        json::value(e::periodical_report_strongest_cells, "PERIODICAL_REPORT_STRONGEST_CELLS"),
        json::value(e::periodical_report_strongest_cells_for_son,
                    "PERIODICAL_REPORT_STRONGEST_CELLS_FOR_SON"),
        json::value(e::periodical_report_cgi, "PERIODICAL_REPORT_CGI"),
        json::value(e::intra_periodical_report_strongest_cells,
                    "INTRA_PERIODICAL_REPORT_STRONGEST_CELLS"),
        json::value(e::intra_periodical_report_cgi, "INTRA_PERIODICAL_REPORT_CGI"),
        json::value(e::event_a1, "EVENT_A1"), json::value(e::event_a2, "EVENT_A2"),
        json::value(e::event_a3, "EVENT_A3"), json::value(e::event_a4, "EVENT_A4"),
        json::value(e::event_a5, "EVENT_A5"), json::value(e::event_a6, "EVENT_A6"),
        json::value(e::event_b1, "EVENT_B1").alias("EVENT_B1-NR"),
        json::value(e::event_b2, "EVENT_B2").alias("EVENT_B2-NR"),
        json::value(e::event_c1, "EVENT_C1"), json::value(e::event_c2, "EVENT_C2"),
        json::value(e::event_w1, "EVENT_W1"), json::value(e::event_w2, "EVENT_W2"),
        json::value(e::event_w3, "EVENT_W3"), json::value(e::event_v1, "EVENT_V1"),
        json::value(e::event_v2, "EVENT_V2"), json::value(e::event_h1, "EVENT_H1"),
        json::value(e::event_h2, "EVENT_H2"));
};

template <> struct describe<rni::trigger_nr> {
    using e = rni::trigger_nr;
    static constexpr auto value = integer_enumeration(
        "TriggerNr", json::value(e::not_available, "NOT_AVAILABLE"),
        json::value(e::nr_periodical, "NR_PERIODICAL"), json::value(e::nr_cgi, "NR_CGI"),
        json::value(e::event_a1, "EVENT_A1"), json::value(e::event_a2, "EVENT_A2"),
        json::value(e::event_a3, "EVENT_A3"), json::value(e::event_a4, "EVENT_A4"),
        json::value(e::event_a5, "EVENT_A5"), json::value(e::event_a6, "EVENT_A6"),
        json::value(e::inter_rat_periodical, "INTER_RAT_PERIODICAL"),
        json::value(e::inter_rat_cgi, "INTER_RAT_CGI"), json::value(e::event_b1, "EVENT_B1"),
        json::value(e::event_b2, "EVENT_B2"));
};

} // namespace json
MEC_END_NAMESPACE

#endif
