#ifndef MEC_TESTS_UNIT_EMULATOR_RNI_EVENTS_HPP
#define MEC_TESTS_UNIT_EMULATOR_RNI_EVENTS_HPP

/// @file
/// One event of each type, about the UE 10.0.0.1 in the LTE cell 000000A.

#include "emulator/radio/events.hpp"

#include <mec/json/codec.hpp>
#include <mec/rni/describe.hpp>

#include <gtest/gtest.h>

namespace rni_test {

namespace radio = mec::emulator::radio;
namespace rni = mec::rni;

inline radio::cell_identity lte_cell(const std::string& id)
{
    return {radio::technology::lte, {"001", "01"}, id, "cell-" + id};
}
inline radio::cell_identity nr_cell(const std::string& id)
{
    return {radio::technology::nr, {"001", "01"}, id, "cell-" + id};
}

inline radio::ue_identity phone()
{
    return {"phone",
            {{radio::associate_id_type::ue_ipv4_address, "10.0.0.1"},
             {radio::associate_id_type::gtp_teid, "0000abcd"}},
            radio::temp_ue_id{"02", "c0000001"}};
}

inline radio::erab voice() { return {7, 1, radio::bit_rates{3'000'000'000, 2, 3, 4}}; }

inline radio::lte_values heard(int rsrp) { return {rsrp, {}, 20, -3, 60}; }

template <class What> radio::event happens(What what)
{
    return {radio::milliseconds{1}, std::move(what)};
}

inline radio::event hand_over(radio::ho_status status = radio::ho_status::completed)
{
    return happens(radio::cell_change{phone(), lte_cell("000000A"), {lte_cell("000000B")}, status});
}
inline radio::event establishment()
{
    return happens(radio::rab_established{phone(), lte_cell("000000A"), voice()});
}
inline radio::event modification()
{
    return happens(radio::rab_modified{phone(), lte_cell("000000A"), voice(), 9});
}
inline radio::event release()
{
    return happens(radio::rab_released{phone(), lte_cell("000000A"), voice()});
}
inline radio::event report(int trigger = 12)
{
    radio::measurement_report r;
    r.ue = phone();
    r.cell = lte_cell("000000A");
    r.trigger = trigger;
    r.values = heard(50);
    r.height = 120;
    r.neighbours.push_back({lte_cell("000000B"), heard(40)});
    r.carriers.push_back(
        {lte_cell("000000C"), heard(30), radio::lte_neighbour{lte_cell("000000D"), heard(20)}});
    r.nr_carriers.push_back({640000,
                             {nr_cell("00000000E"), {100, 90, 80}, {}},
                             radio::nr_neighbour{nr_cell("00000000F"), {70, 60, 50}, {}}});
    r.nr_neighbours.push_back({nr_cell("000000010"), {40, 30, 20}, {{3, {10, 11, 12}}}});
    return happens(r);
}
inline radio::event nr_report(int trigger = 12)
{
    radio::nr_measurement_report r;
    r.ue = phone();
    r.cell = nr_cell("00000000E");
    r.trigger = trigger;
    r.serving.push_back({{nr_cell("00000000E"), {100, 90, 80}, {{5, {99, 98, 97}}}},
                         radio::nr_neighbour{nr_cell("00000000F"), {70, 60, 50}, {}}});
    r.neighbours.push_back({nr_cell("000000010"), {40, 30, 20}, {}});
    return happens(r);
}
inline radio::event timing_advance()
{
    return happens(radio::timing_advance_changed{phone(), lte_cell("000000A"), 31});
}
inline radio::event carriers()
{
    radio::carriers_reconfigured e{
        phone(), lte_cell("000000A"), {lte_cell("000000C")}, {lte_cell("000000D")}, {}};
    e.carriers.push_back(
        {lte_cell("000000C"), heard(30), radio::lte_neighbour{lte_cell("000000B"), heard(20)}});
    e.carriers.push_back({lte_cell("000000E"), heard(10), {}});
    return happens(e);
}
inline radio::event s1(radio::s1_event what = radio::s1_event::establish)
{
    return happens(
        radio::s1_bearers_changed{what,
                                  phone(),
                                  {lte_cell("000000A")},
                                  {{7, {"10.1.0.1", "00000001"}, {"10.2.0.1", "00000002"}}}});
}

/// All of them, in the order of the types.
inline std::vector<radio::event> every_event()
{
    return {hand_over(), establishment(),  modification(), release(), report(),
            nr_report(), timing_advance(), carriers(),     s1()};
}

/// A subscription of that type with these members.
inline rni::subscription wanting(const std::string& type, const std::string& members)
{
    auto s = mec::json::parse<rni::subscription>(R"({"subscriptionType":")" + type + "\"," +
                                                 members + '}');
    EXPECT_TRUE(s) << s.error();
    return s ? *s : rni::subscription();
}

} // namespace rni_test

#endif
