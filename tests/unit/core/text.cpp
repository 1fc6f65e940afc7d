#include "text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using mec::internal::decode_utf8;
using mec::internal::is_utf8;
using mec::internal::printable;

TEST(decode_utf8, reads_the_ends_of_every_length)
{
    const struct {
        std::string text;
        char32_t value;
    } cases[] = {
        {std::string(1, '\0'), 0},     {"\x7f", 0x7f},           {"\xc2\x80", 0x80},
        {"\xdf\xbf", 0x7ff},           {"\xe0\xa0\x80", 0x800},  {"\xed\x9f\xbf", 0xd7ff},
        {"\xee\x80\x80", 0xe000},      {"\xef\xbf\xbf", 0xffff}, {"\xf0\x90\x80\x80", 0x10000},
        {"\xf4\x8f\xbf\xbf", 0x10ffff}};
    for (const auto& c : cases) {
        const auto got = decode_utf8(c.text + "x");
        EXPECT_EQ(got.value, c.value);
        EXPECT_EQ(got.size, c.text.size());
    }
}

TEST(decode_utf8, refuses_what_rfc_3629_refuses)
{
    for (const char* text :
         {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xe2\x82", "\xc2x"}) {
        EXPECT_EQ(decode_utf8(text).size, 0u);
        EXPECT_FALSE(is_utf8(std::string("ok") + text));
    }
    EXPECT_EQ(decode_utf8("").size, 0u);
    EXPECT_TRUE(is_utf8("gr\xc3\xbc\xc3\x9f"));
}

TEST(printable, leaves_good_text_alone)
{
    EXPECT_EQ(printable("gr\xc3\xbc\xc3\x9f \\n {\"a\":1}"), "gr\xc3\xbc\xc3\x9f \\n {\"a\":1}");
}

TEST(printable, escapes_what_could_mislead)
{
    EXPECT_EQ(printable(std::string("a\0b", 3)), "a\\x00b");
    EXPECT_EQ(printable("\xff\r\t\x7f\xc2\x85\xe2\x80\xa8"), "\\xff\\r\\t\\x7f\\x85\\u2028");
    EXPECT_EQ(printable("a\nb", 100, true), "a\nb");
}

TEST(printable, cuts_between_characters)
{
    EXPECT_EQ(printable("abcdef", 3), "abc...");
    EXPECT_EQ(printable("ab\xc3\xbc", 3), "ab...");
    EXPECT_EQ(printable("ab\xc3\xbc", 4), "ab\xc3\xbc");
}

} // namespace
