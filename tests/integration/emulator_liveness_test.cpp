#include "emulator_fixture.hpp"
#include "emulator_receiver.hpp"

namespace {

using namespace emulator_test;
using mec::emulator::liveness_policy;
using mec::service_mgmt::change_type;
using mec::service_mgmt::service_info;
using mec::service_mgmt::service_liveness_info;
using mec::service_mgmt::service_state;
using namespace std::chrono_literals;

const std::string active = R"({"state":"ACTIVE"})";

struct emulated_liveness : emulator {
    receiver inbox{io};

    emulated_liveness()
    {
        options.clock = &clock;
        options.liveness.required = liveness_policy::mode::proposed;
        options.liveness.interval = 7s;
        options.liveness.grace = 1s;
    }

    service_info offer(const std::string& interval)
    {
        const auto r =
            call("POST", services_path(),
                 service_named("camera",
                               interval.empty() ? "" : "\"livenessInterval\":" + interval + ","));
        EXPECT_EQ(r.status, 201) << r.body;
        return decoded(r);
    }
    std::string liveness_of(const service_info& s) const
    {
        return s.links && s.links->liveness ? below_root(s.links->liveness->href) : "";
    }
    service_state state_of(const service_info& s)
    {
        return decoded(call("GET", services_path() + "/" + *s.ser_instance_id)).state;
    }
};

TEST_F(emulated_liveness, an_interval_is_agreed_when_the_service_can_and_the_platform_wants)
{
    start();
    auto s = offer("5");
    EXPECT_EQ(s.liveness_interval, 5s);
    EXPECT_NE(liveness_of(s), "");
    EXPECT_EQ(offer("0").liveness_interval, 7s) << "no proposal: the platform's own";
    s = offer("");
    EXPECT_FALSE(s.liveness_interval) << "a service that sends none is not asked to";
    EXPECT_EQ(liveness_of(s), "");
}

TEST_F(emulated_liveness, the_platform_may_have_its_own_interval_or_none)
{
    options.liveness.required = liveness_policy::mode::fixed;
    start();
    EXPECT_EQ(offer("5").liveness_interval, 7s);
    options.liveness.required = liveness_policy::mode::none;
    connection.reset();
    token.clear();
    start();
    const auto s = offer("5");
    EXPECT_FALSE(s.liveness_interval);
    EXPECT_EQ(liveness_of(s), "");
}

TEST_F(emulated_liveness, a_late_heartbeat_suspends_and_the_next_one_revives)
{
    start();
    subscribe_services(inbox.url());
    const auto s = offer("5");
    for (int i = 0; i < 3; ++i) {
        clock.advance(5s);
        const auto r = call("PATCH", liveness_of(s), active);
        EXPECT_EQ(r.status, 204);
        EXPECT_EQ(r.body, "");
    }
    EXPECT_EQ(state_of(s), service_state::active);
    clock.advance(6s);
    EXPECT_EQ(state_of(s), service_state::active) << "exactly on time";
    clock.advance(1ms);
    auto n = inbox.decoded<mec::service_mgmt::service_availability_notification>(1);
    EXPECT_EQ(n.service_references[0].change_type, change_type::state_changed);
    EXPECT_EQ(n.service_references[0].state, service_state::suspended);
    EXPECT_EQ(state_of(s), service_state::suspended);

    EXPECT_EQ(
        call("PATCH", liveness_of(s), active, "Content-Type: application/merge-patch+json\r\n")
            .status,
        204);
    EXPECT_EQ(state_of(s), service_state::active);
    n = inbox.decoded<mec::service_mgmt::service_availability_notification>(2);
    EXPECT_EQ(n.service_references[0].state, service_state::active);
    EXPECT_EQ(n.service_references[0].change_type, change_type::state_changed);
}

TEST_F(emulated_liveness, can_be_read)
{
    start();
    const auto s = offer("5");
    clock.advance(3s);
    ASSERT_EQ(call("PATCH", liveness_of(s), active).status, 204);
    const auto beat = clock.system_now();
    clock.advance(2s);
    const auto r = call("GET", liveness_of(s));
    ASSERT_EQ(r.status, 200) << r.body;
    const auto info = decoded<service_liveness_info>(r);
    EXPECT_EQ(info.interval, 5s);
    EXPECT_EQ(info.state, service_state::active);
    EXPECT_EQ(info.time_stamp.to_time_point(), beat);

    const std::string tag(r.headers.find("ETag"));
    EXPECT_EQ(call("PATCH", liveness_of(s), active, "If-Match: " + tag + "\r\n").status, 204);
    expect_problem(call("PATCH", liveness_of(s), active, "If-Match: " + tag + "\r\n"), 412);
}

TEST_F(emulated_liveness, other_bodies_and_callers_are_refused)
{
    start();
    const auto s = offer("5");
    const auto path = liveness_of(s);
    for (const char* body :
         {R"({"state":"INACTIVE"})", R"({"state":"SUSPENDED"})", "{}", "[]", "{"})
        expect_problem(call("PATCH", path, body), 400);
    expect_problem(call("PATCH", path, active, "Content-Type: text/plain\r\n"), 415);
    EXPECT_EQ(call("PUT", path, active).headers.find("Allow"), "GET, PATCH");
    const auto stranger = token_of(p->create_application("other"));
    expect_problem(call_as(stranger, "PATCH", path, active), 403);
    expect_problem(call_as(stranger, "GET", path), 403);
    expect_problem(call("PATCH", "/mec_service_mgmt/v1/liveness/unknown", active), 404);
    EXPECT_EQ(call("DELETE", services_path() + "/" + *s.ser_instance_id).status, 204);
    expect_problem(call("PATCH", path, active), 404);
}

TEST_F(emulated_liveness, an_inactive_service_sends_none)
{
    start();
    const auto s = offer("5");
    const auto path = services_path() + "/" + *s.ser_instance_id;
    ASSERT_EQ(call("PUT", path, R"({"state":"INACTIVE"})").status, 200);
    expect_problem(call("PATCH", liveness_of(s), active), 409);
    clock.advance(30min);
    EXPECT_EQ(state_of(s), service_state::inactive) << "and is not suspended";
    const auto r = call("PUT", path, active);
    ASSERT_EQ(r.status, 200);
    EXPECT_EQ(liveness_of(decoded(r)), liveness_of(s));
    EXPECT_EQ(state_of(s), service_state::active) << "the interval begins anew";
    clock.advance(7s);
    EXPECT_EQ(state_of(s), service_state::suspended);
    ASSERT_EQ(call("PUT", path, active).status, 200) << "an update revives, too";
    EXPECT_EQ(state_of(s), service_state::active);
}

TEST_F(emulated_liveness, a_new_interval_is_told_with_the_next_heartbeat)
{
    start();
    const auto s = offer("5");
    ASSERT_FALSE(p->set_liveness_interval(*s.ser_instance_id, 20s));
    const auto r = call("PATCH", liveness_of(s), active);
    ASSERT_EQ(r.status, 200);
    EXPECT_EQ(decoded<service_liveness_info>(r).interval, 20s);
    EXPECT_EQ(call("PATCH", liveness_of(s), active).status, 204);
    clock.advance(20s);
    EXPECT_EQ(state_of(s), service_state::active);
    EXPECT_EQ(p->services().at(0).info.liveness_interval, 20s);

    EXPECT_EQ(p->set_liveness_interval("none", 20s), mec::errc::not_found);
    EXPECT_EQ(p->set_liveness_interval(*s.ser_instance_id, 0s), mec::errc::config_invalid);
    EXPECT_EQ(p->set_liveness_interval(*offer("").ser_instance_id, 5s), mec::errc::conflict);
}

TEST_F(emulated_liveness, reading_and_writing_back_keeps_the_interval)
{
    start();
    const auto s = offer("5");
    const auto path = services_path() + "/" + *s.ser_instance_id;
    auto whole = decoded(call("GET", path));
    whole.version = "2";
    auto r = decoded(call("PUT", path, mec::json::serialize(whole)));
    EXPECT_EQ(r.liveness_interval, 5s);
    EXPECT_EQ(liveness_of(r), liveness_of(s));
    r = decoded(call("PUT", path, R"({"livenessInterval":9})"));
    EXPECT_EQ(r.liveness_interval, 9s) << "another proposal";
}

} // namespace
