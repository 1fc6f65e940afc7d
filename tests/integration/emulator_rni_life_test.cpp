#include "emulator_rni_fixture.hpp"

#include <future>

namespace {

using namespace emulator_test;
using namespace std::chrono_literals;
using mec::emulator::sent_notification;
using rni::subscription_type;

struct emulated_rni_life : emulated_rni {
    emulated_rni_life() { options.clock = &clock; }

    std::string proposing(std::chrono::seconds lifetime)
    {
        return body(subscription_type::meas_ta, inbox.url(),
                    deadline(clock.system_now() + lifetime));
    }
    /// Waits until the platform's clockwork has looked at the clock.
    bool eventually(const std::function<bool()>& holds)
    {
        const auto until = std::chrono::steady_clock::now() + raw::patience;
        while (!holds())
            if (std::chrono::steady_clock::now() > until) return false;
        return true;
    }
    bool delivered(std::size_t count)
    {
        return p->wait_for_notifications([&](const auto& all) { return all.size() >= count; },
                                         raw::patience);
    }
};

TEST_F(emulated_rni_life, ends_at_the_deadline_after_a_notice)
{
    options.radio.expiry_notice = 10s;
    start();
    const auto one = subscribe(proposing(60s));
    const auto end = rni::common(one).expiry_deadline;
    ASSERT_TRUE(end);
    EXPECT_EQ(p->subscriptions()[0].expires, end);
    clock.advance(49s);
    EXPECT_EQ(call("GET", path_of(one)).status, 200);
    EXPECT_TRUE(inbox.all().empty()) << "too early";
    clock.advance(2s);
    const auto notice = inbox.decoded<rni::expiry_notification>(0);
    EXPECT_EQ(notice.expiry_deadline, *end);
    EXPECT_EQ(notice.links.subscription.href, rni::common(one).links->self->href);
    EXPECT_TRUE(notice.time_stamp);
    ASSERT_TRUE(delivered(1));
    EXPECT_EQ(p->notifications()[0].type, "ExpiryNotification");
    clock.advance(8s);
    EXPECT_EQ(call("GET", path_of(one)).status, 200);
    EXPECT_EQ(inbox.all().size(), 1U) << "it is told once";
    clock.advance(1s);
    EXPECT_TRUE(eventually([&] { return p->subscriptions().empty(); }));
    expect_problem(call("GET", path_of(one)), 404);
}

TEST_F(emulated_rni_life, is_prolonged_by_updates)
{
    options.radio.expiry_notice = 10s;
    start();
    auto one = subscribe(proposing(60s));
    clock.advance(55s);
    inbox.wait_for(1);
    rni::common(one).expiry_deadline->seconds += 60;
    ASSERT_EQ(call("PUT", path_of(one), mec::json::serialize(one)).status, 200);
    clock.advance(50s);
    EXPECT_EQ(call("GET", path_of(one)).status, 200) << "the first end is over, the second is not";
    EXPECT_EQ(inbox.all().size(), 1U);
    clock.advance(6s);
    inbox.wait_for(2);
    EXPECT_EQ(inbox.decoded<rni::expiry_notification>(1).expiry_deadline,
              *rni::common(one).expiry_deadline);
    rni::common(one).expiry_deadline.reset();
    ASSERT_EQ(call("PUT", path_of(one), mec::json::serialize(one)).status, 200);
    clock.advance(24h);
    EXPECT_EQ(p->subscriptions().size(), 1U) << "no end any more";
}

TEST_F(emulated_rni_life, is_as_long_as_the_platform_allows)
{
    options.radio.longest_subscription = 100s;
    start();
    const auto now = clock.system_now();
    const auto seconds = [&](const rni::subscription& s) {
        return rni::common(s).expiry_deadline->to_time_point() - now;
    };
    EXPECT_EQ(seconds(subscribe(proposing(3600s))), 100s);
    EXPECT_LE(seconds(subscribe(proposing(50s))), 50s);
    EXPECT_FALSE(
        rni::common(subscribe(body(subscription_type::meas_ta, inbox.url()))).expiry_deadline)
        << "no end proposed, none given";
}

TEST_F(emulated_rni_life, may_have_an_end_that_was_not_proposed)
{
    options.radio.longest_subscription = 100s;
    options.radio.always_expires = true;
    start();
    const auto one = subscribe(body(subscription_type::meas_ta, inbox.url()));
    ASSERT_TRUE(rni::common(one).expiry_deadline);
    EXPECT_EQ(rni::common(one).expiry_deadline->to_time_point() - clock.system_now(), 100s);
    clock.advance(100s);
    EXPECT_TRUE(eventually([&] { return p->subscriptions().empty(); }));
}

TEST_F(emulated_rni_life, begins_with_a_test_that_was_asked_for)
{
    start();
    const auto one = subscribe(body(subscription_type::meas_ta, inbox.url("/tested"),
                                    R"(,"requestTestNotification":true)"));
    EXPECT_EQ(rni::common(one).request_test_notification, true);
    const auto test = inbox.decoded<rni::test_notification>(0);
    EXPECT_EQ(test.links.subscription.href, rni::common(one).links->self->href);
    EXPECT_EQ(inbox.all()[0].path, "/tested");
    EXPECT_EQ(inbox.all()[0].body.find("timeStamp"), std::string::npos);
    ASSERT_TRUE(delivered(1));
    EXPECT_EQ(p->notifications()[0].type, "TestNotification");
    EXPECT_EQ(p->notifications()[0].error, "");
}

TEST_F(emulated_rni_life, goes_on_after_a_test_that_failed)
{
    start();
    inbox.plan({{500}});
    const auto one = subscribe(
        body(subscription_type::meas_ta, inbox.url(), R"(,"requestTestNotification":true)"));
    ASSERT_TRUE(delivered(1));
    EXPECT_EQ(p->notifications()[0].status, 500);
    EXPECT_EQ(p->notifications()[0].attempts, 1) << "a test is one attempt";
    const auto now = decoded<rni::subscription>(call("GET", path_of(one)));
    EXPECT_EQ(rni::common(now).callback_reference, inbox.url()) << "there is no other way";
}

TEST_F(emulated_rni_life, needs_no_test)
{
    start();
    subscribe(body(subscription_type::meas_ta, inbox.url(), R"(,"requestTestNotification":false)"));
    subscribe(body(subscription_type::meas_ta, inbox.url("/tested"),
                   R"(,"requestTestNotification":true)"));
    EXPECT_EQ(inbox.wait_for(1)[0].path, "/tested");
    ASSERT_TRUE(delivered(1));
    EXPECT_EQ(p->notifications().size(), 1U);
}

TEST_F(emulated_rni_life, may_begin_before_the_answer)
{
    options.quirks.created_late = true;
    start();
    inbox.plan({{204, "", false, true}});
    const std::string mine = token_of(app);
    auto answer = std::async(std::launch::async, [&] {
        return call_as(
            mine, "POST", subscriptions,
            body(subscription_type::meas_ta, inbox.url(), R"(,"requestTestNotification":true)"));
    });
    inbox.wait_for(1);
    EXPECT_EQ(answer.wait_for(0s), std::future_status::timeout) << "nobody has answered the test";
    inbox.release();
    const auto r = answer.get();
    ASSERT_EQ(r.status, 201);
    EXPECT_EQ(inbox.decoded<rni::test_notification>(0).links.subscription.href,
              rni::common(decoded<rni::subscription>(r)).links->self->href);
}

TEST_F(emulated_rni_life, begins_late_though_there_is_no_notification)
{
    options.quirks.created_late = true;
    options.notifications.deadline = 50ms;
    start();
    EXPECT_EQ(post(subscription_type::meas_ta, inbox.url()).status, 201);
}

} // namespace
