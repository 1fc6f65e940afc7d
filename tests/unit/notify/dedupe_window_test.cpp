#include "dedupe_window.hpp"

#include <mec/testing/manual_clock.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace {

using mec::internal::dedupe_window;
using namespace std::chrono_literals;

struct dedupe : testing::Test {
    bool seen(const std::string& text)
    {
        return window.contains(dedupe_window::key_of(text), clock.now());
    }
    void see(const std::string& text) { window.insert(dedupe_window::key_of(text), clock.now()); }

    mec::testing::manual_clock clock;
    dedupe_window window{4, 60s};
};

TEST_F(dedupe, knows_what_it_has_seen_and_nothing_else)
{
    EXPECT_FALSE(seen("a"));
    see("a");
    EXPECT_TRUE(seen("a"));
    EXPECT_FALSE(seen("b"));
    EXPECT_FALSE(seen("a ")) << "byte for byte";
}

TEST_F(dedupe, forgets_after_its_age)
{
    see("a");
    clock.advance(60s - 1ns);
    EXPECT_TRUE(seen("a"));
    clock.advance(1ns);
    EXPECT_FALSE(seen("a"));
    see("a");
    EXPECT_TRUE(seen("a")) << "from now on again";
    clock.advance(30s);
    EXPECT_TRUE(seen("a")) << "the newer one counts";
}

TEST_F(dedupe, forgets_the_oldest_when_it_is_full)
{
    for (const char* text : {"a", "b", "c", "d"}) see(text);
    for (const char* text : {"a", "b", "c", "d"}) EXPECT_TRUE(seen(text));
    see("e");
    EXPECT_FALSE(seen("a"));
    for (const char* text : {"b", "c", "d", "e"}) EXPECT_TRUE(seen(text)) << text;
}

TEST_F(dedupe, keeps_the_last_of_a_long_stream)
{
    for (int i = 0; i < 1000; ++i) see(std::to_string(i));
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(seen(std::to_string(i)), i >= 996) << i;
}

TEST_F(dedupe, remembers_nothing_without_room)
{
    dedupe_window none(0, 60s);
    const auto key = dedupe_window::key_of("a");
    none.insert(key, clock.now());
    EXPECT_FALSE(none.contains(key, clock.now()));
}

TEST(dedupe_key, differs_for_texts_that_differ_a_little)
{
    const std::string text(1200, 'x');
    std::set<std::uint64_t> hashes{dedupe_window::key_of(text).hash};
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string other = text;
            other[i] = static_cast<char>(static_cast<unsigned char>(other[i]) ^ (1U << bit));
            EXPECT_TRUE(hashes.insert(dedupe_window::key_of(other).hash).second);
        }
    }
    for (std::size_t size = 0; size < 40; ++size)
        EXPECT_TRUE(hashes.insert(dedupe_window::key_of(std::string(size, '\0')).hash).second);
}

} // namespace
