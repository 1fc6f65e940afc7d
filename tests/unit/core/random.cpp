#include <mec/core/random.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace {

TEST(machine_random, threads_never_get_the_same_number)
{
    constexpr std::size_t count = 20'000;
    std::vector<std::vector<std::uint64_t>> drawn(4);
    std::vector<std::thread> threads;
    for (auto& numbers : drawn) {
        threads.emplace_back([&numbers] {
            for (std::size_t i = 0; i < count; ++i) numbers.push_back(mec::machine_random().next());
        });
    }
    for (auto& t : threads) t.join();
    std::set<std::uint64_t> all;
    for (const auto& numbers : drawn) all.insert(numbers.begin(), numbers.end());
    EXPECT_EQ(all.size(), 4 * count);
}

TEST(machine_random, uniform_stays_in_range_and_fills_it)
{
    int buckets[10] = {};
    for (int i = 0; i < 100'000; ++i) {
        const double x = mec::machine_random().uniform();
        ASSERT_GE(x, 0.0);
        ASSERT_LT(x, 1.0);
        ++buckets[static_cast<int>(x * 10)];
    }
    for (const int n : buckets) EXPECT_NEAR(n, 10'000, 1'000); // ten standard deviations
}

TEST(unguessable_token, is_hexadecimal_and_never_the_same)
{
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string token = mec::unguessable_token();
        ASSERT_EQ(token.size(), 32u);
        ASSERT_EQ(token.find_first_not_of("0123456789abcdef"), std::string::npos);
        ASSERT_TRUE(seen.insert(token).second);
    }
    EXPECT_EQ(mec::unguessable_token(0), "");
    EXPECT_EQ(mec::unguessable_token(500).size(), 1000u); // more than one getrandom call may give
}

} // namespace
