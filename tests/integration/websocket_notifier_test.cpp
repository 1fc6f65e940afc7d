// What the emulator's notifier does with subscriptions that have a websocket instead of a callback.
#include "websocket_fixture.hpp"

#include "notifier.hpp"

namespace {

using namespace websocket_test;
using mec::emulator::notice;

struct websocket_notifier : fixture {
    ~websocket_notifier() override
    {
        if (notifier) notifier->close();
        platform.kill();
        settle(io.executor());
    }
    void start()
    {
        fixture::start();
        mec::emulator::platform_options options;
        options.notifications.first_delay = 1ms;
        notifier = mec::emulator::notifier::create(
                       io.executor(), options, platform.hub, {},
                       [this](const mec::emulator::sent_notification& n) {
                           reports.note(n.error.empty() ? std::to_string(n.status) + " after " +
                                                              std::to_string(n.attempts)
                                                        : "failed: " + n.error);
                       })
                       .value();
    }
    void post(const std::string& name)
    {
        notice n;
        n.subscription_id = "s";
        n.callback = platform.hub->open("s");
        n.body = body_of(name);
        notifier->post(std::move(n));
    }

    std::shared_ptr<mec::emulator::notifier> notifier;
    diary reports;
};
INSTANTIATE_TEST_SUITE_P(over, websocket_notifier, testing::Values(false, true),
                         [](const auto& p) { return p.param ? "tls" : "tcp"; });

TEST_P(websocket_notifier, keeps_the_order_whether_connected_or_not)
{
    start();
    for (const char* name : {"1", "2", "3"}) post(name);
    connect();
    EXPECT_EQ(app.seen.wait_for(3), (strings{"1", "2", "3"}));
    EXPECT_EQ(reports.wait_for(3), (strings{"204 after 1", "204 after 1", "204 after 1"}));
    post("4");
    EXPECT_EQ(app.seen.wait_for(4).back(), "4");
    EXPECT_EQ(app.counters().missed, 0U);
}

TEST_P(websocket_notifier, repeats_what_an_application_did_not_answer_under_the_same_number)
{
    platform.answer = 30ms;
    start();
    const auto at = platform.hub->open("s");
    raw::client silent(at.origin(), platform.ca_pem());
    EXPECT_TRUE(silent.send(raw::request("GET", at.target(),
                                         "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                         "Sec-WebSocket-Version: 13\r\n"
                                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")));
    post("1");
    post("2");
    EXPECT_NE(silent.wait_for_end(), raw::ending::still_open);
    connect();
    EXPECT_EQ(app.seen.wait_for(2), (strings{"1", "2"}));
    EXPECT_EQ(reports.wait_for(2), (strings{"204 after 2", "204 after 1"}));
}

TEST_P(websocket_notifier, gives_up_what_is_refused_and_goes_on)
{
    start();
    connect();
    notice wrong;
    wrong.subscription_id = "s";
    wrong.callback = platform.hub->open("s");
    wrong.body = "{\"name\":1}";
    notifier->post(wrong);
    post("right");
    EXPECT_EQ(app.seen.wait_for(1), strings{"right"});
    EXPECT_EQ(reports.wait_for(2), (strings{"failed: the receiver answered 400", "204 after 1"}));
}

TEST_P(websocket_notifier, reports_what_can_not_be_sent_any_more)
{
    start();
    for (const char* name : {"1", "2"}) post(name);
    notifier->forget("s");
    platform.hub->forget("s");
    EXPECT_EQ(reports.wait_for(1).size(), 1U);
    notice nowhere;
    nowhere.subscription_id = "n";
    notifier->post(nowhere);
    EXPECT_EQ(reports.wait_for(2).back(), "failed: there is neither a callback nor a websocket");
    platform.hub->open("s");
    post("3");
    notifier->close();
    platform.hub->disconnect();
    EXPECT_EQ(reports.wait_for(3).back().substr(0, 7), "failed:");
    EXPECT_TRUE(app.seen.entries().empty());
}

} // namespace
