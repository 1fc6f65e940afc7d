#include "emulator_fixture.hpp"
#include "emulator_receiver.hpp"

#include <mec/app_support/describe.hpp>

namespace {

using namespace emulator_test;
using mec::app_support::app_termination_notification;
using mec::app_support::operation_action;
using mec::emulator::termination_state;
using mec::service_mgmt::change_type;
using namespace std::chrono_literals;

struct emulated_termination : emulator {
    receiver inbox{io};

    emulated_termination() { options.clock = &clock; }

    void make_ready()
    {
        EXPECT_EQ(call("POST", ready_path(), R"({"indication":"READY"})").status, 204);
    }
    mec::http::response confirm(const std::string& action)
    {
        return call("POST", support_path("/confirm_termination"),
                    R"({"operationAction":")" + action + "\"}");
    }
    mec::emulator::termination_snapshot now() const
    {
        return p->termination_of(app.app_instance_id);
    }
    mec::error terminate(operation_action action, std::chrono::seconds timeout)
    {
        return p->terminate(app.app_instance_id, action, timeout);
    }
};

TEST_F(emulated_termination, is_announced_confirmed_and_cleaned_up)
{
    mec::emulator::rule_set rules;
    rules.dns_rules.emplace_back();
    rules.dns_rules[0].dns_rule_id = "d1";
    rules.dns_rules[0].state = mec::app_support::rule_state::active;
    start();
    ASSERT_FALSE(p->set_rules(app.app_instance_id, rules));
    make_ready();
    const auto subscription = subscribe_termination(inbox.url("/end"));
    const auto id = register_service();
    EXPECT_EQ(now().state, termination_state::none);
    expect_problem(confirm("STOPPING"), 409);

    ASSERT_FALSE(terminate(operation_action::stopping, 30s));
    const auto n = inbox.decoded<app_termination_notification>(0);
    EXPECT_EQ(n.operation_action, operation_action::stopping);
    EXPECT_EQ(n.max_graceful_timeout, 30s);
    EXPECT_EQ(mec::id_of(n.links.subscription.href), subscription);
    ASSERT_TRUE(n.links.confirm_termination);
    EXPECT_EQ(n.links.confirm_termination->href,
              p->api_root().to_string() + support_path("/confirm_termination"));
    EXPECT_EQ(now().state, termination_state::pending);
    EXPECT_EQ(call("GET", services_path() + "/" + id).status, 200) << "still there";

    expect_problem(confirm("TERMINATING"), 409);
    expect_problem(confirm("ENDING"), 400);
    clock.advance(12s);
    EXPECT_EQ(now().took, 12s);
    EXPECT_EQ(confirm("STOPPING").status, 204);
    EXPECT_EQ(now().state, termination_state::confirmed);
    EXPECT_EQ(now().action, operation_action::stopping);
    EXPECT_EQ(now().took, 12s);
    expect_problem(confirm("STOPPING"), 409);

    EXPECT_FALSE(p->is_ready(app.app_instance_id));
    EXPECT_TRUE(p->services().empty());
    EXPECT_TRUE(p->subscriptions().empty());
    EXPECT_EQ(decoded<mec::app_support::dns_rule>(call("GET", support_path("/dns_rules/d1"))).state,
              mec::app_support::rule_state::inactive);
    make_ready();
    EXPECT_TRUE(p->is_ready(app.app_instance_id)) << "a stopped instance may start again";
}

TEST_F(emulated_termination, the_standards_two_spellings_are_both_understood)
{
    start();
    subscribe_termination(inbox.url());
    ASSERT_FALSE(terminate(operation_action::stopping, 30s));
    EXPECT_EQ(confirm("STOPPPING").status, 204);
}

TEST_F(emulated_termination, a_terminated_instance_is_forgotten_with_its_tokens)
{
    start();
    subscribe_termination(inbox.url());
    ASSERT_FALSE(terminate(operation_action::terminating, 30s));
    EXPECT_EQ(confirm("TERMINATING").status, 204);
    EXPECT_EQ(call("GET", services_path()).status, 401);
    EXPECT_TRUE(p->applications().empty());
    EXPECT_EQ(ask_for_token(app, std::string(app.client_secret.reveal())).status, 401);
    EXPECT_EQ(now().state, termination_state::confirmed);
    EXPECT_EQ(terminate(operation_action::terminating, 30s), mec::errc::not_found);
}

TEST_F(emulated_termination, comes_by_the_clock_when_nobody_confirms)
{
    start();
    subscribe_termination(inbox.url());
    register_service();
    const auto mine = app;
    const auto mine_token = token;
    app = p->create_application("watcher");
    token = token_of(app);
    subscribe_services(inbox.url("/watcher"));
    app = mine;
    token = mine_token;

    ASSERT_FALSE(terminate(operation_action::terminating, 10s));
    inbox.wait_for(1);
    clock.advance(9s);
    EXPECT_EQ(now().state, termination_state::pending);
    clock.advance(1s);
    // Nobody asks: the platform finds out by itself.
    const auto n = inbox.decoded<mec::service_mgmt::service_availability_notification>(1);
    EXPECT_EQ(n.service_references[0].change_type, change_type::removed);
    EXPECT_EQ(now().state, termination_state::timed_out);
    EXPECT_EQ(now().took, 10s);
    EXPECT_EQ(p->applications().size(), 1U);
}

TEST_F(emulated_termination, without_a_subscriber_there_is_no_notice)
{
    start();
    subscribe_services(inbox.url());
    ASSERT_FALSE(terminate(operation_action::stopping, 30s));
    EXPECT_EQ(now().state, termination_state::unannounced);
    EXPECT_TRUE(p->subscriptions().empty());
    EXPECT_TRUE(inbox.all().empty());
    EXPECT_EQ(p->terminate("nobody", operation_action::stopping, 30s), mec::errc::not_found);
}

TEST_F(emulated_termination, the_last_call_counts)
{
    start();
    subscribe_termination(inbox.url());
    ASSERT_FALSE(terminate(operation_action::stopping, 10s));
    clock.advance(9s);
    ASSERT_FALSE(terminate(operation_action::terminating, 10s));
    inbox.wait_for(2);
    clock.advance(9s);
    EXPECT_EQ(now().state, termination_state::pending);
    expect_problem(confirm("STOPPING"), 409);
    EXPECT_EQ(confirm("TERMINATING").status, 204);
}

TEST_F(emulated_termination, time_limits_that_make_no_sense_are_sent_as_they_are)
{
    start();
    for (const auto timeout : {0s, -1s}) {
        subscribe_termination(inbox.url());
        ASSERT_FALSE(terminate(operation_action::stopping, timeout));
        EXPECT_EQ(now().state, termination_state::timed_out);
    }
    subscribe_termination(inbox.url());
    ASSERT_FALSE(
        terminate(operation_action::stopping, std::chrono::seconds(std::int64_t{1} << 31)));
    EXPECT_EQ(now().state, termination_state::pending);
    std::vector<std::string> limits;
    for (const auto& n : inbox.wait_for(3)) {
        auto all = mec::json::parse<members>(n.body);
        ASSERT_TRUE(all);
        limits.push_back((*all)["maxGracefulTimeout"].text);
    }
    std::sort(limits.begin(), limits.end());
    EXPECT_EQ(limits, (std::vector<std::string>{"-1", "0", "2147483648"}));
}

} // namespace
