#include <mec/core/error.hpp>
#include <mec/core/result.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

using mec::condition;
using mec::errc;

std::vector<errc> all_codes()
{
    std::vector<errc> out;
    for (int i = 1; i <= static_cast<int>(errc::not_supported); ++i) {
        out.push_back(static_cast<errc>(i));
    }
    return out;
}

bool one_clean_line(const std::string& text)
{
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
    }
    return !text.empty();
}

TEST(errc, every_code_has_a_sentence_of_its_own)
{
    std::set<std::string> sentences;
    for (const errc code : all_codes()) {
        const std::string text = mec::make_error_code(code).message();
        EXPECT_NE(text, "unknown error");
        EXPECT_TRUE(sentences.insert(text).second) << text;
    }
    EXPECT_EQ(mec::error_code(9999, mec::error_category()).message(), "unknown error");
}

TEST(errc, sentences_do_not_allocate_when_asked_with_a_buffer)
{
    const auto code = mec::make_error_code(errc::not_found);
    char buffer[4];
    EXPECT_EQ(std::string(code.category().message(code.value(), buffer, sizeof buffer)),
              code.message());
}

TEST(condition, groups_codes)
{
    EXPECT_EQ(mec::error(errc::connect_timeout), condition::timeout);
    EXPECT_EQ(mec::error(errc::connect_timeout), condition::retryable);
    EXPECT_EQ(mec::error(errc::connect_timeout), condition::unreachable_peer);
    EXPECT_EQ(mec::error(errc::deadline_exceeded), condition::timeout);
    EXPECT_EQ(mec::error(errc::forbidden), condition::unauthorized);
    EXPECT_EQ(mec::error(errc::tls_expired), condition::untrusted_peer);
    EXPECT_EQ(mec::error(errc::json_schema), condition::bad_data);
    EXPECT_EQ(mec::error(errc::name_not_found), condition::unreachable_peer);
    EXPECT_NE(mec::error(errc::name_not_found), condition::retryable);
}

TEST(condition, repeating_is_never_advised_when_it_could_do_harm)
{
    for (const errc code : {errc::outcome_unknown, errc::cancelled, errc::shutting_down,
                            errc::config_invalid, errc::auth_failed, errc::bad_request}) {
        EXPECT_NE(mec::error(code), condition::retryable) << mec::error(code);
    }
}

TEST(condition, other_categories_belong_to_no_group)
{
    const mec::error_code foreign(static_cast<int>(errc::connect_timeout),
                                  boost::system::system_category());
    EXPECT_FALSE(foreign == mec::make_error_condition(condition::timeout));
}

TEST(error, default_is_no_error)
{
    const mec::error none;
    EXPECT_FALSE(none);
    EXPECT_EQ(none.what(), "no error");
    EXPECT_TRUE(none.info().message.empty());
    EXPECT_TRUE(mec::error(errc::conflict));
}

TEST(error, what_tells_the_whole_story_on_one_line)
{
    mec::error_info info;
    info.message = "retry with the present ETag";
    info.operation = "service_mgmt.update_service";
    info.endpoint = "https://mep.example:8443/mec_service_mgmt/v1";
    info.http_status = 412;
    info.problem.emplace();
    info.problem->title = "Precondition Failed";
    info.problem->detail = "ETag is stale";
    info.attempts = 3;
    info.elapsed = std::chrono::milliseconds{1250};
    info.retry_after = std::chrono::milliseconds{500};
    const mec::error e(errc::precondition_failed, info);
    EXPECT_EQ(
        e.what(),
        "service_mgmt.update_service https://mep.example:8443/mec_service_mgmt/v1: the resource "
        "was changed by somebody else: retry with the present ETag; HTTP status 412; the "
        "platform says: Precondition Failed: ETag is stale; the platform asks to wait 500 ms; "
        "3 attempts; after 1.2 s");
    std::ostringstream out;
    out << e;
    EXPECT_EQ(out.str(), e.what());
}

TEST(error, what_has_pointer_system_code_and_cause)
{
    mec::error_info inner;
    inner.system = mec::error_code(ECONNREFUSED, boost::system::system_category());
    mec::error_info outer;
    outer.pointer = "/services/3/serName";
    outer.cause = std::make_shared<const mec::error>(errc::connect_refused, inner);
    const std::string text = mec::error(errc::deadline_exceeded, outer).what();
    EXPECT_NE(text.find("; at /services/3/serName"), std::string::npos) << text;
    EXPECT_NE(text.find("; cause: connection refused"), std::string::npos) << text;
    EXPECT_NE(text.find("; system: Connection refused"), std::string::npos) << text;
}

TEST(error, a_long_chain_of_causes_is_cut)
{
    mec::error e(errc::connection_lost, "first");
    for (int i = 0; i < 100; ++i) {
        mec::error_info info;
        info.cause = std::make_shared<const mec::error>(e);
        e = mec::error(errc::deadline_exceeded, info);
    }
    EXPECT_LT(e.what().size(), 1000u);
}

TEST(error, lines_of_a_message_are_joined_in_what_and_kept_in_info)
{
    const mec::error e(errc::config_invalid, "first\n  second");
    EXPECT_EQ(e.info().message, "first\n  second");
    EXPECT_NE(e.what().find("first; second"), std::string::npos);
}

TEST(error, texts_of_the_peer_are_cut_and_escaped)
{
    mec::error_info info;
    info.problem.emplace();
    info.problem->title = "a\r\nSet-Cookie: x\x1b[31m\x7f";
    info.problem->detail = std::string(100'000, 'x');
    info.endpoint = "https://h/\n";
    info.message = std::string(100'000, '\x01');
    const mec::error e(errc::http_status, std::move(info));
    EXPECT_EQ(e.info().problem->title, "a\\r\\nSet-Cookie: x\\x1b[31m\\x7f");
    EXPECT_LE(e.info().problem->detail->size(), 1024u + 3u);
    EXPECT_TRUE(one_clean_line(e.what()));
    EXPECT_LT(e.what().size(), 8u * 1024u);
}

TEST(error, with_keeps_the_code)
{
    mec::error_info info;
    info.operation = "op";
    const mec::error e = mec::error(errc::not_found, "gone").with(info);
    EXPECT_EQ(e, errc::not_found);
    EXPECT_EQ(e.info().operation, "op");
    EXPECT_TRUE(e.info().message.empty());
}

TEST(result, value_throws_a_system_error_that_holds_the_error)
{
    const mec::result<int> r = mec::error(errc::not_found, "service 17");
    try {
        r.value();
        FAIL() << "value() of an error must throw";
    } catch (const mec::system_error& e) {
        EXPECT_EQ(e.error(), errc::not_found);
        EXPECT_EQ(e.code(), mec::make_error_code(errc::not_found));
        EXPECT_EQ(std::string(e.what()), e.error().what());
    }
}

TEST(result, thrown_error_is_caught_as_boost_and_standard_exception)
{
    const mec::result<int> r = errc::forbidden;
    EXPECT_THROW(r.value(), boost::system::system_error);
    EXPECT_THROW(r.value(), std::runtime_error);
}

} // namespace
