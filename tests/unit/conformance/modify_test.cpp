// Reading, changing and writing back; and what holds for every call that consists of several.

#include "operation_harness.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>

namespace {

using mec::errc;
using mec::app_support::dns_rule;
using mec::app_support::rule_state;
using mec::http::method;
using mec_test::operation_harness;
using mec_test::way;
namespace asio = boost::asio;

const std::string path = "/mep1/mec_app_support/v1/applications/app-1/dns_rules/d1";

std::string rule(const std::string& state, const std::string& more = {})
{
    return R"({"dnsRuleId":"d1","domainName":"a.example","ipAddressType":"IP_V4",)"
           R"("ipAddress":"192.0.2.1","state":")" +
           state + '"' + more + '}';
}
void activate(dns_rule& r) { r.state = rule_state::active; }

class modify : public testing::TestWithParam<way> {
protected:
    mec::testing::expectation& get() { return harness.transport->expect(method::get, path); }
    mec::testing::expectation& put() { return harness.transport->expect(method::put, path); }
    mec::result<dns_rule> run(std::function<void(dns_rule&)> change = activate)
    {
        return harness.run(
            harness.platform().support.async_modify_dns_rule("d1", std::move(change)), GetParam());
    }
    operation_harness harness;
};

TEST_P(modify, writes_back_all_that_was_read_with_its_entity_tag)
{
    get()
        .respond(200, rule("INACTIVE", R"(,"ttl":60,"vendor":{"a":[1,2]},"x":null)"))
        .header("ETag", "\"one\"");
    put().respond(200, rule("ACTIVE")).header("ETag", "\"two\"");
    const auto r = run();
    ASSERT_TRUE(r) << r.error();
    EXPECT_EQ(r->state, rule_state::active);
    EXPECT_EQ(r->etag, "\"two\"");
    const auto sent = harness.transport->requests().at(1);
    EXPECT_EQ(sent.body, R"({"dnsRuleId":"d1","domainName":"a.example","ipAddressType":"IP_V4",)"
                         R"("ipAddress":"192.0.2.1","ttl":60,"state":"ACTIVE",)"
                         R"("vendor":{"a":[1,2]},"x":null})");
    EXPECT_EQ(sent.headers.find("If-Match"), "\"one\"");
    EXPECT_EQ(sent.headers.count("If-Match"), 1u);
}

TEST_P(modify, sends_no_condition_to_a_platform_without_entity_tags)
{
    get().respond(200, rule("INACTIVE"));
    put().respond(200, rule("ACTIVE"));
    ASSERT_TRUE(run());
    EXPECT_FALSE(harness.transport->requests().at(1).headers.contains("If-Match"));
}

TEST_P(modify, begins_again_with_what_is_there_when_somebody_was_faster)
{
    get().respond(200, rule("INACTIVE")).header("ETag", "one");
    put().respond(412);
    get().respond(200, rule("INACTIVE", R"(,"ttl":1)")).header("ETag", "two");
    put().respond(200, rule("ACTIVE"));
    int rounds = 0;
    const auto r = run([&](dns_rule& current) {
        ++rounds;
        activate(current);
    });
    ASSERT_TRUE(r) << r.error();
    EXPECT_EQ(rounds, 2);
    const auto sent = harness.transport->requests();
    ASSERT_EQ(sent.size(), 4u);
    EXPECT_EQ(sent[3].headers.find("If-Match"), "two");
    EXPECT_NE(sent[3].body.find("\"ttl\":1"), std::string::npos);
}

TEST_P(modify, gives_up_after_five_rounds)
{
    get().respond(200, rule("INACTIVE")).always();
    put().respond(412, R"({"detail":"changed"})").always();
    int rounds = 0;
    const auto r = run([&](dns_rule&) { ++rounds; });
    EXPECT_EQ(r.error(), errc::precondition_failed) << r.error();
    EXPECT_EQ(r.error().info().operation, "app_support.update_dns_rule");
    ASSERT_TRUE(r.error().info().problem);
    EXPECT_EQ(rounds, 5);
    EXPECT_EQ(harness.transport->requests().size(), 10u);
}

TEST_P(modify, does_not_write_what_it_could_not_read)
{
    get().respond(404);
    bool called = false;
    const auto r = run([&](dns_rule&) { called = true; });
    EXPECT_EQ(r.error(), errc::not_found);
    EXPECT_EQ(r.error().info().operation, "app_support.get_dns_rule");
    EXPECT_FALSE(called);
    EXPECT_EQ(harness.transport->requests().size(), 1u);
}

TEST_P(modify, ends_with_the_error_of_the_writing)
{
    get().respond(200, rule("INACTIVE"));
    put().respond(403);
    EXPECT_EQ(run().error(), errc::forbidden);
    EXPECT_EQ(harness.transport->requests().size(), 2u);
}

TEST_P(modify, does_not_begin_again_when_its_own_lost_write_may_have_done_it)
{
    get().respond(200, rule("INACTIVE")).header("ETag", "one");
    put().fail(errc::connection_lost, mec::http::progress::request_sent);
    put().respond(412);
    EXPECT_EQ(run().error(), errc::outcome_unknown);
    EXPECT_EQ(harness.transport->requests().size(), 3u);
}

TEST_P(modify, lets_what_the_change_throws_through_and_writes_nothing)
{
    get().respond(200, rule("INACTIVE"));
    EXPECT_THROW(run([](dns_rule&) { throw std::runtime_error("no"); }), std::runtime_error);
    EXPECT_EQ(harness.transport->requests().size(), 1u);
}

TEST_P(modify, may_be_told_another_id_by_the_change)
{
    // What is written is what the change made of it, also when that is nonsense.
    get().respond(200, rule("INACTIVE"));
    const auto r = run([](dns_rule& current) { current.dns_rule_id = ".."; });
    EXPECT_EQ(r.error(), errc::config_invalid);
    EXPECT_EQ(harness.transport->requests().size(), 1u);
}

TEST_P(modify, works_for_each_resource_with_a_condition)
{
    const auto support = harness.platform().support;
    const std::string traffic =
        R"({"trafficRuleId":"t1","filterType":"FLOW","priority":1,"trafficFilter":[{"qCI":1}],)"
        R"("action":"DROP","state":"INACTIVE","vendor":1})";
    const std::string traffic_path = "/mep1/mec_app_support/v1/applications/app-1/traffic_rules/t1";
    harness.transport->expect(method::get, traffic_path).respond(200, traffic).header("ETag", "t");
    harness.transport->expect(method::put, traffic_path).respond(200, traffic);
    ASSERT_TRUE(harness.run(
        support.async_modify_traffic_rule("t1", [](auto& t) { t.state = rule_state::active; }),
        GetParam()));
    EXPECT_EQ(harness.transport->requests().at(1).headers.find("If-Match"), "t");
    EXPECT_NE(harness.transport->requests().at(1).body.find(R"("vendor":1)"), std::string::npos);

    const std::string service =
        R"({"serInstanceId":"s1","serName":"n","version":"1","state":"ACTIVE",)"
        R"("serializer":"JSON","transportId":"t","vendor":1})";
    const std::string service_path = "/mep1/mec_service_mgmt/v1/applications/app-1/services/s1";
    harness.transport->expect(method::get, service_path).respond(200, service).header("ETag", "s");
    harness.transport->expect(method::put, service_path).respond(400); // and without the ids:
    harness.transport->expect(method::put, service_path).respond(412); // beaten, begin again:
    harness.transport->expect(method::get, service_path).respond(200, service).header("ETag", "u");
    harness.transport->expect(method::put, service_path).respond(200, service);
    const auto services = harness.platform().services;
    const auto inactive = [](auto& s) { s.state = mec::service_mgmt::service_state::inactive; };
    auto r = harness.run(services.async_modify_service("s1", inactive), GetParam());
    ASSERT_TRUE(r) << r.error();
    EXPECT_EQ(harness.complaints(), "");
    EXPECT_EQ(harness.transport->requests().at(6).headers.find("If-Match"), "u");
}

INSTANTIATE_TEST_SUITE_P(ways, modify, testing::Values(way::async, way::blocking),
                         [](const auto& p) {
                             return p.param == way::async ? "async" : "blocking";
                         });

// ---- where the steps run, and how they are cancelled

class a_chain : public testing::Test {
protected:
    /// Starts modifying a rule; `outcome` gets the result.
    void start(std::function<void(dns_rule&)> change = activate)
    {
        harness.platform().support.async_modify_dns_rule(
            "d1", std::move(change),
            asio::bind_cancellation_slot(
                cancel.slot(), [this](mec::result<dns_rule> r) { outcome = std::move(r); }));
    }
    void run() { harness.io.run_for(std::chrono::seconds(10)); }
    mec::testing::expectation& get() { return harness.transport->expect(method::get, path); }
    mec::testing::expectation& put() { return harness.transport->expect(method::put, path); }
    void expect_cancelled_after(std::size_t requests)
    {
        ASSERT_TRUE(outcome) << "never completed";
        ASSERT_FALSE(*outcome);
        EXPECT_EQ(outcome->error(), errc::cancelled) << outcome->error();
        EXPECT_FALSE(outcome->error().info().operation.empty());
        EXPECT_EQ(harness.transport->requests().size(), requests);
    }

    operation_harness harness;
    asio::cancellation_signal cancel;
    std::optional<mec::result<dns_rule>> outcome;
};

TEST_F(a_chain, is_cancelled_while_it_reads)
{
    get().respond(200, rule("INACTIVE")).hold();
    start();
    harness.io.poll();
    ASSERT_EQ(harness.transport->held(), 1u);
    cancel.emit(asio::cancellation_type::terminal);
    run();
    expect_cancelled_after(1);
}

TEST_F(a_chain, is_cancelled_while_it_writes)
{
    get().respond(200, rule("INACTIVE"));
    put().respond(200, rule("ACTIVE")).hold();
    start();
    harness.io.poll();
    ASSERT_EQ(harness.transport->held(), 1u);
    cancel.emit(asio::cancellation_type::partial);
    run();
    expect_cancelled_after(2);
}

TEST_F(a_chain, is_cancelled_between_reading_and_writing)
{
    get().respond(200, rule("INACTIVE"));
    start([this](dns_rule&) { cancel.emit(asio::cancellation_type::terminal); });
    run();
    expect_cancelled_after(1);
}

TEST_F(a_chain, is_cancelled_when_the_cancellation_meets_the_answer)
{
    get().respond(200, rule("INACTIVE")).hold();
    put().respond(200, rule("ACTIVE"));
    start();
    harness.io.poll();
    harness.transport->release();                   // the answer is on its way,
    cancel.emit(asio::cancellation_type::terminal); // and nobody has seen it yet
    run();
    expect_cancelled_after(1);
}

TEST_F(a_chain, is_not_cancelled_by_a_kind_that_it_does_not_know)
{
    get().respond(200, rule("INACTIVE"));
    put().respond(200, rule("ACTIVE"));
    start([this](dns_rule&) { cancel.emit(asio::cancellation_type::total); });
    run();
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(*outcome) << outcome->error();
}

TEST_F(a_chain, can_be_cancelled_after_its_end)
{
    get().respond(404);
    start();
    run();
    ASSERT_TRUE(outcome);
    cancel.emit(asio::cancellation_type::terminal);
    harness.io.restart();
    run();
    EXPECT_EQ(outcome->error(), errc::not_found);
}

TEST_F(a_chain, tries_no_other_way_once_it_is_cancelled)
{
    const std::string liveness = "/mep1/mec_service_mgmt/v1/liveness/s1";
    harness.transport->expect(method::patch, liveness).respond(405).hold();
    std::optional<mec::error> ended;
    harness.platform().services.async_send_heartbeat(
        mec::link{"/mec_service_mgmt/v1/liveness/s1"},
        asio::bind_cancellation_slot(cancel.slot(), [&](auto r) { ended = r.error(); }));
    harness.io.poll();
    harness.transport->release();
    cancel.emit(asio::cancellation_type::terminal);
    run();
    ASSERT_TRUE(ended);
    EXPECT_EQ(*ended, errc::cancelled) << *ended;
    EXPECT_EQ(ended->info().operation, "service_mgmt.send_heartbeat");
    EXPECT_EQ(harness.transport->requests().size(), 1u);
}

TEST_F(a_chain, completes_and_changes_on_the_executor_of_its_handler)
{
    asio::io_context other{1};
    get().respond(200, rule("INACTIVE"));
    put().respond(200, rule("ACTIVE"));
    bool in_other = false;
    bool changed_there = false;
    bool completed_there = false;
    harness.platform().support.async_modify_dns_rule(
        "d1", [&](dns_rule&) { changed_there = in_other; },
        asio::bind_executor(other.get_executor(), [&](mec::result<dns_rule> r) {
            completed_there = in_other && r.has_value();
        }));
    for (int step = 0; step < 8 && !completed_there; ++step) {
        harness.io.restart();
        harness.io.poll();
        in_other = true;
        other.restart();
        other.poll();
        in_other = false;
    }
    EXPECT_TRUE(changed_there);
    EXPECT_TRUE(completed_there);
}

TEST_F(a_chain, keeps_the_loop_of_its_handler_from_running_dry)
{
    get().respond(200, rule("INACTIVE")).hold();
    put().respond(200, rule("ACTIVE"));
    start();
    harness.io.poll();
    ASSERT_EQ(harness.transport->held(), 1u);
    EXPECT_FALSE(harness.io.stopped()) << "run() would have returned";
    harness.transport->release();
    run();
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(*outcome);
}

TEST_F(a_chain, that_is_waited_for_runs_on_the_waiting_thread)
{
    // Nobody runs harness.io: a step that needed it would never end.
    get().respond(503).times(2);
    get().respond(200, rule("INACTIVE"));
    put().respond(401);
    put().respond(412);
    get().respond(200, rule("INACTIVE"));
    put().respond(200, rule("ACTIVE"));
    std::vector<std::thread::id> threads;
    const auto r = mec::sync_wait(harness.platform().support.async_modify_dns_rule(
        "d1", [&](dns_rule&) { threads.push_back(std::this_thread::get_id()); }));
    ASSERT_TRUE(r) << r.error();
    EXPECT_EQ(threads, std::vector<std::thread::id>(2, std::this_thread::get_id()));
    EXPECT_EQ(harness.complaints(), "");
}

} // namespace
