#include <mec/core/clock.hpp>

#include <gtest/gtest.h>

namespace {

TEST(machine_clock, steady_time_never_goes_back)
{
    auto& clock = mec::machine_clock();
    mec::steady_time last = clock.now();
    for (int i = 0; i < 1000; ++i) {
        const mec::steady_time now = clock.now();
        ASSERT_GE(now, last);
        last = now;
    }
}

TEST(machine_clock, system_time_is_that_of_the_machine)
{
    const auto before = std::chrono::system_clock::now();
    const auto now = mec::machine_clock().system_now();
    EXPECT_GE(now, before);
    EXPECT_LE(now, std::chrono::system_clock::now());
}

} // namespace
