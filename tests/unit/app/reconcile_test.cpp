// A platform that does what it is asked: order, adoption, changes.

#include "machines.hpp"

namespace app_test {
namespace {

TEST(reconcile, does_nothing_before_it_is_started)
{
    machine m;
    m.fsm.declare(collection::services);
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.wakeup(), steady_time::max());
    EXPECT_EQ(m.fsm.state(), application_state::starting);
}

TEST(reconcile, goes_from_ready_to_services_to_subscriptions_to_rules)
{
    machine m;
    const auto rule = m.fsm.declare(collection::dns_rules, "rule-7");
    const auto availability = m.fsm.declare(collection::availabilities);
    const auto termination = m.fsm.declare(collection::terminations);
    const auto service = m.fsm.declare(collection::services);
    m.fsm.start(m.now);

    m.ready();
    EXPECT_EQ(m.fsm.state(), application_state::starting);
    m.list(collection::services);
    EXPECT_EQ(m.fsm.state(), application_state::converging);
    m.create(service, "s");
    m.list(collection::terminations);
    m.create(termination, "t");
    m.list(collection::availabilities);
    m.create(availability, "a");
    m.list(collection::dns_rules, {{"rule-7", rule, false}});
    EXPECT_EQ(m.expect(kind::update, collection::dns_rules).id, "rule-7");
    m.fsm.on_updated({}, m.now, m.u);
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::active);
}

TEST(reconcile, does_one_thing_at_a_time)
{
    machine m;
    m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.expect(kind::confirm_ready);
    EXPECT_TRUE(m.fsm.busy());
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.wakeup(), steady_time::max());
}

TEST(reconcile, adopts_what_an_earlier_life_left_and_removes_the_stale)
{
    machine m;
    const auto one = m.fsm.declare(collection::services);
    const auto two = m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services,
           {{"old-1", one}, stale("old-9"), {"foreign"}, {"old-2", two, false}});
    EXPECT_EQ(m.fsm.status_of(one), status::present);
    const auto update = m.expect(kind::update);
    EXPECT_EQ(update.key, two);
    EXPECT_EQ(update.id, "old-2");
    m.fsm.on_updated({}, m.now, m.u);
    const auto remove = m.expect(kind::remove);
    EXPECT_EQ(remove.key, reconcile_task::no_key);
    EXPECT_EQ(remove.id, "old-9");
    m.fsm.on_removed(errc::not_found, m.now, m.u);
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::active);
}

TEST(reconcile, looks_at_what_only_has_an_id_and_at_that_of_others_only_once)
{
    machine m;
    const auto mine = m.fsm.declare(collection::availabilities);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.list(collection::availabilities,
           {not_looked_at("mine"), not_looked_at("foreign"), not_looked_at("stale")});
    for (int i = 0; i < 3; ++i) {
        const auto t = m.expect(kind::inspect, collection::availabilities);
        listed one{t.id};
        if (t.id == "mine") one.match = mine;
        one.stale = t.id == "stale";
        m.fsm.on_inspected({}, one, m.now, m.u);
    }
    EXPECT_EQ(m.fsm.id_of(mine), "mine");
    EXPECT_EQ(m.expect(kind::remove).id, "stale");
    m.fsm.on_removed({}, m.now, m.u);
    for (int i = 0; i < 6; ++i) { // audits
        m.sleep();
        const auto t = m.expect(kind::list);
        if (t.where == collection::services) m.fsm.on_listed({}, {}, m.now, m.u);
        else m.fsm.on_listed({}, {not_looked_at("mine"), not_looked_at("foreign")}, m.now, m.u);
        m.expect(kind::none);
    }
}

TEST(reconcile, a_stale_one_that_cannot_be_removed_is_not_tried_for_ever)
{
    machine m;
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services, {stale("old")});
    m.expect(kind::remove);
    m.fsm.on_removed(errc::forbidden, m.now, m.u);
    m.expect(kind::none);
    m.sleep();
    m.list(collection::services, {stale("old")});
    m.expect(kind::none);
}

TEST(reconcile, audits_the_collections_in_use_in_turn)
{
    machine m;
    for (const auto c : {collection::services, collection::terminations, collection::dns_rules})
        m.fsm.declare(c, c == collection::dns_rules ? "rule" : "");
    m.fsm.start(m.now);
    m.settle();
    ASSERT_EQ(m.fsm.state(), application_state::active);
    std::vector<collection> order;
    const auto begin = m.now;
    for (int i = 0; i < 6; ++i) {
        m.sleep();
        const auto t = m.expect(kind::list);
        order.push_back(t.where);
        auto all = m.own(t.where);
        m.fsm.on_listed({}, all, m.now, m.u);
    }
    EXPECT_NEAR(std::chrono::duration<double>(m.now - begin).count(), 18.0, 1.8);
    EXPECT_EQ(order, (std::vector<collection>{collection::terminations, collection::dns_rules,
                                              collection::services, collection::terminations,
                                              collection::dns_rules, collection::services}));
    EXPECT_EQ(m.fsm.state(), application_state::active);
}

TEST(reconcile, a_suspicion_brings_the_audit_forward)
{
    machine m;
    m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.settle();
    m.expect(kind::none);
    m.fsm.suspect();
    m.expect(kind::list);
}

TEST(reconcile, what_is_declared_changed_and_withdrawn_during_the_run_follows)
{
    machine m;
    m.fsm.start(m.now);
    m.settle();
    const auto service = m.fsm.declare(collection::services);
    m.create(service, "s");
    EXPECT_EQ(m.fsm.state(), application_state::converging);
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::active);
    m.fsm.change(service);
    EXPECT_EQ(m.expect(kind::update).id, "s");
    m.fsm.on_updated({}, m.now, m.u);
    m.fsm.withdraw(service);
    EXPECT_EQ(m.expect(kind::remove).id, "s");
    m.fsm.on_removed({}, m.now, m.u);
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.status_of(service), status::absent);
    EXPECT_EQ(m.fsm.state(), application_state::active);
}

TEST(reconcile, a_change_while_the_request_before_is_under_way_is_not_lost)
{
    machine m;
    const auto service = m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.expect(kind::create);
    m.fsm.change(service);
    m.fsm.on_created({}, "s", m.now, m.u);
    m.expect(kind::update);
    m.fsm.change(service);
    m.fsm.on_updated({}, m.now, m.u);
    m.expect(kind::update);
    m.fsm.on_updated({}, m.now, m.u);
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::active);
}

TEST(reconcile, what_is_withdrawn_while_it_is_being_made_is_removed)
{
    machine m;
    const auto service = m.fsm.declare(collection::services);
    const auto other = m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.expect(kind::create);
    m.fsm.withdraw(service);
    m.fsm.withdraw(other); // not made at all
    m.fsm.on_created({}, "s", m.now, m.u);
    EXPECT_EQ(m.expect(kind::remove).id, "s");
    m.fsm.on_removed({}, m.now, m.u);
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::active);
}

TEST(reconcile, what_is_withdrawn_while_its_outcome_is_unknown_is_found_and_removed)
{
    machine m;
    const auto service = m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.not_created(service, errc::outcome_unknown);
    m.fsm.withdraw(service);
    m.list(collection::services, {{"s", service}});
    EXPECT_EQ(m.expect(kind::remove).id, "s");
}

TEST(reconcile, a_refused_one_that_is_withdrawn_does_not_end_the_run)
{
    machine m;
    const auto service = m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.expect(kind::create);
    m.fsm.withdraw(service);
    m.fsm.on_created(errc::bad_request, {}, m.now, m.u);
    EXPECT_FALSE(m.fsm.fatal());
    m.expect(kind::none);
    EXPECT_EQ(m.fsm.state(), application_state::active);
}

TEST(reconcile, a_rule_is_switched_off_once_when_it_is_withdrawn)
{
    machine m;
    const auto rule = m.fsm.declare(collection::traffic_rules, "r");
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.list(collection::traffic_rules, {{"r", rule, false}});
    m.expect(kind::update);
    m.fsm.on_updated({}, m.now, m.u);
    m.expect(kind::none);
    m.fsm.withdraw(rule);
    m.expect(kind::remove);
    m.fsm.on_removed({}, m.now, m.u);
    for (int i = 0; i < 4; ++i) {
        m.sleep();
        const auto t = m.expect(kind::list);
        std::vector<listed> all;
        if (t.where == collection::traffic_rules) all.push_back({"r", rule, false});
        m.fsm.on_listed({}, all, m.now, m.u);
        m.expect(kind::none);
    }
}

TEST(reconcile, a_rule_that_was_switched_off_by_somebody_is_switched_on_again)
{
    machine m;
    const auto rule = m.fsm.declare(collection::traffic_rules, "r");
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.list(collection::traffic_rules, {{"r", rule, true}});
    m.sleep();
    m.list(collection::traffic_rules, {{"r", rule, false}});
    EXPECT_EQ(m.expect(kind::update).key, rule);
}

TEST(reconcile, a_creation_whose_answer_has_no_id_is_looked_for)
{
    machine m;
    const auto service = m.fsm.declare(collection::services);
    m.fsm.start(m.now);
    m.ready();
    m.list(collection::services);
    m.create(service, "");
    m.list(collection::services, {{"s", service}});
    EXPECT_EQ(m.fsm.id_of(service), "s");
}

} // namespace
} // namespace app_test
