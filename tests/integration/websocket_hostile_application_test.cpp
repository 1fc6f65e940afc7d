// An application that sends what it should not, to the platform's end of a websocket.
#include "websocket_bytes.hpp"
#include "websocket_fixture.hpp"

#include "websocket_notification.hpp"

namespace {

using namespace websocket_test;
using mec::errc;

std::string name_of(errc code) { return mec::make_error_code(code).message(); }

std::string answer_to(std::uint32_t sequence, int status = 204)
{
    std::string out;
    mec::internal::append_websocket_response(out, sequence, status, "application/json", "");
    return whole(binary, out, true);
}

struct websocket_hostile_application : fixture {
    void start()
    {
        fixture::start();
        at = platform.hub->open("s");
    }
    std::string upgrade() const { return raw::request("GET", at.target(), upgrade_fields); }
    raw::client dial() { return {at.origin(), platform.ca_pem()}; }
    /// A connection after its upgrade.
    raw::client upgraded()
    {
        raw::client c = dial();
        EXPECT_TRUE(c.send(upgrade()));
        EXPECT_EQ(read(c, 12), "HTTP/1.1 101");
        std::string head;
        while (head.size() < 4 || head.compare(head.size() - 4, 4, "\r\n\r\n") != 0) {
            const std::string byte = read(c, 1);
            if (byte.empty()) break;
            head += byte;
        }
        return c;
    }
    static std::string read(raw::client& c, std::size_t size)
    {
        std::string bytes(size, '\0');
        std::size_t got = 0;
        while (got < size) {
            const auto r = c.stream().read(bytes.data() + got, size - got);
            if (r.status != mec::internal::io_status::done) break;
            got += r.bytes;
        }
        bytes.resize(got);
        return bytes;
    }
    /// A notification of the platform, as a frame.
    static std::string sent_frame(std::uint32_t n, std::string_view name)
    {
        return whole(binary, notification(n, name), false);
    }

    mec::url at;
};
INSTANTIATE_TEST_SUITE_P(over, websocket_hostile_application, testing::Values(false, true),
                         [](const auto& p) { return p.param ? "tls" : "tcp"; });

TEST_P(websocket_hostile_application, cuts_its_answer_at_every_byte)
{
    start();
    const std::string expected = sent_frame(1, "a");
    const std::string answer = answer_to(1);
    send("a");
    for (std::size_t size = 0; size < answer.size(); ++size) {
        raw::client c = upgraded();
        EXPECT_EQ(read(c, expected.size()), expected) << "the same number again";
        EXPECT_TRUE(c.send(answer.substr(0, size)));
        c.stream().shutdown();
        c.wait_for_end();
        EXPECT_EQ(sent.wait_for(size + 1).back(), name_of(errc::connection_lost)) << size;
        platform.hub->send("s", body_of("a"), true, sent.handler());
    }
    raw::client c = upgraded();
    EXPECT_EQ(read(c, expected.size()), expected);
    EXPECT_TRUE(c.send(answer));
    EXPECT_EQ(sent.wait_for(answer.size() + 1).back(), "204");
}

TEST_P(websocket_hostile_application, is_no_websocket)
{
    start();
    const auto status_of = [&](const std::string& request) {
        return dial().exchange(request).status;
    };
    const std::string good = upgrade();
    const auto without = [&](std::string_view line) {
        std::string all = good;
        const auto from = all.find(line);
        return all.erase(from, all.find("\r\n", from) + 2 - from);
    };
    EXPECT_EQ(status_of(raw::request("GET", at.target())), 400);
    EXPECT_EQ(status_of(raw::request("POST", at.target(), upgrade_fields, "x")), 400);
    for (const char* line :
         {"Upgrade:", "Connection:", "Sec-WebSocket-Key:", "Sec-WebSocket-Version:"})
        EXPECT_EQ(status_of(without(line)), 400) << line;
    std::string old = good;
    old.replace(old.find("Version: 13"), 11, "Version: 12");
    EXPECT_EQ(status_of(old), 426);
}

TEST_P(websocket_hostile_application, guesses_paths)
{
    start();
    const std::string path = at.target();
    for (const std::string& guess :
         {path.substr(0, path.size() - 1), path + "0", path + "/", path + "?", path + "?x=1",
          std::string("/websockets/"), std::string("/websockets"),
          "/websockets/" + std::string(32, '0'), "/websockets//" + path.substr(12)})
        EXPECT_EQ(dial().exchange(raw::request("GET", guess, upgrade_fields)).status, 404) << guess;
}

TEST_P(websocket_hostile_application, sends_frames_together_with_its_request)
{
    start();
    raw::client c = dial();
    EXPECT_TRUE(c.send(upgrade() + whole(ping, "early", true)));
    const std::string wanted = whole(pong, "early", false);
    std::string all;
    while (all.find(wanted) == all.npos) {
        const std::string byte = read(c, 1);
        ASSERT_FALSE(byte.empty()) << all;
        all += byte;
    }
}

TEST_P(websocket_hostile_application, breaks_the_rules_of_frames)
{
    platform.connection.message = 1000;
    start();
    const std::string large(1001, 'x');
    const std::pair<const char*, std::string> cases[] = {
        {"unmasked", whole(binary, "hello", false)},
        {"reserved bit", frame(0xc0 | binary, "x", true)},
        {"unknown opcode", frame(0x83, "x", true)},
        {"fragmented ping", frame(ping, "", true)},
        {"long ping", whole(ping, std::string(126, 'x'), true)},
        {"continuation of nothing", whole(continuation, "x", true)},
        {"too large", whole(binary, large, true)},
        {"too large in two frames",
         frame(binary, large.substr(0, 600), true) + whole(continuation, large.substr(600), true)},
        {"length with the high bit", "\x82" + std::string(9, '\xff') + "mask"},
        {"text that is not UTF-8", whole(text, "\xff\xfe", true)},
        {"no answer", whole(binary, "hello", true)},
        {"goodbye", whole(bye, "", true)},
    };
    for (const auto& [name, bytes] : cases) {
        raw::client c = upgraded();
        EXPECT_TRUE(c.send(bytes)) << name;
        const auto begun = std::chrono::steady_clock::now();
        EXPECT_NE(c.wait_for_end(), raw::ending::still_open) << name;
        EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s)
            << name << ": at once, not by a ping";
    }
    raw::client c = upgraded();
    send("still there");
    EXPECT_EQ(read(c, sent_frame(1, "still there").size()), sent_frame(1, "still there"));
}

TEST_P(websocket_hostile_application, answers_what_was_not_asked)
{
    start();
    raw::client c = upgraded();
    for (std::uint32_t n = 2; n < 100; ++n) EXPECT_TRUE(c.send(answer_to(n)));
    send("a");
    const std::string expected = sent_frame(1, "a");
    EXPECT_EQ(read(c, expected.size()), expected);
    EXPECT_TRUE(c.send(answer_to(7) + answer_to(1, 503)));
    EXPECT_EQ(sent.wait_for(1), strings{"503"});
}

TEST_P(websocket_hostile_application, floods_with_pings)
{
    start();
    raw::client c = upgraded();
    constexpr int count = 2000;
    std::string pings, pongs;
    for (int i = 0; i < count; ++i) pings += whole(ping, std::to_string(i), true);
    for (int i = 0; i < count; ++i) pongs += whole(pong, std::to_string(i), false);
    std::thread sender([&] { EXPECT_TRUE(c.send(pings)); });
    sender.join();
    EXPECT_EQ(read(c, pongs.size()), pongs);
    send("a");
    EXPECT_EQ(read(c, sent_frame(1, "a").size()), sent_frame(1, "a"));
}

TEST_P(websocket_hostile_application, reads_nothing)
{
    platform.answer = 100ms;
    start();
    raw::client c = upgraded();
    const std::string large(200'000, 'x');
    platform.hub->send("s", "[\"" + large + "\"]", false, sent.handler());
    EXPECT_EQ(sent.wait_for(1), strings{name_of(errc::deadline_exceeded)});
}

TEST_P(websocket_hostile_application, answers_no_ping)
{
    platform.connection.ping = 50ms;
    start();
    raw::client c = upgraded();
    EXPECT_NE(c.wait_for_end(), raw::ending::still_open);
}

} // namespace
