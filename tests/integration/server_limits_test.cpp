#include "server.hpp"
#include "server_raw_client.hpp"

#include <mec/emulator/certificate_authority.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>

namespace {

using mec::internal::received_request;
using mec::internal::responder;
using mec::internal::server;
using mec::internal::server_options;
using namespace std::chrono_literals;

/// A server whose handler counts, with deadlines short enough to wait for them.
struct limits : testing::Test {
    void listen()
    {
        auto made =
            server::listen(io.executor(), options, [this](const received_request& r, responder a) {
                ++handled;
                if (r.target == "/hold") held.push_back(std::move(a));
                else a.respond(200, {}, "ok");
            });
        ASSERT_TRUE(made) << made.error();
        s = std::move(*made);
    }
    raw::client connect() { return {"127.0.0.1", s->port()}; }

    server_options options = [] {
        server_options o;
        o.sweep = 5ms;
        o.linger = 50ms;
        return o;
    }();
    std::vector<responder> held; ///< outlives the loop, which must be harmless
    std::atomic<int> handled{0};
    raw::background_io io;
    std::unique_ptr<server> s;
};

TEST_F(limits, a_slow_header_is_answered_with_408)
{
    options.header = 50ms;
    listen();
    auto c = connect();
    ASSERT_TRUE(c.send("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "));
    EXPECT_EQ(c.receive().status, 408);
    EXPECT_EQ(c.wait_for_end(), raw::ending::orderly);
    EXPECT_EQ(s->counters().timeouts, 1U);
    EXPECT_EQ(handled, 0);
}

TEST_F(limits, a_slow_body_is_answered_with_408)
{
    options.body = 50ms;
    listen();
    auto c = connect();
    ASSERT_TRUE(c.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345"));
    EXPECT_EQ(c.receive().status, 408);
    EXPECT_EQ(c.wait_for_end(), raw::ending::orderly);
    EXPECT_EQ(handled, 0);
}

TEST_F(limits, trickling_bytes_do_not_extend_the_header_deadline)
{
    options.header = 50ms;
    listen();
    auto c = connect();
    ASSERT_TRUE(c.send("GET / HTTP/1.1\r\n"));
    pollfd answer{c.stream().descriptor(), POLLIN, 0};
    const auto until = std::chrono::steady_clock::now() + raw::patience;
    while (::poll(&answer, 1, 5) == 0 && std::chrono::steady_clock::now() < until)
        if (!c.send("a")) break;
    EXPECT_EQ(c.receive().status, 408);
    EXPECT_EQ(s->counters().timeouts, 1U);
}

TEST_F(limits, a_silent_connection_is_closed_without_an_answer)
{
    options.header = 50ms;
    listen();
    auto c = connect();
    EXPECT_EQ(c.read_all(), "");
    EXPECT_EQ(s->counters().timeouts, 1U);
}

TEST_F(limits, an_idle_connection_is_closed_in_order)
{
    options.idle = 50ms;
    listen();
    auto c = connect();
    EXPECT_EQ(c.exchange(raw::request("GET", "/")).status, 200);
    EXPECT_EQ(c.wait_for_end(), raw::ending::orderly);
    EXPECT_EQ(s->counters().timeouts, 0U) << "idling is no fault";
}

TEST_F(limits, a_handshake_that_does_not_end_is_given_up)
{
    const auto ca = mec::emulator::certificate_authority::create();
    mec::emulator::certificate_request wanted;
    wanted.addresses = {"127.0.0.1"};
    const auto issued = ca->issue(wanted);
    ASSERT_TRUE(issued);
    options.tls.emplace();
    options.tls->certificate_pem = issued->certificate_pem;
    options.tls->key_pem = issued->key_pem;
    options.handshake = 50ms;
    listen();
    auto c = connect();
    EXPECT_NE(c.wait_for_end(), raw::ending::still_open);
    EXPECT_EQ(s->counters().timeouts, 1U);
}

TEST_F(limits, an_answer_that_nobody_reads_is_given_up)
{
    options.write = 50ms;
    const std::string huge(32U << 20U, 'z');
    auto made = server::listen(io.executor(), options, [&](const received_request&, responder a) {
        a.respond(200, {}, huge);
    });
    ASSERT_TRUE(made);
    raw::client c("127.0.0.1", (*made)->port());
    ASSERT_TRUE(c.send(raw::request("GET", "/")));
    const auto until = std::chrono::steady_clock::now() + raw::patience;
    const auto given_up = [&] {
        const auto now = (*made)->counters();
        return now.timeouts == 1 && now.open == 0;
    };
    while (!given_up() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    EXPECT_TRUE(given_up());
}

TEST_F(limits, a_handler_that_never_answers_is_given_up)
{
    options.answer = 50ms;
    listen();
    auto c = connect();
    ASSERT_TRUE(c.send(raw::request("GET", "/hold")));
    EXPECT_EQ(c.read_all(), "");
    EXPECT_EQ(s->counters().timeouts, 1U);
}

TEST_F(limits, oversize_is_answered_and_ends_the_connection)
{
    listen();
    const std::string long_field = "X-Long: " + std::string(9000, 'a') + "\r\n";
    std::string many_fields;
    for (int i = 0; i < 70; ++i) many_fields += "X-" + std::to_string(i) + ": 1\r\n";
    const struct {
        std::string bytes;
        int status;
    } cases[] = {
        {raw::request("GET", "/", long_field), 431},
        {raw::request("GET", "/", many_fields), 431},
        {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n", 413},
        {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n40001\r\n" +
             std::string(0x40001, 'x') + "\r\n0\r\n\r\n",
         413},
    };
    for (const auto& oversize : cases) {
        auto c = connect();
        c.send(oversize.bytes); // the peer may stop reading before the end
        EXPECT_EQ(c.receive().status, oversize.status) << oversize.bytes.substr(0, 60);
        EXPECT_NE(c.wait_for_end(), raw::ending::still_open);
    }
    EXPECT_EQ(handled, 0);
}

TEST_F(limits, smuggled_requests_are_refused_and_nothing_after_them_is_read)
{
    listen();
    const std::string smuggled = raw::request("GET", "/smuggled");
    const char* cases[] = {
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: "
         "chunked\r\n\r\n0\r\n\r\n"),
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n",
        "GET / HTTP/1.1\nHost: x\n\n",
        "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
    };
    for (const char* bytes : cases) {
        auto c = connect();
        ASSERT_TRUE(c.send(bytes + smuggled));
        const int status = c.receive().status;
        EXPECT_TRUE(status == 400 || status == 501) << status << " for " << bytes;
        EXPECT_EQ(c.receive().status, 0) << bytes;
    }
    EXPECT_EQ(handled, 0);
    EXPECT_EQ(s->counters().bad_requests, std::size(cases));
}

TEST_F(limits, a_full_server_prefers_the_new_client_to_the_one_that_waits_longest)
{
    options.connections_per_peer = 3;
    listen();
    auto busy = connect();
    ASSERT_TRUE(busy.send(raw::request("GET", "/hold")));
    auto slow = connect();
    ASSERT_TRUE(slow.send("GET / HT"));
    auto third = connect();
    EXPECT_EQ(third.exchange(raw::request("GET", "/")).status, 200);

    auto fourth = connect();
    EXPECT_EQ(fourth.exchange(raw::request("GET", "/")).status, 200);
    EXPECT_NE(slow.wait_for_end(), raw::ending::still_open);
    EXPECT_EQ(third.exchange(raw::request("GET", "/")).status, 200)
        << "this one was not the oldest";
    EXPECT_EQ(s->counters().evicted, 1U);
    EXPECT_EQ(s->counters().open, 3U);
}

TEST_F(limits, a_server_whose_connections_are_all_busy_refuses)
{
    options.connections = 2;
    listen();
    auto one = connect();
    auto two = connect();
    ASSERT_TRUE(one.send(raw::request("GET", "/hold")));
    ASSERT_TRUE(two.send(raw::request("GET", "/hold")));
    const auto until = std::chrono::steady_clock::now() + raw::patience;
    while (handled < 2 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    auto three = connect();
    EXPECT_NE(three.wait_for_end(), raw::ending::still_open);
    EXPECT_EQ(s->counters().refused, 1U);
}

/// Lowers the number of descriptors that the process may have to those that it has.
class no_more_descriptors {
public:
    no_more_descriptors()
    {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        ::close(next);
        rlimit now = before_;
        now.rlim_cur = static_cast<rlim_t>(next);
        ::setrlimit(RLIMIT_NOFILE, &now);
    }
    ~no_more_descriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

TEST_F(limits, running_out_of_descriptors_turns_clients_away_and_passes)
{
    options.accept_pause = 5ms;
    listen();
    std::vector<int> descriptors;
    sockaddr_storage address{};
    for (int i = 0; i < 3; ++i)
        descriptors.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    auto before = connect();
    ASSERT_EQ(before.exchange(raw::request("GET", "/")).status, 200);
    socklen_t size = sizeof address;
    ASSERT_EQ(
        ::getpeername(before.stream().descriptor(), reinterpret_cast<sockaddr*>(&address), &size),
        0);
    {
        const no_more_descriptors full;
        for (int d : descriptors) {
            ASSERT_EQ(::connect(d, reinterpret_cast<sockaddr*>(&address), size), 0);
            const timeval patience{20, 0};
            ::setsockopt(d, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            char byte;
            EXPECT_EQ(::recv(d, &byte, 1, 0), 0) << "turned away, not left waiting";
        }
        EXPECT_EQ(before.exchange(raw::request("GET", "/")).status, 200);
    }
    EXPECT_GE(s->counters().accept_errors, 3U);
    EXPECT_EQ(connect().exchange(raw::request("GET", "/")).status, 200);
    for (int d : descriptors) ::close(d);
}

TEST_F(limits, descriptors_are_not_inherited_by_children)
{
    listen();
    auto c = connect();
    ASSERT_EQ(c.exchange(raw::request("GET", "/")).status, 200);
    int sockets = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const int d = std::stoi(entry.path().filename());
        int type = 0;
        socklen_t size = sizeof type;
        if (::getsockopt(d, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_STREAM)
            continue;
        sockaddr_storage local{};
        size = sizeof local;
        ::getsockname(d, reinterpret_cast<sockaddr*>(&local), &size);
        if (local.ss_family != AF_INET) continue; // not ours: standard streams of the test runner
        ++sockets;
        EXPECT_NE(::fcntl(d, F_GETFD) & FD_CLOEXEC, 0);
    }
    EXPECT_EQ(sockets, 3) << "listener, accepted, client";
}

} // namespace
