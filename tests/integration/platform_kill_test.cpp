// The platform is a process of its own, killed with SIGKILL and started again without memory: what the
// application has declared comes back, each thing once. Also an application that registers a thousand
// services while one answer in ten is lost.
//
// MEC_SOAK_ROUNDS sets how often the platform is killed; 2 when it is not set.

#include "application_fixture.hpp"

#include <boost/asio/steady_timer.hpp>

#include <netinet/in.h>
#include <poll.h>
#include <set>
#include <sys/prctl.h>
#include <sys/wait.h>

namespace {

using namespace app_test;
using std::chrono::steady_clock;

std::uint16_t free_port()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    EXPECT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&at), size), 0);
    EXPECT_EQ(::getsockname(fd, reinterpret_cast<sockaddr*>(&at), &size), 0);
    ::close(fd);
    return ntohs(at.sin_port);
}

/// A platform in a child process. It is made before the fork, so that every child has the same CA and
/// the same applications; it runs in the child only.
class platform_process {
public:
    explicit platform_process(mec::emulator::platform_options options)
        : platform_(io_.get_executor(), std::move(options))
    {
    }
    ~platform_process() { kill(); }

    mec::emulator::platform& description() noexcept { return platform_; }

    /// Returns when the platform answers.
    void start()
    {
        int pipe[2];
        ASSERT_EQ(::pipe2(pipe, O_CLOEXEC), 0);
        child_ = ::fork();
        ASSERT_GE(child_, 0);
        if (child_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            const bool ok = !platform_.start() && ::write(pipe[1], "+", 1) == 1;
            if (ok) io_.run();
            ::_exit(1);
        }
        ::close(pipe[1]);
        pollfd ready{pipe[0], POLLIN, 0};
        EXPECT_EQ(::poll(&ready, 1, 10'000), 1);
        char sign = 0;
        EXPECT_EQ(::read(pipe[0], &sign, 1), 1) << "the platform has not started";
        ::close(pipe[0]);
    }
    void kill() noexcept
    {
        if (child_ <= 0) return;
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
        child_ = -1;
    }

private:
    boost::asio::io_context io_{1};
    mec::emulator::platform platform_;
    pid_t child_ = -1;
};

mec::service_mgmt::service_info numbered(int i)
{
    auto s = camera();
    s.ser_name = "service-" + std::to_string(i);
    return s;
}

mec::discovery::configuration configured(const mec::emulator::application_instance& app,
                                         const mec::url& api_root, const mec::url& token_endpoint)
{
    mec::discovery::configuration config;
    config.app_instance_id = app.app_instance_id;
    config.mp1_url = api_root;
    config.allow_insecure_http = true;
    config.oauth2.token_url = token_endpoint;
    config.oauth2.client_id = app.client_id;
    config.oauth2.client_secret = app.client_secret;
    return config;
}

/// What the platform has of the application now, asked with the application's own credentials.
struct inventory {
    std::multiset<std::string> services;
    std::size_t subscriptions = 0;
    bool complete = false; ///< all questions were answered
};

class killed_platform : public testing::Test {
protected:
    /// The platform itself only knows its addresses in the child.
    mec::discovery::configuration configuration_of(const mec::emulator::application_instance& app)
    {
        const std::string origin = "http://127.0.0.1:" + std::to_string(port_);
        return configured(app, *mec::url::parse(origin + "/mep1"),
                          *mec::url::parse(origin + "/token"));
    }
    void make_platform()
    {
        mec::emulator::platform_options o;
        o.port = port_ = free_port();
        o.tls = false;
        platform_.emplace(std::move(o));
    }
    template <class Condition> bool eventually(Condition holds, std::chrono::seconds limit)
    {
        const auto end = steady_clock::now() + limit;
        boost::asio::steady_timer tick(io_);
        while (!holds()) {
            if (steady_clock::now() >= end) return false;
            tick.expires_after(5ms);
            tick.async_wait([](auto) {});
            io_.restart();
            io_.run_one_for(100ms);
        }
        return true;
    }
    /// Counts while the application goes on.
    inventory count(mec::application& app)
    {
        inventory seen;
        int open = 3;
        bool ok = true;
        app.service_mgmt().async_list_app_services({}, [&](auto all) {
            if (all)
                for (const auto& s : *all) seen.services.insert(s.ser_name);
            ok = ok && all;
            --open;
        });
        const auto add = [&](const auto& all) {
            if (all) seen.subscriptions += all->links.subscriptions.size();
            ok = ok && all;
            --open;
        };
        app.service_mgmt().async_list_subscriptions(add);
        app.app_support().async_list_subscriptions(add);
        EXPECT_TRUE(eventually([&] { return open == 0; }, 40s));
        seen.complete = ok;
        return seen;
    }

    std::uint16_t port_ = 0;
    std::optional<platform_process> platform_;
    boost::asio::io_context io_{1};
    application_state state_ = application_state::starting;
    std::optional<mec::result<>> ended_;
};

int rounds()
{
    const char* text = std::getenv("MEC_SOAK_ROUNDS");
    return text ? std::atoi(text) : 2;
}

TEST_F(killed_platform, gets_everything_back_exactly_once_within_five_seconds)
{
    make_platform();
    const auto instance = platform_->description().create_application("killed");
    platform_->start();
    mec::application app(io_.get_executor(), configuration_of(instance));
    const std::multiset<std::string> wanted{"service-0", "service-1", "service-2"};
    for (int i = 0; i < 3; ++i) app.provide(numbered(i));
    for (int i = 0; i < 4; ++i) app.subscribe({}, {});
    app.on_termination([](mec::termination) {});
    app.on_state_change([&](application_state s, const mec::error&) { state_ = s; });
    app.async_run([&](mec::result<> r) { ended_.emplace(std::move(r)); });
    const auto is_active = [&] { return state_ == application_state::active; };
    ASSERT_TRUE(eventually(is_active, 10s));

    std::chrono::milliseconds longest{0};
    for (int round = 0; round < rounds(); ++round) {
        platform_->kill();
        // Sometimes the application sees that it is gone, sometimes it is back before that.
        if (round % 2 == 0) {
            ASSERT_TRUE(eventually([&] { return state_ == application_state::recovering; }, 10s));
        }
        platform_->start();
        const auto answers = steady_clock::now();
        inventory seen;
        const bool restored = eventually(
            [&] {
                seen = count(app);
                return seen.complete && seen.services == wanted && seen.subscriptions == 5;
            },
            10s);
        const auto took =
            std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - answers);
        longest = std::max(longest, took);
        ASSERT_TRUE(restored) << "round " << round << ": " << seen.services.size() << " services, "
                              << seen.subscriptions << " subscriptions";
        ASSERT_LT(took, 5s) << "round " << round;
        ASSERT_TRUE(eventually(is_active, 10s));
    }
    RecordProperty("longest_recovery_ms", static_cast<int>(longest.count()));
    std::cout << "longest recovery of " << rounds() << ": " << longest.count() << " ms\n";
    app.stop();
    ASSERT_TRUE(eventually([&] { return ended_.has_value(); }, 15s));
    EXPECT_TRUE(*ended_) << ended_->error();
}

TEST(lost_answers, a_thousand_registrations_are_made_exactly_once)
{
    raw::background_io io;
    mec::emulator::platform_options o;
    o.tls = false;
    mec::emulator::platform platform(io.executor(), o);
    ASSERT_FALSE(platform.start());
    const auto instance = platform.create_application("many");
    auto config = configured(instance, platform.api_root(), platform.token_endpoint());
    config.lifecycle.shutdown_budget = std::chrono::seconds{30};

    constexpr int services = 1000;
    for (int i = 0; i < services; ++i) { // one answer in ten is lost after it was applied
        mec::emulator::fault f;
        f.operation = "service_mgmt.register_service";
        if (i % 10 == 7) f.drop = mec::emulator::drop_point::after_apply;
        ASSERT_FALSE(platform.inject(f));
    }
    boost::asio::io_context own(1);
    mec::application app(own.get_executor(), config);
    std::set<std::string> wanted;
    for (int i = 0; i < services; ++i) {
        app.provide(numbered(i));
        wanted.insert("service-" + std::to_string(i));
    }
    std::multiset<std::string> seen;
    app.on_state_change([&](application_state s, const mec::error&) {
        if (s != application_state::active) return;
        for (const auto& one : platform.services()) seen.insert(one.info.ser_name);
        app.stop();
    });
    app.async_run([](mec::result<> r) { EXPECT_TRUE(r) << r.error(); });
    own.run_for(100s);
    EXPECT_EQ(seen.size(), wanted.size()) << "duplicates";
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()), wanted);
    EXPECT_GT(platform.counters().dropped, 90u);
}

} // namespace
