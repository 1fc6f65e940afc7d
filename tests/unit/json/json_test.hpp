#ifndef MEC_TESTS_JSON_JSON_TEST_HPP
#define MEC_TESTS_JSON_JSON_TEST_HPP

#include "specimens.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace json_test {

inline mec::json::decode_options strict()
{
    mec::json::decode_options options;
    options.strict = true;
    return options;
}

template <class T> T read(std::string_view text, const mec::json::decode_options& options = {})
{
    auto parsed = mec::json::parse<T>(text, options);
    EXPECT_TRUE(parsed) << text << ": " << parsed.error();
    return parsed ? *parsed : T{};
}

/// Expects that `text` is refused with `code`; gives the circumstances.
template <class T> mec::error_info refused(std::string_view text, mec::errc code,
                                           const mec::json::decode_options& options = {})
{
    const auto parsed = mec::json::parse<T>(text, options);
    EXPECT_FALSE(parsed) << text << " was accepted";
    if (parsed) return {};
    EXPECT_EQ(parsed.error(), code) << text << ": " << parsed.error();
    return parsed.error().info();
}

/// Expects errc::json_schema at `pointer`.
template <class T> void refused_at(std::string_view text, const std::string& pointer,
                                   const mec::json::decode_options& options = {})
{
    EXPECT_EQ(refused<T>(text, mec::errc::json_schema, options).pointer, pointer) << text;
}

inline testing::AssertionResult contains(const std::string& text, std::string_view part)
{
    if (text.find(part) != text.npos) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "no <" << part << "> in: " << text;
}

} // namespace json_test

#endif
