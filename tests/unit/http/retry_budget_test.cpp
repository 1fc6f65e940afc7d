#include "retry_fsm.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
using mec::errc;
using mec::http::method;
using mec::http::progress;
using mec::http::repeat;
using mec::internal::attempt_outcome;
using mec::internal::retry_budget;
using mec::internal::retry_fsm;
using kind = mec::internal::decision::kind;

constexpr mec::steady_time t0{1000s};

attempt_outcome unavailable()
{
    attempt_outcome o;
    o.status = 503;
    o.progress = progress::complete;
    return o;
}

TEST(retry_budget, pays_more_for_timeouts_and_stops_when_empty)
{
    mec::http::retry_options o;
    o.bucket = 12;
    retry_budget budget(o);
    retry_fsm fsm(o, repeat::safe, method::get, budget, t0 + 30s);
    attempt_outcome timeout;
    timeout.failure = errc::deadline_exceeded;
    timeout.progress = progress::request_sent;
    EXPECT_EQ(fsm.on_attempt(timeout, t0, 0.5).what, kind::retry);
    EXPECT_EQ(budget.left(), 2);
    const auto d = fsm.on_attempt(unavailable(), t0, 0.5);
    EXPECT_EQ(d.what, kind::fail);
    EXPECT_EQ(d.code, errc::service_unavailable);
    EXPECT_EQ(budget.left(), 2);
}

TEST(retry_budget, never_grows_beyond_its_size)
{
    mec::http::retry_options o;
    o.bucket = 10;
    o.refund = 7;
    retry_budget b(o);
    b.refund();
    EXPECT_EQ(b.left(), 10);
    ASSERT_TRUE(b.take(false));
    b.refund();
    EXPECT_EQ(b.left(), 10);
}

TEST(retry_budget, keeps_a_storm_of_failures_below_a_fifth_more_requests)
{
    const mec::http::retry_options o;
    retry_budget budget(o);
    int calls = 0;
    int requests = 0;
    for (int second = 0; second < 60; ++second) // 100 callers, each calls once a second
        for (int caller = 0; caller < 100; ++caller, ++calls) {
            const mec::steady_time start = t0 + std::chrono::seconds(second);
            retry_fsm fsm(o, repeat::safe, method::get, budget, start + 30s);
            while (fsm.on_attempt(unavailable(), start, 0.5).what == kind::retry) {
            }
            requests += fsm.attempts();
        }
    EXPECT_LE(requests, calls * 12 / 10);
    EXPECT_GT(requests, calls);
}

TEST(retry_budget, counts_exactly_when_shared_by_threads)
{
    mec::http::retry_options o;
    o.bucket = 20'000;
    retry_budget budget(o);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&budget] {
            for (int n = 0; n < 500; ++n) (void)budget.take(n % 2 == 0);
        });
    for (auto& t : threads) t.join();
    EXPECT_EQ(budget.left(), 20'000 - 4 * 250 * 15);
}

} // namespace
