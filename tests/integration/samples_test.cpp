// The samples as processes: what they print, what they do on the platform, how they end. The script
// samples/demo.sh shows 01_hello, 02_producer and 03_consumer together.

#include "child_process.hpp"
#include "server_raw_client.hpp"

#include <mec/emulator/platform.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <optional>

namespace {

using namespace std::chrono_literals;
using mec::app_support::operation_action;
using mec::app_support::rule_state;
using process_test::child_process;

std::string path_of(const std::string& sample)
{
    return std::string(MEC_SAMPLES) + '/' + sample + '/' + sample;
}

class samples : public testing::Test {
protected:
    void SetUp() override
    {
        mec::emulator::platform_options o;
        o.tls = false;
        platform_.emplace(io_.executor(), o);
        ASSERT_FALSE(platform_->start());
        app_ = platform_->create_application("sample");
    }
    mec::emulator::platform::environment environment() { return environment_of(app_); }
    mec::emulator::platform::environment
    environment_of(const mec::emulator::application_instance& app)
    {
        auto e = platform_->environment_of(app);
        e.emplace_back("MEC_ALLOW_INSECURE_HTTP", "1");
        return e;
    }
    static void expect(child_process& p, const std::string& text)
    {
        while (!p.ended())
            if (p.read_line().find(text) != std::string::npos) return;
        ADD_FAILURE() << "it did not say: " << text;
    }
    void set_rules()
    {
        mec::emulator::rule_set rules;
        rules.dns_rules.resize(1);
        rules.dns_rules[0].dns_rule_id = "dns-1";
        rules.dns_rules[0].domain_name = "video.example";
        rules.dns_rules[0].ip_address = "192.0.2.1";
        rules.traffic_rules.resize(1);
        rules.traffic_rules[0].traffic_rule_id = "traffic-1";
        rules.traffic_rules[0].traffic_filter.resize(1);
        rules.traffic_rules[0].action = mec::app_support::traffic_action::drop;
        ASSERT_FALSE(platform_->set_rules(app_.app_instance_id, rules));
    }
    std::ptrdiff_t count(const std::string& operation)
    {
        const auto log = platform_->requests();
        return std::count_if(log.begin(), log.end(), [&](const auto& r) {
            return r.operation == operation && r.status < 300;
        });
    }

    raw::background_io io_;
    std::optional<mec::emulator::platform> platform_;
    mec::emulator::application_instance app_;
};

TEST_F(samples, help_and_say_what_is_wrong_with_their_use)
{
    for (const char* name : {"02_producer", "03_consumer", "04_rules", "05_graceful",
                             "06_rni_monitor", "07_adaptive_bitrate"}) {
        child_process help(path_of(name), {"--help"});
        EXPECT_EQ(help.wait(), 0) << name;
        EXPECT_EQ(help.rest().find("usage: "), 0u) << name;
        child_process wrong(path_of(name), {"--no-such-option"}, environment());
        EXPECT_EQ(wrong.wait(), 2) << name;
        child_process lost(path_of(name), {});
        EXPECT_EQ(lost.wait(), 2) << name;
        EXPECT_NE(lost.errors().find("MEC_APP_INSTANCE_ID"), std::string::npos) << lost.errors();
    }
}

TEST_F(samples, a_producer_is_suspended_and_resumed_and_withdraws_its_service)
{
    child_process p(path_of("02_producer"), {}, environment());
    expect(p, "state     active");
    ASSERT_EQ(platform_->services().size(), 1u);
    const auto info = platform_->services().front().info;
    const auto base = mec::url::parse(info.transport_info->endpoint.uris.front());
    ASSERT_TRUE(base);
    const auto ask = [&](const char* path) {
        return raw::client(base->origin(), {}).exchange(raw::request("GET", path));
    };
    EXPECT_EQ(ask("/tally/v1/count").status, 200);
    EXPECT_EQ(ask("/tally/v1/count").body.find("{\"count\":2,"), 0u);
    EXPECT_EQ(ask("/other").status, 404);
    p.signal(SIGUSR1);
    expect(p, "service   suspended");
    expect(p, "state     active");
    EXPECT_EQ(platform_->services().front().info.state, mec::service_mgmt::service_state::inactive);
    EXPECT_EQ(ask("/tally/v1/count").status, 503);
    p.signal(SIGUSR1);
    expect(p, "service   resumed");
    expect(p, "state     active");
    EXPECT_EQ(platform_->services().front().info.state, mec::service_mgmt::service_state::active);
    EXPECT_EQ(p.stop(SIGTERM), 0) << p.errors();
    EXPECT_TRUE(platform_->services().empty());
}

TEST_F(samples, a_consumer_leaves_after_the_answers_it_was_to_get)
{
    child_process producer(path_of("02_producer"), {},
                           environment_of(platform_->create_application("other")));
    child_process consumer(path_of("03_consumer"), {"--calls", "3", "--every", "0.01", "--json"},
                           environment());
    expect(consumer, R"({"event":"found","state":"ACTIVE","url":"http://127.0.0.1:)");
    expect(consumer, R"({"event":"answer","count":1,)");
    expect(consumer, R"({"event":"answer","count":3,)");
    EXPECT_EQ(consumer.wait(), 0) << consumer.errors();
    EXPECT_TRUE(platform_->subscriptions().empty());
    EXPECT_EQ(producer.stop(SIGTERM), 0) << producer.errors();
}

TEST_F(samples, rules_are_switched_on_by_reading_changing_and_writing)
{
    set_rules();
    child_process p(path_of("04_rules"), {}, environment());
    EXPECT_EQ(p.wait(), 0) << p.errors();
    EXPECT_NE(p.rest().find("dns-1: video.example is 192.0.2.1, ACTIVE\n          was INACTIVE"),
              std::string::npos)
        << p.rest();
    EXPECT_NE(p.rest().find("traffic-1: DROP, priority 0, ACTIVE"), std::string::npos) << p.rest();
    EXPECT_EQ(count("app_support.update_dns_rule"), 1);
    EXPECT_EQ(count("app_support.update_traffic_rule"), 1);
    child_process wrong(path_of("04_rules"), {"--dns", "no-such-rule"}, environment());
    EXPECT_EQ(wrong.wait(), 1);
    EXPECT_NE(wrong.errors().find("no-such-rule"), std::string::npos) << wrong.errors();
}

TEST_F(samples, rules_that_are_kept_are_switched_off_at_the_end)
{
    set_rules();
    child_process p(path_of("04_rules"), {"--keep"}, environment());
    expect(p, "state     active");
    EXPECT_EQ(count("app_support.update_dns_rule"), 1);
    EXPECT_EQ(p.stop(SIGINT), 0) << p.errors();
    EXPECT_EQ(count("app_support.update_dns_rule"), 2);
    EXPECT_EQ(count("app_support.update_traffic_rule"), 2);
}

TEST_F(samples, work_in_flight_is_finished_at_a_signal)
{
    child_process p(path_of("05_graceful"), {}, environment());
    expect(p, "state     active");
    EXPECT_EQ(p.stop(SIGTERM), 0) << p.errors();
    EXPECT_NE(p.rest().find("ending    by a signal"), std::string::npos) << p.rest();
    EXPECT_NE(p.rest().find(", 0 given up"), std::string::npos) << p.rest();
}

TEST_F(samples, work_in_flight_is_finished_when_the_application_stops_itself)
{
    child_process p(path_of("05_graceful"), {"--jobs", "7", "--size", "1000"}, environment());
    EXPECT_EQ(p.wait(), 0) << p.errors();
    EXPECT_NE(p.rest().find("7 jobs came, 7 were finished, 0 given up"), std::string::npos)
        << p.rest();
}

TEST_F(samples, work_in_flight_is_finished_before_the_platform_is_told)
{
    child_process p(path_of("05_graceful"), {}, environment());
    expect(p, "state     active");
    ASSERT_FALSE(platform_->terminate(app_.app_instance_id, operation_action::stopping, 20s));
    EXPECT_EQ(p.wait(), 0) << p.errors();
    EXPECT_NE(p.rest().find("ending    by the platform"), std::string::npos) << p.rest();
    EXPECT_EQ(platform_->termination_of(app_.app_instance_id).state,
              mec::emulator::termination_state::confirmed);
}

TEST_F(samples, work_that_takes_too_long_is_given_up_in_time_for_the_platform)
{
    child_process p(path_of("05_graceful"), {"--size", "1000000000000"}, environment());
    expect(p, "state     active");
    ASSERT_FALSE(platform_->terminate(app_.app_instance_id, operation_action::terminating, 2s));
    EXPECT_EQ(p.wait(), 1);
    EXPECT_NE(p.rest().find(", 0 were finished, "), std::string::npos) << p.rest();
    EXPECT_EQ(platform_->termination_of(app_.app_instance_id).state,
              mec::emulator::termination_state::confirmed);
}

/// A platform with a radio network that plays a scenario.
class radio_samples : public samples {
protected:
    void SetUp() override
    {
        samples::SetUp();
        platform_->offer_radio(true);
        ASSERT_FALSE(platform_->load_scenario(MEC_SCENARIOS "/drive.json"));
    }
    /// About the radio network, and not a trial.
    std::ptrdiff_t sent()
    {
        const auto all = platform_->notifications();
        return std::count_if(all.begin(), all.end(), [](const auto& n) {
            return n.type != "TestNotification" && n.type != "SerAvailabilityNotification";
        });
    }
};

TEST_F(radio_samples, a_monitor_gets_every_notification_of_a_drive_once)
{
    child_process p(path_of("06_rni_monitor"), {"--json", "--qci", "2"}, environment());
    expect(p, R"("subscription":"bearer 5, QCI 9, end","delivery":"http")");
    ASSERT_FALSE(platform_->play_scenario(60));
    std::ptrdiff_t came = 0;
    const auto expect_notification = [&](const std::string& text) {
        for (std::string line; !p.ended();) {
            line = p.read_line();
            if (line.find("\"event\":\"notification\"") == line.npos) continue;
            ++came;
            if (line.find(text) != line.npos) return line;
        }
        ADD_FAILURE() << "it did not say: " << text;
        return std::string();
    };
    expect_notification("bearer 6 established, QCI 2, guaranteed 2 of 4 Mbit/s");
    expect_notification("hand-over 0A10001 to 0A10002 done");
    expect_notification("secondary cells +0A10005");
    const std::string measured = expect_notification("MeasRepUeNotification");
    EXPECT_NE(measured.find("\"ue\":\"10.45.0.7\",\"cell\":\"0A10002\",\"rsrpDbm\":-"),
              measured.npos)
        << measured;
    ASSERT_FALSE(platform_->pause_scenario());
    while (came < sent() && !p.ended()) expect_notification("");
    EXPECT_EQ(came, sent());
    EXPECT_EQ(p.stop(SIGTERM), 0) << p.errors();
    EXPECT_NE(p.rest().find("\"received\":" + std::to_string(came) +
                            ",\"missed\":0,\"duplicated\":0,\"subscribedAgain\":0"),
              std::string::npos)
        << p.rest();
    EXPECT_TRUE(platform_->subscriptions().empty());
}

TEST_F(radio_samples, a_monitor_subscribes_again_and_says_so)
{
    child_process p(path_of("06_rni_monitor"), {}, environment());
    expect(p, "delivery     bearer 5, QCI 9, end: http");
    platform_->lose(mec::emulator::loss::subscriptions);
    expect(p, "gap          hand-overs: subscribed again");
    ASSERT_FALSE(platform_->move_ue("car", "market"));
    expect(p, "hand-over 0A10001 to 0A10002 done");
    EXPECT_EQ(p.stop(SIGINT), 0) << p.errors();
    EXPECT_NE(p.rest().find(", missed 0, duplicated 0, subscribed again "), std::string::npos);
}

TEST_F(radio_samples, a_stream_that_knows_the_radio_link_stalls_less)
{
    child_process p(path_of("07_adaptive_bitrate"), {"--speed", "20"}, environment());
    // Measurements, three classes of bearers, changes and end of the bearer that is there.
    ASSERT_TRUE(platform_->wait_for(
        [](const auto& log) {
            return std::count_if(log.begin(), log.end(), [](const auto& r) {
                       return r.operation == "rni.create_subscription" && r.status == 201;
                   }) == 6;
        },
        20s));
    ASSERT_FALSE(platform_->play_scenario(20));
    EXPECT_EQ(p.wait(), 0) << p.errors();
    struct {
        int stalls = 0;
        double stalled = 0, played = 0, rate = 0;
    } fixed, adaptive;
    const auto read = [&](const char* name, auto& out) {
        const auto at = p.rest().find(name);
        ASSERT_NE(at, std::string::npos) << p.rest();
        ASSERT_EQ(std::sscanf(p.rest().c_str() + at + 9,
                              " %d stalls, %lf s standing still; played %lf s at %lf Mbit/s",
                              &out.stalls, &out.stalled, &out.played, &out.rate),
                  4)
            << p.rest();
    };
    read("\nfixed", fixed);
    read("\nadaptive", adaptive);
    EXPECT_GT(fixed.stalls, adaptive.stalls) << p.rest();
    EXPECT_GT(fixed.stalled, adaptive.stalled) << p.rest();
    EXPECT_GT(adaptive.played, fixed.played) << p.rest();
    EXPECT_GT(adaptive.rate, 1.5) << "not by being worse than need be";
    EXPECT_LT(adaptive.rate, 3) << p.rest();
}

TEST_F(samples, a_monitor_without_a_radio_network_waits_and_leaves_when_its_time_is_over)
{
    child_process p(path_of("06_rni_monitor"), {"--for", "0.5"}, environment());
    EXPECT_EQ(p.wait(), 0) << p.errors();
    EXPECT_NE(p.rest().find("delivery     hand-overs: waiting"), std::string::npos) << p.rest();
    EXPECT_NE(p.rest().find("summary      received 0, missed 0, duplicated 0"), std::string::npos);
}

} // namespace
