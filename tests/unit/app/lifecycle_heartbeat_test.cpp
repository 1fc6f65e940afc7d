// Heartbeats of an application that stays or leaves.

#include "life.hpp"

namespace app_test {
namespace {

TEST(lifecycle_heartbeat, beats_while_it_stays_and_while_it_drains)
{
    auto l = life::active(1);
    l.fsm.require_heartbeats(0, 1s, l.now, 0.0);
    EXPECT_EQ(l.fsm.wakeup(), l.now + 700ms);
    l.now += 700ms;
    const auto beat = l.expect(act::heartbeat);
    EXPECT_EQ(beat.task.key, 0u);
    EXPECT_EQ(beat.task.id, "s-0");
    l.fsm.on_heartbeat(0, {}, std::nullopt, l.now, 0.0);
    l.leave(termination_cause::application, 9s);
    l.expect(act::announce);
    l.sleep();
    l.expect(act::heartbeat);
    l.fsm.drained();
    l.withdraw();
    l.fsm.on_heartbeat(0, {}, 1s, l.now, 0.0);
    EXPECT_FALSE(l.finished());
}

TEST(lifecycle_heartbeat, the_platform_may_change_the_interval)
{
    auto l = life::active(1);
    l.fsm.require_heartbeats(0, 1s, l.now, 0.0);
    l.now += 700ms;
    l.expect(act::heartbeat);
    l.fsm.on_heartbeat(0, {}, 2s, l.now, 0.0);
    EXPECT_EQ(l.fsm.wakeup(), l.now + 1400ms);
    l.now += 1400ms;
    l.expect(act::heartbeat);
    l.fsm.on_heartbeat(0, {}, 0s, l.now, 0.0);
    EXPECT_FALSE(l.fsm.beats(0));
}

TEST(lifecycle_heartbeat, a_heartbeat_that_is_not_found_makes_the_service_again)
{
    auto l = life::active(1);
    l.fsm.require_heartbeats(0, 1s, l.now, 0.0);
    l.now += 700ms;
    l.expect(act::heartbeat);
    l.fsm.on_heartbeat(0, errc::not_found, std::nullopt, l.now, 0.0);
    EXPECT_FALSE(l.fsm.beats(0));
    EXPECT_EQ(l.fsm.state(), application_state::recovering);
    l.list();
    l.create("again");
    l.expect(act::none);
    EXPECT_EQ(l.fsm.state(), application_state::active);
}

TEST(lifecycle_heartbeat, a_conflict_ends_the_heartbeats_only)
{
    auto l = life::active(1);
    l.fsm.require_heartbeats(0, 1s, l.now, 0.0);
    l.now += 700ms;
    l.expect(act::heartbeat);
    l.fsm.on_heartbeat(0, errc::conflict, std::nullopt, l.now, 0.0);
    EXPECT_FALSE(l.fsm.beats(0));
    EXPECT_EQ(l.fsm.state(), application_state::active);
}

TEST(lifecycle_heartbeat, a_failed_heartbeat_leads_to_a_look_and_is_repeated)
{
    auto l = life::active(1);
    l.fsm.require_heartbeats(0, 1s, l.now, 0.0);
    l.now += 700ms;
    l.expect(act::heartbeat);
    l.fsm.on_heartbeat(0, errc::connection_lost, std::nullopt, l.now, 0.0);
    l.list({{"s-0"}});
    l.now += 250ms;
    l.expect(act::heartbeat);
    EXPECT_EQ(l.fsm.state(), application_state::active);
}

TEST(lifecycle_heartbeat, a_service_that_is_lost_does_not_beat)
{
    auto l = life::active(1);
    l.fsm.require_heartbeats(0, 1s, l.now, 0.0);
    l.fsm.want().on_lost(0, errc::not_found, l.now);
    l.now += 700ms;
    l.expect(kind::list);
    EXPECT_FALSE(l.fsm.beats(0));
}

} // namespace
} // namespace app_test
