// What reaches the receiver from outside, fault by fault. Faults of callback servers and where each is
// tested; `here` is this file, `delivery` and `siege` are the receiver's other files, `server` is
// server_test.cpp and server_limits_test.cpp, which test the embedded server that it is built on.
//
// H-01 slow headers on many connections      siege; deadlines: server
// H-02 slow body, slow reading               server (body, write); the receiver's own limit: here
// H-03 oversize                              server; the receiver's own limits: here
// H-04 smuggling                             server, test_http_messages; nothing is delivered: here
// H-05 pipelining                            server; delivery (is_in_order_on_the_loop_that_receives)
// H-06 Host                                  here
// H-07 paths that are nearly right           here
// H-08 secrets that are nearly right         here. That the comparison takes the same time whatever is
//                                            right is by construction (channel_registry.cpp): a
//                                            measurement over a socket could not tell
// H-09 methods                               here
// H-10 bodies that are not notifications     here
// H-11 unknown subscription                  here (404), delivery (closed a moment ago). What the body
//                                            says in _links.subscription decides nothing: the path does
// H-12 duplicates                            delivery, test_notify
// H-13 older time stamps                     not judged here: notifications are delivered in order of
//                                            arrival, and what is stale depends on their type
// H-14 flood                                 siege: more than fits, handler blocked, nothing lost, memory
//                                            flat
// H-15 handlers that block, throw, destroy   delivery
// H-16 before the 201 of the subscription    delivery (holds_what_comes_before_activation)
// H-17 after unsubscribing                   delivery (answers_for_a_closed_channel_for_a_minute)
// H-18 ports that cannot be had              siege
// H-19 out of descriptors                    server
// H-20 TLS: garbage, hanging handshakes      siege; handshake deadline: server
// H-21 mutual TLS without a certificate      siege
// H-22 forged notifications                  here: the secret path; siege: mutual TLS where it is on
// H-23 TestNotification                      here
// H-24 Expect, Upgrade                       here
#include "receiver_fixture.hpp"

#include <algorithm>
#include <cctype>

namespace {

using namespace receiver_test;
using namespace std::chrono_literals;
using strings = std::vector<std::string>;

struct receiver_hostile : fixture {
    receiver_hostile()
    {
        options.log = mec::logger(
            [this](const mec::log_record& r) {
                const std::lock_guard<std::mutex> l(mutex);
                log.append(r.message).append("\n");
            },
            mec::log_level::trace);
    }
    ~receiver_hostile() override
    {
        receiver.reset();
        const std::lock_guard<std::mutex> l(mutex);
        for (const auto& secret : secrets) EXPECT_EQ(log.find(secret), log.npos) << log;
    }
    std::shared_ptr<mec::notify::channel> open_secret()
    {
        auto c = open();
        secrets.push_back(c->id());
        return c;
    }
    int status(std::string_view bytes) { return connect().exchange(bytes).status; }
    std::size_t lines_of_log()
    {
        const std::lock_guard<std::mutex> l(mutex);
        return static_cast<std::size_t>(std::count(log.begin(), log.end(), '\n'));
    }

    std::mutex mutex;
    std::string log;
    strings secrets;
};

TEST_F(receiver_hostile, only_the_path_itself_is_a_channel)
{
    listen();
    const auto c = open_secret();
    const std::string id = c->id();
    ASSERT_EQ(id.size(), 32U);
    EXPECT_EQ(status(post("/mec/" + id, body_of("a"))), 204);
    EXPECT_EQ(status(post("/mec/" + id + "/", body_of("b"))), 204) << "some platforms add it";
    std::string upper = id;
    for (char& letter : upper) letter = static_cast<char>(std::toupper(letter));
    if (upper == id) upper[0] = 'G';
    std::string other = id;
    other[31] = other[31] == '0' ? '1' : '0';
    std::string first = id;
    first[0] = first[0] == '0' ? '1' : '0';
    const std::string targets[] = {"/",
                                   "/mec",
                                   "/mec/",
                                   "/" + id,
                                   "//mec/" + id,
                                   "/mec//" + id,
                                   "/mec/" + id + "//",
                                   "/mec/" + id + "?",
                                   "/mec/" + id + "?a=b",
                                   "/mec/" + id + "/..",
                                   "/mec/./" + id,
                                   "/mec/../mec/" + id,
                                   "/mec/%2e%2e/mec/" + id,
                                   "/mec%2f" + id,
                                   "/%6dec/" + id,
                                   "/mec/" + id + ";a",
                                   "/mec/" + id + "%00",
                                   "/mec/" + id + "%20",
                                   "/MEC/" + id,
                                   "/mec/" + upper,
                                   "/mec/" + other,
                                   "/mec/" + first,
                                   "/mec/" + id.substr(0, 31),
                                   "/mec/" + id + "0",
                                   "/mec/" + std::string(32, '0'),
                                   "/mec/" + std::string(7900, 'a')};
    for (const auto& target : targets)
        EXPECT_EQ(status(post(target, body_of("no"))), 404) << target;
    const std::string broken[] = {"!",
                                  "mec/" + id,
                                  "http://localhost/mec/" + id,
                                  "/mec/" + id + "\xc3\xa4",
                                  "/mec/" + id + "\\",
                                  "*"};
    for (const auto& target : broken) EXPECT_EQ(status(post(target, body_of("no"))), 400) << target;
    EXPECT_EQ(status(post("/mec/" + std::string(8001, 'a'), body_of("no"))), 414);
    EXPECT_EQ(seen.wait_for(2), (strings{"a", "b"}));
    EXPECT_EQ(counters().accepted, 2U);
    EXPECT_EQ(counters().unknown, std::size(targets));
    EXPECT_EQ(lines_of_log(), 1U) << "guessing does not fill the log";
    clock.advance(10s);
    EXPECT_EQ(status(post("/mec/" + other, body_of("no"))), 404);
    EXPECT_EQ(lines_of_log(), 2U);
    const std::lock_guard<std::mutex> l(mutex);
    EXPECT_NE(log.find(std::to_string(std::size(targets))), log.npos) << log;
}

TEST_F(receiver_hostile, paths_are_different_each_time)
{
    listen();
    const auto a = open_secret();
    const auto b = open_secret();
    EXPECT_NE(a->id(), b->id());
    EXPECT_EQ(a->id().find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST_F(receiver_hostile, serves_the_advertised_path_and_its_own)
{
    options.path = "/own";
    options.advertise = mec::url::parse("https://edge.example:8443/app/7/").value();
    listen();
    const auto c = open_secret();
    EXPECT_EQ(receiver->base_url("ignored")->to_string(), "https://edge.example:8443/app/7/");
    EXPECT_EQ(status(post("/own/" + c->id(), body_of("a"))), 204);
    EXPECT_EQ(status(post("/app/7/" + c->id(), body_of("b"))), 204);
    EXPECT_EQ(status(post("/mec/" + c->id(), body_of("c"))), 404);
}

TEST_F(receiver_hostile, says_where_it_is_reached)
{
    listen();
    const std::string port = ":" + std::to_string(receiver->port());
    EXPECT_EQ(receiver->base_url("10.0.0.7")->to_string(), "http://10.0.0.7" + port + "/mec");
    EXPECT_EQ(receiver->base_url("2001:db8::7")->to_string(),
              "http://[2001:db8::7]" + port + "/mec");
    EXPECT_EQ(receiver->base_url("").error(), mec::errc::config_invalid);
    EXPECT_EQ(receiver->base_url("no host").error(), mec::errc::config_invalid);
}

TEST_F(receiver_hostile, methods_other_than_post_are_refused)
{
    listen();
    const auto c = open_secret();
    for (const char* method :
         {"GET", "PUT", "DELETE", "PATCH", "HEAD", "TRACE", "OPTIONS", "post"}) {
        auto client = connect();
        ASSERT_TRUE(client.send(raw::request(method, path(*c), "Connection: close\r\n")));
        const std::string answer = client.read_all();
        EXPECT_EQ(answer.compare(0, 13, "HTTP/1.1 405 "), 0) << answer;
        EXPECT_NE(answer.find("Allow: POST\r\n"), answer.npos) << answer;
        EXPECT_EQ(answer.find("Server:"), answer.npos) << "nobody needs to know";
        EXPECT_EQ(answer.find(c->id()), answer.npos) << "nothing is echoed";
        EXPECT_EQ(status(raw::request(method, "/mec/none")), 404) << "says nothing about methods";
    }
    EXPECT_EQ(status(raw::request("CONNECT", "localhost:80")), 400);
    EXPECT_EQ(status(raw::request(std::string(200, 'M'), path(*c))), 501);
    EXPECT_EQ(counters().accepted, 0U);
}

TEST_F(receiver_hostile, hosts_that_are_not_listed_are_refused)
{
    options.hosts = {"edge.example", "10.0.0.7:8080", "[2001:db8::7]"};
    listen();
    const auto c = open_secret();
    const auto with_host = [&](const std::string& host) {
        std::string bytes = post(path(*c), body_of("a"));
        bytes.replace(bytes.find("Host: test"), 10, "Host: " + host);
        return status(bytes);
    };
    for (const char* host :
         {"edge.example", "EDGE.example:99", "10.0.0.7:8080", "[2001:db8::7]", "[2001:db8::7]:80"})
        EXPECT_EQ(with_host(host), 204) << host;
    for (const char* host : {"edge.example.org", "example", "10.0.0.7", "10.0.0.7:80", "2001"})
        EXPECT_EQ(with_host(host), 421) << host;
    EXPECT_EQ(with_host("a b"), 400);
}

TEST_F(receiver_hostile, bodies_that_are_no_notification_are_refused)
{
    listen();
    const auto c = open_secret();
    const auto send_as = [&](const std::string& type, std::string_view body) {
        return connect().exchange(raw::request(
            "POST", path(*c), type.empty() ? "" : "Content-Type: " + type + "\r\n", body));
    };
    const std::string good = body_of("good");
    for (const char* type : {"application/json", "Application/JSON ; charset=utf-8",
                             "application/merge-patch+json", ""})
        EXPECT_EQ(send_as(type, good).status, 204) << type;
    for (const char* type : {"text/plain", "application/xml", "application/jsonx", "json"})
        EXPECT_EQ(send_as(type, good).status, 415) << type;
    const auto elements = [](int count) {
        std::string text = R"({"name":"a","values":["")";
        for (int i = 0; i < count; ++i) text += R"(,"")";
        return text + "]}";
    };
    const std::string bad[] = {"",
                               "{",
                               "[]",
                               "null",
                               "{}",
                               R"({"name":1.5})",
                               good + good,
                               "\xef\xbb\xbf" + good,
                               R"({"name":"a","name":"b"})",
                               R"({"name":")"
                               "\xff"
                               R"("})",
                               R"({"name":"a\u0000"})",
                               std::string(300, '[') + std::string(300, ']'),
                               R"({"notificationType":"CellChangeNotification"})"};
    for (const auto& body : bad) {
        const auto r = send_as("application/json", body);
        EXPECT_EQ(r.status, 400) << body;
        EXPECT_EQ(r.headers.find("Content-Type"), "application/problem+json");
        const auto problem = mec::json::parse<mec::problem_details>(r.body);
        ASSERT_TRUE(problem) << problem.error();
        EXPECT_EQ(problem->status, 400);
        EXPECT_FALSE(problem->detail.value_or("").empty());
    }
    const auto wrong = send_as("application/json", R"({"name":"a","values":["x",["secret"]]})");
    EXPECT_NE(wrong.body.find("/values/1"), wrong.body.npos) << wrong.body;
    EXPECT_EQ(wrong.body.find("secret"), wrong.body.npos) << wrong.body;
    EXPECT_EQ(send_as("application/json", elements(15'000)).status, 204);
    EXPECT_EQ(seen.wait_for(5).size(), 5U);
    EXPECT_EQ(counters().bad_bodies, 4 + std::size(bad) + 1);
}

TEST_F(receiver_hostile, strict_mode_takes_the_standard_only)
{
    options.strict = true;
    listen();
    const auto c = open_secret();
    EXPECT_EQ(status(raw::request("POST", path(*c), "", body_of("a"))), 415);
    EXPECT_EQ(status(post(path(*c), R"({"Report":{"name":"a"}})")), 400);
    EXPECT_EQ(status(post(path(*c), body_of("a"))), 204);
}

TEST_F(receiver_hostile, limits_are_its_own)
{
    options.limits.body = 1000;
    options.limits.header = 500;
    options.limits.body_time = 50ms;
    listen();
    const auto c = open_secret();
    const std::string head = "POST " + path(*c) + " HTTP/1.1\r\nHost: x\r\n";
    EXPECT_EQ(status(head + "Content-Length: 1000000000\r\n\r\n"), 413);
    EXPECT_EQ(status(head + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1001, 'x')),
              413);
    EXPECT_EQ(status(head + "X: " + std::string(500, 'x') + "\r\n\r\n"), 431);
    EXPECT_EQ(status(head + "Content-Length: 10\r\n\r\n{"), 408);
    EXPECT_EQ(status(head + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
                     post(path(*c), body_of("smuggled"))),
              400);
    const std::string fits = body_of(std::string(989, 'x'));
    ASSERT_EQ(fits.size(), 1000U);
    EXPECT_EQ(status(post(path(*c), fits)), 204);
    EXPECT_EQ(counters().accepted, 1U);
}

TEST_F(receiver_hostile, test_notifications_are_answered_but_not_delivered)
{
    listen();
    const auto c = open_secret();
    EXPECT_EQ(send(*c, R"({"notificationType":"TestNotification",)"
                       R"("_links":{"subscription":{"href":"http://platform/sub1"}}})"),
              204);
    EXPECT_EQ(send(*c, body_of("a")), 204);
    EXPECT_EQ(seen.wait_for(1), strings{"a"});
    EXPECT_EQ(counters().tests, 1U);
    EXPECT_EQ(counters().bad_bodies, 0U);
}

TEST_F(receiver_hostile, upgrades_are_not_taken_and_continue_comes_after_the_header)
{
    listen();
    const auto c = open_secret();
    EXPECT_EQ(status(raw::request("GET", path(*c),
                                  "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                  "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                                  "Sec-WebSocket-Version: 13\r\n")),
              405);
    EXPECT_EQ(status(post(path(*c), body_of("h2c"),
                          "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                          "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n")),
              204)
        << "goes on in HTTP/1.1 (RFC 9110 clause 7.8)";
    auto client = connect();
    const std::string bytes = post(path(*c), body_of("a"), "Expect: 100-continue\r\n");
    const auto split = bytes.find("\r\n\r\n") + 4;
    ASSERT_TRUE(client.send(bytes.substr(0, split)));
    std::string interim(25, '\0');
    std::size_t got = 0;
    while (got < interim.size()) {
        const auto r = client.stream().read(&interim[got], interim.size() - got);
        ASSERT_EQ(r.status, mec::internal::io_status::done);
        got += r.bytes;
    }
    EXPECT_EQ(interim, "HTTP/1.1 100 Continue\r\n\r\n");
    ASSERT_TRUE(client.send(bytes.substr(split)));
    EXPECT_EQ(client.receive().status, 204);
    EXPECT_EQ(status(post(path(*c), body_of("a"), "Expect: 200-maybe\r\n")), 417);
    EXPECT_EQ(status("POST " + path(*c) +
                     " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                     "Content-Length: 99999999\r\n\r\n"),
              413)
        << "not asked to go on";
}

} // namespace
