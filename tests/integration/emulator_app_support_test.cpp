#include "emulator_fixture.hpp"

#include <mec/app_support/describe.hpp>

namespace {

using namespace emulator_test;

struct emulated_app_support : emulator {};

const std::string ready = R"({"indication":"READY"})";

TEST_F(emulated_app_support, confirm_ready_conflicts_as_often_as_configured_then_succeeds)
{
    options.ready_conflicts = 2;
    start();
    for (int i = 0; i < 2; ++i) expect_problem(call("POST", ready_path(), ready), 409);
    EXPECT_FALSE(p->is_ready(app.app_instance_id));
    const auto r = call("POST", ready_path(), ready);
    EXPECT_EQ(r.status, 204);
    EXPECT_EQ(r.body, "");
    EXPECT_TRUE(p->is_ready(app.app_instance_id));
    EXPECT_EQ(call("POST", ready_path(), ready).status, 204) << "repeating is harmless";
}

TEST_F(emulated_app_support, confirm_ready_refuses_other_bodies)
{
    start();
    for (const char* body :
         {R"({"indication":"READ"})", "{}", "[]", "nonsense", R"({"indication":"READY")"})
        expect_problem(call("POST", ready_path(), body), 400);
    expect_problem(call("POST", ready_path(), "READY", "Content-Type: text/plain\r\n"), 415);
    EXPECT_FALSE(p->is_ready(app.app_instance_id));
}

TEST_F(emulated_app_support, instances_are_kept_apart)
{
    start();
    const auto other = p->create_application("other");
    expect_problem(
        call("POST", "/mec_app_support/v1/applications/" + other.app_instance_id + "/confirm_ready",
             ready),
        403);
    expect_problem(call("POST", "/mec_app_support/v1/applications/nobody/confirm_ready", ready),
                   404);
    EXPECT_FALSE(p->is_ready(other.app_instance_id));
}

TEST_F(emulated_app_support, tells_the_time_and_where_to_get_a_better_one)
{
    start();
    const auto before = std::chrono::system_clock::now();
    const auto time = decoded<mec::app_support::current_time>(
        call("GET", "/mec_app_support/v1/timing/current_time"));
    const auto after = std::chrono::system_clock::now();
    EXPECT_GE(time.stamp().to_time_point(), before);
    EXPECT_LE(time.stamp().to_time_point(), after);
    const auto caps = decoded<mec::app_support::timing_caps>(
        call("GET", "/mec_app_support/v1/timing/timing_caps"));
    EXPECT_TRUE(caps.time_stamp);
    EXPECT_EQ(caps.ntp_servers.size(), 1U);
}

TEST_F(emulated_app_support, serves_nothing_but_its_operations)
{
    start();
    EXPECT_EQ(call("POST", "/mec_app_support/v1/timing/current_time", "{}").headers.find("Allow"),
              "GET");
    expect_problem(call("DELETE", "/mec_app_support/v1/timing/current_time"), 405);
    expect_problem(call("TRACE", "/mec_app_support/v1/timing/current_time"), 405);
    expect_problem(call("BREW", "/mec_app_support/v1/timing/current_time"), 501);
    for (const char* path :
         {"/", "/mec_app_support/v1/timing/current_time/",
          "//mec_app_support/v1/timing/current_time",
          "/mec_app_support/v1/timing/../timing/current_time",
          "/mec_app_support/v1/timing/%63urrent_time", "/MEC_APP_SUPPORT/v1/timing/current_time",
          "/mec_app_support/v2/timing/current_time", "/mec_app_support/v1/timing/current_time;a=b",
          "/mec_app_support/v1/applications//confirm_ready"})
        expect_problem(call("GET", path), 404);
    expect_problem(call("GET", "/mec_app_support/v1/timing/current_time?fields=seconds"), 400);
    expect_problem(call("GET", "/mec_app_support/v1/timing/current_time?a=%zz"), 400);
    expect_problem(call("GET", "/" + std::string(5000, 'a')), 414);
    EXPECT_EQ(call("GET", "/").headers.find("Server"), "") << "no version banner";
}

TEST_F(emulated_app_support, the_control_interface_is_off_unless_asked_for)
{
    start();
    EXPECT_EQ(connect().exchange(raw::request("GET", "/emulator/v1/requests")).status, 404);
}

} // namespace
