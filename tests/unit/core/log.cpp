#include <mec/core/log.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace {

using mec::log_level;

TEST(logger, without_a_sink_nothing_is_enabled)
{
    const mec::logger log;
    EXPECT_FALSE(log.enabled(log_level::error));
    log.write(log_level::error, "x", "y");
}

TEST(logger, passes_on_what_reaches_the_threshold)
{
    std::vector<std::string> lines;
    const mec::logger log([&](const mec::log_record& r) { lines.emplace_back(r.message); },
                          log_level::warning);
    log.write(log_level::info, "http", "quiet");
    log.write(log_level::warning, "http", "loud");
    EXPECT_EQ(lines, std::vector<std::string>{"loud"});
}

TEST(logger, control_characters_never_reach_the_sink)
{
    std::string line;
    const mec::logger log([&](const mec::log_record& r) { line = r.message; });
    log.write(log_level::error, "http", "a\nERROR forged\x1b[2J\xe2\x80\xae");
    EXPECT_EQ(line, "a\\nERROR forged\\x1b[2J\\u202e");
}

TEST(logger, a_sink_that_throws_does_no_harm)
{
    int calls = 0;
    const mec::logger log([&](const mec::log_record&) {
        ++calls;
        throw std::runtime_error("disk full");
    });
    log.write(log_level::error, "http", "x");
    EXPECT_EQ(calls, 1);
}

TEST(stderr_log_sink, writes_one_line_with_time_level_and_component)
{
    testing::internal::CaptureStderr();
    mec::logger(mec::stderr_log_sink()).write(log_level::warning, "auth", "token is old");
    const std::string text = testing::internal::GetCapturedStderr();
    ASSERT_GT(text.size(), 25u);
    EXPECT_EQ(text.substr(10, 1), "T");
    EXPECT_EQ(text.substr(23), "Z warn  auth: token is old\n");
}

} // namespace
