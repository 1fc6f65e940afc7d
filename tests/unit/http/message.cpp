#include <mec/http/message.hpp>

#include <gtest/gtest.h>

namespace http = mec::http;

TEST(fields, keep_order_and_spelling)
{
    http::fields f;
    f.append("ETag", "\"1\"");
    f.append("Link", "");
    f.append("etag", "\"2\"");
    ASSERT_EQ(f.size(), 3U);
    EXPECT_EQ(f[0].name, "ETag");
    EXPECT_EQ(f[0].value, "\"1\"");
    EXPECT_EQ(f[1].name, "Link");
    EXPECT_EQ(f[1].value, "");
    EXPECT_EQ(f[2].name, "etag");
    EXPECT_EQ(f[2].value, "\"2\"");
}

TEST(fields, are_found_by_name_without_case)
{
    http::fields f;
    EXPECT_TRUE(f.empty());
    EXPECT_EQ(f.find("ETag"), "");
    EXPECT_FALSE(f.contains("ETag"));
    f.append("X-Empty", "");
    f.append("ETag", "a");
    f.append("ETAG", "b");
    EXPECT_EQ(f.find("etag"), "a");
    EXPECT_EQ(f.count("eTag"), 2U);
    EXPECT_EQ(f.count("ETa"), 0U);
    EXPECT_TRUE(f.contains("x-empty"));
    EXPECT_EQ(f.find("x-empty"), "");
}

TEST(fields, hold_long_values_whole)
{
    const std::string value(200'000, 'v');
    http::fields f;
    f.append("A", value);
    f.append("B", "b");
    EXPECT_EQ(f.find("A"), value);
    EXPECT_EQ(f.find("B"), "b");
}

TEST(fields, keep_their_memory_when_cleared)
{
    http::fields f;
    f.append("Content-Type", "application/json; charset=utf-8");
    const char* before = f[0].name.data();
    f.clear();
    EXPECT_TRUE(f.empty());
    f.append("Accept", "application/json");
    EXPECT_EQ(f[0].name.data(), before);
}

TEST(equal_names, ignore_the_case_of_ascii_letters_only)
{
    EXPECT_TRUE(http::equal_names("Content-Length", "content-LENGTH"));
    EXPECT_FALSE(http::equal_names("Content-Length", "Content-Lengt"));
    EXPECT_FALSE(http::equal_names("a@", "a`")); // 0x40 and 0x60 differ by the bit of the case
    EXPECT_FALSE(http::equal_names("[", "{"));
    EXPECT_FALSE(http::equal_names("\xc4", "\xe4"));
    EXPECT_TRUE(http::equal_names("", ""));
}

TEST(method, is_written_in_capitals)
{
    EXPECT_EQ(to_string(http::method::get), "GET");
    EXPECT_EQ(to_string(http::method::post), "POST");
    EXPECT_EQ(to_string(http::method::put), "PUT");
    EXPECT_EQ(to_string(http::method::patch), "PATCH");
    EXPECT_EQ(to_string(http::method::delete_), "DELETE");
}
