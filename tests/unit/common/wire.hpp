#ifndef MEC_TESTS_WIRE_HPP
#define MEC_TESTS_WIRE_HPP

#include <mec/json/codec.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mec_test {

/// Reads with tolerance, as clients do.
template <class T> mec::result<T> read(std::string_view text) { return mec::json::parse<T>(text); }

/// Reads as the standard says.
template <class T> mec::result<T> read_strictly(std::string_view text)
{
    mec::json::decode_options options;
    options.strict = true;
    return mec::json::parse<T>(text, options);
}

/// What the platform sends is read with tolerance and refused without.
template <class T> T expect_tolerated(std::string_view text)
{
    const auto strict = read_strictly<T>(text);
    EXPECT_FALSE(strict) << "accepted in strict mode: " << text;
    if (!strict) {
        EXPECT_EQ(strict.error(), mec::errc::json_schema) << strict.error();
    }
    const auto value = read<T>(text);
    EXPECT_TRUE(value) << value.error() << ": " << text;
    return value ? *value : T{};
}

/// The standard's own text: read in both modes, and written back the same.
template <class T> T expect_standard(std::string_view text)
{
    const auto value = read_strictly<T>(text);
    EXPECT_TRUE(value) << value.error() << ": " << text;
    EXPECT_TRUE(read<T>(text)) << text;
    if (!value) return T{};
    EXPECT_EQ(mec::json::serialize(*value), text);
    return *value;
}

template <class T> void expect_refused(std::string_view text, std::string_view pointer)
{
    const auto value = read<T>(text);
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error(), mec::errc::json_schema) << value.error();
    EXPECT_EQ(value.error().info().pointer, pointer) << text;
}

} // namespace mec_test

#endif
