#include "departure.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using mec::termination_cause;
using action = mec::app_support::operation_action;
using mec::internal::departure;

const mec::steady_time t0 = mec::steady_time{} + 1h;

departure told_by_platform(std::chrono::milliseconds budget)
{
    departure d;
    d.begin(termination_cause::platform, action::terminating, budget, t0);
    return d;
}

TEST(departure, divides_its_time_in_order)
{
    for (const auto budget : {1ms, 10ms, 1000ms, 5000ms, 60'000ms, 3'600'000ms})
        for (const auto cause : {termination_cause::platform, termination_cause::application}) {
            departure d;
            EXPECT_FALSE(d.begun());
            EXPECT_TRUE(d.begin(cause, action::terminating, budget, t0));
            EXPECT_TRUE(d.begun());
            EXPECT_LE(t0, d.drain_until());
            EXPECT_LE(d.drain_until(), d.withdraw_until());
            EXPECT_LE(d.withdraw_until(), d.end());
            EXPECT_LE(d.end(), t0 + budget);
        }
}

TEST(departure, leaves_a_margin_before_the_platform_stops_waiting)
{
    EXPECT_EQ(told_by_platform(1s).end(), t0 + 750ms);
    EXPECT_EQ(told_by_platform(10s).end(), t0 + 9s);
    EXPECT_EQ(told_by_platform(60s).end(), t0 + 54s);
}

TEST(departure, gives_the_application_most_of_a_long_time)
{
    EXPECT_EQ(told_by_platform(60s).drain_until(), t0 + 49s);
    EXPECT_EQ(told_by_platform(60s).withdraw_until(), t0 + 52s);
}

TEST(departure, keeps_most_of_a_short_time_for_telling_the_platform)
{
    const auto d = told_by_platform(1s);
    EXPECT_EQ(d.withdraw_until(), t0 + 450ms);
    EXPECT_EQ(d.drain_until(), t0 + 300ms);
}

TEST(departure, tells_the_platform_at_once_when_there_is_no_time)
{
    for (const auto budget : {0ms, -1ms, -86'400'000ms}) {
        const auto d = told_by_platform(budget);
        EXPECT_EQ(d.drain_until(), t0);
        EXPECT_EQ(d.withdraw_until(), t0);
        EXPECT_EQ(d.end(), t0 + 2s);
    }
}

TEST(departure, is_over_at_once_when_the_application_gives_no_time)
{
    departure d;
    d.begin(termination_cause::application, action::terminating, -5ms, t0);
    EXPECT_EQ(d.end(), t0);
    EXPECT_FALSE(d.wanted_by_platform());
}

TEST(departure, takes_a_day_for_the_longest_time_there_is)
{
    EXPECT_EQ(told_by_platform(std::chrono::seconds{1LL << 31}).end(), t0 + 1440min * 9 / 10);
    EXPECT_EQ(told_by_platform(std::chrono::milliseconds::max()).end(), t0 + 1440min * 9 / 10);
    EXPECT_EQ(told_by_platform(std::chrono::milliseconds::min()).end(), t0 + 2s);
}

TEST(departure, never_becomes_longer)
{
    auto d = told_by_platform(10s);
    const auto end = d.end();
    EXPECT_FALSE(d.begin(termination_cause::platform, action::terminating, 60s, t0 + 1s));
    EXPECT_EQ(d.end(), end);
    d.begin(termination_cause::application, action::terminating, 2s, t0 + 1s);
    EXPECT_EQ(d.end(), t0 + 3s);
    EXPECT_LE(d.drain_until(), d.withdraw_until());
    EXPECT_TRUE(d.wanted_by_platform());
    EXPECT_EQ(d.cause(), termination_cause::platform);
}

TEST(departure, tells_at_once_also_when_it_was_leaving_at_its_leisure)
{
    departure d;
    d.begin(termination_cause::application, action::terminating, 1s, t0);
    const auto end = d.end();
    EXPECT_TRUE(d.begin(termination_cause::platform, action::terminating, 0s, t0 + 10ms));
    EXPECT_EQ(d.withdraw_until(), t0 + 10ms);
    EXPECT_EQ(d.end(), end);
}

TEST(departure, the_stronger_action_counts_and_is_told)
{
    departure d;
    EXPECT_TRUE(d.begin(termination_cause::platform, action::stopping, 10s, t0));
    EXPECT_FALSE(d.begin(termination_cause::platform, action::stopping, 10s, t0));
    EXPECT_FALSE(d.begin(termination_cause::application, action::terminating, 10s, t0));
    EXPECT_EQ(d.action(), action::stopping);
    EXPECT_TRUE(d.begin(termination_cause::platform, action::terminating, 10s, t0));
    EXPECT_EQ(d.action(), action::terminating);
    EXPECT_FALSE(d.begin(termination_cause::platform, action::stopping, 10s, t0));
    EXPECT_EQ(d.action(), action::terminating);
}

TEST(departure, the_platform_has_the_last_word_about_the_cause)
{
    departure d;
    EXPECT_TRUE(d.begin(termination_cause::signal, action::terminating, 9s, t0));
    EXPECT_FALSE(d.begin(termination_cause::application, action::terminating, 9s, t0));
    EXPECT_EQ(d.cause(), termination_cause::signal);
    EXPECT_TRUE(d.begin(termination_cause::platform, action::stopping, 9s, t0));
    EXPECT_EQ(d.cause(), termination_cause::platform);
    EXPECT_EQ(d.action(), action::stopping);
}

} // namespace
