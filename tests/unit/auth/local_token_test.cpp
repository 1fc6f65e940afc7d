#include <mec/auth/token_source.hpp>
#include <mec/testing/manual_clock.hpp>

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <optional>

#include <unistd.h>

namespace {

using namespace std::chrono_literals;
using mec::errc;
using mec::secret_string;
using mec::auth::token_ptr;
using mec::auth::token_source;

mec::result<token_ptr> fetch(token_source& source, token_ptr rejected = nullptr)
{
    std::optional<mec::result<token_ptr>> out;
    source.async_fetch(std::move(rejected), mec::steady_time::max(),
                       [&out](mec::result<token_ptr> r) { out.emplace(std::move(r)); });
    return out ? *out : mec::result<token_ptr>(mec::error(errc::cancelled, "not completed"));
}

TEST(static_token, is_always_at_hand)
{
    const auto source = mec::auth::static_token(secret_string(std::string_view("abc")));
    ASSERT_TRUE(source->current());
    EXPECT_EQ(source->current()->value.reveal(), "abc");
    EXPECT_EQ(source->current()->expires_at, mec::steady_time::max());
    EXPECT_EQ(*fetch(*source), source->current());
}

TEST(static_token, cannot_be_replaced_when_it_is_turned_down)
{
    const auto source = mec::auth::static_token(secret_string(std::string_view("abc")));
    EXPECT_EQ(fetch(*source, source->current()).error(), errc::auth_failed);
}

TEST(static_token, that_cannot_stand_in_a_header_is_never_given)
{
    for (const char* text : {"", "a b", "a\r\nX: 1"}) {
        const auto source = mec::auth::static_token(secret_string(std::string_view(text)));
        EXPECT_EQ(source->current(), nullptr);
        EXPECT_EQ(fetch(*source).error(), errc::config_invalid);
    }
}

class token_file : public testing::Test {
protected:
    token_file()
    {
        std::string pattern = testing::TempDir() + "mec_token_XXXXXX";
        const int fd = ::mkstemp(pattern.data());
        EXPECT_GE(fd, 0);
        ::close(fd);
        path_ = pattern;
    }
    ~token_file() override { std::remove(path_.c_str()); }
    void write(const std::string& text) const { std::ofstream(path_, std::ios::trunc) << text; }

    std::string path_;
    mec::testing::manual_clock clock_;
};

TEST_F(token_file, is_read_when_it_is_first_needed)
{
    write("  first\n");
    const auto source = mec::auth::token_file(path_, clock_);
    EXPECT_EQ(source->current(), nullptr);
    const auto token = fetch(*source);
    ASSERT_TRUE(token) << token.error();
    EXPECT_EQ((*token)->value.reveal(), "first");
    EXPECT_EQ(source->current(), *token);
}

TEST_F(token_file, is_looked_at_again_after_a_second_and_not_before)
{
    write("first");
    const auto source = mec::auth::token_file(path_, clock_);
    const auto first = *fetch(*source);
    EXPECT_EQ(first->refresh_at, clock_.now() + 1s);
    write("second");
    clock_.advance(999ms);
    EXPECT_EQ((*fetch(*source))->value.reveal(), "first");
    clock_.advance(1ms);
    EXPECT_EQ((*fetch(*source))->value.reveal(), "second");
    EXPECT_EQ(source->current()->value.reveal(), "second");
}

TEST_F(token_file, is_not_trusted_for_more_than_a_minute_without_a_look)
{
    write("first");
    const auto source = mec::auth::token_file(path_, clock_);
    fetch(*source);
    clock_.advance(60s);
    EXPECT_EQ(source->current(), nullptr);
    EXPECT_TRUE(fetch(*source));
}

TEST_F(token_file, a_token_that_was_turned_down_is_replaced_by_the_next_one_in_the_file)
{
    write("first");
    const auto source = mec::auth::token_file(path_, clock_);
    const auto first = *fetch(*source);
    const auto at_once = fetch(*source, first);
    ASSERT_EQ(at_once.error(), errc::rate_limited);
    EXPECT_EQ(at_once.error().info().retry_after, 1000ms);
    clock_.advance(1s);
    EXPECT_EQ(fetch(*source, first).error(), errc::auth_failed) << "still the same text";
    write("second");
    clock_.advance(1s);
    EXPECT_EQ((*fetch(*source, first))->value.reveal(), "second");
}

TEST_F(token_file, keeps_the_last_token_while_the_file_is_gone_or_broken)
{
    write("first");
    const auto source = mec::auth::token_file(path_, clock_);
    fetch(*source);
    std::remove(path_.c_str());
    clock_.advance(2s);
    EXPECT_EQ((*fetch(*source))->value.reveal(), "first");
    write("half a tok");
    clock_.advance(2s);
    EXPECT_EQ((*fetch(*source))->value.reveal(), "first");
    clock_.advance(60s);
    const auto broken = fetch(*source);
    EXPECT_EQ(broken.error(), errc::auth_failed);
    EXPECT_EQ(broken.error().what().find("half"), std::string::npos);
    EXPECT_NE(broken.error().what().find(path_), std::string::npos);
}

TEST_F(token_file, says_which_file_is_missing_or_empty)
{
    const auto source = mec::auth::token_file(path_, clock_);
    EXPECT_EQ(fetch(*source).error(), errc::storage_error) << "empty";
    std::remove(path_.c_str());
    clock_.advance(1s);
    const auto missing = fetch(*source);
    EXPECT_EQ(missing.error(), errc::storage_error);
    EXPECT_NE(missing.error().what().find(path_), std::string::npos);
}

} // namespace
