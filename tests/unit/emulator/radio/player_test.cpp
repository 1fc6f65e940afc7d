#include "event_text.hpp"

using namespace radio_test;
using namespace std::chrono_literals;

namespace {

radio::scenario load(const std::string& name)
{
    auto s = radio::read_scenario(std::string(MEC_SCENARIOS) + "/" + name);
    EXPECT_TRUE(s) << s.error().what();
    return s ? *s : radio::scenario();
}

struct played {
    explicit played(radio::scenario s) : player(std::move(s))
    {
        player.listen([this](const radio::event& e) {
            text += event_text::of(e);
            seen.events.push_back(e);
        });
    }
    std::string text;
    recorder seen;
    radio::player player;
};

constexpr mec::steady_time start{};

} // namespace

TEST(radio_player, the_same_file_gives_the_same_events_whatever_the_steps)
{
    for (const char* name : {"drive.json", "nr_handover.json", "stadium.json"}) {
        played at_once(load(name));
        at_once.player.advance(7s);
        played in_steps(load(name));
        for (int i = 0; i < 700; ++i) in_steps.player.advance(10ms);
        EXPECT_GT(at_once.seen.events.size(), 5u) << name;
        EXPECT_TRUE(at_once.text == in_steps.text) << name;
    }
}

TEST(radio_player, another_seed_gives_other_events)
{
    played one(load("stadium.json"));
    radio::scenario changed = load("stadium.json");
    changed.seed += 1;
    played other(changed);
    one.player.advance(1s);
    other.player.advance(1s);
    EXPECT_FALSE(one.text == other.text);
}

TEST(radio_player, the_drive_passes_its_four_cells_and_shows_every_kind_of_lte_event)
{
    played p(load("drive.json"));
    p.player.advance(p.player.duration());
    EXPECT_EQ(p.player.state(), radio::play_state::ended);
    EXPECT_TRUE(p.player.failures().empty()) << p.player.failures().front();
    std::vector<std::string> cells;
    for (const auto& c : p.seen.all<radio::cell_change>())
        if (c.status == radio::ho_status::completed) cells.push_back(c.targets[0].name);
    EXPECT_EQ(cells, (std::vector<std::string>{"market", "park", "airport"}));
    EXPECT_EQ(p.seen.all<radio::rab_established>().size(), 1u);
    EXPECT_EQ(p.seen.all<radio::rab_modified>().size(), 1u);
    EXPECT_EQ(p.seen.all<radio::rab_released>().size(), 1u);
    EXPECT_GE(p.seen.all<radio::carriers_reconfigured>().size(), 2u);
    EXPECT_GE(p.seen.all<radio::s1_bearers_changed>().size(), 5u);
    EXPECT_GT(p.seen.all<radio::timing_advance_changed>().size(), 10u);
    std::map<int, int> triggers;
    for (const auto& r : p.seen.all<radio::measurement_report>()) ++triggers[r.trigger];
    EXPECT_EQ(triggers[1], 120);
    EXPECT_GE(triggers[11], 1);
    EXPECT_GE(triggers[12], 3);
}

TEST(radio_player, the_nr_hand_over_goes_there_and_back)
{
    played p(load("nr_handover.json"));
    p.player.advance(p.player.duration());
    EXPECT_TRUE(p.player.failures().empty());
    std::vector<std::string> cells;
    for (const auto& c : p.seen.all<radio::cell_change>())
        if (c.status == radio::ho_status::completed) cells.push_back(c.targets[0].name);
    EXPECT_EQ(cells, (std::vector<std::string>{"campus a", "campus b", "terminus"}));
    EXPECT_EQ(p.seen.all<radio::rab_released>().size(), 2u);
    EXPECT_EQ(p.seen.all<radio::rab_established>().size(), 2u);
    std::map<int, int> triggers;
    for (const auto& r : p.seen.all<radio::nr_measurement_report>()) ++triggers[r.trigger];
    EXPECT_GT(triggers[1], 10);
    EXPECT_GT(triggers[20], 5);
}

TEST(radio_player, the_stadium_gives_two_thousand_reports_a_second)
{
    played p(load("stadium.json"));
    p.player.advance(1s);
    p.seen.events.clear();
    p.player.advance(2s);
    EXPECT_EQ(p.seen.all<radio::measurement_report>().size(), 4000u);
}

TEST(radio_player, keeps_to_the_clock_and_its_own_speed)
{
    played p(load("drive.json"));
    p.player.play(start);
    p.player.catch_up(start + 1500ms);
    EXPECT_EQ(p.player.position(), 1500ms);
    EXPECT_FALSE(p.player.set_speed(10, start + 1600ms));
    EXPECT_EQ(p.player.position(), 1600ms);
    p.player.catch_up(start + 2600ms);
    EXPECT_EQ(p.player.position(), 11'600ms);
    p.player.pause(start + 2700ms);
    EXPECT_EQ(p.player.state(), radio::play_state::paused);
    EXPECT_FALSE(p.player.next_wake());
    p.player.catch_up(start + 60s);
    EXPECT_EQ(p.player.position(), 12'600ms);
    p.player.play(start + 100s);
    p.player.catch_up(start + 101s);
    EXPECT_EQ(p.player.position(), 22'600ms);
    EXPECT_TRUE(p.player.set_speed(0, start + 101s) == mec::errc::config_invalid);
    EXPECT_TRUE(p.player.set_speed(1e9, start + 101s) == mec::errc::config_invalid);
}

TEST(radio_player, after_a_long_sleep_makes_up_for_a_bounded_time_only)
{
    played p(load("drive.json"));
    p.player.play(start);
    p.player.catch_up(start + 40s);
    EXPECT_EQ(p.player.position(), radio::player::most_catch_up);
    p.player.catch_up(start + 41s);
    EXPECT_EQ(p.player.position(), radio::player::most_catch_up + 1s);
}

TEST(radio_player, wakes_when_something_is_due)
{
    played p(load("drive.json"));
    p.player.play(start);
    for (int i = 0; i < 200; ++i) {
        const auto wake = p.player.next_wake();
        ASSERT_TRUE(wake);
        p.player.catch_up(*wake);
    }
    EXPECT_GT(p.seen.events.size(), 5u);
    EXPECT_GE(p.player.position(), 10s);
}

TEST(radio_player, ends_or_repeats)
{
    radio::scenario s = load("drive.json");
    s.duration = 115;
    played once(s);
    once.player.play(start);
    once.player.set_speed(1000, start);
    once.player.catch_up(start + 200ms);
    EXPECT_EQ(once.player.state(), radio::play_state::ended);
    once.player.play(start + 1s); // from the beginning
    EXPECT_EQ(once.player.position(), 0ms);

    s.repeat = true;
    played again(s);
    again.player.advance(120s);
    EXPECT_EQ(again.player.rounds(), 1u);
    EXPECT_EQ(again.player.position(), 5s);
    // The UE left the network at the end of the round, and came back.
    EXPECT_EQ(again.seen.all<radio::rab_established>().size(), 2u);
    EXPECT_EQ(again.seen.all<radio::rab_released>().size(), 2u);
    again.player.stop();
    EXPECT_EQ(again.player.state(), radio::play_state::stopped);
    EXPECT_EQ(again.player.position(), 0ms);
}

TEST(radio_player, says_which_events_of_the_scenario_could_not_be)
{
    radio::scenario s = load("drive.json");
    radio::timed_action a;
    a.at = 1;
    a.action = radio::action::release_rab;
    a.ue = "car";
    a.erab_id = 9;
    s.events.push_back(a);
    played p(s);
    p.player.advance(2s);
    ASSERT_EQ(p.player.failures().size(), 1u);
    EXPECT_EQ(p.player.failures()[0], "at 1000 ms, UE car: the UE has no E-RAB of that id");
}
