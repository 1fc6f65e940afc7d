#include "retry_after.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <random>
#include <string>

namespace {

using namespace std::chrono_literals;
using mec::internal::parse_http_date;
using mec::internal::parse_retry_after;
using mec::internal::retry_after_of;
using ms = std::chrono::milliseconds;

constexpr ms cap = 60s;
// 2024-02-29 12:00:00 UTC
constexpr std::int64_t leap_noon = 1'709'208'000;
const mec::system_time now{std::chrono::seconds{leap_noon}};

std::optional<ms> parse(std::string_view text, std::string_view date = {})
{
    return parse_retry_after(text, date, now, cap);
}

TEST(retry_after, reads_seconds)
{
    EXPECT_EQ(parse("0"), 0ms);
    EXPECT_EQ(parse("2"), 2s);
    EXPECT_EQ(parse(" \t59 "), 59s);
    EXPECT_EQ(parse("007"), 7s);
}

TEST(retry_after, clamps_what_is_too_long)
{
    for (const char* text :
         {"60", "61", "9223372036854775807", "9223372036854775808", "18446744073709551616",
          "99999999999999999999999999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
        EXPECT_EQ(parse(text), cap) << text;
}

TEST(retry_after, ignores_what_is_neither_seconds_nor_a_date)
{
    for (const char* text : {"",
                             " ",
                             "-1",
                             "+1",
                             "1.5",
                             "1e3",
                             "0x10",
                             "1 2",
                             "2, 5",
                             "soon",
                             "\xff\xfe",
                             "NaN",
                             "1s",
                             "Thu, 29 Feb 2024 12:00:05",
                             "Thu, 29 Feb 2024 12:00:05 UTC",
                             "Thu, 29 Feb 2024 12:00:05 GMT ,1",
                             "thu, 29 feb 2024 12:00:05 gmt",
                             "Xyz, 29 Feb 2024 12:00:05 GMT",
                             "Fri, 30 Feb 2024 12:00:05 GMT",
                             "Wed, 29 Feb 2023 12:00:05 GMT",
                             "Thu, 29 Feb 2024 24:00:00 GMT",
                             "Thu, 29 Feb 2024 12:60:00 GMT",
                             "Thu, 29 Feb 2024 12:00:61 GMT",
                             "Thu, 00 Feb 2024 12:00:00 GMT",
                             "Thu, 9 Feb 2024 12:00:00 GMT",
                             "Thu Feb 29 12:00:05 24",
                             "Thursday, 29-Feb-2024 12:00:05 GMT",
                             "Thu,  29 Feb 2024 12:00:05 GMT"})
        EXPECT_EQ(parse(text), std::nullopt) << text;
    using namespace std::string_view_literals;
    EXPECT_EQ(parse("1\0"sv), std::nullopt);
}

TEST(retry_after, reads_the_three_forms_of_a_date)
{
    EXPECT_EQ(parse("Thu, 29 Feb 2024 12:00:05 GMT"), 5s);
    EXPECT_EQ(parse("Thursday, 29-Feb-24 12:00:05 GMT"), 5s);
    EXPECT_EQ(parse("Thu Feb 29 12:00:05 2024"), 5s);
    const mec::system_time march{std::chrono::seconds{leap_noon + 86'400}};
    EXPECT_EQ(parse_retry_after("Fri Mar  1 12:00:07 2024", {}, march, cap), 7s);
}

TEST(retry_after, takes_the_past_as_now)
{
    EXPECT_EQ(parse("Thu, 29 Feb 2024 11:59:59 GMT"), 0ms);
    EXPECT_EQ(parse("Sun, 06 Nov 1994 08:49:37 GMT"), 0ms);
    EXPECT_EQ(parse("Sat, 01 Jan 0000 00:00:00 GMT"), 0ms);
}

TEST(retry_after, measures_a_date_by_the_clock_of_the_peer)
{
    const char* later = "Thu, 29 Feb 2024 22:00:10 GMT";
    EXPECT_EQ(parse(later, "Thu, 29 Feb 2024 22:00:00 GMT"), 10s) << "its clock is ten hours ahead";
    EXPECT_EQ(parse(later), cap);
    EXPECT_EQ(parse("Thu, 29 Feb 2024 12:00:05 GMT", "garbage"), 5s);
}

TEST(http_date, knows_the_calendar)
{
    const auto seconds = [](std::string_view text) { return parse_http_date(text, now)->count(); };
    EXPECT_EQ(seconds("Thu, 01 Jan 1970 00:00:00 GMT"), 0);
    EXPECT_EQ(seconds("Sun, 06 Nov 1994 08:49:37 GMT"), 784'111'777);
    EXPECT_EQ(seconds("Thu, 29 Feb 2024 12:00:00 GMT"), leap_noon);
    EXPECT_EQ(seconds("Tue, 19 Jan 2038 03:14:08 GMT"), 2'147'483'648);
    EXPECT_EQ(seconds("Fri, 31 Dec 9999 23:59:59 GMT"), 253'402'300'799);
    EXPECT_EQ(seconds("Sat, 31 Dec 2016 23:59:60 GMT"), 1'483'228'800) << "leap second";
    EXPECT_TRUE(parse_http_date("Tue, 29 Feb 2000 00:00:00 GMT", now));
    EXPECT_FALSE(parse_http_date("Mon, 29 Feb 1900 00:00:00 GMT", now));
}

TEST(http_date, puts_a_short_year_at_most_fifty_years_ahead)
{
    EXPECT_EQ(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", now)->count(), 784'111'777);
    EXPECT_EQ(parse_http_date("Monday, 01-Jan-74 00:00:00 GMT", now)->count(), 3'281'990'400)
        << "2074";
    EXPECT_EQ(parse_http_date("Tuesday, 01-Jan-75 00:00:00 GMT", now)->count(), 157'766'400)
        << "1975";
}

TEST(retry_after, takes_the_longest_of_several_fields)
{
    mec::http::fields headers;
    EXPECT_EQ(retry_after_of(headers, now, cap), std::nullopt);
    headers.append("Retry-After", "garbage");
    EXPECT_EQ(retry_after_of(headers, now, cap), std::nullopt);
    headers.append("retry-after", "3");
    headers.append("RETRY-AFTER", "1");
    EXPECT_EQ(retry_after_of(headers, now, cap), 3s);
}

TEST(retry_after, uses_the_date_field_of_the_response)
{
    mec::http::fields headers;
    headers.append("Retry-After", "Thu, 29 Feb 2024 22:00:10 GMT");
    headers.append("Date", "Thu, 29 Feb 2024 22:00:00 GMT");
    EXPECT_EQ(retry_after_of(headers, now, cap), 10s);
}

TEST(retry_after, does_not_ask_the_locale)
{
    const std::string before = std::setlocale(LC_ALL, nullptr);
    for (const char* name : {"tr_TR.UTF-8", "de_DE.UTF-8", "C.UTF-8"}) {
        if (!std::setlocale(LC_ALL, name)) continue;
        EXPECT_EQ(parse("Thu, 29 Feb 2024 12:00:05 GMT"), 5s) << name;
    }
    std::setlocale(LC_ALL, before.c_str());
}

/// Whatever comes: an answer between nothing and the cap, and the same for the same text.
TEST(retry_after, stays_within_its_bounds_for_mutated_dates)
{
    const std::string seeds[] = {"Thu, 29 Feb 2024 12:00:05 GMT",
                                 "Thursday, 29-Feb-24 12:00:05 GMT", "Thu Feb  9 12:00:05 2024",
                                 "120", "-5"};
    std::mt19937 random(20240229); // NOLINT: the same mutations every time
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
    int accepted = 0;
    for (int i = 0; i < 50'000; ++i) {
        std::string text = seeds[below(std::size(seeds))];
        for (std::size_t n = below(4); n > 0 && !text.empty(); --n) {
            const std::size_t at = below(text.size());
            switch (below(4)) {
            case 0: text[at] = static_cast<char>(random()); break;
            case 1: text.erase(at, 1 + below(3)); break;
            case 2: text.insert(at, 1, static_cast<char>('0' + below(10))); break;
            default: text[at] = static_cast<char>('0' + below(10));
            }
        }
        const auto wait = parse(text);
        if (!wait) continue;
        ++accepted;
        ASSERT_GE(*wait, 0ms) << text;
        ASSERT_LE(*wait, cap) << text;
    }
    EXPECT_GT(accepted, 1000) << "the mutations must leave something to accept";
}

} // namespace
