#include "world.hpp"

using namespace radio_test;
using namespace std::chrono_literals;

namespace {

std::vector<radio::ho_status> statuses(const recorder& r)
{
    std::vector<radio::ho_status> found;
    for (const auto& c : r.all<radio::cell_change>()) found.push_back(c.status);
    return found;
}

using status = radio::ho_status;

radio::network without_rule()
{
    radio::network n = make_network();
    n.hand_over.automatic = false;
    return n;
}

} // namespace

TEST(radio_hand_over, a_ue_that_drives_to_another_cell_is_handed_over_once)
{
    // One carrier only, so that the middle belongs to nobody else.
    radio::model m(make_network());
    ASSERT_FALSE(m.add_cell(make_cell("west", 0, "0000001")));
    ASSERT_FALSE(m.add_cell(make_cell("east", 1000, "0000002")));
    ASSERT_FALSE(m.add_ue(make_ue("car", 0), make_way(0, 1000, 20)));
    recorder r;
    r.listen_to(m);
    m.advance_to(50s);
    EXPECT_EQ(statuses(r), (std::vector<status>{status::in_preparation, status::in_execution,
                                                status::completed}));
    const auto changes = r.all<radio::cell_change>();
    EXPECT_EQ(changes.back().source.name, "west");
    ASSERT_EQ(changes.back().targets.size(), 1u);
    EXPECT_EQ(changes.back().targets[0].name, "east");
    EXPECT_EQ(changes.back().targets[0].plmn.mcc, "001");
    EXPECT_EQ(m.find_ue("car")->cell->name, "east");
}

TEST(radio_hand_over, phases_take_the_time_of_the_network)
{
    radio::model m = make_model(without_rule());
    ASSERT_FALSE(m.add_ue(make_ue("car", 0)));
    recorder r;
    m.advance_to(1s);
    r.listen_to(m);
    ASSERT_FALSE(m.hand_over("car", "east"));
    EXPECT_EQ(m.find_ue("car")->cell->name, "west");
    m.advance_to(1099ms);
    EXPECT_EQ(statuses(r), (std::vector<status>{status::in_preparation, status::in_execution}));
    EXPECT_EQ(m.find_ue("car")->cell->name, "west");
    m.advance_to(1100ms);
    EXPECT_EQ(m.find_ue("car")->cell->name, "east");
    std::vector<milliseconds> times;
    for (const auto& e : r.events)
        if (std::holds_alternative<radio::cell_change>(e.what)) times.push_back(e.at);
    EXPECT_EQ(times, (std::vector<milliseconds>{1000ms, 1060ms, 1100ms}));
}

TEST(radio_hand_over, can_be_rejected_and_cancelled)
{
    radio::model m = make_model(without_rule());
    ASSERT_FALSE(m.add_ue(make_ue("car", 0)));
    recorder r;
    r.listen_to(m);
    ASSERT_FALSE(m.hand_over("car", "east", radio::ho_outcome::reject));
    m.advance_to(1s);
    ASSERT_FALSE(m.hand_over("car", "east", radio::ho_outcome::cancel));
    m.advance_to(2s);
    ASSERT_FALSE(m.hand_over("car", "east"));
    ASSERT_FALSE(m.cancel_hand_over("car"));
    m.advance_to(3s);
    EXPECT_EQ(statuses(r),
              (std::vector<status>{status::in_preparation, status::rejected, status::in_preparation,
                                   status::cancelled, status::in_preparation, status::cancelled}));
    EXPECT_EQ(m.find_ue("car")->cell->name, "west");
    EXPECT_TRUE(m.cancel_hand_over("car") == mec::errc::conflict);
}

TEST(radio_hand_over, from_lte_to_nr_releases_the_e_rabs_and_back_establishes_them)
{
    radio::model m = make_model(without_rule());
    radio::ue u = make_ue("car", 0);
    u.erabs = {make_rab(5), make_rab(6, 1)};
    ASSERT_FALSE(m.add_ue(u));
    recorder r;
    r.listen_to(m);
    ASSERT_FALSE(m.hand_over("car", "new"));
    m.advance_to(1s);
    const auto released = r.all<radio::rab_released>();
    ASSERT_EQ(released.size(), 2u);
    EXPECT_EQ(released[0].erab.erab_id, 5);
    EXPECT_EQ(released[1].erab.qci, 1);
    EXPECT_EQ(released[0].cell.name, "west");
    const auto bearers = r.all<radio::s1_bearers_changed>();
    ASSERT_EQ(bearers.size(), 1u);
    EXPECT_EQ(bearers[0].what, radio::s1_event::release);
    EXPECT_TRUE(m.rab_info().empty());
    EXPECT_TRUE(m.s1_bearer_info().empty());

    r.events.clear();
    ASSERT_FALSE(m.hand_over("car", "east"));
    m.advance_to(2s);
    EXPECT_EQ(r.all<radio::rab_established>().size(), 2u);
    EXPECT_TRUE(r.all<radio::rab_released>().empty());
    ASSERT_EQ(m.rab_info().size(), 1u);
    EXPECT_EQ(m.rab_info()[0].cell.name, "east");
}

TEST(radio_hand_over, between_lte_cells_keeps_the_e_rabs_and_moves_the_s1_bearers)
{
    radio::model m = make_model(without_rule());
    radio::ue u = make_ue("car", 0);
    u.erabs = {make_rab(5)};
    ASSERT_FALSE(m.add_ue(u));
    const auto before = m.s1_bearer_info();
    recorder r;
    r.listen_to(m);
    ASSERT_FALSE(m.move_ue("car", "east"));
    EXPECT_EQ(statuses(r), (std::vector<status>{status::in_preparation, status::in_execution,
                                                status::completed}));
    EXPECT_TRUE(r.all<radio::rab_released>().empty());
    EXPECT_TRUE(r.all<radio::rab_established>().empty());
    const auto moved = r.all<radio::s1_bearers_changed>();
    ASSERT_EQ(moved.size(), 1u);
    EXPECT_EQ(moved[0].what, radio::s1_event::modify);
    EXPECT_NE(moved[0].bearers[0].enb.tunnel_id, before[0].bearers[0].enb.tunnel_id);
    EXPECT_NE(moved[0].bearers[0].enb.address, before[0].bearers[0].enb.address);
    EXPECT_EQ(moved[0].bearers[0].sgw.tunnel_id, before[0].bearers[0].sgw.tunnel_id);
}

TEST(radio_hand_over, takes_the_secondary_cells_away)
{
    radio::model m = make_model(without_rule());
    ASSERT_FALSE(m.add_ue(make_ue("car", 0)));
    recorder r;
    r.listen_to(m);
    ASSERT_FALSE(m.add_secondary_cell("car", "small"));
    ASSERT_FALSE(m.move_ue("car", "east"));
    const auto changes = r.all<radio::carriers_reconfigured>();
    ASSERT_EQ(changes.size(), 2u);
    ASSERT_EQ(changes[0].added.size(), 1u);
    EXPECT_EQ(changes[0].added[0].name, "small");
    ASSERT_EQ(changes[0].carriers.size(), 1u);
    ASSERT_EQ(changes[1].removed.size(), 1u);
    EXPECT_EQ(changes[1].removed[0].name, "small");
    EXPECT_TRUE(changes[1].carriers.empty());
}

TEST(radio_hand_over, to_nr_follows_the_threshold_of_the_network)
{
    radio::network n = make_network();
    n.hand_over.nr_threshold_dbm = -90;
    radio::model m = make_model(n);
    ASSERT_FALSE(m.add_ue(make_ue("car", 0), make_way(0, 500, 20)));
    recorder r;
    r.listen_to(m);
    m.advance_to(30s);
    ASSERT_FALSE(r.all<radio::cell_change>().empty());
    EXPECT_EQ(r.all<radio::cell_change>().back().targets[0].name, "new");
    EXPECT_EQ(m.find_ue("car")->cell->technology, radio::technology::nr);
}

TEST(radio_hand_over, what_cannot_be_is_refused)
{
    radio::model m = make_model(without_rule());
    ASSERT_FALSE(m.add_ue(make_ue("car", 0)));
    EXPECT_TRUE(m.hand_over("car", "nowhere") == mec::errc::not_found);
    EXPECT_TRUE(m.hand_over("nobody", "east") == mec::errc::not_found);
    EXPECT_TRUE(m.hand_over("car", "west") == mec::errc::conflict);
    ASSERT_FALSE(m.hand_over("car", "east"));
    EXPECT_TRUE(m.hand_over("car", "small") == mec::errc::conflict);
    ASSERT_FALSE(m.switch_ue("car", false));
    EXPECT_TRUE(m.hand_over("car", "east") == mec::errc::conflict);
    EXPECT_TRUE(m.move_ue("car", "east") == mec::errc::conflict);
    m.advance_to(1s); // nothing of the hand-over that was under way is left
    EXPECT_FALSE(m.find_ue("car")->cell);
}
