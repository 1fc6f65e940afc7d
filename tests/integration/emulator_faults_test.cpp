#include "emulator_fixture.hpp"

namespace {

using namespace emulator_test;
using mec::emulator::drop_point;
using namespace std::chrono_literals;

struct emulated_faults : emulator {
    void inject(fault f)
    {
        const auto e = p->inject(std::move(f));
        ASSERT_FALSE(e) << e;
    }
    mec::http::response list() { return call("GET", "/mec_service_mgmt/v1/services"); }
};

TEST_F(emulated_faults, answer_as_many_errors_as_ordered_in_order)
{
    start();
    inject([] {
        fault f;
        f.operation = "service_mgmt.list_services";
        f.status = 503;
        f.times = 2;
        f.retry_after = 7s;
        return f;
    }());
    inject([] {
        fault f;
        f.operation = "service_mgmt.list_services";
        f.status = 429;
        return f;
    }());
    for (int i = 0; i < 2; ++i) {
        const auto r = list();
        expect_problem(r, 503);
        EXPECT_EQ(r.headers.find("Retry-After"), "7");
    }
    EXPECT_EQ(call("GET", "/mec_service_mgmt/v1/transports").status, 200) << "another operation";
    EXPECT_FALSE(list().headers.contains("Retry-After"));
    EXPECT_EQ(list().status, 200);
    EXPECT_EQ(p->counters().faults, 3U);
}

TEST_F(emulated_faults, any_operation_until_cleared)
{
    start();
    token = token_of(app);
    inject([] {
        fault f;
        f.status = 500;
        f.times = 0;
        return f;
    }());
    for (int i = 0; i < 3; ++i) expect_problem(list(), 500);
    EXPECT_EQ(ask_for_token(app, "x").status, 500);
    p->clear_faults();
    EXPECT_EQ(list().status, 200);
}

TEST_F(emulated_faults, latency_holds_the_answer_back)
{
    start();
    list();
    inject([] {
        fault f;
        f.latency = 60ms;
        return f;
    }());
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(list().status, 200);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 60ms);
    EXPECT_GE(p->requests().back().duration, 60ms);
}

TEST_F(emulated_faults, stopping_does_not_wait_for_held_answers)
{
    start();
    list();
    inject([] {
        fault f;
        f.latency = 600s;
        return f;
    }());
    auto slow = connect();
    ASSERT_TRUE(slow.send(raw::request("GET", p->api_root().path() + "/x")));
    EXPECT_EQ(slow.receive().status, 404) << "no operation, no fault";
    ASSERT_TRUE(
        slow.send(raw::request("GET", p->api_root().path() + "/mec_service_mgmt/v1/services")));
    ASSERT_TRUE(p->wait_for([](const auto& log) { return log.size() == 4; }, raw::patience));
    p->stop();
    EXPECT_NE(slow.wait_for_end(), raw::ending::still_open);
}

TEST_F(emulated_faults, a_drop_before_leaves_no_trace_and_a_drop_after_does)
{
    start();
    const auto register_dropped = [&](drop_point where, bool reset) {
        fault f;
        f.operation = "service_mgmt.register_service";
        f.drop = where;
        f.reset = reset;
        inject(f);
        EXPECT_EQ(call("POST", services_path(), service_body).status, 0);
        EXPECT_EQ(p->requests().back().status, 0);
        return decoded<std::vector<mec::service_mgmt::service_info>>(list()).size();
    };
    EXPECT_EQ(register_dropped(drop_point::before_apply, false), 0U);
    EXPECT_EQ(register_dropped(drop_point::after_apply, false), 1U);
    EXPECT_EQ(register_dropped(drop_point::before_apply, true), 1U);
    EXPECT_EQ(register_dropped(drop_point::after_apply, true), 2U);
    EXPECT_EQ(p->counters().dropped, 4U);
}

TEST_F(emulated_faults, that_cannot_be_are_refused)
{
    start();
    const auto refused = [&](void (*spoil)(fault&)) {
        fault f;
        spoil(f);
        return p->inject(f) == mec::errc::config_invalid;
    };
    EXPECT_TRUE(refused([](fault& f) { f.operation = "no.such"; }));
    EXPECT_TRUE(refused([](fault& f) { f.status = 200; }));
    EXPECT_TRUE(refused([](fault& f) { f.status = 600; }));
    EXPECT_TRUE(refused([](fault& f) { f.latency = 11min; }));
    EXPECT_TRUE(refused([](fault& f) { f.retry_after = 1s; }));
    EXPECT_FALSE(refused([](fault& f) { f.operation = "oauth2.token"; }));
}

TEST_F(emulated_faults, a_restart_keeps_the_port_and_what_it_shall_keep)
{
    options.ready_conflicts = 0;
    start();
    const auto root = p->api_root();
    const auto id = register_service();
    EXPECT_EQ(call("POST", ready_path(), R"({"indication":"READY"})").status, 204);

    ASSERT_FALSE(p->restart());
    EXPECT_NE(connection->wait_for_end(), raw::ending::still_open);
    connection.reset();
    EXPECT_EQ(p->api_root(), root);
    EXPECT_EQ(call("GET", services_path() + "/" + id).status, 200) << "same token, same service";
    EXPECT_TRUE(p->is_ready(app.app_instance_id));

    ASSERT_FALSE(p->restart(mec::emulator::loss::all));
    connection.reset();
    EXPECT_FALSE(p->is_ready(app.app_instance_id));
    expect_problem(call("GET", services_path() + "/" + id), 401);
    token.clear();
    expect_problem(call("GET", services_path() + "/" + id), 404);
    EXPECT_EQ(call("GET", services_path()).status, 200) << "the instance and its credentials stay";
}

} // namespace
