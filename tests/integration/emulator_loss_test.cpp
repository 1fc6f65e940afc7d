#include "emulator_fixture.hpp"
#include "emulator_receiver.hpp"

namespace {

using namespace emulator_test;
using mec::emulator::loss;

/// 0, 1, 0, 1, ...
struct alternating final : mec::random_source {
    std::uint64_t next() noexcept override { return state++; }
    std::uint64_t state = 0;
};

struct emulated_loss : emulator {
    alternating random;
    receiver inbox{io};

    void fill()
    {
        options.random = &random;
        start();
        EXPECT_EQ(call("POST", ready_path(), R"({"indication":"READY"})").status, 204);
        for (const char* name : {"a", "b", "c", "d"}) register_service(service_named(name));
        subscribe_termination("http://127.0.0.1:9/1");
        subscribe_termination("http://127.0.0.1:9/2");
    }
    void restart(loss what)
    {
        ASSERT_FALSE(p->restart(what));
        connection.reset();
    }
};

TEST_F(emulated_loss, takes_what_it_is_told_to)
{
    fill();
    restart(loss::none);
    EXPECT_EQ(p->services().size(), 4U);
    EXPECT_EQ(p->subscriptions().size(), 2U);
    restart(loss::services);
    EXPECT_EQ(p->services().size(), 0U);
    EXPECT_EQ(p->subscriptions().size(), 2U);
    EXPECT_TRUE(p->is_ready(app.app_instance_id));
    EXPECT_EQ(call("GET", services_path()).status, 200) << "tokens are good";
    register_service();
    restart(loss::subscriptions);
    EXPECT_EQ(p->services().size(), 1U);
    EXPECT_EQ(p->subscriptions().size(), 0U);
    EXPECT_TRUE(p->is_ready(app.app_instance_id));
}

TEST_F(emulated_loss, may_take_some)
{
    fill();
    restart(loss::some);
    ASSERT_EQ(p->services().size(), 2U);
    EXPECT_EQ(p->services()[0].info.ser_name, "b");
    EXPECT_EQ(p->services()[1].info.ser_name, "d");
    ASSERT_EQ(p->subscriptions().size(), 1U);
    EXPECT_EQ(p->subscriptions()[0].callback, "http://127.0.0.1:9/2");
    EXPECT_TRUE(p->is_ready(app.app_instance_id));
}

TEST_F(emulated_loss, of_everything_leaves_the_instances)
{
    mec::emulator::rule_set rules;
    rules.dns_rules.emplace_back();
    rules.dns_rules[0].dns_rule_id = "d1";
    fill();
    ASSERT_FALSE(p->set_rules(app.app_instance_id, rules));
    const auto rule = support_path("/dns_rules/d1");
    ASSERT_EQ(call("PUT", rule, R"({"state":"ACTIVE"})").status, 200);
    restart(loss::all);
    EXPECT_TRUE(p->services().empty());
    EXPECT_TRUE(p->subscriptions().empty());
    EXPECT_FALSE(p->is_ready(app.app_instance_id));
    EXPECT_EQ(call("GET", services_path()).status, 401);
    token.clear();
    EXPECT_EQ(call("GET", services_path()).body, "[]");
    EXPECT_NE(call("GET", rule).body.find("INACTIVE"), std::string::npos);
}

TEST_F(emulated_loss, needs_no_restart_and_tells_nobody)
{
    fill();
    subscribe_services(inbox.url());
    p->lose(loss::services);
    EXPECT_EQ(call("GET", services_path()).body, "[]");
    register_service(service_named("after"));
    EXPECT_NE(inbox.wait_for(1)[0].body.find("after"), std::string::npos);
    EXPECT_EQ(inbox.all().size(), 1U);
}

} // namespace
