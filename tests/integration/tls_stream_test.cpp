// Moving bytes over plain and TLS connections.

#include "tls_loopback.hpp"

#include <gmock/gmock.h>

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <thread>
#include <vector>

#include <sys/socket.h>
#include <sys/time.h>

namespace {

using namespace tls_test;
using namespace std::chrono_literals;
using mec::errc;

session tls_session()
{
    session s = connect_to(issue(for_localhost()));
    EXPECT_TRUE(s.ok()) << s.client_error();
    take_tickets(s);
    return s;
}

/// Both kinds of connection behave alike but for what TLS adds.
class any_stream : public testing::TestWithParam<bool> {
protected:
    connected_pair make() { return GetParam() ? std::move(tls_session().ends) : connect_pair(); }
};
INSTANTIATE_TEST_SUITE_P(kind, any_stream, testing::Bool(),
                         [](const auto& p) { return p.param ? "tls" : "plain"; });

TEST_P(any_stream, nothing_there_means_want_read)
{
    connected_pair ends = make();
    char data = 0;
    EXPECT_EQ(ends.client.read(&data, 1).status, io_status::want_read);
    EXPECT_EQ(ends.client.read(&data, 0).status, io_status::done);
    EXPECT_EQ(ends.client.write(&data, 0).status, io_status::done);
}

TEST_P(any_stream, large_data_arrives_whole)
{
    connected_pair ends = make();
    const int small = 64 * 1024; // so that it does not fit at once
    ASSERT_EQ(::setsockopt(ends.client.descriptor(), SOL_SOCKET, SO_SNDBUF, &small, sizeof small),
              0);
    std::vector<unsigned char> sent(3'000'000);
    unsigned value = 1;
    for (unsigned char& byte : sent)
        byte = static_cast<unsigned char>((value = value * 1664525U + 1013904223U) >> 24);
    std::vector<unsigned char> got(sent.size());
    std::size_t written = 0;
    std::size_t read = 0;
    while (read < got.size()) {
        // Until nothing more fits; the address changes, as it does with a growing buffer.
        io_result w{io_status::done};
        while (written < sent.size() && w.status == io_status::done) {
            const auto rest = sent.begin() + static_cast<std::ptrdiff_t>(written);
            const std::vector<unsigned char> moved(
                rest, rest + std::min<std::ptrdiff_t>(sent.end() - rest, 20'000));
            w = ends.client.write(moved.data(), moved.size());
            written += w.bytes;
        }
        ASSERT_NE(w.status, io_status::failed) << ends.client.failure(w);
        const io_result r = read_some(ends.server, got.data() + read, got.size() - read);
        ASSERT_EQ(r.status, io_status::done) << ends.server.failure(r);
        read += r.bytes;
    }
    EXPECT_EQ(got, sent);
}

TEST_P(any_stream, an_orderly_end_is_an_end)
{
    connected_pair ends = make();
    ASSERT_EQ(ends.server.write("bye", 3).status, io_status::done);
    ends.server.shutdown();
    ends.server.close();
    std::array<char, 16> data{};
    EXPECT_EQ(read_some(ends.client, data.data(), data.size()).bytes, 3U);
    const io_result r = read_some(ends.client, data.data(), data.size());
    EXPECT_EQ(r.status, io_status::end);
    EXPECT_EQ(ends.client.failure(r), errc::connection_lost);
}

TEST_P(any_stream, a_reset_is_a_lost_connection)
{
    connected_pair ends = make();
    const linger reset{1, 0};
    ASSERT_EQ(::setsockopt(ends.server.descriptor(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset),
              0);
    ends.server.close();
    char data = 0;
    const io_result r = read_some(ends.client, &data, 1);
    ASSERT_EQ(r.status, io_status::failed);
    EXPECT_EQ(r.system, boost::system::errc::connection_reset);
    EXPECT_EQ(ends.client.failure(r), errc::connection_lost);
}

TEST_P(any_stream, writing_to_a_closed_peer_raises_no_signal)
{
    ASSERT_EQ(std::signal(SIGPIPE, SIG_DFL), SIG_DFL); // a signal ends this program
    connected_pair ends = make();
    ends.server.close();
    io_result r{io_status::done};
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (r.status != io_status::failed && std::chrono::steady_clock::now() < deadline)
        r = ends.client.write("0123456789", 10);
    ASSERT_EQ(r.status, io_status::failed);
    EXPECT_EQ(ends.client.failure(r), errc::connection_lost);
    EXPECT_EQ(ends.client.write("x", 1).status, io_status::failed);
    ends.client.shutdown();
}

TEST_P(any_stream, a_blocking_read_ends_with_the_receive_timeout)
{
    connected_pair ends = make();
    ASSERT_FALSE(ends.client.set_blocking(true));
    ASSERT_FALSE(ends.client.set_timeouts(20ms, 20ms));
    char data = 0;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(ends.client.read(&data, 1).status, io_status::want_read);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 10ms);
    // A budget that is used up is no endless wait.
    ASSERT_FALSE(ends.client.set_timeouts(0ms, -5ms));
    EXPECT_EQ(ends.client.read(&data, 1).status, io_status::want_read);
}

TEST_P(any_stream, a_blocking_write_ends_with_the_send_timeout)
{
    connected_pair ends = make();
    ASSERT_FALSE(ends.client.set_blocking(true));
    ASSERT_FALSE(ends.client.set_timeouts(20ms, 20ms));
    const std::vector<char> block(1 << 20);
    io_result r{io_status::done};
    for (int i = 0; i < 100'000 && r.status == io_status::done; ++i)
        r = ends.client.write(block.data(), block.size());
    EXPECT_EQ(r.status, io_status::want_write);
}

TEST_P(any_stream, signals_neither_break_nor_prolong_a_blocking_read)
{
    connected_pair ends = make();
    ASSERT_FALSE(ends.client.set_blocking(true));
    ASSERT_FALSE(ends.client.set_timeouts(50ms, 50ms));
    struct sigaction action {};
    action.sa_handler = [](int) {};
    struct sigaction before {};
    ASSERT_EQ(::sigaction(SIGALRM, &action, &before), 0); // no SA_RESTART
    const itimerval storm{{0, 2000}, {0, 2000}};
    ASSERT_EQ(::setitimer(ITIMER_REAL, &storm, nullptr), 0);
    char data = 0;
    const auto start = std::chrono::steady_clock::now();
    const io_result r = ends.client.read(&data, 1);
    const auto elapsed = std::chrono::steady_clock::now() - start;
    const itimerval off{};
    ::setitimer(ITIMER_REAL, &off, nullptr);
    ::sigaction(SIGALRM, &before, nullptr);
    EXPECT_EQ(r.status, io_status::want_read);
    EXPECT_GE(elapsed, 40ms);
    EXPECT_LT(elapsed, 5s);
}

TEST_P(any_stream, moves_with_its_connection)
{
    connected_pair ends = make();
    stream moved(std::move(ends.client));
    EXPECT_FALSE(ends.client.is_open());
    ASSERT_EQ(moved.write("a", 1).status, io_status::done);
    stream assigned;
    assigned = std::move(moved);
    ASSERT_EQ(assigned.write("b", 1).status, io_status::done);
    std::array<char, 1> data{};
    EXPECT_EQ(read_some(ends.server, data.data(), 1).bytes, 1U);
    EXPECT_EQ(data[0], 'a');
    EXPECT_EQ(read_some(ends.server, data.data(), 1).bytes, 1U);
    EXPECT_EQ(data[0], 'b');
}

TEST(tls_stream, an_end_without_close_notify_is_a_truncation)
{
    session s = tls_session();
    ASSERT_EQ(s.ends.server.write("half", 4).status, io_status::done);
    s.ends.server.close();
    std::array<char, 16> data{};
    EXPECT_EQ(read_some(s.ends.client, data.data(), data.size()).bytes, 4U);
    const io_result r = read_some(s.ends.client, data.data(), data.size());
    EXPECT_EQ(r.status, io_status::truncated);
    EXPECT_EQ(s.ends.client.failure(r), errc::truncated);
}

TEST(tls_stream, a_damaged_record_is_a_protocol_error)
{
    session s = tls_session();
    constexpr unsigned char record[] = {23, 3,  3,  0,  20, 1,  2,  3,  4,  5,  6,  7, 8,
                                        9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20};
    ASSERT_EQ(::send(s.ends.server.descriptor(), record, sizeof record, MSG_NOSIGNAL),
              static_cast<ssize_t>(sizeof record));
    char data = 0;
    const io_result r = read_some(s.ends.client, &data, 1);
    ASSERT_EQ(r.status, io_status::failed);
    EXPECT_EQ(s.ends.client.failure(r), errc::tls_protocol);
}

void leave_an_error_behind() { ERR_raise(ERR_LIB_SSL, SSL_R_HTTP_REQUEST); }

TEST(tls_stream, errors_that_the_application_left_behind_are_not_ours)
{
    leave_an_error_behind();
    session s = tls_session();
    char data = 0;
    leave_an_error_behind();
    EXPECT_EQ(s.ends.client.read(&data, 1).status, io_status::want_read);
    leave_an_error_behind();
    EXPECT_EQ(s.ends.client.write("x", 1).status, io_status::done);
    leave_an_error_behind();
    EXPECT_EQ(read_some(s.ends.server, &data, 1).status, io_status::done);
    ERR_clear_error();
}

struct io_calls {
    int reads = 0;
    int writes = 0;
};

long count_io(BIO* bio, int operation, const char*, std::size_t, int, long, int result,
              std::size_t*)
{
    auto* calls = reinterpret_cast<io_calls*>(BIO_get_callback_arg(bio));
    calls->reads += operation == BIO_CB_READ ? 1 : 0;
    calls->writes += operation == BIO_CB_WRITE ? 1 : 0;
    return result;
}

TEST(tls_stream, a_request_and_its_answer_take_one_send_and_one_recv)
{
    session s = tls_session();
    ASSERT_FALSE(s.ends.client.set_blocking(true));
    io_calls calls;
    BIO* bio = SSL_get_rbio(s.ends.client.ssl());
    BIO_set_callback_arg(bio, reinterpret_cast<char*>(&calls));
    BIO_set_callback_ex(bio, &count_io);
    std::array<char, 1024> request{};
    std::array<char, 8192> answer{};
    for (int i = 1; i <= 100; ++i) {
        ASSERT_EQ(s.ends.client.write(request.data(), request.size()).bytes, request.size());
        ASSERT_EQ(read_some(s.ends.server, answer.data(), answer.size()).bytes, request.size());
        ASSERT_EQ(s.ends.server.write(answer.data(), 1024).bytes, 1024U);
        ASSERT_EQ(s.ends.client.read(answer.data(), answer.size()).bytes, 1024U);
        ASSERT_EQ(calls.writes, i);
        ASSERT_EQ(calls.reads, i);
    }
    BIO_set_callback_ex(bio, nullptr);
}

TEST(tls_stream, shutdown_never_waits)
{
    session s = tls_session();
    const std::vector<char> block(1 << 16);
    while (s.ends.client.write(block.data(), block.size()).status == io_status::done) {
    }
    ASSERT_FALSE(s.ends.client.set_blocking(true));
    s.ends.client.shutdown(); // the close_notify does not fit; blocking would last for ever
    SUCCEED();
}

TEST(tls_stream, the_session_may_outlive_its_context)
{
    session s = connect_to(issue(for_localhost())); // both contexts are gone
    take_tickets(s); // and the tickets have nowhere to go but a cache
    EXPECT_EQ(s.ends.client.write("x", 1).status, io_status::done);
}

TEST(tls_context, serves_threads_at_once)
{
    const auto client = client_context();
    const auto server = server_context(issue(for_localhost()));
    const auto work = [&] {
        for (int i = 0; i < 20; ++i) {
            session s = connect(*client, *server);
            ASSERT_TRUE(s.ok()) << s.client_error();
            take_tickets(s);
        }
    };
    std::thread other(work);
    work();
    other.join();
}

} // namespace
