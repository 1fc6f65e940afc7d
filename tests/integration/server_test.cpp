#include "server.hpp"
#include "server_raw_client.hpp"

#include <mec/emulator/certificate_authority.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

namespace {

using mec::internal::drop;
using mec::internal::received_request;
using mec::internal::responder;
using mec::internal::server;
using mec::internal::server_options;
using namespace std::chrono_literals;

server_options quick()
{
    server_options o;
    o.sweep = 5ms;
    o.linger = 50ms;
    return o;
}

std::unique_ptr<server> listen(raw::background_io& io, server_options o, server::handler h)
{
    auto s = server::listen(io.executor(), std::move(o), std::move(h));
    EXPECT_TRUE(s) << s.error();
    return s ? std::move(*s) : nullptr;
}

void echo_target(const received_request& r, responder answer) { answer.respond(200, {}, r.target); }

/// Keeps what a handler gets, for the test to answer.
struct held_requests {
    void operator()(const received_request& r, responder answer)
    {
        std::lock_guard<std::mutex> l(mutex);
        targets.push_back(r.target);
        answers.push_back(std::move(answer));
        changed.notify_all();
    }
    bool wait_for(std::size_t count)
    {
        std::unique_lock<std::mutex> l(mutex);
        return changed.wait_for(l, raw::patience, [&] { return answers.size() >= count; });
    }
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::string> targets;
    std::vector<responder> answers;
};

template <class Condition> bool eventually(Condition condition)
{
    const auto until = std::chrono::steady_clock::now() + raw::patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::yield();
    }
    return true;
}

TEST(server, answers_pipelined_requests_in_order)
{
    raw::background_io io;
    const auto s = listen(io, quick(), echo_target);
    raw::client c("127.0.0.1", s->port());
    std::string all;
    for (int i = 0; i < 50; ++i) all += raw::request("GET", "/" + std::to_string(i));
    ASSERT_TRUE(c.send(all));
    for (int i = 0; i < 50; ++i) EXPECT_EQ(c.receive().body, "/" + std::to_string(i));
    EXPECT_EQ(s->counters().requests, 50U);
    EXPECT_EQ(s->counters().accepted, 1U);
}

TEST(server, sends_earlier_answers_while_a_later_one_takes_long)
{
    raw::background_io io;
    held_requests held;
    const auto s = listen(io, quick(), [&](const received_request& r, responder a) {
        if (r.target == "/late") held(r, std::move(a));
        else a.respond(200, {}, r.target);
    });
    raw::client c("127.0.0.1", s->port());
    ASSERT_TRUE(c.send(raw::request("GET", "/1") + raw::request("GET", "/late") +
                       raw::request("GET", "/3")));
    EXPECT_EQ(c.receive().body, "/1");
    ASSERT_TRUE(held.wait_for(1));
    EXPECT_EQ(s->counters().requests, 2U) << "the third must wait for its turn";
    held.answers[0].respond(200, {}, "late");
    EXPECT_EQ(c.receive().body, "late");
    EXPECT_EQ(c.receive().body, "/3");
}

TEST(server, takes_bodies_in_any_framing)
{
    raw::background_io io;
    const auto s = listen(
        io, quick(), [](const received_request& r, responder a) { a.respond(200, {}, r.body); });
    raw::client c("127.0.0.1", s->port());
    EXPECT_EQ(c.exchange(raw::request("POST", "/", "", "hello")).body, "hello");
    EXPECT_EQ(c.exchange("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                         "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
                  .body,
              "abcde");
    const std::string large(200'000, 'x');
    EXPECT_EQ(c.exchange(raw::request("POST", "/", "", large)).body, large);
}

TEST(server, says_continue_once_before_the_body_is_sent)
{
    raw::background_io io;
    const auto s = listen(
        io, quick(), [](const received_request& r, responder a) { a.respond(200, {}, r.body); });
    raw::client c("127.0.0.1", s->port());
    ASSERT_TRUE(c.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
                       "Expect: 100-continue\r\nConnection: close\r\n\r\n"));
    char interim[25];
    std::size_t got = 0;
    while (got < sizeof interim) {
        const auto r = c.stream().read(interim + got, sizeof interim - got);
        ASSERT_EQ(r.status, mec::internal::io_status::done);
        got += r.bytes;
    }
    EXPECT_EQ(std::string_view(interim, got), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_EQ(c.exchange("ok").body, "ok");
    EXPECT_EQ(c.wait_for_end(), raw::ending::orderly);
}

TEST(server, ends_the_connection_after_the_last_allowed_request)
{
    raw::background_io io;
    auto o = quick();
    o.requests = 3;
    const auto s = listen(io, o, echo_target);
    raw::client c("127.0.0.1", s->port());
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(c.exchange(raw::request("GET", "/")).headers.find("Connection"), "");
    EXPECT_EQ(c.exchange(raw::request("GET", "/")).headers.find("Connection"), "close");
    EXPECT_EQ(c.wait_for_end(), raw::ending::orderly);
}

TEST(server, answers_500_for_a_handler_that_throws_or_forgets)
{
    raw::background_io io;
    const auto s = listen(io, quick(), [](const received_request& r, responder) {
        if (r.target == "/throw") throw std::runtime_error("handler");
    });
    raw::client c("127.0.0.1", s->port());
    EXPECT_EQ(c.exchange(raw::request("GET", "/throw")).status, 500);
    EXPECT_EQ(c.exchange(raw::request("GET", "/forget")).status, 500);
}

TEST(server, only_the_first_answer_counts)
{
    raw::background_io io;
    held_requests held;
    const auto s = listen(io, quick(), std::ref(held));
    raw::client c("127.0.0.1", s->port());
    ASSERT_TRUE(c.send(raw::request("GET", "/")));
    ASSERT_TRUE(held.wait_for(1));
    held.answers[0].respond(201);
    held.answers[0].respond(202);
    held.answers[0].abandon(drop::reset);
    EXPECT_EQ(c.receive().status, 201);
    ASSERT_TRUE(c.send(raw::request("GET", "/next")));
    ASSERT_TRUE(held.wait_for(2));
    held.answers[0].respond(203); // has no say in the next request
    held.answers[1].respond(204);
    EXPECT_EQ(c.receive().status, 204);
}

TEST(server, abandons_a_request_by_fin_or_reset_but_pays_what_it_owes)
{
    raw::background_io io;
    const auto s = listen(io, quick(), [](const received_request& r, responder a) {
        if (r.target == "/fin") a.abandon(drop::close);
        else if (r.target == "/rst") a.abandon(drop::reset);
        else a.respond(200, {}, r.target);
    });
    raw::client fin("127.0.0.1", s->port());
    EXPECT_EQ(fin.exchange(raw::request("GET", "/ok") + raw::request("GET", "/fin")).body, "/ok");
    EXPECT_EQ(fin.wait_for_end(), raw::ending::orderly);
    raw::client rst("127.0.0.1", s->port());
    ASSERT_TRUE(rst.send(raw::request("GET", "/rst")));
    EXPECT_EQ(rst.wait_for_end(), raw::ending::reset);
}

TEST(server, close_ends_everything_and_frees_the_port)
{
    raw::background_io io;
    held_requests held;
    auto s = listen(io, quick(), std::ref(held));
    raw::client idle("127.0.0.1", s->port());
    raw::client waiting("127.0.0.1", s->port());
    ASSERT_TRUE(waiting.send(raw::request("GET", "/")));
    ASSERT_TRUE(held.wait_for(1));
    s->close();
    EXPECT_EQ(waiting.wait_for_end(), raw::ending::orderly);
    EXPECT_NE(idle.wait_for_end(), raw::ending::still_open);
    held.answers.clear(); // answering a closed connection is harmless
    auto o = quick();
    o.port = s->port();
    s = listen(io, o, echo_target);
    EXPECT_EQ(raw::client("127.0.0.1", o.port).exchange(raw::request("GET", "/x")).body, "/x");
}

TEST(server, serves_tls_with_many_requests_on_one_connection)
{
    const auto ca = mec::emulator::certificate_authority::create();
    ASSERT_TRUE(ca);
    mec::emulator::certificate_request wanted;
    wanted.addresses = {"127.0.0.1"};
    const auto issued = ca->issue(wanted);
    ASSERT_TRUE(issued);
    auto o = quick();
    o.tls.emplace();
    o.tls->certificate_pem = issued->certificate_pem;
    o.tls->key_pem = issued->key_pem;
    raw::background_io io;
    const auto s =
        listen(io, o, [](const received_request& r, responder a) { a.respond(200, {}, r.body); });
    raw::client c("127.0.0.1", s->port(), ca->ca_pem());
    const std::string large(250'000, 'y');
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(c.exchange(raw::request("POST", "/", "", "small")).body, "small");
        EXPECT_EQ(c.exchange(raw::request("POST", "/", "", large)).body, large);
    }
    std::string pipelined;
    for (int i = 0; i < 30; ++i) pipelined += raw::request("POST", "/", "", std::to_string(i));
    ASSERT_TRUE(c.send(pipelined));
    for (int i = 0; i < 30; ++i) EXPECT_EQ(c.receive().body, std::to_string(i));
    EXPECT_EQ(c.exchange(raw::request("GET", "/", "Connection: close\r\n")).status, 200);
    EXPECT_EQ(c.wait_for_end(), raw::ending::orderly) << "close_notify comes before the FIN";

    raw::client garbage("127.0.0.1", s->port());
    ASSERT_TRUE(garbage.send("GET / HTTP/1.1\r\nHost: plain\r\n\r\n"));
    EXPECT_NE(garbage.wait_for_end(), raw::ending::still_open);
    EXPECT_TRUE(eventually([&] { return s->counters().handshake_errors == 1; }));
}

TEST(server, is_safe_on_several_threads)
{
    raw::background_io io(4);
    const auto s = listen(io, quick(), echo_target);
    std::atomic<int> right{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i)
        clients.emplace_back([&] {
            raw::client c("127.0.0.1", s->port());
            for (int k = 0; k < 100; ++k)
                right += c.exchange(raw::request("GET", "/t")).body == "/t";
        });
    for (auto& t : clients) t.join();
    EXPECT_EQ(right, 400);
}

TEST(server, listens_on_both_families_at_the_wildcard)
{
    raw::background_io io;
    auto o = quick();
    o.address = "::";
    const auto s = listen(io, o, echo_target);
    EXPECT_EQ(raw::client("127.0.0.1", s->port()).exchange(raw::request("GET", "/4")).body, "/4");
    EXPECT_EQ(raw::client("::1", s->port()).exchange(raw::request("GET", "/6")).body, "/6");
}

TEST(server, says_why_it_cannot_listen)
{
    raw::background_io io;
    const auto first = listen(io, quick(), echo_target);
    auto o = quick();
    o.port = first->port();
    const auto taken = server::listen(io.executor(), o, echo_target);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error(), mec::errc::config_invalid);
    EXPECT_NE(taken.error().what().find("127.0.0.1 port " + std::to_string(o.port)),
              std::string::npos)
        << taken.error();
    o.address = "localhost";
    const auto name = server::listen(io.executor(), o, echo_target);
    ASSERT_FALSE(name);
    EXPECT_NE(name.error().what().find("literal"), std::string::npos) << name.error();
    o.address = "192.0.2.1"; // documentation range: no machine has it
    EXPECT_FALSE(server::listen(io.executor(), o, echo_target));
}

} // namespace
