// Notifications over websockets between the SDK's own ends, over TCP and over TLS.
#include "websocket_fixture.hpp"

#include <boost/asio/post.hpp>

#include <functional>

namespace {

using namespace websocket_test;
using mec::errc;

std::string name_of(errc code) { return mec::make_error_code(code).message(); }

struct websocket_delivery : fixture {};
INSTANTIATE_TEST_SUITE_P(over, websocket_delivery, testing::Values(false, true),
                         [](const auto& p) { return p.param ? "tls" : "tcp"; });

TEST_P(websocket_delivery, is_in_order_and_answered)
{
    start();
    connect();
    for (int i = 0; i < 100; ++i) {
        send(std::to_string(i));
        ASSERT_EQ(sent.wait_for(static_cast<std::size_t>(i) + 1).back(), "204");
    }
    const auto all = app.seen.wait_for(100);
    ASSERT_EQ(all.size(), 100U);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(all[static_cast<std::size_t>(i)], std::to_string(i));
    EXPECT_EQ(app.channel->counters().accepted, 100U);
    EXPECT_EQ(app.counters().received, 100U);
    EXPECT_EQ(app.counters().failed, 0U);
}

TEST_P(websocket_delivery, waits_for_the_application_to_connect)
{
    start();
    platform.hub->open("s");
    send("early");
    connect();
    EXPECT_EQ(sent.wait_for(1), strings{"204"});
    EXPECT_EQ(app.seen.wait_for(1), strings{"early"});
}

TEST_P(websocket_delivery, carries_large_notifications)
{
    start();
    connect();
    report large;
    large.name = "large";
    for (int i = 0; i < 1500; ++i) large.values.push_back(std::string(20, 'x'));
    platform.hub->send("s", mec::json::serialize(large), false, sent.handler());
    EXPECT_EQ(sent.wait_for(1), strings{"204"});
    EXPECT_EQ(app.seen.wait_for(1), strings{"large"});
}

TEST_P(websocket_delivery, says_what_is_wrong_and_goes_on)
{
    start();
    connect();
    platform.hub->send("s", "{\"name\":1}", false, sent.handler());
    EXPECT_EQ(sent.wait_for(1).back(), "400");
    platform.hub->send("s", "not json", false, sent.handler());
    EXPECT_EQ(sent.wait_for(2).back(), "400");
    send("right");
    EXPECT_EQ(sent.wait_for(3).back(), "204");
    EXPECT_EQ(app.seen.wait_for(1), strings{"right"});
    EXPECT_EQ(app.counters().refused, 2U);
    EXPECT_EQ(app.channel->counters().bad_bodies, 2U);
}

TEST_P(websocket_delivery, goes_on_when_the_platform_is_killed_and_back)
{
    start();
    connect();
    send("before");
    EXPECT_EQ(sent.wait_for(1).back(), "204");
    for (int round = 0; round < 3; ++round) {
        platform.kill();
        platform.start();
        const std::string name = "after" + std::to_string(round);
        send(name);
        const auto count = static_cast<std::size_t>(round) + 2;
        EXPECT_EQ(sent.wait_for(count).back(), "204");
        EXPECT_EQ(app.seen.wait_for(count).back(), name);
    }
    EXPECT_EQ(app.seen.entries().size(), 4U) << "no gap: nothing was missed";
    EXPECT_GE(app.counters().opened, 4U);
}

TEST_P(websocket_delivery, delivers_once_what_is_sent_again)
{
    start();
    connect();
    send("a");
    EXPECT_EQ(sent.wait_for(1).back(), "204");
    platform.kill();
    platform.start();
    platform.hub->send("s", body_of("a"), true, sent.handler());
    EXPECT_EQ(sent.wait_for(2).back(), "204") << "the answer may have been lost";
    send("b");
    EXPECT_EQ(sent.wait_for(3).back(), "204");
    EXPECT_EQ(app.seen.wait_for(2), (strings{"a", "b"}));
    EXPECT_EQ(app.counters().repeated, 1U);
}

TEST_P(websocket_delivery, answers_503_while_the_queue_is_full_and_reports_the_gap)
{
    start();
    receiver_test::gate door;
    raw::background_io other; // ends first: somebody may stand in the door
    app.channel_options.limits.queue = 2;
    auto h = app.seen.handlers();
    h.on_notification = [&, note = h.on_notification](const report& r) {
        note(r);
        door.pass();
    };
    app.channel = mec::internal::open_fed_channel(other.executor(), app.channel_options, h);
    connect();
    send("0");
    EXPECT_TRUE(door.wait_for_guest());
    strings expected{"204"};
    EXPECT_EQ(sent.wait_for(1), expected);
    for (const char* status : {"204", "204", "503", "503"}) {
        send(std::to_string(expected.size()));
        expected.push_back(status);
        EXPECT_EQ(sent.wait_for(expected.size()), expected);
    }
    door.open();
    EXPECT_EQ(app.seen.wait_for(4), (strings{"0", "1", "2", "gap:2"}));
    platform.hub->send("s", body_of("4"), true, sent.handler());
    EXPECT_EQ(sent.wait_for(6).back(), "204") << "what was refused may come again";
    EXPECT_EQ(app.seen.wait_for(5).back(), "4");
}

TEST_P(websocket_delivery, gives_up_a_silent_application_and_reports_the_gap)
{
    platform.answer = 50ms;
    start();
    const auto at = platform.hub->open("s");
    raw::client silent(at.origin(), platform.ca_pem());
    ASSERT_TRUE(silent.send(raw::request("GET", at.target(),
                                         "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                         "Sec-WebSocket-Version: 13\r\n"
                                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")));
    send("unheard");
    EXPECT_EQ(sent.wait_for(1), strings{name_of(errc::deadline_exceeded)});
    EXPECT_NE(silent.wait_for_end(), raw::ending::still_open);
    connect();
    platform.hub->send("s", body_of("unheard"), true, sent.handler());
    EXPECT_EQ(sent.wait_for(2).back(), "204");
    EXPECT_EQ(app.seen.wait_for(1), strings{"unheard"});
}

TEST_P(websocket_delivery, reports_numbers_that_are_left_out)
{
    start();
    connect();
    send("a");
    EXPECT_EQ(sent.wait_for(1).back(), "204");
    platform.kill();
    for (const char* name : {"lost", "lost", "lost", "b"}) send(name);
    EXPECT_EQ(sent.wait_for(4).back(), name_of(errc::cancelled)) << "replaced by the next";
    platform.start();
    EXPECT_EQ(app.seen.wait_for(3), (strings{"a", "gap:3", "b"}));
    EXPECT_EQ(app.counters().missed, 3U);
}

TEST_P(websocket_delivery, is_the_newest_connections)
{
    start();
    connect();
    application second(io.executor());
    second.options.transport.tls.ca_pem = platform.ca_pem();
    second.options.reconnect.first = second.options.reconnect.longest = 1h;
    app.options.reconnect = second.options.reconnect;
    second.open(platform.base(), platform.hub->open("s").to_string());
    EXPECT_EQ(second.ups.wait_for(1), strings{"up"});
    // The first comes back at once, and is the newest then; whoever it is, one of them gets it.
    EXPECT_EQ(app.ups.wait_for(2)[1], name_of(errc::connection_lost));
}

TEST_P(websocket_delivery, ends_promptly_with_its_source)
{
    start();
    connect();
    app.source.reset();
    send("late");
    platform.hub->forget("s");
    EXPECT_EQ(sent.wait_for(1), strings{name_of(errc::cancelled)});
    EXPECT_TRUE(app.seen.entries().empty());
    EXPECT_EQ(app.ups.entries(), strings{"up"}) << "nothing is told after the end";
}

TEST_P(websocket_delivery, shows_a_token)
{
    app.tokens = mec::auth::static_token(mec::secret_string("token-1"));
    start();
    connect();
    EXPECT_EQ(platform.authorization(), "Bearer token-1");
}

TEST_P(websocket_delivery, is_not_redirected)
{
    start();
    for (const int status : {301, 302, 307, 308}) {
        application other(io.executor());
        other.options = app.options;
        platform.status = status;
        other.open(platform.base(), platform.hub->open("s").to_string());
        EXPECT_EQ(other.ups.wait_for(1)[0], name_of(errc::unexpected_content)) << status;
    }
}

TEST_P(websocket_delivery, says_why_the_platform_declines)
{
    start();
    const std::pair<int, errc> cases[] = {{200, errc::unexpected_content},
                                          {401, errc::auth_failed},
                                          {403, errc::forbidden},
                                          {404, errc::not_found},
                                          {503, errc::service_unavailable}};
    for (const auto& [status, code] : cases) {
        application other(io.executor());
        other.options = app.options;
        platform.status = status;
        other.open(platform.base(), platform.hub->open("s").to_string());
        EXPECT_EQ(other.ups.wait_for(1)[0], name_of(code)) << status;
    }
    platform.status = 0;
}

TEST_P(websocket_delivery, brings_thousands)
{
    constexpr int count = MEC_SANITIZED != 0 ? 1000 : 10'000;
    start();
    connect();
    int next = 0; // on the loop only
    std::atomic<int> answers{0};
    std::function<void(const mec::error&, int)> answered = [&](const mec::error& e, int status) {
        ASSERT_FALSE(e) << e;
        ASSERT_EQ(status, 204);
        ++answers;
        if (next < count) platform.hub->send("s", body_of(std::to_string(next++)), false, answered);
    };
    const auto begun = std::chrono::steady_clock::now();
    boost::asio::post(io.executor(), [&] { answered({}, 204); });
    const auto all = app.seen.wait_for(count);
    EXPECT_TRUE(eventually([&] { return answers > count; }));
    settle(io.executor()); // the last call may still be inside `answered`
    const auto took = std::chrono::steady_clock::now() - begun;
    ASSERT_EQ(all.size(), static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) ASSERT_EQ(all[static_cast<std::size_t>(i)], std::to_string(i));
    ASSERT_TRUE(eventually([&] { return app.channel->counters().accepted == count; }));
    EXPECT_EQ(app.counters().opened, 1U);
    EXPECT_EQ(app.counters().missed + app.counters().repeated + app.counters().refused, 0U);
    RecordProperty(
        "microseconds_each",
        std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(took).count() /
                       count));
}

} // namespace
