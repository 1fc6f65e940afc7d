#include "heartbeat_schedule.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using mec::internal::heartbeat_schedule;

const mec::steady_time t0 = mec::steady_time{} + 1h;

TEST(heartbeat_schedule, beats_well_before_the_interval_is_over_and_not_in_step)
{
    heartbeat_schedule s;
    s.set(1, 10s, t0, 0.0);
    EXPECT_EQ(s.wakeup(), t0 + 7s);
    heartbeat_schedule other;
    other.set(1, 10s, t0, 0.999);
    EXPECT_GT(other.wakeup(), t0 + 8900ms);
    EXPECT_LT(other.wakeup(), t0 + 9s);
}

TEST(heartbeat_schedule, saying_the_same_interval_again_puts_nothing_off)
{
    heartbeat_schedule s;
    for (auto now = t0; now < t0 + 7s; now += 1s) s.set(1, 10s, now, 0.0);
    EXPECT_EQ(s.wakeup(), t0 + 7s);
    s.set(1, 20s, t0 + 6s, 0.0);
    EXPECT_EQ(s.wakeup(), t0 + 20s);
}

TEST(heartbeat_schedule, gives_a_beat_once_and_the_next_after_its_answer)
{
    heartbeat_schedule s;
    s.set(1, 10s, t0, 0.0);
    EXPECT_FALSE(s.next(t0 + 6s));
    EXPECT_EQ(s.next(t0 + 7s), 1u);
    EXPECT_FALSE(s.next(t0 + 60s)) << "one is under way";
    EXPECT_EQ(s.wakeup(), mec::steady_time::max());
    s.done(1, true, t0 + 8s, 0.0);
    EXPECT_EQ(s.wakeup(), t0 + 15s);
}

TEST(heartbeat_schedule, repeats_a_failed_one_soon_and_then_less_soon)
{
    heartbeat_schedule s;
    s.set(1, 10s, t0, 0.0);
    auto now = t0 + 7s;
    for (const auto delay : {1s, 2s, 4s, 7s, 7s}) {
        ASSERT_EQ(s.next(now), 1u);
        s.done(1, false, now, 0.0);
        EXPECT_EQ(s.wakeup(), now + delay);
        now = s.wakeup();
    }
    ASSERT_EQ(s.next(now), 1u);
    s.done(1, true, now, 0.0);
    ASSERT_EQ(s.next(now + 7s), 1u);
    s.done(1, false, now + 7s, 0.0);
    EXPECT_EQ(s.wakeup(), now + 8s) << "counted anew";
}

TEST(heartbeat_schedule, repeats_within_a_short_interval)
{
    heartbeat_schedule s;
    s.set(1, 1s, t0, 0.0);
    ASSERT_TRUE(s.next(t0 + 700ms));
    s.done(1, false, t0 + 700ms, 0.0);
    EXPECT_EQ(s.wakeup(), t0 + 950ms);
}

TEST(heartbeat_schedule, needs_a_positive_interval_and_survives_the_longest)
{
    heartbeat_schedule s;
    for (const auto none : {0s, -1s, std::chrono::seconds::min()}) {
        s.set(1, 10s, t0, 0.0);
        s.set(1, none, t0, 0.0);
        EXPECT_FALSE(s.has(1));
        EXPECT_EQ(s.wakeup(), mec::steady_time::max());
    }
    s.set(1, std::chrono::seconds::max(), t0, 0.999);
    EXPECT_GT(s.wakeup(), t0 + 12h);
    EXPECT_LT(s.wakeup(), t0 + 24h);
}

TEST(heartbeat_schedule, keeps_several_apart)
{
    heartbeat_schedule s;
    s.set(1, 10s, t0, 0.0);
    s.set(2, 20s, t0, 0.0);
    EXPECT_EQ(s.wakeup(), t0 + 7s);
    EXPECT_EQ(s.next(t0 + 14s), 1u);
    EXPECT_EQ(s.next(t0 + 14s), 2u);
    s.remove(1);
    s.done(1, true, t0 + 14s, 0.0); // the answer of one that is gone
    EXPECT_FALSE(s.has(1));
    s.clear();
    EXPECT_FALSE(s.has(2));
}

} // namespace
