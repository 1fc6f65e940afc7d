// A stadium of UEs that are measured all the time: everything arrives once, in order, and soon.

#include "application_fixture.hpp"

#include <cstdlib>
#include <map>

namespace {

using namespace app_test;
namespace rni = mec::rni;
using mec::emulator::subscription_kind;

/// 30 s and more are for people who wait: MEC_SOAK_SECONDS.
std::chrono::seconds length()
{
    const char* text = std::getenv("MEC_SOAK_SECONDS");
    return std::chrono::seconds(text ? std::atoi(text) : 3);
}

std::size_t resident()
{
    std::ifstream statm("/proc/self/statm");
    std::size_t total = 0;
    std::size_t pages = 0;
    statm >> total >> pages;
    return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// What one subscription has brought.
struct arrivals {
    std::size_t count = 0;
    std::size_t out_of_order = 0;
    std::chrono::system_clock::time_point last{};
    std::vector<float> delays; ///< ms, from the platform's time stamp to the handler
};

class stadium : public application_run {
protected:
    stadium()
    {
        options_.radio.offered = true;
        options_.tls = false;
        options_.notifications.queue = 20'000;
    }
    template <class Subscription> void follow(mec::application& app, Subscription what)
    {
        const auto at = std::make_shared<arrivals>();
        all_.push_back(at);
        app.subscribe(what, {[at](const auto& n) {
                                 const auto sent = n.time_stamp.value().to_time_point();
                                 at->out_of_order += sent < at->last;
                                 at->last = sent;
                                 ++at->count;
                                 const std::chrono::duration<float, std::milli> delay =
                                     std::chrono::system_clock::now() - sent;
                                 at->delays.push_back(delay.count());
                             },
                             [this](const mec::notify::gap&) { ++gaps_; }});
    }
    std::size_t arrived() const
    {
        std::size_t n = 0;
        for (const auto& a : all_) n += a->count;
        return n;
    }
    /// Of the platform's deliveries those that are not about services.
    std::size_t sent() const
    {
        const auto c = platform_->counters();
        EXPECT_EQ(c.failed_notifications, 0u);
        return c.notifications - others_;
    }

    std::vector<std::shared_ptr<arrivals>> all_;
    std::size_t others_ = 0;
    int gaps_ = 0;
};

TEST_F(stadium, is_told_of_completely_in_order_and_without_growing)
{
    mec::application app(io_.get_executor(), configuration(), quick());
    follow(app, rni::meas_rep_ue_subscription{});
    follow(app, rni::meas_ta_subscription{});
    follow(app, rni::cell_change_subscription{});
    start(app);
    const auto subscribed = [&] {
        const auto subscriptions = platform_->subscriptions();
        return std::count_if(subscriptions.begin(), subscriptions.end(), [](const auto& s) {
                   return s.kind == subscription_kind::radio_network;
               }) == 3;
    };
    ASSERT_TRUE(eventually(subscribed));
    ASSERT_TRUE(eventually([&] { return platform_->counters().notifications >= 1; })); // the test
    others_ = platform_->counters().notifications;
    ASSERT_FALSE(platform_->load_scenario(MEC_SCENARIOS "/stadium.json"));

    for (const auto& a : all_) a->delays.reserve(200'000);
    ASSERT_FALSE(platform_->play_scenario());
    const auto begun = std::chrono::steady_clock::now();
    io_.restart();
    io_.run_for(length() / 3);
    const std::size_t before = resident();
    io_.run_for(length() * 2 / 3);
    const std::size_t after = resident();
    ASSERT_FALSE(platform_->pause_scenario());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    EXPECT_TRUE(eventually([&] { return arrived() == sent(); })) << arrived() << " of " << sent();

    std::vector<float> delays;
    for (const auto& a : all_) {
        EXPECT_EQ(a->out_of_order, 0u);
        delays.insert(delays.end(), a->delays.begin(), a->delays.end());
    }
    EXPECT_EQ(gaps_, 0);
    ASSERT_GT(delays.size(), 100u);
    std::sort(delays.begin(), delays.end());
    std::cout << static_cast<double>(delays.size()) / took.count()
              << " notifications per second for " << took.count()
              << " s; from platform to handler: median " << delays[delays.size() / 2]
              << " ms, 99 % within " << delays[delays.size() * 99 / 100] << " ms, longest "
              << delays.back() << " ms; memory " << before / 1024 << " -> " << after / 1024
              << " KiB\n";
    if (MEC_SANITIZED == 0) {
        EXPECT_LT(after, before + 4 * 1024 * 1024);
    }
    EXPECT_TRUE(leave(app)) << ended_->error();
}

} // namespace
