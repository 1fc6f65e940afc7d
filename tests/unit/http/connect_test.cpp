#include "connect_fsm.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using mec::errc;
using mec::internal::address_list;
using mec::internal::connect_fsm;
using mec::internal::connect_step;
using kind = mec::internal::connect_step::kind;
namespace sys = boost::system::errc;

constexpr mec::steady_time t0{100s};
constexpr auto step = 250ms;
constexpr auto deadline = t0 + 3s;

address_list addresses(std::initializer_list<const char*> literals)
{
    address_list out;
    for (const char* text : literals)
        out.push_back(mec::internal::resolve_locally(text, 8080)->front());
    return out;
}

const mec::error_code refused = make_error_code(sys::connection_refused);

TEST(connect_fsm, starts_with_the_first_address_and_arms_the_step)
{
    connect_fsm fsm(addresses({"::1", "127.0.0.1"}), step, deadline);
    const connect_step s = fsm.start(t0);
    EXPECT_EQ(s.what, kind::start);
    EXPECT_EQ(s.index, 0u);
    EXPECT_EQ(s.wake, t0 + step);
    EXPECT_EQ(to_string(fsm.address(s.index)), "[::1]:8080");
}

TEST(connect_fsm, a_single_address_waits_for_the_deadline_only)
{
    connect_fsm fsm(addresses({"127.0.0.1"}), step, deadline);
    EXPECT_EQ(fsm.start(t0).wake, deadline);
}

TEST(connect_fsm, tries_the_next_address_when_the_first_is_silent_and_closes_the_loser)
{
    connect_fsm fsm(addresses({"2001:db8::1", "192.0.2.1"}), step, deadline);
    fsm.start(t0);
    EXPECT_EQ(fsm.on_timer(t0 + 249ms).what, kind::wait);
    const connect_step second = fsm.on_timer(t0 + 250ms);
    EXPECT_EQ(second.what, kind::start);
    EXPECT_EQ(second.index, 1u);
    EXPECT_EQ(second.wake, deadline);
    const connect_step done = fsm.on_connected(1);
    EXPECT_EQ(done.what, kind::connected);
    EXPECT_EQ(done.index, 1u);
    EXPECT_EQ(fsm.in_flight(), std::vector<std::size_t>{0});
}

TEST(connect_fsm, the_first_address_may_still_win_after_the_second_was_started)
{
    connect_fsm fsm(addresses({"2001:db8::1", "192.0.2.1"}), step, deadline);
    fsm.start(t0);
    fsm.on_timer(t0 + step);
    EXPECT_EQ(fsm.on_connected(0).index, 0u);
    EXPECT_EQ(fsm.in_flight(), std::vector<std::size_t>{1});
}

TEST(connect_fsm, moves_on_at_once_when_refused)
{
    connect_fsm fsm(addresses({"::1", "127.0.0.1", "127.0.0.2"}), step, deadline);
    fsm.start(t0);
    const connect_step s = fsm.on_failed(0, refused, t0 + 1ms);
    EXPECT_EQ(s.what, kind::start);
    EXPECT_EQ(s.index, 1u);
    EXPECT_EQ(s.wake, t0 + 1ms + step) << "the step counts from the new attempt";
    EXPECT_TRUE(fsm.in_flight() == std::vector<std::size_t>{1});
}

TEST(connect_fsm, a_late_failure_of_one_waits_for_the_others)
{
    connect_fsm fsm(addresses({"192.0.2.1", "192.0.2.2"}), step, deadline);
    fsm.start(t0);
    fsm.on_timer(t0 + step);
    const connect_step s = fsm.on_failed(0, refused, t0 + 1s);
    EXPECT_EQ(s.what, kind::wait);
    EXPECT_EQ(s.wake, deadline);
}

TEST(connect_fsm, reports_refusal_with_every_address_tried)
{
    connect_fsm fsm(addresses({"::1", "127.0.0.1"}), step, deadline);
    fsm.start(t0);
    fsm.on_failed(0, make_error_code(sys::network_unreachable), t0);
    EXPECT_EQ(fsm.on_failed(1, refused, t0).what, kind::failed);
    const mec::error e = fsm.failure();
    EXPECT_EQ(e, errc::connect_refused);
    EXPECT_EQ(e.info().system, sys::connection_refused);
    EXPECT_NE(e.info().message.find("[::1]:8080: "), std::string::npos) << e.info().message;
    EXPECT_NE(e.info().message.find("127.0.0.1:8080: "), std::string::npos) << e.info().message;
    EXPECT_TRUE(fsm.in_flight().empty());
}

TEST(connect_fsm, gives_up_at_the_deadline_and_names_who_was_silent)
{
    connect_fsm fsm(addresses({"192.0.2.1", "192.0.2.2", "192.0.2.3"}), step, t0 + 400ms);
    fsm.start(t0);
    EXPECT_EQ(fsm.on_timer(t0 + step).wake, t0 + 400ms)
        << "the deadline comes before the next step";
    EXPECT_EQ(fsm.on_timer(t0 + 400ms).what, kind::failed);
    EXPECT_EQ(fsm.failure(), errc::connect_timeout);
    EXPECT_EQ(
        fsm.failure().info().message,
        "tried 192.0.2.1:8080: no answer; 192.0.2.2:8080: no answer; 192.0.2.3:8080: no time left");
    EXPECT_EQ(fsm.in_flight().size(), 2u);
}

TEST(connect_fsm, a_failure_at_the_deadline_starts_nothing)
{
    connect_fsm fsm(addresses({"192.0.2.1", "192.0.2.2"}), step, deadline);
    fsm.start(t0);
    EXPECT_EQ(fsm.on_failed(0, refused, deadline).what, kind::failed);
    EXPECT_EQ(fsm.failure(), errc::connect_timeout);
}

TEST(connect_fsm, fails_at_once_when_the_deadline_has_passed)
{
    connect_fsm fsm(addresses({"192.0.2.1"}), step, t0);
    EXPECT_EQ(fsm.start(t0).what, kind::failed);
    EXPECT_EQ(fsm.failure(), errc::connect_timeout);
}

TEST(connect_fsm, many_dead_addresses_are_started_one_step_apart)
{
    connect_fsm fsm(addresses({"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"}), step,
                    deadline);
    connect_step s = fsm.start(t0);
    std::vector<std::chrono::nanoseconds> starts;
    auto now = t0;
    while (s.what != kind::failed) {
        if (s.what == kind::start) starts.push_back(now - t0);
        ASSERT_GT(s.wake, now) << "the timer must make progress";
        now = s.wake;
        s = fsm.on_timer(now);
    }
    EXPECT_EQ(starts, (std::vector<std::chrono::nanoseconds>{0ms, 250ms, 500ms, 750ms}));
    EXPECT_EQ(now, deadline);
}

TEST(connect_fsm, maps_system_codes)
{
    const auto map = [](sys::errc_t e) {
        return mec::internal::errc_for_connect(make_error_code(e));
    };
    EXPECT_EQ(map(sys::connection_refused), errc::connect_refused);
    EXPECT_EQ(map(sys::timed_out), errc::connect_timeout);
    EXPECT_EQ(map(sys::host_unreachable), errc::unreachable);
    EXPECT_EQ(map(sys::network_unreachable), errc::unreachable);
    EXPECT_EQ(map(sys::address_not_available), errc::unreachable);
    EXPECT_EQ(map(sys::too_many_files_open), errc::resource_exhausted);
}

} // namespace
