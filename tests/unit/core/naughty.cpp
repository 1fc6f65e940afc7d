// The Big List of Naughty Strings: what people have found to break programs.

#include <mec/core/error.hpp>
#include <mec/core/url.hpp>
#include <mec/json/codec.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

class naughty_strings : public testing::Test {
protected:
    void SetUp() override
    {
        std::ifstream file(MEC_SHARED_DATA "/corpora/naughty/blns.json");
        if (!file) GTEST_SKIP() << "no third-party test data at " MEC_SHARED_DATA;
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        auto parsed = mec::json::parse<std::vector<std::string>>(text);
        ASSERT_TRUE(parsed) << parsed.error();
        strings_ = std::move(*parsed);
        ASSERT_GT(strings_.size(), 500u);
    }
    std::vector<std::string> strings_;
};

std::string decode(const std::string& text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') out += text[i];
        else {
            out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
            i += 2;
        }
    }
    return out;
}

TEST_F(naughty_strings, survive_a_url_when_encoded)
{
    for (const auto& text : strings_) {
        std::string target = "/services/";
        mec::append_encoded(target, text);
        if (text.empty() || text == "." || text == "..") continue; // no ids: see is_path_id
        mec::query_builder(target).add(text, text);
        const auto parsed = mec::url::parse("https://mep.example" + target);
        ASSERT_TRUE(parsed) << text << ": " << parsed.error();
        EXPECT_EQ(parsed->target(), target);
        EXPECT_EQ(decode(parsed->path()), "/services/" + text);
        EXPECT_EQ(decode(parsed->query()), text + "=" + text);
    }
}

TEST_F(naughty_strings, are_ids_only_when_nothing_needs_encoding)
{
    std::size_t ids = 0;
    for (const auto& text : strings_) {
        std::string encoded;
        mec::append_encoded(encoded, text);
        const bool plain = !text.empty() && encoded == text && text.size() <= 128;
        EXPECT_EQ(mec::is_path_id(text), plain && text != "." && text != "..") << text;
        ids += mec::is_path_id(text) ? 1 : 0;
    }
    EXPECT_GT(ids, 0u);
    EXPECT_LT(ids, strings_.size() / 2);
}

TEST_F(naughty_strings, never_change_where_a_url_leads)
{
    const auto base = mec::url::parse("https://mep.example/mep1/");
    for (const auto& text : strings_) {
        const auto host = mec::url::parse("https://mep.example/" + text);
        EXPECT_EQ(host ? host->origin() : base->origin(), base->origin()) << text;
        const auto link = base->resolve("./" + text);
        EXPECT_EQ(link ? link->origin() : base->origin(), base->origin()) << text;
    }
}

TEST_F(naughty_strings, are_one_clean_line_in_an_error)
{
    for (const auto& text : strings_) {
        mec::error_info info;
        info.endpoint = text;
        info.problem.emplace();
        info.problem->detail = text;
        for (const char c : mec::error(mec::errc::http_status, info).what()) {
            ASSERT_GE(static_cast<unsigned char>(c), 0x20);
            ASSERT_NE(c, 0x7f);
        }
    }
}

} // namespace
