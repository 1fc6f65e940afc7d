#include "parser_harness.hpp"

#include <gtest/gtest.h>

#include <random>

using namespace mec_test;
using mec::errc;
namespace http = mec::http;
using mec::internal::append_request;
using mec::internal::append_response;
using mec::internal::reason_phrase;

namespace {

mec::secret_string secret(std::string_view text) { return mec::secret_string(text); }

http::request simple()
{
    http::request req;
    req.origin = {"http", "mep.example", 8080};
    req.target = "/mec_service_mgmt/v1/services?ser_name=x";
    return req;
}

std::string written(const http::request& req, std::string_view user_agent = "test/1")
{
    std::string out;
    EXPECT_FALSE(append_request(out, req, user_agent));
    return out;
}

std::string value_of(const field_list& headers, std::string_view name)
{
    std::string found;
    for (const auto& [n, v] : headers)
        if (http::equal_names(n, name)) found += found.empty() ? v : " and " + v;
    return found;
}

} // namespace

TEST(append_request, writes_a_get)
{
    auto req = simple();
    req.accept = "application/json";
    req.headers.append("If-Match", "\"7\"");
    req.bearer = secret("token");
    EXPECT_EQ(written(req), "GET /mec_service_mgmt/v1/services?ser_name=x HTTP/1.1\r\n"
                            "Host: mep.example:8080\r\n"
                            "User-Agent: test/1\r\n"
                            "Accept: application/json\r\n"
                            "Accept-Encoding: identity\r\n"
                            "Authorization: Bearer token\r\n"
                            "If-Match: \"7\"\r\n"
                            "\r\n");
}

TEST(append_request, writes_a_body_with_its_type_and_length)
{
    auto req = simple();
    req.method = http::method::put;
    req.content_type = "application/json";
    req.body = "{\"a\":1}";
    req.basic = secret("dXNlcjpwYXNz");
    const auto o = read_request(written(req));
    EXPECT_TRUE(o.done);
    EXPECT_EQ(o.method, "PUT");
    EXPECT_EQ(o.body, req.body);
    EXPECT_EQ(value_of(o.headers, "Content-Type"), "application/json");
    EXPECT_EQ(value_of(o.headers, "Content-Length"), "7");
    EXPECT_EQ(value_of(o.headers, "Authorization"), "Basic dXNlcjpwYXNz");
}

TEST(append_request, states_the_length_of_an_empty_body_where_one_is_expected)
{
    auto req = simple();
    for (auto m : {http::method::post, http::method::put, http::method::patch}) {
        req.method = m;
        EXPECT_EQ(value_of(read_request(written(req)).headers, "Content-Length"), "0");
    }
    for (auto m : {http::method::get, http::method::delete_}) {
        req.method = m;
        EXPECT_EQ(value_of(read_request(written(req)).headers, "Content-Length"), "");
    }
}

TEST(append_request, appends)
{
    std::string out = "before";
    ASSERT_FALSE(append_request(out, simple(), {}));
    EXPECT_EQ(out.compare(0, 10, "beforeGET "), 0);
}

TEST(append_request, refuses_what_would_not_be_one_request)
{
    struct {
        const char* what;
        void (*spoil)(http::request&);
    } const cases[] = {
        {"empty target", [](http::request& r) { r.target.clear(); }},
        {"target without slash", [](http::request& r) { r.target = "a"; }},
        {"absolute target", [](http::request& r) { r.target = "http://evil/"; }},
        {"space in the target", [](http::request& r) { r.target = "/a HTTP/1.1"; }},
        {"CRLF in the target", [](http::request& r) { r.target = "/ HTTP/1.1\r\nX: y"; }},
        {"NUL in the target", [](http::request& r) { r.target = std::string("/\0", 2); }},
        {"raw UTF-8 in the target", [](http::request& r) { r.target = "/\xc3\xa4"; }},
        {"target of 8001 bytes", [](http::request& r) { r.target.assign(8001, '/'); }},
        {"empty host", [](http::request& r) { r.origin.host.clear(); }},
        {"CRLF in the host", [](http::request& r) { r.origin.host = "a\r\nX: y"; }},
        {"CR in a value", [](http::request& r) { r.headers.append("A", "b\rc"); }},
        {"LF in a value", [](http::request& r) { r.headers.append("A", "b\nc"); }},
        {"NUL in a value",
         [](http::request& r) { r.headers.append("A", std::string_view("\0", 1)); }},
        {"CRLF in a name", [](http::request& r) { r.headers.append("A: b\r\nC", "d"); }},
        {"colon in a name", [](http::request& r) { r.headers.append("A:", "d"); }},
        {"empty name", [](http::request& r) { r.headers.append("", "d"); }},
        {"CRLF in Accept", [](http::request& r) { r.accept = "a\r\nb: c"; }},
        {"CRLF in Content-Type", [](http::request& r) { r.content_type = "a\r\nb: c"; }},
        {"CRLF in a token", [](http::request& r) { r.bearer = secret("a\r\nb: c"); }},
        {"line end after a token", [](http::request& r) { r.bearer = secret("a\n"); }},
        {"space in a credential", [](http::request& r) { r.basic = secret("a b"); }},
        {"two credentials",
         [](http::request& r) { r.bearer = secret("a"), r.basic = secret("b"); }},
        {"own Host", [](http::request& r) { r.headers.append("host", "evil"); }},
        {"own length", [](http::request& r) { r.headers.append("Content-Length", "5"); }},
        {"own coding", [](http::request& r) { r.headers.append("Transfer-Encoding", "chunked"); }},
        {"own Connection", [](http::request& r) { r.headers.append("Connection", "close"); }},
        {"credential as header", [](http::request& r) { r.headers.append("AUTHORIZATION", "x"); }},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.what);
        auto req = simple();
        c.spoil(req);
        std::string out = "before";
        EXPECT_EQ(append_request(out, req, "test/1"), errc::config_invalid);
        EXPECT_EQ(out, "before");
    }
    std::string out;
    EXPECT_EQ(append_request(out, simple(), "a\r\nb: c"), errc::config_invalid);
}

TEST(append_request, keeps_credentials_out_of_errors)
{
    auto req = simple();
    req.bearer = secret("swordfish\n");
    std::string out;
    const auto e = append_request(out, req, {});
    EXPECT_EQ(e.what().find("swordfish"), std::string::npos) << e;
}

// Whatever is put into the members: either nothing is written, or exactly this request.
TEST(append_request, writes_exactly_one_request_or_nothing)
{
    std::mt19937 random(20'22);
    using namespace std::string_view_literals; // counts the NUL as well
    const auto alphabet = "abcXYZ019/?&=%-._~:;,\"'()<>[]{}@!#$*+^`|\\ \t\r\n\0\x7f\x80\xff"sv;
    const auto text = [&](std::size_t longest, std::size_t hostile) {
        std::string s;
        const std::size_t size = random() % (longest + 1);
        for (std::size_t i = 0; i < size; ++i)
            s += alphabet[random() % (random() % 100 < hostile ? alphabet.size() : 9)];
        return s;
    };
    const auto trimmed = [](std::string s) {
        s.erase(0, s.find_first_not_of(" \t"));
        s.erase(s.find_last_not_of(" \t") + 1);
        return s;
    };
    const std::string names[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
    int sent = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::size_t hostile = i % 3 == 0 ? 0 : 2;
        http::request req = simple();
        req.method = static_cast<http::method>(random() % 5);
        req.target = "/" + text(20, hostile);
        const std::string accept = text(10, hostile), type = text(10, hostile),
                          token = text(10, hostile);
        req.accept = accept;
        req.content_type = type;
        req.bearer = secret(token);
        field_list own;
        for (auto n = random() % 3; n > 0; --n) {
            own.emplace_back(text(8, hostile), text(20, hostile));
            req.headers.append(own.back().first, own.back().second);
            own.back().second = trimmed(own.back().second);
        }
        req.body = text(40, 50);
        std::string out;
        if (append_request(out, req, "test/1")) {
            ASSERT_TRUE(out.empty());
            continue;
        }
        ++sent;
        const auto o = read_request(out);
        ASSERT_TRUE(o.done) << o << "\n" << out;
        ASSERT_EQ(o.used, out.size());
        ASSERT_EQ(o.method, names[static_cast<std::size_t>(req.method)]);
        ASSERT_EQ(o.target, req.target);
        ASSERT_EQ(o.body, req.body);
        const std::size_t expected = 3 + !accept.empty() + !token.empty() + own.size() +
                                     (!type.empty() && !req.body.empty()) +
                                     (!req.body.empty() || (req.method != http::method::get &&
                                                            req.method != http::method::delete_));
        ASSERT_EQ(o.headers.size(), expected) << out;
        for (const auto& field : own)
            ASSERT_NE(std::find(o.headers.begin(), o.headers.end(), field), o.headers.end()) << out;
    }
    EXPECT_GT(sent, 1000);
}

TEST(append_response, writes_what_response_parser_reads)
{
    http::fields headers;
    headers.append("Content-Type", "application/json");
    headers.append("ETag", "\"1\"");
    std::string out;
    append_response(out, 200, headers, "{}", true);
    EXPECT_EQ(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nETag: \"1\"\r\n"
                   "Content-Length: 2\r\n\r\n{}");
    const auto o = read_response(out);
    EXPECT_TRUE(o.done);
    EXPECT_TRUE(o.keep_alive);
}

TEST(append_response, leaves_out_what_would_break_the_message)
{
    http::fields headers;
    headers.append("A", "b\r\nEvil: 1");
    headers.append("B\r\nEvil", "2");
    headers.append("", "3");
    headers.append("Content-Length", "99");
    headers.append("Transfer-Encoding", "chunked");
    headers.append("Connection", "keep-alive");
    headers.append("Good", "4");
    std::string out;
    append_response(out, 404, headers, "no", false);
    EXPECT_EQ(
        out,
        "HTTP/1.1 404 Not Found\r\nGood: 4\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
}

TEST(append_response, gives_no_body_to_a_status_without_one)
{
    for (int status : {100, 204, 304}) {
        std::string out;
        append_response(out, status, {}, "body", true);
        EXPECT_EQ(out, "HTTP/1.1 " + std::to_string(status) + " " +
                           std::string(reason_phrase(status)) + "\r\n\r\n");
    }
}

TEST(append_response, can_be_read_with_every_status)
{
    for (int status = 200; status < 600; ++status) {
        std::string out;
        append_response(out, status, {}, {}, true);
        const auto o = read_response(out);
        EXPECT_TRUE(o.done) << out;
        EXPECT_EQ(o.status, status);
    }
    EXPECT_EQ(reason_phrase(299), "");
}
