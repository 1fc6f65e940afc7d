// Leaving in time, and not asking too often, whatever the platform does. A failure names its seed.

#include "simulation.hpp"

namespace app_test {
namespace {

constexpr std::uint64_t runs = MEC_SANITIZED != 0 ? 100 : 1000;

TEST(termination, is_confirmed_within_the_timer_of_the_platform)
{
    for (std::uint64_t seed = 0; seed < 2 * runs; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        simulation s(seed);
        s.platform.latency = s.clock.between(2ms, 200ms);
        const auto app = s.live(s.journal, "here");
        s.platform.conflicts = s.clock.pick(2);
        s.clock.run(t0 + s.clock.between(500ms, 6000ms));
        for (int i = s.clock.pick(4); i > 0; --i) app->declare(collection::services);
        app->fsm().want().change(0);
        app->go_on();
        s.clock.run(s.clock.now() + s.clock.between(0ms, 200ms));
        const milliseconds timer = s.clock.chance(0.4) ? 1000ms : s.clock.between(1000ms, 60'000ms);
        app->work = s.clock.between(0ms, 2 * timer);
        if (s.clock.chance(0.5)) app->fsm().use_radio();
        app->radio = s.clock.between(0ms, timer);
        s.platform.fails = s.clock.chance(0.5) ? 0 : 0.05;
        s.platform.failing_confirmations = s.clock.pick(2);
        const auto sent = s.clock.now();
        s.clock.in(s.clock.between(1ms, s.platform.latency / 2), [&] {
            s.platform.fails = 0; // of the network: the confirmation has its own failures
            app->leave(termination_cause::platform, timer);
        });
        s.clock.run(sent + 2 * timer, [&] { return app->outcome.has_value(); });
        ASSERT_TRUE(app->outcome);
        ASSERT_FALSE(s.platform.confirmed.empty())
            << timer.count() << " ms, latency " << s.platform.latency.count() << " ms";
        ASSERT_LE(s.platform.confirmed.front() - sent, timer);
        ASSERT_EQ(s.platform.confirmed.size(), 1u);
        if (app->work > timer) continue;
        ASSERT_LE(app->finished - sent, timer);
    }
}

TEST(termination, is_confirmed_although_withdrawing_gets_no_answer)
{
    for (std::uint64_t seed = 0; seed < runs; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        simulation s(seed);
        const auto app = s.live(s.journal, "here");
        ASSERT_TRUE(s.clock.run(t0 + 30s, [&] { return app->active(); }));
        s.platform.silent = true;
        const milliseconds timer = s.clock.between(1000ms, 60'000ms);
        const auto sent = s.clock.now();
        app->leave(termination_cause::platform, timer);
        const auto answers_again = app->fsm().leave().withdraw_until() - 1ms;
        s.clock.at(answers_again, [&] { s.platform.silent = false; });
        ASSERT_TRUE(s.clock.run(sent + timer, [&] { return app->outcome.has_value(); }));
        ASSERT_FALSE(*app->outcome) << app->outcome->what();
        ASSERT_EQ(s.platform.confirmed.size(), 1u);
    }
}

TEST(stop, is_over_in_time_whatever_the_platform_does)
{
    for (std::uint64_t seed = 0; seed < 2 * runs; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        simulation s(seed);
        s.platform.loses_answer = s.clock.chance(0.5) ? 0.3 : 0;
        const auto app = s.live(s.journal, "here");
        s.clock.run(t0 + s.clock.between(0ms, 5000ms));
        if (app->outcome) continue;
        switch (s.clock.pick(6)) {
        case 0: s.platform.up = false; break;
        case 1: s.platform.silent = true; break;
        case 2: s.platform.refuses = errc::forbidden; break;
        case 3: s.platform.loses_answer = 1; break;
        case 4: s.platform.fails = 1; break;
        default: break;
        }
        s.clock.run(s.clock.now() + s.clock.between(0ms, 4000ms));
        const milliseconds budget = s.clock.between(0ms, 10'000ms);
        app->work = s.clock.between(0ms, 12'000ms);
        if (s.clock.chance(0.5)) app->fsm().use_radio();
        app->radio = s.clock.between(0ms, 12'000ms);
        const auto asked = s.clock.now();
        app->leave(termination_cause::application, budget);
        ASSERT_TRUE(s.clock.run(asked + budget + 1ms, [&] { return app->outcome.has_value(); }));
        ASSERT_LE(app->finished, asked + budget + 1ms);
    }
}

/// The most requests in one minute of ten.
long busiest_minute(simulation& s, const simulated_app& app)
{
    long most = 0;
    for (int minute = 0; minute < 10; ++minute) {
        const long before = app.sent;
        s.clock.run(s.clock.now() + 1min);
        most = std::max(most, app.sent - before);
    }
    return most;
}

TEST(requests, are_few_whatever_the_platform_does)
{
    long most = 0;
    for (std::uint64_t seed = 0; seed < runs; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        simulation s(seed);
        s.platform.latency = 2ms;
        s.platform.patience = 20ms;
        s.platform.heartbeat = seed % 2 ? 0s : 10s;
        const auto app = s.live(s.journal, "here");
        if (s.clock.chance(0.7)) {
            ASSERT_TRUE(s.clock.run(t0 + 30s, [&] { return app->active(); }));
        }
        switch (seed % 9) {
        case 0: s.platform.up = false; break;
        case 1: s.platform.refuses = errc::forbidden; break;
        case 2: s.platform.refuses = errc::not_found; break;
        case 3: s.platform.refuses = errc::bad_request; break;
        case 4: s.platform.known = false; break;
        case 5: s.platform.loses_answer = 1; break;
        case 6: s.platform.loses_request = 1; break;
        case 7: s.platform.fails = 1; break;
        default: s.platform.refuses = errc::json_schema; break;
        }
        const long busiest = busiest_minute(s, *app);
        most = std::max(most, busiest);
        // Back-off of two seconds at most, with two requests each, and three heartbeats a service.
        ASSERT_LE(busiest, 150) << "platform " << seed % 9;
    }
    std::cout << "most in a minute: " << most << "\n";
}

TEST(requests, of_many_resources_are_not_many_while_no_creation_is_answered)
{
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        simulation s(seed);
        s.platform.latency = 2ms;
        s.platform.patience = 20ms;
        const auto app = std::make_shared<simulated_app>(s.clock, s.platform, s.journal, "here");
        for (int i = 0; i < 300; ++i) app->declare(collection::services);
        app->start();
        s.clock.run(t0 + 20ms);
        s.platform.loses_request = 1;
        ASSERT_LE(busiest_minute(s, *app), 150);
    }
}

} // namespace
} // namespace app_test
