#include "lifecycle_fsm.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using mec::application_state;
using mec::errc;
using mec::internal::lifecycle_fsm;
using mec::internal::lifecycle_options;
using mec::internal::lifecycle_step;
using kind = lifecycle_step::kind;

const mec::steady_time t0{};

lifecycle_fsm machine(std::size_t services)
{
    lifecycle_options o;
    o.ready_retry = 10s;
    o.first_delay = 100ms;
    o.longest_delay = 1s;
    return lifecycle_fsm(o, services);
}

/// Ready and all services registered.
lifecycle_fsm active(std::size_t services)
{
    auto m = machine(services);
    m.start(t0);
    auto step = m.on_ready({}, t0, 0);
    while (step.what == kind::register_service) step = m.on_registered({}, t0, 0);
    EXPECT_EQ(step.what, kind::stay);
    return m;
}

TEST(lifecycle, says_ready_before_it_registers)
{
    auto m = machine(2);
    EXPECT_EQ(m.start(t0).what, kind::confirm_ready);
    auto step = m.on_ready({}, t0, 0);
    EXPECT_EQ(step.what, kind::register_service);
    EXPECT_EQ(step.service, 0u);
    step = m.on_registered({}, t0, 0);
    EXPECT_EQ(step.what, kind::register_service);
    EXPECT_EQ(step.service, 1u);
    EXPECT_EQ(m.state(), application_state::converging);
    EXPECT_EQ(m.on_registered({}, t0, 0).what, kind::stay);
    EXPECT_EQ(m.state(), application_state::active);
}

TEST(lifecycle, repeats_a_refused_ready_until_its_time_is_over)
{
    auto m = machine(0);
    m.start(t0);
    auto step = m.on_ready(errc::conflict, t0, 1.0);
    EXPECT_EQ(step.what, kind::wait);
    EXPECT_EQ(step.delay, 100ms);
    EXPECT_EQ(m.state(), application_state::recovering);
    EXPECT_EQ(m.on_timer(t0 + 1s).what, kind::confirm_ready);
    EXPECT_EQ(m.on_ready(errc::conflict, t0 + 1s, 1.0).delay, 200ms);
    m.on_timer(t0 + 10s);
    step = m.on_ready(errc::conflict, t0 + 10s, 1.0);
    EXPECT_EQ(step.what, kind::finish);
    EXPECT_EQ(step.outcome, errc::conflict);
}

TEST(lifecycle, waits_between_half_and_all_of_a_bounded_delay)
{
    auto m = machine(0);
    m.start(t0);
    for (int i = 0; i < 8; ++i) {
        const auto delay = m.on_ready(errc::connect_refused, t0, i % 2 ? 1.0 : 0.0).delay;
        EXPECT_GE(delay, 50ms);
        EXPECT_LE(delay, 1s);
        m.on_timer(t0);
    }
}

TEST(lifecycle, ends_at_once_when_repeating_cannot_help)
{
    for (errc final :
         {errc::forbidden, errc::auth_failed, errc::tls_untrusted, errc::config_invalid}) {
        auto m = machine(1);
        m.start(t0);
        const auto step = m.on_ready(final, t0, 0);
        EXPECT_EQ(step.what, kind::finish);
        EXPECT_EQ(step.outcome, final);
    }
}

TEST(lifecycle, looks_for_a_service_whose_registration_got_no_answer)
{
    auto m = machine(1);
    m.start(t0);
    m.on_ready({}, t0, 0);
    EXPECT_EQ(m.on_registered(errc::outcome_unknown, t0, 0).what, kind::find_service);
    EXPECT_EQ(m.on_found({}, true, t0, 0).what, kind::stay);
}

TEST(lifecycle, registers_again_what_is_not_found)
{
    auto m = machine(1);
    m.start(t0);
    m.on_ready({}, t0, 0);
    m.on_registered(errc::outcome_unknown, t0, 0);
    EXPECT_EQ(m.on_found({}, false, t0, 0).what, kind::register_service);
}

TEST(lifecycle, registers_what_is_provided_later)
{
    auto m = active(0);
    EXPECT_EQ(m.added().what, kind::register_service);
    EXPECT_EQ(m.on_registered({}, t0, 0).what, kind::stay);
}

TEST(lifecycle, withdraws_before_it_stops)
{
    auto m = active(1);
    EXPECT_EQ(m.stop().what, kind::withdraw);
    EXPECT_EQ(m.state(), application_state::stopping);
    EXPECT_EQ(m.stop().what, kind::nothing);
    const auto step = m.on_withdrawn({});
    EXPECT_EQ(step.what, kind::finish);
    EXPECT_FALSE(step.outcome);
    EXPECT_EQ(m.state(), application_state::stopped);
}

TEST(lifecycle, lets_the_call_under_way_end_first)
{
    auto m = machine(2);
    m.start(t0);
    EXPECT_EQ(m.stop().what, kind::nothing);
    EXPECT_EQ(m.on_ready({}, t0, 0).what, kind::finish);

    auto n = machine(2);
    n.start(t0);
    n.on_ready({}, t0, 0);
    n.stop();
    EXPECT_EQ(n.on_registered({}, t0, 0).what, kind::withdraw);
}

TEST(lifecycle, settles_an_unknown_registration_before_it_leaves)
{
    auto m = machine(1);
    m.start(t0);
    m.on_ready({}, t0, 0);
    m.stop();
    EXPECT_EQ(m.on_registered(errc::outcome_unknown, t0, 0).what, kind::find_service);
    EXPECT_EQ(m.on_found({}, true, t0, 0).what, kind::withdraw);
}

TEST(lifecycle, withdraws_what_was_registered_when_a_later_one_is_refused)
{
    auto m = machine(2);
    m.start(t0);
    m.on_ready({}, t0, 0);
    m.on_registered({}, t0, 0);
    EXPECT_EQ(m.on_registered(errc::forbidden, t0, 0).what, kind::withdraw);
    const auto step = m.on_withdrawn({});
    EXPECT_EQ(step.what, kind::finish);
    EXPECT_EQ(step.outcome, errc::forbidden);
}

TEST(lifecycle, a_timer_that_fires_while_it_leaves_changes_nothing)
{
    auto m = machine(2);
    m.start(t0);
    m.on_ready({}, t0, 0);
    m.on_registered({}, t0, 0);
    EXPECT_EQ(m.on_registered(errc::service_unavailable, t0, 0).what, kind::wait);
    EXPECT_EQ(m.stop().what, kind::withdraw);
    EXPECT_EQ(m.on_timer(t0).what, kind::nothing);
}

TEST(lifecycle, goes_on_when_the_platform_was_only_slow)
{
    auto m = machine(1);
    m.start(t0);
    m.on_ready({}, t0, 0);
    EXPECT_EQ(m.on_registered(errc::deadline_exceeded, t0, 0).what, kind::wait);
}

TEST(lifecycle, says_that_something_may_have_stayed)
{
    auto m = machine(1);
    m.start(t0);
    m.on_ready({}, t0, 0);
    m.stop();
    m.on_registered(errc::outcome_unknown, t0, 0);
    const auto step = m.on_found(errc::connection_lost, false, t0, 0);
    EXPECT_EQ(step.what, kind::finish);
    EXPECT_EQ(step.outcome, errc::outcome_unknown);
}

TEST(lifecycle, stops_while_it_waits_for_the_platform)
{
    auto m = machine(1);
    m.start(t0);
    m.on_ready(errc::connect_refused, t0, 0);
    EXPECT_EQ(m.stop().what, kind::finish);
}

} // namespace
