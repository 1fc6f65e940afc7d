// Losses, restarts and crashes, by the thousand. A failure names its seed.

#include "simulation.hpp"

namespace app_test {
namespace {

constexpr std::uint64_t runs = MEC_SANITIZED != 0 ? 100 : 1000;

class registrations : public testing::TestWithParam<std::uint64_t> {};

TEST_P(registrations, a_thousand_with_a_tenth_of_the_answers_lost_are_there_once)
{
    for (std::uint64_t seed = GetParam(); seed < GetParam() + runs / 8; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        simulation s(seed);
        s.platform.loses_answer = 0.1;
        s.platform.latency = 10ms;
        const auto app = std::make_shared<simulated_app>(s.clock, s.platform, s.journal, "here");
        for (int i = 0; i < 1000; ++i) app->declare(collection::services);
        app->start();
        ASSERT_TRUE(s.clock.run(t0 + 10min, [&] { return app->active(); }));
        ASSERT_EQ(s.platform.size(), 1000u);
        std::set<std::string> different;
        for (const auto& one : s.platform.has(collection::services)) different.insert(one.second);
        ASSERT_EQ(different.size(), 1000u);
    }
}

INSTANTIATE_TEST_SUITE_P(seeds, registrations, testing::Range<std::uint64_t>(0, runs, runs / 8));

enum loss { nothing, some, everything, everything_but_ready, the_instance };

/// Restarts the platform; gives when it answers as before.
steady_time restart(simulation& s, loss what, milliseconds down)
{
    ++s.platform.life;
    s.platform.up = false;
    if (what == some) {
        for (auto& c : s.platform.resources)
            for (auto it = c.begin(); it != c.end();)
                it = s.clock.chance(0.5) ? c.erase(it) : std::next(it);
    } else if (what != nothing) {
        s.platform.lose_everything();
        s.platform.ready = what == everything_but_ready;
        s.platform.known = what != the_instance;
    }
    s.clock.in(down, [&p = s.platform] { p.up = true; });
    const auto back = down + (what == the_instance ? milliseconds{1000} : milliseconds{0});
    s.clock.in(back, [&p = s.platform] { p.known = true; });
    return s.clock.now() + back;
}

/// What is told after the first `active`.
std::vector<application_state> since_active(const simulated_app& app)
{
    const auto first = std::find(app.told.begin(), app.told.end(), application_state::active);
    return {first, app.told.end()};
}

TEST(restart, at_any_moment_with_any_loss_ends_in_exactly_what_is_declared)
{
    using mec::application_state;
    const std::vector<application_state> untouched{application_state::active};
    const std::vector<application_state> repaired{
        application_state::active, application_state::recovering, application_state::active};
    const std::vector<application_state> was_lost{
        application_state::active, application_state::recovering, application_state::lost,
        application_state::active};
    steady_time::duration longest{};
    steady_time::duration longest_of_some{};
    for (std::uint64_t seed = 0; seed < 2 * runs; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        simulation s(seed);
        s.platform.heartbeat = seed % 3 == 0 ? 2s : 0s;
        const auto app = s.live(s.journal, "here");
        const bool early = s.clock.chance(0.3);
        s.clock.run(t0 + s.clock.between(0ms, early ? 1000ms : 15'000ms));
        auto what = static_cast<loss>(s.clock.pick(5));
        // Before the first `active` an instance that does not exist is a reason to end.
        if (what == the_instance && !app->active()) what = everything;
        const milliseconds down = s.clock.chance(0.1) ? 40'000ms : s.clock.between(0ms, 3000ms);
        const auto back = restart(s, what, down);
        s.clock.run(back, [] { return false; });
        const bool done = s.clock.run(back + 30s, [&] { return app->exact() && app->active(); });
        ASSERT_TRUE(done) << "loss " << what << ", down for " << down.count() << " ms";
        const auto took = s.clock.now() - back;
        // One collection is listed every 3 s: a loss that spares the first one waits for its turn.
        auto& worst = what == some ? longest_of_some : longest;
        worst = std::max(worst, took);
        ASSERT_LE(took, what == some ? 11'600ms : 5000ms)
            << "loss " << what << ", down for " << down.count() << " ms";
        s.clock.run(s.clock.now() + 12s);
        ASSERT_TRUE(app->exact());
        ASSERT_EQ(s.platform.size(), 8u) << "nothing else has stayed";
        const auto told = since_active(*app);
        ASSERT_TRUE(told == untouched || told == repaired || told == was_lost);
    }
    RecordProperty("longest_ms", std::to_string(longest / 1ms));
    RecordProperty("longest_of_partial_loss_ms", std::to_string(longest_of_some / 1ms));
    std::cout << "longest " << longest / 1ms << " ms, of partial losses " << longest_of_some / 1ms
              << " ms\n";
}

TEST(crash, at_any_moment_leaves_nothing_that_the_next_life_does_not_find)
{
    for (std::uint64_t seed = 0; seed < runs; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        simulation s(seed);
        s.platform.loses_answer = seed % 2 ? 0.1 : 0;
        memory other{std::string(32, 'b'), {}};
        const auto neighbour = s.live(other, "there");
        const auto first = s.live(s.journal, "here");
        if (s.clock.chance(0.3))
            s.clock.in(s.clock.between(0ms, 1500ms),
                       [first] { first->leave(termination_cause::application, 9s); });
        s.clock.run(t0 + s.clock.between(0ms, 2000ms));
        first->crash();
        s.clock.run(s.clock.now() + s.clock.between(100ms, 1000ms));
        const auto second = s.live(s.journal, "here");
        ASSERT_TRUE(s.clock.run(s.clock.now() + 30s,
                                [&] { return second->active() && neighbour->active(); }));
        s.platform.loses_answer = 0;
        s.clock.run(s.clock.now() + 12s); // one cycle of audits
        ASSERT_TRUE(second->exact());
        ASSERT_TRUE(neighbour->exact());
        ASSERT_EQ(s.platform.size(), 16u);
    }
}

TEST(crash, another_instance_with_the_same_id_is_never_touched)
{
    for (std::uint64_t seed = 0; seed < runs; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        simulation s(seed);
        memory other{std::string(32, 'b'), {}};
        const auto neighbour = s.live(other, "there");
        ASSERT_TRUE(s.clock.run(t0 + 30s, [&] { return neighbour->active(); }));
        const auto before = s.platform.resources;
        const auto mine = s.live(s.journal, "here");
        s.clock.run(s.clock.now() + s.clock.between(0ms, 15'000ms));
        mine->leave(termination_cause::application, 9s);
        ASSERT_TRUE(s.clock.run(s.clock.now() + 9s, [&] { return mine->outcome.has_value(); }));
        ASSERT_FALSE(*mine->outcome) << mine->outcome->what();
        ASSERT_EQ(s.platform.resources, before);
        ASSERT_TRUE(neighbour->active());
    }
}

} // namespace
} // namespace app_test
