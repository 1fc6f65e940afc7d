#include "world.hpp"

using namespace radio_test;
using namespace std::chrono_literals;

namespace {

using kind = radio::report_kind;

radio::report_setting setting(kind k, double threshold = -90, double threshold2 = -90,
                              double offset = 0)
{
    radio::report_setting s;
    s.kind = k;
    s.threshold_dbm = threshold;
    s.threshold2_dbm = threshold2;
    s.offset_db = offset;
    s.hysteresis_db = 1;
    return s;
}

/// A UE in the cell `west` that hears exactly what it is told to.
struct listening {
    explicit listening(const std::string& serving, std::vector<radio::report_setting> settings)
    {
        radio::network n = make_network();
        n.hand_over.automatic = false;
        m = make_model(n);
        radio::ue u = make_ue("car", 100);
        u.cell = serving;
        EXPECT_FALSE(m.add_ue(u));
        hear("west", -100);
        hear("east", -120);
        hear("small", -120);
        hear("new", -120);
        EXPECT_FALSE(m.set_reports("car", std::move(settings)));
        m.advance_to(1s);
        seen.listen_to(m);
    }
    void hear(const std::string& cell, double rsrp)
    {
        EXPECT_FALSE(m.measure("car", cell, {rsrp, {}, {}}));
        m.advance_to(m.now() + 200ms);
    }
    std::vector<int> triggers() const
    {
        std::vector<int> found;
        for (const auto& r : seen.all<radio::measurement_report>())
            if (r.trigger != 0) found.push_back(r.trigger);
        for (const auto& r : seen.all<radio::nr_measurement_report>())
            if (r.trigger != 0) found.push_back(r.trigger);
        return found;
    }
    radio::model m{make_network()};
    recorder seen;
};

} // namespace

TEST(radio_reports, a1_comes_when_the_serving_cell_gets_better_and_again_after_it_was_worse)
{
    listening l("west", {setting(kind::event_a1)});
    l.hear("west", -89.5); // within the hysteresis
    EXPECT_EQ(l.triggers(), (std::vector<int>{}));
    l.hear("west", -88);
    EXPECT_EQ(l.triggers(), (std::vector<int>{10}));
    l.hear("west", -90.5);
    l.hear("west", -88);
    EXPECT_EQ(l.triggers(), (std::vector<int>{10}));
    l.hear("west", -92);
    l.hear("west", -88);
    EXPECT_EQ(l.triggers(), (std::vector<int>{10, 10}));
}

TEST(radio_reports, a2_comes_when_the_serving_cell_gets_worse)
{
    listening l("west", {setting(kind::event_a2, -105)});
    l.hear("west", -105.5);
    EXPECT_EQ(l.triggers(), (std::vector<int>{}));
    l.hear("west", -107);
    EXPECT_EQ(l.triggers(), (std::vector<int>{11}));
}

TEST(radio_reports, a3_compares_a_neighbour_with_the_serving_cell)
{
    listening l("west", {setting(kind::event_a3, 0, 0, 2)});
    l.hear("east", -97.5);
    EXPECT_EQ(l.triggers(), (std::vector<int>{}));
    l.hear("east", -96.5);
    EXPECT_EQ(l.triggers(), (std::vector<int>{12}));
    l.hear("small", -90); // another neighbour is other news
    EXPECT_EQ(l.triggers(), (std::vector<int>{12, 12}));
    l.hear("new", -60); // not of this technology
    EXPECT_EQ(l.triggers(), (std::vector<int>{12, 12}));
}

TEST(radio_reports, a4_and_a5_look_at_thresholds)
{
    listening l("west", {setting(kind::event_a4, -90), setting(kind::event_a5, -102, -95)});
    l.hear("east", -93);
    EXPECT_EQ(l.triggers(), (std::vector<int>{}));
    l.hear("west", -104);
    EXPECT_EQ(l.triggers(), (std::vector<int>{14}));
    l.hear("east", -88);
    EXPECT_EQ(l.triggers(), (std::vector<int>{14, 13}));
}

TEST(radio_reports, a6_compares_with_a_secondary_cell_of_the_carrier)
{
    listening l("west", {setting(kind::event_a6)});
    l.hear("east", -80);
    EXPECT_EQ(l.triggers(), (std::vector<int>{}));
    radio::cell c = make_cell("small too", 600, "0000009", radio::technology::lte, 3050);
    ASSERT_FALSE(l.m.add_cell(c));
    ASSERT_FALSE(l.m.add_secondary_cell("car", "small"));
    l.hear("small too", -119.5);
    EXPECT_EQ(l.triggers(), (std::vector<int>{}));
    l.hear("small too", -118);
    EXPECT_EQ(l.triggers(), (std::vector<int>{15}));
}

TEST(radio_reports, b1_and_b2_look_at_the_other_technology)
{
    listening l("west", {setting(kind::event_b1, -90), setting(kind::event_b2, -102, -95)});
    l.hear("east", -50);
    EXPECT_EQ(l.triggers(), (std::vector<int>{}));
    l.hear("new", -88);
    EXPECT_EQ(l.triggers(), (std::vector<int>{20}));
    l.hear("west", -104);
    EXPECT_EQ(l.triggers(), (std::vector<int>{20, 21}));
    const auto reports = l.seen.all<radio::measurement_report>();
    ASSERT_FALSE(reports.back().nr_neighbours.empty());
    EXPECT_EQ(reports.back().nr_neighbours[0].cell.name, "new");
    EXPECT_EQ(reports.back().nr_neighbours[0].values.rsrp, 69); // -88 dBm
}

TEST(radio_reports, in_nr_the_numbers_are_those_of_nr)
{
    listening l("new", {setting(kind::event_b1, -90), setting(kind::event_b2, -110, -95),
                        setting(kind::event_a1, -100)});
    l.hear("west", -88);
    EXPECT_EQ(l.triggers(), (std::vector<int>{30, 31}));
    const auto reports = l.seen.all<radio::nr_measurement_report>();
    ASSERT_FALSE(reports.empty());
    EXPECT_TRUE(reports.back().neighbours.empty());
    ASSERT_FALSE(reports.back().lte_neighbours.empty());
    EXPECT_EQ(reports.back().lte_neighbours[0].cell.name, "west");
    l.hear("new", -95);
    EXPECT_EQ(l.triggers(), (std::vector<int>{30, 31, 10}));
    EXPECT_TRUE(l.seen.all<radio::measurement_report>().empty());
}

TEST(radio_reports, the_condition_must_hold_for_the_time_to_trigger)
{
    auto s = setting(kind::event_a1);
    s.time_to_trigger_ms = 500;
    listening l("west", {s});
    l.hear("west", -80);
    l.hear("west", -95);
    l.m.advance_to(l.m.now() + 1s);
    EXPECT_EQ(l.triggers(), (std::vector<int>{}));
    l.hear("west", -80);
    l.m.advance_to(l.m.now() + 400ms);
    EXPECT_EQ(l.triggers(), (std::vector<int>{10}));
}

TEST(radio_reports, periodic_ones_come_at_their_interval_with_the_number_of_the_technology)
{
    auto two = setting(kind::inter_rat_periodic);
    two.interval_ms = 500;
    listening l("west", {setting(kind::periodic), two, setting(kind::intra_periodic)});
    l.m.advance_to(l.m.now() + 10s);
    std::map<int, int> count;
    for (const int t : l.triggers()) ++count[t];
    EXPECT_EQ(count, (std::map<int, int>{{1, 10}, {4, 10}}));
    for (const auto& r : l.seen.all<radio::measurement_report>()) {
        // On one carrier, or on all.
        EXPECT_EQ(r.neighbours.size(), r.trigger == 4 ? 1u : 2u);
        EXPECT_EQ(r.nr_neighbours.size(), r.trigger == 4 ? 0u : 1u);
    }
    ASSERT_FALSE(l.m.move_ue("car", "new"));
    l.seen.events.clear();
    l.m.advance_to(l.m.now() + 10s);
    count.clear();
    for (const int t : l.triggers()) ++count[t];
    EXPECT_EQ(count, (std::map<int, int>{{1, 10}, {20, 20}}));
}

TEST(radio_reports, a_measurement_by_hand_reports_at_once_what_it_says)
{
    listening l("west", {});
    ASSERT_FALSE(l.m.measure("car", "", {-95.0, -12.0, 7.0}));
    const auto reports = l.seen.all<radio::measurement_report>();
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].trigger, 0);
    EXPECT_EQ(reports[0].cell.name, "west");
    EXPECT_EQ(reports[0].values.rsrp, 46);
    EXPECT_EQ(reports[0].values.rsrq, 16);
    EXPECT_EQ(reports[0].values.sinr, 61);
    ASSERT_FALSE(l.m.measure("car", "", {}));
    EXPECT_GT(l.m.find_ue("car")->heard->rsrp, -90); // 100 m from the mast again
    EXPECT_TRUE(l.m.measure("car", "", {1000.0, {}, {}}) == mec::errc::config_invalid);
    EXPECT_TRUE(l.m.measure("car", "nowhere", {-95.0, {}, {}}) == mec::errc::not_found);
}

TEST(radio_reports, neighbours_are_those_of_the_list_the_strongest_first)
{
    radio::model m(make_network());
    radio::cell c = make_cell("a", 0, "0000001");
    c.neighbours = {"b", "d"};
    ASSERT_FALSE(m.add_cell(c));
    ASSERT_FALSE(m.add_cell(make_cell("b", 900, "0000002")));
    ASSERT_FALSE(m.add_cell(make_cell("c", 500, "0000003")));
    ASSERT_FALSE(m.add_cell(make_cell("d", 700, "0000004")));
    ASSERT_FALSE(m.add_ue(make_ue("car", 0)));
    recorder r;
    r.listen_to(m);
    ASSERT_FALSE(m.measure("car", "", {}));
    const auto reports = r.all<radio::measurement_report>();
    ASSERT_EQ(reports.size(), 1u);
    ASSERT_EQ(reports[0].neighbours.size(), 2u);
    EXPECT_EQ(reports[0].neighbours[0].cell.name, "d");
    EXPECT_EQ(reports[0].neighbours[1].cell.name, "b");
}
