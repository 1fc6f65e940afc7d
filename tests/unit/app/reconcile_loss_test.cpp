// A platform that forgets, or cannot be reached for a while.

#include "machines.hpp"

namespace app_test {
namespace {

TEST(reconcile_loss, the_loss_of_part_of_a_collection_is_made_good)
{
    machine m;
    for (int i = 0; i < 3; ++i) m.fsm.declare(collection::services);
    m.fsm.declare(collection::terminations);
    m.fsm.start(m.now);
    m.settle();
    ASSERT_EQ(m.fsm.state(), application_state::active);
    m.sleep();
    m.list(collection::terminations, m.own(collection::terminations));
    m.sleep();
    auto left = m.own(collection::services);
    left.erase(left.begin() + 1);
    m.list(collection::services, left);
    EXPECT_EQ(m.fsm.state(), application_state::recovering);
    EXPECT_EQ(m.fsm.reason(), errc::not_found);
    m.create(1, "again");
    m.list(collection::terminations, m.own(collection::terminations));
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::active);
    EXPECT_FALSE(m.fsm.reason());
}

TEST(reconcile_loss, after_the_loss_of_a_whole_collection_ready_comes_first)
{
    machine m;
    m.fsm.declare(collection::services);
    const auto withdrawn = m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.settle();
    m.sleep();
    m.expect(kind::list);
    m.fsm.withdraw(withdrawn);
    m.fsm.on_listed({}, {}, m.now, m.u);
    m.ready();
    m.create(0, "again");
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::active);
}

TEST(reconcile_loss, an_audit_that_says_unknown_instance_leads_to_ready_and_a_look_at_everything)
{
    for (const errc code : {errc::not_found, errc::forbidden}) {
        machine m;
        m.fsm.declare(collection::services);
        m.fsm.declare(collection::terminations);
        m.fsm.start(m.now);
        m.settle();
        m.sleep();
        m.not_listed(collection::terminations, code);
        EXPECT_EQ(m.fsm.state(), application_state::recovering);
        m.sleep();
        m.ready();
        m.list(collection::services);
        m.create(0, "s2");
        m.list(collection::terminations);
        m.create(1, "t2");
        m.expect(kind::none);
        EXPECT_EQ(m.fsm.state(), application_state::active);
    }
}

TEST(reconcile_loss, an_empty_collection_that_is_not_found_is_empty)
{
    machine m;
    m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.settle();
    m.sleep();
    m.not_listed(collection::services, errc::not_found);
    m.sleep();
    m.ready();
    m.not_listed(collection::services, errc::not_found);
    m.create(0, "again");
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::active);
}

TEST(reconcile_loss, does_not_become_active_because_time_has_passed)
{
    machine m;
    m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.settle();
    const auto begin = m.now;
    std::vector<application_state> told{m.fsm.state()};
    int requests = 0;
    while (m.now < begin + 2min) {
        const auto t = m.next();
        if (told.back() != m.fsm.state()) told.push_back(m.fsm.state());
        if (t.what == kind::none) m.now = m.fsm.wakeup();
        else {
            ++requests;
            ASSERT_EQ(t.what, kind::list);
            m.fsm.on_listed(errc::connect_refused, {}, m.now, m.u);
        }
    }
    EXPECT_EQ(told, (std::vector<application_state>{application_state::active,
                                                    application_state::recovering,
                                                    application_state::lost}));
    EXPECT_LT(requests, 120);
    m.settle();
    while (m.fsm.state() != application_state::active && m.now < begin + 3min) {
        m.now = m.fsm.wakeup();
        m.settle();
    }
    EXPECT_EQ(m.fsm.state(), application_state::active);
}

TEST(reconcile_loss, is_lost_after_the_time_that_is_set_also_while_it_waits_for_an_answer)
{
    machine m;
    m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.settle();
    m.sleep();
    m.not_listed(collection::services, errc::connect_timeout);
    const auto since = m.now;
    m.sleep();
    m.expect(kind::list);
    EXPECT_EQ(m.fsm.wakeup(), since + m.options.lost_after);
    m.now = m.fsm.wakeup();
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::lost);
    EXPECT_EQ(m.fsm.wakeup(), steady_time::max());
}

TEST(reconcile_loss, a_refused_subscription_is_reported_once_and_the_rest_goes_on)
{
    machine m;
    m.fsm.declare(collection::services);
    const auto refused = m.fsm.declare(collection::terminations);
    const auto other = m.fsm.declare(collection::availabilities);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.create(0, "s");
    m.list(collection::terminations);
    m.not_created(refused, errc::forbidden);
    m.list(collection::availabilities);
    m.create(other, "a");
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::active);
    const auto told = m.fsm.take_refusals();
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].first, refused);
    EXPECT_EQ(told[0].second, errc::forbidden);
    for (int i = 0; i < 6; ++i) {
        m.sleep();
        m.settle();
        EXPECT_EQ(m.fsm.state(), application_state::active);
    }
    EXPECT_TRUE(m.fsm.take_refusals().empty());
    m.fsm.change(refused);
    EXPECT_EQ(m.expect(kind::create).key, refused);
}

TEST(reconcile_loss, a_subscription_that_is_declared_late_and_refused_is_believed_after_ready)
{
    machine m;
    m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.settle();
    const auto late = m.fsm.declare(collection::availabilities);
    m.list(collection::availabilities);
    m.not_created(late, errc::forbidden);
    EXPECT_TRUE(m.fsm.take_refusals().empty()) << "the platform may have forgotten the instance";
    m.sleep();
    m.ready();
    m.list(collection::services, m.own(collection::services));
    m.list(collection::availabilities);
    m.not_created(late, errc::forbidden);
    EXPECT_EQ(m.fsm.take_refusals().size(), 1u);
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::active);
}

TEST(reconcile_loss, a_heartbeat_that_shows_a_loss_leads_to_a_look_and_not_to_a_second_one)
{
    machine m;
    m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.settle();
    m.fsm.on_lost(0, errc::not_found, m.now);
    EXPECT_EQ(m.fsm.state(), application_state::recovering);
    m.list(collection::services, {{"still-there", 0u}});
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::active);
    EXPECT_EQ(m.fsm.id_of(0), "still-there");
}

TEST(reconcile_loss, a_loss_during_an_update_is_not_forgotten)
{
    machine m;
    m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.settle();
    m.fsm.change(0);
    m.expect(kind::update);
    m.fsm.on_lost(0, errc::not_found, m.now);
    m.fsm.on_updated({}, m.now, m.u);
    m.list(collection::services);
    m.create(0, "again");
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.id_of(0), "again");
}

TEST(reconcile_loss, an_update_of_something_gone_makes_it_again)
{
    machine m;
    m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.settle();
    m.fsm.change(0);
    m.expect(kind::update);
    m.fsm.on_updated(errc::not_found, m.now, m.u);
    m.list(collection::services);
    m.create(0, "again");
}

TEST(reconcile_loss, an_id_that_is_given_anew_shows_that_its_former_owner_is_lost)
{
    machine m;
    m.fsm.declare(collection::services);
    m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.create(0, "1");
    m.create(1, "1"); // the platform has restarted between the two
    EXPECT_EQ(m.fsm.status_of(0), status::absent);
    m.list(collection::services, {{"1", 1u}});
    m.create(0, "2");
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::active);
    EXPECT_EQ(m.fsm.id_of(1), "1");
}

TEST(reconcile_loss, a_short_refusal_after_a_long_outage_is_not_waited_for_long)
{
    machine m;
    m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.settle();
    m.sleep();
    for (int i = 0; i < 10; ++i) {
        m.not_listed(collection::services, errc::connect_refused);
        m.sleep();
    }
    m.not_listed(collection::services, errc::not_found);
    EXPECT_LE(m.sleep(), m.options.first_delay);
    m.ready(errc::not_found);
    EXPECT_LE(m.sleep(), m.options.first_delay);
    m.ready();
    m.list(collection::services);
    m.not_created(0, errc::outcome_unknown);
    m.list(collection::services);
    EXPECT_LE(m.sleep(), m.options.first_delay);
}

} // namespace
} // namespace app_test
