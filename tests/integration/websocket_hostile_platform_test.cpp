// A platform that sends what it should not, to the application's end of a websocket.
#include "websocket_bytes.hpp"
#include "websocket_fixture.hpp"

#include "raw_server.hpp"

namespace {

using namespace websocket_test;
using mec::errc;
using mec_test::raw_connection;
using mec_test::raw_server;

std::string name_of(errc code) { return mec::make_error_code(code).message(); }

struct websocket_hostile_platform : testing::Test {
    websocket_hostile_platform() { app.options.reconnect = {1ms, 1ms, 1h}; }
    ~websocket_hostile_platform() override { app.close(); }

    void open(const raw_server& platform)
    {
        app.open(mec::url::parse(platform.url("/rni/v2")).value(), platform.url("/ws"));
    }
    /// What an application says when `play` has been done with its only connection.
    std::string fate(const raw_server::script& play)
    {
        application other(io.executor());
        other.options = app.options;
        other.options.reconnect = {1h, 1h, 1h};
        raw_server platform(play);
        other.open(mec::url::parse(platform.url("/rni/v2")).value(), platform.url("/ws"));
        strings said = other.ups.wait_for(1);
        if (said[0] == "up") said = other.ups.wait_for(2);
        EXPECT_TRUE(other.seen.entries().empty());
        return said.back();
    }
    /// ... of `bytes` after the upgrade, which goes well.
    std::string fate_after(const std::string& bytes)
    {
        return fate([&](raw_connection& c, int) {
            c.write(switching(c.read_request()) + bytes);
            c.wait_for_close();
        });
    }
    /// ... of an answer to the upgrade.
    std::string fate_of_answer(const std::function<std::string(const std::string&)>& answer)
    {
        return fate([&](raw_connection& c, int) {
            c.write(answer(c.read_request()));
            c.wait_for_close();
        });
    }

    raw::background_io io;
    application app{io.executor()};
};

std::string good(std::uint32_t n, std::string_view name)
{
    return whole(binary, notification(n, name), false);
}

TEST_F(websocket_hostile_platform, cuts_the_connection_after_every_byte)
{
    std::atomic<bool> complete{false};
    raw_server platform([&](raw_connection& c, int number) {
        const auto request = c.read_request();
        const std::string all = switching(request) + good(1, "a");
        const auto size = static_cast<std::size_t>(number);
        c.write(std::string_view(all).substr(0, size));
        if (size < all.size() + 3) return; // the last few times after all of it
        complete = true;
        c.wait_for_close();
    });
    open(platform);
    EXPECT_TRUE(eventually([&] { return complete.load(); }));
    EXPECT_TRUE(eventually([&] { return app.counters().received >= 2; }));
    EXPECT_EQ(app.seen.wait_for(1), strings{"a"});
    EXPECT_EQ(app.counters().repeated, app.counters().received - 1) << "delivered once";
}

TEST_F(websocket_hostile_platform, sends_messages_in_pieces_with_pings_between)
{
    std::string answers;
    raw_server platform([&](raw_connection& c, int) {
        const std::string message = notification(1, "pieces");
        c.write(switching(c.read_request()));
        c.write(frame(binary, message.substr(0, 10), false));
        c.write(whole(ping, "are you there", false));
        c.write(frame(continuation, message.substr(10, 1), false));
        c.write(frame(continuation, "", false));
        c.write(whole(continuation, message.substr(11), false));
        answers = c.read(2 + 4 + 13 + 2);
        c.write(good(2, "second"));
        c.wait_for_close();
    });
    open(platform);
    EXPECT_EQ(app.seen.wait_for(2), (strings{"pieces", "second"}));
    ASSERT_GE(answers.size(), 21U);
    EXPECT_EQ(answers[0], static_cast<char>(0x80 | pong));
    EXPECT_EQ(answers[19], static_cast<char>(0x80 | binary)) << "the answer comes after the pong";
}

TEST_F(websocket_hostile_platform, breaks_the_rules_of_frames)
{
    const std::string ok = notification(1, "a");
    const std::pair<const char*, std::string> cases[] = {
        {"masked", whole(binary, ok, true)},
        {"reserved bit 1", frame(0xc0 | binary, ok, false)},
        {"reserved bit 3", frame(0x90 | binary, ok, false)},
        {"unknown opcode", frame(0x83, ok, false)},
        {"unknown control opcode", frame(0x8b, "", false)},
        {"fragmented ping", frame(ping, "", false)},
        {"long ping", whole(ping, std::string(126, 'x'), false)},
        {"continuation of nothing", whole(continuation, ok, false)},
        {"two beginnings", frame(binary, "a", false) + frame(binary, "b", false)},
        {"length in too many bytes", std::string("\x82\x7e\x00\x01x", 5)},
        {"text that is not UTF-8", whole(text, "\xff\xfe", false)},
        {"close with one byte", whole(bye, "x", false)},
        {"no sequence number", whole(binary, "hello", false)},
        {"empty", whole(binary, "", false)},
    };
    for (const auto& [name, bytes] : cases)
        EXPECT_EQ(fate_after(bytes), name_of(errc::protocol_error)) << name;
}

TEST_F(websocket_hostile_platform, sends_more_than_is_allowed)
{
    app.options.connection.message = 1000;
    const std::string large(1001, 'x');
    EXPECT_EQ(fate_after(whole(binary, large, false)), name_of(errc::limit_exceeded));
    EXPECT_EQ(fate_after(frame(binary, large.substr(0, 600), false) +
                         whole(continuation, large.substr(600), false)),
              name_of(errc::limit_exceeded))
        << "in two frames";
    EXPECT_EQ(fate_after(std::string("\x82\x7f\x00\x00\x7f\xff\xff\xff\xff\xff", 10)),
              name_of(errc::limit_exceeded))
        << "only says so";
    EXPECT_EQ(fate_after(std::string("\x82\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 10)),
              name_of(errc::limit_exceeded))
        << "with the bit that must be zero";
}

TEST_F(websocket_hostile_platform, drips)
{
    app.options.connection.receive = 100ms;
    const auto dripping = [](raw_connection& c, int) {
        c.write(switching(c.read_request()));
        c.drip(whole(binary, std::string(100'000, 'x'), false), 1ms);
    };
    EXPECT_EQ(fate(dripping), name_of(errc::limit_exceeded));
}

TEST_F(websocket_hostile_platform, answers_no_ping)
{
    app.options.connection.ping = 50ms;
    EXPECT_EQ(fate_after(""), name_of(errc::deadline_exceeded));
}

TEST_F(websocket_hostile_platform, is_kept_while_it_answers_pings)
{
    app.options.connection.ping = 20ms;
    std::atomic<int> pings{0};
    raw_server platform([&](raw_connection& c, int) {
        c.write(switching(c.read_request()));
        while (c.read(6).size() == 6) { // an empty ping, masked
            ++pings;
            if (!c.write(whole(pong, "", false))) return;
        }
    });
    open(platform);
    EXPECT_TRUE(eventually([&] { return pings >= 10; }));
    EXPECT_EQ(app.ups.entries(), strings{"up"});
}

TEST_F(websocket_hostile_platform, says_goodbye)
{
    EXPECT_EQ(fate_after(whole(bye, "", false)), name_of(errc::connection_lost));
    EXPECT_EQ(fate_after(whole(bye, std::string("\x03\xe9going", 7), false)),
              name_of(errc::connection_lost));
}

TEST_F(websocket_hostile_platform, does_not_upgrade_rightly)
{
    const auto changed = [](std::string_view from, std::string_view to) {
        return [=](const std::string& request) {
            std::string all = switching(request);
            const auto at = all.find(from);
            EXPECT_NE(at, all.npos) << from;
            return all.replace(at, from.size(), to);
        };
    };
    const std::string refused = name_of(errc::protocol_error);
    EXPECT_EQ(fate_of_answer(changed("Sec-WebSocket-Accept: ", "Sec-WebSocket-Accept: x")),
              refused);
    EXPECT_EQ(fate_of_answer(changed("Sec-WebSocket-Accept", "X-Accept")), refused);
    EXPECT_EQ(fate_of_answer(changed("Upgrade: websocket", "Upgrade: h2c")), refused);
    EXPECT_EQ(fate_of_answer(changed("Connection: Upgrade", "Connection: close")), refused);
    EXPECT_EQ(fate_of_answer(changed("HTTP/1.1", "HTTP/1.0")), refused);
    EXPECT_EQ(fate_of_answer([](const std::string&) { return "SSH-2.0-OpenSSH\r\n\r\n"; }),
              refused);
    EXPECT_EQ(fate_of_answer([](const std::string&) { return std::string(1000, '\0'); }), refused);
}

TEST_F(websocket_hostile_platform, floods_the_upgrade)
{
    const auto endless = [](raw_connection& c, int) {
        c.read_request();
        c.write("HTTP/1.1 101 Switching Protocols\r\n");
        while (c.write("X-Field: " + std::string(1000, 'x') + "\r\n")) {
        }
    };
    EXPECT_EQ(fate(endless), name_of(errc::limit_exceeded));
    const auto large = [](raw_connection& c, int) {
        c.read_request();
        c.write("HTTP/1.1 404 Not Found\r\nContent-Length: 100000000\r\n\r\n");
        while (c.write(std::string(1000, 'x'))) {
        }
    };
    EXPECT_EQ(fate(large), name_of(errc::limit_exceeded));
}

TEST_F(websocket_hostile_platform, never_answers_the_upgrade)
{
    app.options.connection.handshake = 50ms;
    EXPECT_EQ(fate_of_answer([](const std::string&) { return ""; }),
              name_of(errc::deadline_exceeded));
}

TEST_F(websocket_hostile_platform, is_left_at_any_moment)
{
    std::atomic<int> connections{0};
    raw_server platform([&](raw_connection& c, int number) {
        ++connections;
        if (number % 2 == 1) c.write(switching(c.read_request()));
        c.wait_for_close();
    });
    for (int i = 0; i < 20; ++i) {
        application other(io.executor());
        other.open(mec::url::parse(platform.url("/rni/v2")).value(), platform.url("/ws"));
        const bool wait = i % 3 != 0;
        EXPECT_TRUE(eventually([&] { return !wait || connections > i / 2; }));
        other.close();
        EXPECT_TRUE(eventually([&] { return other.channel.use_count() == 1; }))
            << "nothing is left of it";
    }
}

TEST_F(websocket_hostile_platform, gives_links_to_elsewhere)
{
    raw_server canary([](raw_connection& c, int) { c.wait_for_close(); });
    const auto base = mec::url::parse("http://127.0.0.1:1/rni/v2").value();
    const std::string to_canary = canary.url("/ws");
    for (const std::string& link :
         {to_canary, "ws" + to_canary.substr(4), "ws://127.0.0.1:1@" + to_canary.substr(7),
          to_canary.substr(5), std::string("ws://192.0.2.1/ws"), std::string()})
        EXPECT_EQ(app.try_open(base, link), errc::config_invalid) << link;
    const auto secure = mec::url::parse("https" + canary.url("/rni").substr(4)).value();
    EXPECT_EQ(app.try_open(secure, "ws" + to_canary.substr(4)), errc::config_invalid)
        << "plain, where the API has TLS";
    const auto far = mec::url::parse("http://192.0.2.1/rni/v2").value();
    EXPECT_EQ(app.try_open(far, "ws://192.0.2.1/ws"), errc::config_invalid) << "plain and far";
    EXPECT_EQ(canary.connections(), 0);
    app.options.allowed_hosts = {to_canary.substr(7, to_canary.size() - 10)};
    app.open(base, to_canary);
    EXPECT_TRUE(eventually([&] { return canary.connections() == 1; }));
}

TEST_F(websocket_hostile_platform, gives_a_foreign_link_and_gets_no_token)
{
    std::string request;
    app.tokens = mec::auth::static_token(mec::secret_string("token-1"));
    raw_server foreign([&](raw_connection& c, int) {
        request = c.read_request();
        c.write(switching(request));
        c.wait_for_close();
    });
    app.options.allowed_hosts = {"127.0.0.1"};
    app.open(mec::url::parse("http://127.0.0.1:1/rni/v2").value(), foreign.url("/ws"));
    EXPECT_EQ(app.ups.wait_for(1), strings{"up"});
    EXPECT_NE(request.find("Sec-WebSocket-Key"), request.npos);
    EXPECT_EQ(request.find("token-1"), request.npos);
}

} // namespace
