#include "url_policy.hpp"
#include "websocket_reconnect.hpp"
#include "websocket_sequence.hpp"

#include <gtest/gtest.h>

namespace {

using namespace mec::internal;
using namespace std::chrono_literals;
using mec::errc;
using mec::error;

// ---- sequence numbers

struct numbers {
    websocket_sequence sequence;

    websocket_judgement see(std::uint32_t n, std::string_view body, bool delivered = true)
    {
        const auto key = websocket_sequence::key{std::hash<std::string_view>()(body), body.size()};
        const auto j = sequence.judge(n, key);
        if (!j.repeated) sequence.settle(n, key, delivered);
        return j;
    }
};

bool plain(const websocket_judgement& j) { return !j.repeated && !j.restarted && j.missed == 0; }

TEST(websocket_sequence, may_begin_anywhere_and_wraps_around)
{
    numbers n;
    EXPECT_TRUE(plain(n.see(0xfffffffe, "a")));
    EXPECT_TRUE(plain(n.see(0xffffffff, "b")));
    EXPECT_TRUE(plain(n.see(0, "c")));
    EXPECT_TRUE(plain(n.see(1, "c"))) << "two notifications may say the same";
}

TEST(websocket_sequence, knows_what_is_sent_again)
{
    numbers n;
    n.see(5, "a");
    n.see(6, "b");
    EXPECT_TRUE(n.see(6, "b").repeated);
    EXPECT_TRUE(n.see(5, "a").repeated);
    EXPECT_TRUE(plain(n.see(7, "c")));
}

TEST(websocket_sequence, lets_through_again_what_was_refused)
{
    numbers n;
    n.see(5, "a");
    EXPECT_TRUE(plain(n.see(6, "b", false)));
    EXPECT_TRUE(plain(n.see(6, "b", false)));
    EXPECT_TRUE(plain(n.see(6, "b", true)));
    EXPECT_TRUE(n.see(6, "b").repeated);
    EXPECT_TRUE(plain(n.see(7, "c")));
}

TEST(websocket_sequence, counts_what_is_missing)
{
    numbers n;
    n.see(5, "a");
    EXPECT_EQ(n.see(9, "b").missed, 3U);
    EXPECT_TRUE(plain(n.see(10, "c")));
    EXPECT_EQ(n.see(9U + 0x7fffffffU, "d").missed, 0x7ffffffdU);
}

TEST(websocket_sequence, sees_that_a_platform_counts_anew)
{
    numbers n;
    n.see(100, "a");
    EXPECT_TRUE(n.see(1, "b").restarted);
    EXPECT_TRUE(plain(n.see(2, "c")));
    EXPECT_TRUE(n.see(2, "d").restarted) << "the number is known, the body is not";
}

TEST(websocket_sequence, forgets_the_oldest)
{
    numbers n;
    for (std::uint32_t i = 0; i < 40; ++i) EXPECT_TRUE(plain(n.see(i, "x")));
    EXPECT_TRUE(n.see(24, "x").repeated);
    EXPECT_TRUE(n.see(23, "x").restarted);
}

// ---- when to connect again

struct attempts {
    websocket_reconnect decide{websocket_reconnect_options{100ms, 1000ms, 10s}};
    mec::steady_time now{};
    std::chrono::milliseconds fail(const error& why = errc::connection_lost, double random = 1)
    {
        return decide.on_end(why, now, random);
    }
};

TEST(websocket_reconnect, doubles_up_to_the_longest_delay)
{
    attempts a;
    for (const auto expected : {100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms})
        EXPECT_EQ(a.fail(), expected);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(a.fail(), 1000ms);
    EXPECT_EQ(a.decide.failures(), 106);
}

TEST(websocket_reconnect, spreads_over_the_upper_half)
{
    attempts a, b;
    EXPECT_EQ(a.fail(errc::connection_lost, 0), 50ms);
    EXPECT_EQ(b.fail(errc::connection_lost, 0.5), 75ms);
}

TEST(websocket_reconnect, begins_again_only_after_a_good_connection)
{
    attempts a;
    a.fail();
    a.fail();
    a.decide.on_open(a.now);
    a.now += 9999ms;
    EXPECT_EQ(a.fail(), 400ms) << "a platform that closes at once must not be flooded";
    a.decide.on_open(a.now);
    a.now += 10s;
    EXPECT_EQ(a.fail(), 100ms);
    a.now += 1h;
    EXPECT_EQ(a.fail(), 200ms) << "no connection was open";
}

TEST(websocket_reconnect, waits_long_when_waiting_is_no_remedy)
{
    for (const errc code : {errc::not_found, errc::forbidden, errc::tls_untrusted,
                            errc::config_invalid, errc::unexpected_content}) {
        attempts a;
        EXPECT_EQ(a.fail(code), 1000ms) << error(code);
    }
}

TEST(websocket_reconnect, waits_as_long_as_it_is_asked_to)
{
    mec::error_info info;
    info.retry_after = 700ms;
    attempts a;
    EXPECT_EQ(a.fail({errc::service_unavailable, info}), 700ms);
    info.retry_after = 1h;
    EXPECT_EQ(a.fail({errc::service_unavailable, info}), 1000ms);
}

// ---- where to connect to

std::string target(const char* base, std::string_view link,
                   const std::vector<std::string>& allowed = {})
{
    const auto r = websocket_url(mec::url::parse(base).value(), link, allowed);
    if (r) return r->to_string();
    EXPECT_EQ(r.error(), errc::config_invalid);
    return "refused";
}

TEST(websocket_url, goes_to_the_origin_of_the_api)
{
    const char* tls = "https://mep:8443/mep1/rni/v2";
    EXPECT_EQ(target(tls, "wss://mep:8443/ws/1?a=b"), "https://mep:8443/ws/1?a=b");
    EXPECT_EQ(target(tls, "https://MEP:8443/ws/1"), "https://mep:8443/ws/1");
    EXPECT_EQ(target(tls, "/ws/1"), "https://mep:8443/ws/1");
    EXPECT_EQ(target("http://mep/rni/v2", "ws://mep/ws/1"), "http://mep/ws/1");
    EXPECT_EQ(target("http://mep/rni/v2", "ws://mep:80/ws/1"), "http://mep/ws/1");
    EXPECT_EQ(target("http://[::1]:80/rni/v2", "ws://[::1]/ws/1"), "http://[::1]/ws/1");
}

TEST(websocket_url, goes_nowhere_else)
{
    const char* tls = "https://mep:8443/mep1/rni/v2";
    for (const char* link : {"wss://other:8443/ws",
                             "wss://mep:8444/ws",
                             "wss://mep/ws",
                             "wss://mep.evil:8443/ws",
                             "wss://mep:8443@evil/ws",
                             "wss://u:p@mep:8443/ws",
                             "ws://mep:8443/ws",
                             "http://mep:8443/ws",
                             "//evil/ws",
                             "wss://mep:8443/ws#f",
                             "wss://mep:8443/a\r\nX: y",
                             "wss://mep:8443/a b",
                             "wss://127.0.0.1:8443/ws",
                             "wss://169.254.169.254/",
                             "ftp://mep/",
                             "file:///etc/passwd",
                             "javascript:alert(1)",
                             "",
                             "#",
                             "wss://",
                             "wss://mep:8443\\@evil/"})
        EXPECT_EQ(target(tls, link), "refused") << link;
}

TEST(websocket_url, goes_to_hosts_that_are_allowed)
{
    const char* tls = "https://mep:8443/mep1/rni/v2";
    EXPECT_EQ(target(tls, "wss://push:9000/ws", {"push"}), "https://push:9000/ws");
    EXPECT_EQ(target(tls, "wss://push:9000/ws", {"push:9000"}), "https://push:9000/ws");
    EXPECT_EQ(target(tls, "wss://push/ws", {"push:443"}), "https://push/ws");
    EXPECT_EQ(target(tls, "wss://push:9001/ws", {"push:9000"}), "refused");
    EXPECT_EQ(target(tls, "ws://push:9000/ws", {"push"}), "refused") << "never to plain TCP";
}

} // namespace
