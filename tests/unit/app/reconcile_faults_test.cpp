// A platform that refuses, or does not answer.

#include "machines.hpp"

namespace app_test {
namespace {

/// Does not become `lost` during a test.
reconcile_options patient()
{
    reconcile_options o;
    o.lost_after = 2h;
    return o;
}

TEST(reconcile_faults, a_refused_ready_is_repeated_until_its_time_is_over)
{
    machine m(patient());
    m.fsm.start(m.now);
    int attempts = 0;
    while (!m.fsm.fatal() && attempts < 1000) {
        ++attempts;
        m.ready(errc::conflict);
        if (m.fsm.fatal()) break;
        m.sleep();
    }
    EXPECT_EQ(m.fsm.fatal(), errc::conflict);
    EXPECT_EQ(m.now, t0 + m.options.ready_retry) << "the last attempt is at the end of the time";
    EXPECT_LT(attempts, 70);
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.wakeup(), steady_time::max());
}

TEST(reconcile_faults, waits_between_half_and_all_of_a_bounded_delay)
{
    for (const double u : {0.0, 0.5, 0.999}) {
        machine m;
        m.u = u;
        m.fsm.start(m.now);
        auto whole = m.options.first_delay;
        for (int i = 0; i < 8; ++i) {
            m.ready(errc::connect_refused);
            const auto delay = m.sleep();
            EXPECT_GE(delay, whole / 2);
            EXPECT_LE(delay, whole);
            whole = std::min(whole * 2, m.options.longest_delay);
        }
    }
}

TEST(reconcile_faults, honours_retry_after)
{
    machine m;
    m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.ready(with_retry_after(errc::service_unavailable, 7s));
    EXPECT_EQ(m.sleep(), 7s);
    m.ready();
    m.list(collection::services);
    m.not_created(0, with_retry_after(errc::rate_limited, 9s));
    EXPECT_EQ(m.sleep(), 9s);
}

TEST(reconcile_faults, a_retry_after_beyond_the_time_for_ready_is_cut)
{
    machine m(patient());
    m.fsm.start(m.now);
    m.ready(with_retry_after(errc::service_unavailable, 1h));
    EXPECT_EQ(m.sleep(), m.options.ready_retry);
}

TEST(reconcile_faults, ends_at_once_when_repeating_cannot_help)
{
    for (const errc final :
         {errc::forbidden, errc::auth_failed, errc::tls_untrusted, errc::config_invalid}) {
        machine m;
        m.fsm.start(m.now);
        m.ready(final);
        EXPECT_EQ(m.fsm.fatal(), final);
        m.expect(kind::none);
    }
}

TEST(reconcile_faults, a_lost_answer_to_ready_is_no_reason_to_end)
{
    machine m;
    m.fsm.start(m.now);
    m.ready(errc::outcome_unknown);
    EXPECT_FALSE(m.fsm.fatal());
    m.sleep();
    m.expect(kind::confirm_ready);
}

TEST(reconcile_faults, a_refused_service_ends_only_a_run_that_never_was_active)
{
    machine m;
    const auto first = m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.not_created(first, errc::bad_request);
    EXPECT_EQ(m.fsm.fatal(), errc::bad_request);

    machine n;
    n.fsm.start(n.now);
    n.settle();
    const auto late = n.fsm.declare(collection::services);
    n.not_created(late, errc::bad_request);
    EXPECT_FALSE(n.fsm.fatal());
    EXPECT_EQ(n.fsm.state(), application_state::recovering);
    EXPECT_EQ(n.fsm.reason(), errc::bad_request);
}

TEST(reconcile_faults, a_service_that_is_refused_late_does_not_stop_the_rest)
{
    machine m;
    m.fsm.start(m.now);
    m.settle();
    const auto service = m.fsm.declare(collection::services);
    const auto subscription = m.fsm.declare(collection::availabilities);
    m.not_created(service, errc::bad_request);
    m.list(collection::availabilities);
    m.create(subscription, "a");
    const auto since = m.now;
    bool lost = false;
    int audits = 0;
    for (;;) {
        const auto t = m.next();
        if (t.what == kind::create) {
            EXPECT_EQ(t.key, service);
            break;
        }
        if (t.what == kind::list) {
            ++audits;
            m.fsm.on_listed({}, m.own(t.where), m.now, m.u);
            continue;
        }
        ASSERT_EQ(t.what, kind::none);
        lost = lost || m.fsm.state() == application_state::lost;
        m.now = m.fsm.wakeup();
    }
    EXPECT_GE(m.now - since, m.options.refused_delay / 2);
    EXPECT_GE(audits, 2);
    m.fsm.on_created({}, "s", m.now, m.u);
    m.settle();
    EXPECT_EQ(m.fsm.state(), application_state::active);
}

TEST(reconcile_faults, one_look_settles_all_creations_of_unknown_outcome)
{
    machine m;
    for (int i = 0; i < 3; ++i) m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.not_created(0, errc::outcome_unknown);
    m.create(1, "b");
    m.not_created(2, errc::outcome_unknown);
    EXPECT_EQ(m.fsm.status_of(0), status::unknown);
    m.list(collection::services, {{"a", 0u}, {"b", 1u}});
    EXPECT_EQ(m.fsm.id_of(0), "a");
    EXPECT_EQ(m.fsm.status_of(2), status::absent);
    const auto delay = m.sleep();
    EXPECT_GE(delay, m.options.first_delay / 2);
    m.create(2, "c");
    m.settle();
    EXPECT_EQ(m.fsm.state(), application_state::active);
}

TEST(reconcile_faults, a_subscription_of_unknown_outcome_is_found_among_all_that_are_there)
{
    machine m;
    const auto mine = m.fsm.declare(collection::availabilities);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.list(collection::availabilities, {not_looked_at("foreign")});
    m.expect(kind::inspect);
    m.fsm.on_inspected({}, {"foreign"}, m.now, m.u);
    m.not_created(mine, errc::outcome_unknown);
    // The platform may have restarted between, and have given the id of the other to ours.
    m.list(collection::availabilities, {not_looked_at("foreign")});
    m.expect(kind::inspect);
    m.fsm.on_inspected({}, {"foreign", mine}, m.now, m.u);
    EXPECT_EQ(m.fsm.id_of(mine), "foreign");
}

TEST(reconcile_faults, makes_no_more_while_nothing_is_answered)
{
    machine m;
    for (int i = 0; i < 100; ++i) m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    int made = 0;
    const auto begin = m.now;
    while (m.now < begin + 1min) {
        const auto t = m.next();
        if (t.what == kind::create) {
            ++made;
            m.fsm.on_created(errc::outcome_unknown, {}, m.now, m.u);
        } else if (t.what == kind::list) {
            m.fsm.on_listed({}, {}, m.now, m.u);
        } else {
            ASSERT_EQ(t.what, kind::none);
            m.now = m.fsm.wakeup();
        }
    }
    EXPECT_LT(made, 60);
}

TEST(reconcile_faults, a_platform_without_listing_is_used_without)
{
    for (const error& e : {error(errc::not_found), with_status(errc::bad_request, 405),
                           with_status(errc::http_status, 501), error(errc::not_supported)}) {
        machine m;
        m.fsm.declare(collection::services);
        m.fsm.start(m.now);
        m.ready();
        m.not_listed(collection::services, e);
        m.create(0, "s");
        m.expect(kind::none);
        EXPECT_EQ(m.fsm.state(), application_state::active);
        for (int i = 0; i < 3; ++i) {
            m.sleep();
            m.not_listed(collection::services, e);
            m.expect(kind::none);
            EXPECT_EQ(m.fsm.state(), application_state::active) << e.what();
        }
    }
}

TEST(reconcile_faults, when_it_leaves_it_only_finds_out_what_is_there)
{
    machine m;
    for (int i = 0; i < 3; ++i) m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.not_created(0, errc::outcome_unknown);
    m.expect(kind::create);
    m.fsm.leave();
    EXPECT_EQ(m.fsm.may_remain(), 2u);
    m.fsm.on_created({}, "b", m.now, m.u);
    m.not_listed(collection::services, errc::connection_lost);
    m.sleep();
    m.list(collection::services, {{"a", 0u}, {"b", 1u}});
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.remaining(), (std::vector<std::size_t>{0, 1}));
    EXPECT_FALSE(m.fsm.unsettled());
}

TEST(reconcile_faults, when_it_leaves_it_does_not_ask_for_ever)
{
    machine m;
    m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.not_created(0, errc::outcome_unknown);
    m.fsm.leave();
    int asked = 0;
    while (m.fsm.unsettled() && asked < 10) {
        ++asked;
        m.not_listed(collection::services, errc::connect_refused);
        if (m.fsm.unsettled()) m.sleep();
    }
    EXPECT_EQ(asked, 3);
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.wakeup(), steady_time::max());
    EXPECT_EQ(m.fsm.may_remain(), 1u);
}

} // namespace
} // namespace app_test
