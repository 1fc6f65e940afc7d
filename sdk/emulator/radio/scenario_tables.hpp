#ifndef MEC_EMULATOR_RADIO_SCENARIO_TABLES_HPP
#define MEC_EMULATOR_RADIO_SCENARIO_TABLES_HPP

/// @file
/// How a scenario stands in its file.

#include "scenario.hpp"

#include <mec/json/describe.hpp>

MEC_BEGIN_NAMESPACE
namespace json {

template <> struct describe<emulator::radio::technology> {
    using e = emulator::radio::technology;
    static constexpr auto value =
        enumeration("Technology", json::value(e::lte, "LTE"), json::value(e::nr, "NR"));
};

template <> struct describe<emulator::radio::plmn> {
    using type = emulator::radio::plmn;
    static constexpr auto value =
        object("Plmn", field<&type::mcc>("mcc"), field<&type::mnc>("mnc"));
};

template <> struct describe<emulator::radio::point> {
    using type = emulator::radio::point;
    static constexpr auto value = object("Point", field<&type::x>("x"), field<&type::y>("y"));
};

template <> struct describe<emulator::radio::temp_ue_id> {
    using type = emulator::radio::temp_ue_id;
    static constexpr auto value =
        object("TempUeId", field<&type::mmec>("mmec"), field<&type::mtmsi>("mtmsi"));
};

template <> struct describe<emulator::radio::bit_rates> {
    using type = emulator::radio::bit_rates;
    static constexpr std::int64_t most = 10'000'000'000;
    static constexpr auto value =
        object("BitRates", field<&type::mbr_dl>("mbrDl").range(0, most).tolerating(defaulted),
               field<&type::mbr_ul>("mbrUl").range(0, most).tolerating(defaulted),
               field<&type::gbr_dl>("gbrDl").range(0, most).tolerating(defaulted),
               field<&type::gbr_ul>("gbrUl").range(0, most).tolerating(defaulted));
};

template <> struct describe<emulator::radio::erab> {
    using type = emulator::radio::erab;
    static constexpr auto value =
        object("Erab", field<&type::erab_id>("erabId").range(0, 15),
               field<&type::qci>("qci").range(0, 255), field<&type::rates>("rates"));
};

template <> struct describe<emulator::radio::report_kind> {
    using e = emulator::radio::report_kind;
    static constexpr auto value = enumeration(
        "ReportKind", json::value(e::periodic, "PERIODIC"),
        json::value(e::periodic_son, "PERIODIC_SON"), json::value(e::periodic_cgi, "PERIODIC_CGI"),
        json::value(e::intra_periodic, "INTRA_PERIODIC"),
        json::value(e::intra_periodic_cgi, "INTRA_PERIODIC_CGI"),
        json::value(e::inter_rat_periodic, "INTER_RAT_PERIODIC"),
        json::value(e::inter_rat_cgi, "INTER_RAT_CGI"), json::value(e::event_a1, "EVENT_A1"),
        json::value(e::event_a2, "EVENT_A2"), json::value(e::event_a3, "EVENT_A3"),
        json::value(e::event_a4, "EVENT_A4"), json::value(e::event_a5, "EVENT_A5"),
        json::value(e::event_a6, "EVENT_A6"), json::value(e::event_b1, "EVENT_B1"),
        json::value(e::event_b2, "EVENT_B2"));
};

template <> struct describe<emulator::radio::report_setting> {
    using type = emulator::radio::report_setting;
    static constexpr auto value =
        object("Report", field<&type::kind>("trigger"),
               field<&type::interval_ms>("intervalMilliseconds")
                   .range(10, 3'600'000)
                   .tolerating(defaulted),
               field<&type::threshold_dbm>("thresholdDbm").tolerating(defaulted),
               field<&type::threshold2_dbm>("threshold2Dbm").tolerating(defaulted),
               field<&type::offset_db>("offsetDb").tolerating(defaulted),
               field<&type::hysteresis_db>("hysteresisDb").tolerating(defaulted),
               field<&type::time_to_trigger_ms>("timeToTriggerMilliseconds")
                   .range(0, 60'000)
                   .tolerating(defaulted));
};

template <> struct describe<emulator::radio::cell> {
    using type = emulator::radio::cell;
    static constexpr auto value =
        object("Cell", field<&type::name>("name"),
               field<&type::technology>("technology").tolerating(defaulted),
               field<&type::cell_id>("cellId"), field<&type::plmn>("plmn"),
               field<&type::position>("position"),
               field<&type::power_dbm>("powerDbm").tolerating(defaulted),
               field<&type::frequency_mhz>("frequencyMhz").tolerating(defaulted),
               field<&type::carrier>("carrier").range(0, 3'279'165).tolerating(defaulted),
               field<&type::resource_blocks>("resourceBlocks").range(6, 275).tolerating(defaulted),
               field<&type::neighbours>("neighbours"),
               field<&type::s1_address>("s1Address").tolerating(defaulted));
};

template <> struct describe<emulator::radio::ue> {
    using type = emulator::radio::ue;
    static constexpr auto value =
        object("Ue", field<&type::name>("name"), field<&type::ipv4>("ipv4").tolerating(defaulted),
               field<&type::ipv6>("ipv6").tolerating(defaulted),
               field<&type::nated_ip>("natedIp").tolerating(defaulted),
               field<&type::gtp_teid>("gtpTeid").tolerating(defaulted),
               field<&type::temp_ue_id>("tempUeId"), field<&type::position>("position"),
               field<&type::height>("height").range(-500, 10'000),
               field<&type::cell>("cell").tolerating(defaulted),
               field<&type::route>("route").tolerating(defaulted),
               field<&type::on>("on").tolerating(defaulted), field<&type::erabs>("erabs"),
               field<&type::secondary_cells>("secondaryCells"), field<&type::reports>("reports"));
};

template <> struct describe<emulator::radio::ue_group> {
    using type = emulator::radio::ue_group;
    static constexpr auto value =
        object("UeGroup", field<&type::name>("name"), field<&type::count>("count").range(1, 10'000),
               field<&type::center>("center"), field<&type::radius>("radius").tolerating(defaulted),
               field<&type::ipv4>("ipv4").tolerating(defaulted),
               field<&type::mmec>("mmec").tolerating(defaulted),
               field<&type::mtmsi>("mtmsi").tolerating(defaulted),
               field<&type::gtp_teid>("gtpTeid").tolerating(defaulted),
               field<&type::erabs>("erabs"), field<&type::reports>("reports"));
};

template <> struct describe<emulator::radio::hand_over_settings> {
    using type = emulator::radio::hand_over_settings;
    static constexpr auto value = object(
        "HandOver", field<&type::automatic>("automatic").tolerating(defaulted),
        field<&type::hysteresis_db>("hysteresisDb").tolerating(defaulted),
        field<&type::nr_threshold_dbm>("nrThresholdDbm"),
        field<&type::time_to_trigger_ms>("timeToTriggerMilliseconds")
            .range(0, 60'000)
            .tolerating(defaulted),
        field<&type::preparation_ms>("preparationMilliseconds")
            .range(0, 60'000)
            .tolerating(defaulted),
        field<&type::execution_ms>("executionMilliseconds").range(0, 60'000).tolerating(defaulted));
};

template <> struct describe<emulator::radio::network> {
    using type = emulator::radio::network;
    static constexpr auto value =
        object("Network", field<&type::plmns>("plmns").required(),
               field<&type::hand_over>("handOver").tolerating(defaulted),
               field<&type::shadowing_db>("shadowingDb").tolerating(defaulted),
               field<&type::fading_db>("fadingDb").tolerating(defaulted),
               field<&type::tick_ms>("tickMilliseconds").range(10, 10'000).tolerating(defaulted),
               field<&type::sgw_address>("sgwAddress").tolerating(defaulted));
};

template <> struct describe<emulator::radio::route> {
    using type = emulator::radio::route;
    static constexpr auto value =
        object("Route", field<&type::name>("name"), field<&type::points>("points").required(),
               field<&type::speed>("speed").tolerating(defaulted),
               field<&type::loop>("loop").tolerating(defaulted));
};

template <> struct describe<emulator::radio::ho_outcome> {
    using e = emulator::radio::ho_outcome;
    static constexpr auto value =
        enumeration("Outcome", json::value(e::complete, "COMPLETE"),
                    json::value(e::reject, "REJECT"), json::value(e::cancel, "CANCEL"));
};

template <> struct describe<emulator::radio::action> {
    using e = emulator::radio::action;
    static constexpr auto value = enumeration(
        "Action", json::value(e::establish_rab, "ESTABLISH_RAB"),
        json::value(e::modify_rab, "MODIFY_RAB"), json::value(e::release_rab, "RELEASE_RAB"),
        json::value(e::hand_over, "HAND_OVER"),
        json::value(e::cancel_hand_over, "CANCEL_HAND_OVER"), json::value(e::move, "MOVE"),
        json::value(e::measure, "MEASURE"), json::value(e::set_reports, "SET_REPORTS"),
        json::value(e::add_secondary_cell, "ADD_SECONDARY_CELL"),
        json::value(e::remove_secondary_cell, "REMOVE_SECONDARY_CELL"),
        json::value(e::modify_s1_bearer, "MODIFY_S1_BEARER"),
        json::value(e::switch_on, "SWITCH_ON"), json::value(e::switch_off, "SWITCH_OFF"),
        json::value(e::follow, "FOLLOW"));
};

template <> struct describe<emulator::radio::timed_action> {
    using type = emulator::radio::timed_action;
    static constexpr auto value = object(
        "Event", field<&type::at>("at"), field<&type::action>("action"), field<&type::ue>("ue"),
        field<&type::cell>("cell"), field<&type::erab>("erab"),
        field<&type::erab_id>("erabId").range(0, 15), field<&type::outcome>("outcome"),
        field<&type::rsrp>("rsrpDbm"), field<&type::rsrq>("rsrqDb"), field<&type::sinr>("sinrDb"),
        field<&type::reports>("reports"), field<&type::sgw_address>("sgwAddress"),
        field<&type::tunnel_id>("tunnelId"), field<&type::route>("route"));
};

template <> struct describe<emulator::radio::scenario> {
    using type = emulator::radio::scenario;
    static constexpr auto value = object(
        "Scenario", field<&type::schema>("$schema").tolerating(defaulted),
        field<&type::name>("name"), field<&type::description>("description").tolerating(defaulted),
        field<&type::seed>("seed").tolerating(defaulted), field<&type::duration>("duration"),
        field<&type::repeat>("repeat").tolerating(defaulted), field<&type::network>("network"),
        field<&type::cells>("cells").required(), field<&type::routes>("routes"),
        field<&type::ues>("ues"), field<&type::groups>("groups"), field<&type::events>("events"));
};

} // namespace json
MEC_END_NAMESPACE

#endif
