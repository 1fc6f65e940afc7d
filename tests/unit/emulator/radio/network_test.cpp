#include "world.hpp"

using namespace radio_test;
using namespace std::chrono_literals;

namespace {

radio::erab guaranteed(int id, std::int64_t rate)
{
    radio::erab e = make_rab(id, 2);
    e.rates = radio::bit_rates{2 * rate, 2 * rate, rate, rate};
    return e;
}

void expect_percent(const radio::both_ways& v)
{
    EXPECT_GE(v.dl, 0);
    EXPECT_LE(v.dl, 100);
    EXPECT_GE(v.ul, 0);
    EXPECT_LE(v.ul, 100);
}

} // namespace

TEST(radio_network, e_rabs_are_established_modified_and_released_with_their_s1_bearers)
{
    radio::model m = make_model();
    ASSERT_FALSE(m.add_ue(make_ue("car", 0)));
    recorder r;
    r.listen_to(m);
    ASSERT_FALSE(m.establish_rab("car", make_rab(5, 9)));
    ASSERT_FALSE(m.modify_rab("car", make_rab(5, 7)));
    ASSERT_FALSE(m.release_rab("car", 5));
    EXPECT_EQ(r.kinds(), (std::vector<std::size_t>{1, 8, 2, 3, 8}));
    const auto modified = r.all<radio::rab_modified>();
    EXPECT_EQ(modified[0].erab.qci, 7);
    EXPECT_EQ(modified[0].previous_qci, 9);
    EXPECT_EQ(r.all<radio::rab_released>()[0].erab.qci, 7);
    const auto s1 = r.all<radio::s1_bearers_changed>();
    EXPECT_EQ(s1[0].what, radio::s1_event::establish);
    EXPECT_EQ(s1[1].what, radio::s1_event::release);
    EXPECT_EQ(s1[0].bearers[0].enb.tunnel_id, s1[1].bearers[0].enb.tunnel_id);
    EXPECT_NE(s1[0].bearers[0].enb.tunnel_id, s1[0].bearers[0].sgw.tunnel_id);
}

TEST(radio_network, bearers_that_cannot_be_change_nothing)
{
    radio::model m = make_model();
    ASSERT_FALSE(m.add_ue(make_ue("car", 0)));
    ASSERT_FALSE(m.establish_rab("car", make_rab(5)));
    recorder r;
    r.listen_to(m);
    EXPECT_TRUE(m.establish_rab("car", make_rab(5)) == mec::errc::conflict);
    EXPECT_TRUE(m.establish_rab("car", make_rab(16)) == mec::errc::config_invalid);
    EXPECT_TRUE(m.establish_rab("car", make_rab(6, 256)) == mec::errc::config_invalid);
    EXPECT_TRUE(m.establish_rab("car", guaranteed(6, 6'000'000'000)) == mec::errc::config_invalid);
    EXPECT_TRUE(m.modify_rab("car", make_rab(6)) == mec::errc::not_found);
    EXPECT_TRUE(m.release_rab("car", 6) == mec::errc::not_found);
    EXPECT_TRUE(m.add_secondary_cell("car", "west") == mec::errc::conflict);
    EXPECT_TRUE(m.add_secondary_cell("car", "east") == mec::errc::conflict); // the same carrier
    EXPECT_TRUE(m.remove_secondary_cell("car", "small") == mec::errc::conflict);
    EXPECT_TRUE(r.events.empty());
    EXPECT_EQ(m.rab_info()[0].ues[0].erabs.size(), 1u);
}

TEST(radio_network, a_ue_that_is_switched_off_loses_its_bearers_and_gets_them_again)
{
    radio::model m = make_model();
    radio::ue u = make_ue("car", 0);
    u.erabs = {make_rab(5)};
    ASSERT_FALSE(m.add_ue(u));
    recorder r;
    r.listen_to(m);
    ASSERT_FALSE(m.switch_ue("car", false));
    EXPECT_EQ(r.kinds(), (std::vector<std::size_t>{3, 8}));
    EXPECT_TRUE(m.rab_info().empty());
    m.advance_to(10s);
    EXPECT_EQ(r.events.size(), 2u);
    ASSERT_FALSE(m.switch_ue("car", true));
    EXPECT_EQ(r.all<radio::rab_established>().size(), 1u);
    ASSERT_FALSE(m.remove_ue("car"));
    EXPECT_EQ(r.all<radio::rab_released>().size(), 2u);
    EXPECT_FALSE(m.find_ue("car"));
    m.advance_to(20s);
}

TEST(radio_network, names_all_four_kinds_of_identity)
{
    radio::model m = make_model();
    radio::ue u = make_ue("car", 0);
    u.ipv6 = "2001:db8::1";
    u.nated_ip = "192.0.2.1";
    u.gtp_teid = "0000000a";
    u.temp_ue_id = radio::temp_ue_id{"01", "c0000001"};
    ASSERT_FALSE(m.add_ue(u));
    const auto id = m.find_ue("car")->ue;
    ASSERT_EQ(id.associate_ids.size(), 4u);
    for (std::size_t i = 0; i < 4; ++i)
        EXPECT_EQ(static_cast<std::size_t>(id.associate_ids[i].type), i + 1);
    EXPECT_EQ(id.temp_ue_id->mtmsi, "c0000001");
}

TEST(radio_network, timing_advance_is_told_when_it_changes_and_only_then)
{
    radio::model m = make_model();
    ASSERT_FALSE(m.add_ue(make_ue("car", 0)));
    m.advance_to(1s);
    recorder r;
    r.listen_to(m);
    m.advance_to(10s);
    EXPECT_TRUE(r.all<radio::timing_advance_changed>().empty());
    ASSERT_FALSE(m.place_ue("car", {200, 0}));
    m.advance_to(20s);
    const auto told = r.all<radio::timing_advance_changed>();
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].timing_advance, 16u);
}

TEST(radio_network, counters_are_in_range_and_grow_with_the_load)
{
    radio::model m = make_model();
    ASSERT_FALSE(m.add_ue(make_ue("car", 100)));
    m.advance_to(1s);
    EXPECT_EQ(m.layer2_meas().cells[0].total_prb_usage.dl, 0);
    ASSERT_FALSE(m.establish_rab("car", guaranteed(5, 10'000'000)));
    m.advance_to(2s);
    const auto some = m.layer2_meas();
    EXPECT_GT(some.cells[0].gbr_prb_usage.dl, 0);
    EXPECT_EQ(some.cells[0].gbr_pdr.dl, 0);
    EXPECT_EQ(some.cells[0].active_ues_gbr.dl, 1);
    EXPECT_EQ(some.ues[0].gbr_throughput.dl, 10'000);
    EXPECT_EQ(some.ues[0].nongbr_throughput.dl, 0);
    ASSERT_FALSE(m.modify_rab("car", guaranteed(5, 1'000'000'000)));
    ASSERT_FALSE(m.establish_rab("car", make_rab(6)));
    m.advance_to(3s);
    const auto much = m.layer2_meas();
    EXPECT_EQ(much.cells[0].gbr_prb_usage.dl, 100);
    EXPECT_EQ(much.cells[0].nongbr_prb_usage.dl, 0);
    EXPECT_GT(much.cells[0].gbr_pdr.dl, 0);
    EXPECT_GT(much.ues[0].gbr_delay.dl, some.ues[0].gbr_delay.dl);
    EXPECT_GT(much.ues[0].gbr_data_volume.dl, some.ues[0].gbr_data_volume.dl);
    for (const auto& c : much.cells) {
        for (const auto& v :
             {c.gbr_prb_usage, c.nongbr_prb_usage, c.total_prb_usage, c.gbr_pdr, c.nongbr_pdr})
            expect_percent(v);
        EXPECT_LE(c.received_random_preambles_low, 100);
    }
}
