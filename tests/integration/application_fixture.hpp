#ifndef MEC_TESTS_APPLICATION_FIXTURE_HPP
#define MEC_TESTS_APPLICATION_FIXTURE_HPP

/// @file
/// An application and its platform in one program: the platform's requests are served on a thread of
/// its own, the application runs on the test's.

#include "server_raw_client.hpp"

#include <mec/discovery/discover.hpp>
#include <mec/emulator/certificate_authority.hpp>
#include <mec/emulator/platform.hpp>
#include <mec/mec.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <stdexcept>

#include <unistd.h>

namespace app_test {

using namespace std::chrono_literals;
using mec::application_state;
using mec::errc;
using mec::emulator::drop_point;
using mec::emulator::fault;

inline mec::service_mgmt::service_info camera(std::string version = "1.0")
{
    mec::service_mgmt::service_info s;
    s.ser_name = "camera";
    s.version = std::move(version);
    auto& t = s.transport_info.emplace();
    t.id = "camera-rest";
    t.name = "REST";
    t.endpoint.uris = {"http://127.0.0.1:9/camera/v1"};
    return s;
}

class application_run : public testing::Test {
protected:
    void SetUp() override
    {
        options_.ready_conflicts = conflicts_;
        char name[] = "/tmp/mec-ca-XXXXXX";
        const int descriptor = ::mkstemp(name);
        ca_file_ = name;
        ::close(descriptor);
        restart_platform();
    }
    void TearDown() override { ::unlink(ca_file_.c_str()); }

    /// Another platform, made of `options_`, with one application.
    void restart_platform()
    {
        platform_.emplace(platform_io_.executor(), options_);
        ASSERT_FALSE(platform_->start());
        app_ = platform_->create_application("my-app");
        std::ofstream(ca_file_) << platform_->ca_pem();
    }

    /// What discover() makes of the environment that the platform gives.
    mec::discovery::configuration configuration()
    {
        mec::discovery::discover_options o;
        o.environment = [variables = platform_->environment_of(app_, ca_file_)](
                            std::string_view name) -> std::optional<std::string> {
            for (const auto& [key, value] : variables)
                if (key == name) return value;
            return std::nullopt;
        };
        if (!options_.tls) o.code.allow_insecure_http = true; // the token, too
        auto found = mec::discovery::discover(o);
        EXPECT_TRUE(found) << found.error();
        return *found;
    }
    mec::application_options quick()
    {
        mec::application_options o;
        o.client.retry.base = 1ms;
        return o;
    }
    /// Runs the application; `on_active` is called when it is active and must lead to stop().
    mec::result<> run(mec::application& app, std::function<void()> on_active)
    {
        app.on_state_change([&, on_active](application_state s, const mec::error&) {
            states_.push_back(s);
            if (s == application_state::active && on_active) on_active();
        });
        std::optional<mec::result<>> ended;
        app.async_run([&](mec::result<> r) { ended.emplace(std::move(r)); });
        io_.run_for(20s);
        if (!ended) ended.emplace(mec::error(errc::not_supported, "did not end"));
        return *ended;
    }
    mec::application_options quick_audit()
    {
        auto o = quick();
        o.audit = 50ms;
        return o;
    }
    /// Runs the loop until the condition holds; asks again every few milliseconds.
    template <class Condition> bool eventually(Condition holds, std::chrono::seconds limit = 10s)
    {
        const auto end = std::chrono::steady_clock::now() + limit;
        boost::asio::steady_timer tick(io_);
        while (!holds()) {
            if (std::chrono::steady_clock::now() >= end) return false;
            tick.expires_after(2ms);
            tick.async_wait([](auto) {});
            io_.restart();
            io_.run_one_for(100ms);
        }
        return true;
    }
    void start(mec::application& app)
    {
        app.on_state_change(
            [this](application_state s, const mec::error&) { states_.push_back(s); });
        app.async_run([this](mec::result<> r) { ended_.emplace(std::move(r)); });
    }
    bool becomes(application_state s)
    {
        return eventually([&] { return !states_.empty() && states_.back() == s; });
    }
    mec::result<> leave(mec::application& app)
    {
        app.stop();
        EXPECT_TRUE(eventually([&] { return ended_.has_value(); }, 20s));
        return ended_ ? *ended_ : mec::result<>(mec::error(errc::not_supported, "did not end"));
    }
    std::size_t count(const std::string& operation, int status = 0)
    {
        const auto log = platform_->requests();
        return static_cast<std::size_t>(std::count_if(log.begin(), log.end(), [&](const auto& r) {
            return r.operation == operation && (status == 0 || r.status == status);
        }));
    }

    raw::background_io platform_io_;
    mec::emulator::platform_options options_;
    std::uint32_t conflicts_ = 0;
    std::optional<mec::emulator::platform> platform_;
    mec::emulator::application_instance app_;
    std::string ca_file_;
    boost::asio::io_context io_{1};
    std::vector<application_state> states_;
    std::optional<mec::result<>> ended_; ///< of start()
};

} // namespace app_test

#endif
