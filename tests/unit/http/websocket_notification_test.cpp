#include "websocket_notification.hpp"

#include <gtest/gtest.h>

namespace {

using namespace mec::internal;
using mec::errc;
using namespace std::string_literals;

constexpr websocket_message_limits limits{};

std::string number(const char (&bytes)[5])
{
    return "3GPP-WS-Notif-Seq: " + std::string(bytes, 4) + "\r\n";
}

const std::string one = number("\0\0\0\1");
const std::string length_2 = "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

std::string request(std::uint32_t sequence, std::string_view body)
{
    std::string out;
    append_websocket_request(out, sequence, "application/json", body);
    return out;
}

TEST(websocket_notification, has_the_bytes_of_the_standard)
{
    EXPECT_EQ(request(1, "{}"), one + length_2);
    std::string out;
    append_websocket_response(out, 0x01020304, 204, "application/json", "");
    EXPECT_EQ(out, number("\1\2\3\4") + "204 No Content\r\nContent-Type: application/json\r\n"
                                        "Content-Length: 0\r\n\r\n");
}

TEST(websocket_notification, comes_back_as_it_went)
{
    // Among them numbers whose bytes look like ends of lines.
    for (const std::uint32_t n : {0U, 1U, 0x0d0a0d0aU, 0x3a203a20U, 0xffffffffU}) {
        const std::string text = request(n, "{\"a\":\"\r\n\r\n\"}");
        const auto back = decode_websocket_request(text, limits);
        ASSERT_TRUE(back) << back.error();
        EXPECT_EQ(back->sequence, n);
        EXPECT_EQ(back->content_type, "application/json");
        EXPECT_EQ(back->body, "{\"a\":\"\r\n\r\n\"}");
        EXPECT_EQ(back->body.data() + back->body.size(), text.data() + text.size()) << "no copy";
        EXPECT_EQ(websocket_sequence_of(text), n);
    }
    for (const int status : {204, 400, 415, 503}) {
        std::string out;
        append_websocket_response(out, 7, status, "application/problem+json", "{}");
        const auto back = decode_websocket_response(out, limits);
        ASSERT_TRUE(back) << back.error();
        EXPECT_EQ(back->sequence, 7U);
        EXPECT_EQ(back->status, status);
        EXPECT_EQ(back->body, "{}");
    }
}

TEST(websocket_notification, is_refused_when_cut_anywhere)
{
    const std::string text = request(9, "{\"name\":\"x\"}");
    std::string answer;
    append_websocket_response(answer, 9, 204, "application/json", "x");
    for (std::size_t size = 0; size < text.size(); ++size) {
        const auto cut = decode_websocket_request(text.substr(0, size), limits);
        ASSERT_FALSE(cut) << size;
        EXPECT_EQ(cut.error(), errc::protocol_error) << size;
    }
    for (std::size_t size = 0; size < answer.size(); ++size)
        ASSERT_FALSE(decode_websocket_response(answer.substr(0, size), limits)) << size;
}

TEST(websocket_notification, survives_any_change_of_a_byte)
{
    const std::string text = request(9, "{}");
    for (std::size_t at = 0; at < text.size(); ++at)
        for (int c = 0; c < 256; ++c) {
            std::string changed = text;
            changed[at] = static_cast<char>(c);
            const auto back = decode_websocket_request(changed, limits);
            if (back) EXPECT_LE(back->body.size(), 2U);
            else EXPECT_FALSE(back.error().info().message.empty());
        }
}

TEST(websocket_notification, tolerates_what_does_no_harm)
{
    // What is decoded points into the text.
    const std::string text = one + "content-type:\tx/y \r\nX-Other: 1\r\n\r\n{}";
    const auto lengthless = decode_websocket_request(text, limits);
    ASSERT_TRUE(lengthless) << lengthless.error();
    EXPECT_EQ(lengthless->content_type, "x/y");
    EXPECT_EQ(lengthless->body, "{}");
    const auto bare = decode_websocket_request(one + "\r\n", limits);
    ASSERT_TRUE(bare) << bare.error();
    EXPECT_TRUE(bare->content_type.empty() && bare->body.empty());
    // What a well-known platform writes: the code twice.
    const auto twice = decode_websocket_response(one + "204 204 No Content\r\n" + length_2, limits);
    ASSERT_TRUE(twice) << twice.error();
    EXPECT_EQ(twice->status, 204);
    EXPECT_TRUE(decode_websocket_response(one + "204\r\n\r\n", limits));
}

TEST(websocket_notification, refuses_what_two_readers_might_read_in_two_ways)
{
    const char* bad[] = {
        "Content-Length: 1\r\n\r\n{}",
        "Content-Length: 3\r\n\r\n{}",
        "Content-Length: +2\r\n\r\n{}",
        "Content-Length: 2x\r\n\r\n{}",
        "Content-Length: \r\n\r\n{}",
        "Content-Length: 99999999999999999999\r\n\r\n{}",
        "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        "Content-Type: a/b\r\nContent-Type: c/d\r\n\r\n{}",
        "Content-Type a/b\r\n\r\n{}",
        "Content Type: a/b\r\n\r\n{}",
        ": x\r\n\r\n{}",
        "X: a\nY: b\r\n\r\n{}",
        "X: \x01\r\n\r\n{}",
        "\n\n{}",
    };
    for (const char* text : bad) {
        const auto r = decode_websocket_request(one + text, limits);
        ASSERT_FALSE(r) << text;
        EXPECT_EQ(r.error(), errc::protocol_error) << text;
        EXPECT_EQ(websocket_sequence_of(one + text), 1U) << "it can be answered";
    }
    for (const char* text : {"4GPP-WS-Notif-Seq: \0\0\0\1\r\n", "3GPP-WS-Notif-Seq: 1\r\n\r\n",
                             "204 No Content\r\n\r\n", ""})
        EXPECT_FALSE(websocket_sequence_of(text)) << text;
    for (const char* line : {"20 No", "2040 x", "099 x", "600 x", "abc", "", " 204 x", "204x"})
        EXPECT_FALSE(decode_websocket_response(one + line + "\r\n\r\n", limits)) << line;
}

TEST(websocket_notification, holds_to_each_limit)
{
    websocket_message_limits most;
    most.body = 10;
    most.fields = 2;
    most.header = one.size() + 20;
    EXPECT_TRUE(decode_websocket_request(one + "\r\n" + std::string(10, 'x'), most));
    EXPECT_EQ(decode_websocket_request(one + "\r\n" + std::string(11, 'x'), most).error(),
              errc::limit_exceeded);
    EXPECT_TRUE(decode_websocket_request(one + "A: 1\r\nB: 2\r\n\r\n", most));
    EXPECT_EQ(decode_websocket_request(one + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n", most).error(),
              errc::limit_exceeded);
    EXPECT_TRUE(decode_websocket_request(one + "A: " + std::string(13, 'x') + "\r\n\r\n", most));
    EXPECT_EQ(
        decode_websocket_request(one + "A: " + std::string(14, 'x') + "\r\n\r\n", most).error(),
        errc::limit_exceeded);
}

} // namespace
