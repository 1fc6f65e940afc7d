// Many connections, many notifications, and addresses, certificates and peers that are not as they
// should be. Which fault is tested where: receiver_hostile_test.cpp.
#include "receiver_fixture.hpp"
#include "tls_loopback.hpp"

#include <cstddef>
#include <fstream>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace receiver_test;
using namespace std::chrono_literals;
using strings = std::vector<std::string>;
using receiver_siege = fixture;

/// Resident memory of this process in bytes; 0 where a sanitizer keeps what was released.
std::size_t resident()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 0;
#else
    std::size_t total = 0;
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> total >> pages;
    return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
#endif
}

/// A client and its server need two descriptors for each connection.
bool enough_descriptors(std::size_t connections)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const auto wanted = static_cast<rlim_t>(2 * connections + 100);
    if (limit.rlim_cur >= wanted) return true;
    limit.rlim_cur = wanted;
    return limit.rlim_max >= wanted && ::setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

TEST_F(receiver_siege, slow_clients_do_not_keep_a_notification_waiting)
{
    constexpr std::size_t slow = 500;
    if (!enough_descriptors(slow)) GTEST_SKIP() << "needs 1,100 file descriptors (ulimit -n)";
    options.limits.header_time = 60s; // none of them is gone when the test ends
    listen();
    const auto c = open();
    std::vector<raw::client> clients;
    for (std::size_t i = 0; i < slow; ++i) {
        clients.push_back(connect());
        ASSERT_TRUE(clients.back().send("POST /mec/"));
    }
    ASSERT_TRUE(eventually([&] { return counters().connections == slow; }));
    std::vector<std::chrono::steady_clock::duration> times;
    for (int i = 0; i < 50; ++i) {
        for (std::size_t k = 0; k < slow; k += 10) ASSERT_TRUE(clients[k].send("a"));
        const auto begin = std::chrono::steady_clock::now();
        ASSERT_EQ(send(*c, body_of("a")), 204);
        times.push_back(std::chrono::steady_clock::now() - begin);
    }
    std::sort(times.begin(), times.end());
    EXPECT_LT(times[45], 100ms);
    EXPECT_GE(counters().connections, slow) << "all of them are still there";
    EXPECT_EQ(seen.wait_for(50).size(), 50U);
}

TEST_F(receiver_siege, slow_clients_are_sent_away_in_time)
{
    options.limits.header_time = 50ms;
    listen();
    std::vector<raw::client> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(connect());
        ASSERT_TRUE(clients.back().send("POST /mec/"));
    }
    for (auto& c : clients) EXPECT_EQ(c.receive().status, 408);
}

TEST_F(receiver_siege, a_flood_is_refused_without_loss_and_without_growing)
{
    gate door;
    raw::background_io other;
    listen(other.executor());
    std::atomic<std::uint64_t> delivered{0};
    std::atomic<std::uint64_t> missing{0};
    mec::notify::handlers<report> h;
    h.on_notification = [&](const report&) {
        if (delivered++ == 0) door.pass();
    };
    h.on_gap = [&](const mec::notify::gap& g) { missing += g.refused; };
    const auto c = open(h);

    report large{"flood", {}, strings(10, std::string(100, 'x'))};
    const std::string one = post(path(*c), mec::json::serialize(large));
    std::string burst;
    for (int i = 0; i < 100; ++i) burst += one;
    auto client = connect();
    std::uint64_t taken = 0;
    std::uint64_t refused = 0;
    const auto flood = [&](int bursts) {
        for (int b = 0; b < bursts; ++b) {
            ASSERT_TRUE(client.send(burst));
            for (int i = 0; i < 100; ++i) {
                const int status = client.receive().status;
                if (status == 204) ++taken;
                else if (status == 503) ++refused;
                else FAIL() << status;
            }
        }
    };
    flood(20); // fills the queue
    EXPECT_GE(taken, 1024U);
    EXPECT_LE(taken, 1025U);
    const std::size_t before = resident();
    flood(100);
    // The address sanitizer keeps what was freed for a while.
    const std::size_t kept = MEC_SANITIZED != 0 ? 16 * 1024 * 1024 : 0;
    EXPECT_LT(resident(), before + kept + 1024 * 1024) << "refusing costs no memory";
    EXPECT_LE(taken, 1025U);
    EXPECT_EQ(counters().refused, refused);
    door.open();
    EXPECT_TRUE(eventually([&] { return delivered == taken && missing == refused; }))
        << delivered << " of " << taken << ", " << missing << " of " << refused;
    EXPECT_EQ(send(*c, body_of("after")), 204);
    EXPECT_TRUE(eventually([&] { return delivered == taken + 1; }));
    receiver->close();
}

TEST_F(receiver_siege, says_which_port_or_option_it_cannot_use)
{
    listen();
    const auto fails = [this](auto change) {
        mec::notify::receiver_options o;
        change(o);
        auto r = mec::notify::receiver::listen(io.executor(), io.executor(), o);
        EXPECT_FALSE(r);
        if (r) return std::string();
        EXPECT_EQ(r.error(), mec::errc::config_invalid) << r.error();
        return r.error().what();
    };
    using options_type = mec::notify::receiver_options;
    const std::string port = std::to_string(receiver->port());
    EXPECT_NE(fails([&](options_type& o) { o.port = receiver->port(); }).find(port),
              std::string::npos);
    EXPECT_NE(fails([](options_type& o) { o.address = "192.0.2.1"; }).find("192.0.2.1"),
              std::string::npos);
    fails([](options_type& o) { o.address = "localhost"; });
    fails([](options_type& o) { o.path = "mec"; });
    fails([](options_type& o) { o.path = "/a?b"; });
    fails([](options_type& o) { o.path = "/a b"; });
    fails([](options_type& o) { o.limits.queue = 0; });
    fails([](options_type& o) { o.cert_file = "/nowhere/cert.pem"; });
    fails([](options_type& o) { o.client_ca_file = "/nowhere/ca.pem"; });
    EXPECT_NE(fails([](options_type& o) {
                  o.cert_file = "/nowhere/cert.pem";
                  o.key_file = "/nowhere/key.pem";
              }).find("/nowhere/cert.pem"),
              std::string::npos);
    if (::geteuid() != 0) fails([](options_type& o) { o.port = 1; });
}

/// From now on this process has no IPv6, as on a machine that was started with ipv6.disable=1.
bool switch_ipv6_off()
{
    sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAFNOSUPPORT),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    sock_fprog program{static_cast<unsigned short>(std::size(filter)), filter};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/// What a process without IPv6 sees: 0 when all is well, 77 when there is no such process.
int listen_without_ipv6()
{
    if (!switch_ipv6_off()) return 77;
    boost::asio::io_context io(1);
    bool warned = false;
    mec::notify::receiver_options o;
    o.log = mec::logger([&](const mec::log_record& r) {
        warned =
            r.level == mec::log_level::warning && r.message.find("IPv6") != std::string_view::npos;
    });
    const auto r = mec::notify::receiver::listen(io.get_executor(), io.get_executor(), o);
    if (!r || !warned) return 1;
    raw::client c("127.0.0.1", (*r)->port()); // the listen queue takes it
    o.address = "::1";
    return mec::notify::receiver::listen(io.get_executor(), io.get_executor(), o) ? 2 : 0;
}

TEST(receiver_without_ipv6, listens_for_ipv4_and_says_so)
{
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) ::_exit(listen_without_ipv6());
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) GTEST_SKIP() << "no seccomp here";
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

/// A receiver that speaks TLS.
struct receiver_tls : fixture {
    receiver_tls()
    {
        const auto identity = tls_test::issue(tls_test::for_localhost());
        options.cert_file = files.write("cert.pem", identity.certificate_pem);
        options.key_file = files.write("key.pem", identity.key_pem.reveal());
    }
    raw::client connect(const mec::http::tls_options& tls)
    {
        return {"127.0.0.1", receiver->port(), tls};
    }

    tls_test::temporary_directory files;
};

TEST_F(receiver_tls, speaks_https_only)
{
    listen();
    const auto c = open();
    EXPECT_EQ(receiver->base_url("localhost")->origin().scheme, "https");
    auto client = connect(tls_test::trusting());
    EXPECT_EQ(client.exchange(post(path(*c), body_of("a"))).status, 204);
    EXPECT_EQ(client.exchange(post(path(*c), body_of("b"))).status, 204);
    EXPECT_EQ(seen.wait_for(2), (strings{"a", "b"}));

    raw::client plain("127.0.0.1", receiver->port());
    ASSERT_TRUE(plain.send(post(path(*c), body_of("plain"))));
    EXPECT_NE(plain.wait_for_end(), raw::ending::still_open);
    EXPECT_EQ(counters().accepted, 2U);
}

TEST_F(receiver_tls, mutual_tls_lets_only_known_clients_in)
{
    options.client_ca_file = files.write("client-ca.pem", tls_test::trusted_ca().ca_pem());
    listen();
    const auto c = open();
    const auto known = tls_test::with_identity(files, tls_test::issue(tls_test::for_client()));
    EXPECT_EQ(connect(known).exchange(post(path(*c), body_of("a"))).status, 204);

    // With TLS 1.3 a client learns that it is not wanted from what it reads first.
    auto nobody = connect(tls_test::trusting());
    nobody.send(post(path(*c), body_of("nobody")));
    EXPECT_EQ(nobody.receive().status, 0);
    const auto foreign = mec::emulator::certificate_authority::create();
    ASSERT_TRUE(foreign);
    auto stranger =
        connect(tls_test::with_identity(files, tls_test::issue(tls_test::for_client(), *foreign)));
    stranger.send(post(path(*c), body_of("stranger")));
    EXPECT_EQ(stranger.receive().status, 0);
    EXPECT_EQ(seen.wait_for(1), strings{"a"});
    EXPECT_EQ(counters().accepted, 1U);
}

TEST_F(receiver_tls, handshakes_that_hang_do_not_keep_others_out)
{
    options.limits.handshake = 60s;
    listen();
    const auto c = open();
    std::vector<raw::client> silent;
    for (int i = 0; i < 100; ++i) silent.emplace_back("127.0.0.1", receiver->port());
    ASSERT_TRUE(eventually([&] { return counters().connections == 64; })) << "at most so many";
    EXPECT_EQ(connect(tls_test::trusting()).exchange(post(path(*c), body_of("a"))).status, 204);
    raw::client garbage("127.0.0.1", receiver->port());
    ASSERT_TRUE(garbage.send(std::string(1000, '\x16')));
    EXPECT_NE(garbage.wait_for_end(), raw::ending::still_open);
}

TEST_F(receiver_tls, a_key_that_others_can_read_is_not_used)
{
    options.key_file = files.write("open.pem", "key", 0644);
    const auto r = mec::notify::receiver::listen(io.executor(), io.executor(), options);
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), mec::errc::config_invalid);
    EXPECT_NE(r.error().what().find("0600"), std::string::npos) << r.error();
}

} // namespace
