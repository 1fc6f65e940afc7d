#include "parser_harness.hpp"

#include <gtest/gtest.h>

using namespace mec_test;
using mec::errc;
using mec::internal::received_request;
using mec::internal::request_parser;

namespace {

const std::string host = "Host: mep.example:8080\r\n";
const std::string post = "POST /n HTTP/1.1\r\n" + host;
const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";

std::string get(const std::string& target)
{
    return "GET " + target + " HTTP/1.1\r\n" + host + "\r\n";
}

struct accepted {
    const char* what;
    std::string bytes;
    std::string method;
    std::string target;
    const char* body;
    bool keep_alive;
};

const accepted accepted_requests[] = {
    {"GET", get("/a?b=c&d"), "GET", "/a?b=c&d", "", true},
    {"POST with length", post + "Content-Length: 2\r\n\r\n{}", "POST", "/n", "{}", true},
    {"POST without body", post + "\r\n", "POST", "/n", "", true},
    {"chunked, extensions, trailers", chunked + "2;x=\"y\"\r\n{}\r\n00\r\nA: b\r\n\r\n", "POST",
     "/n", "{}", true},
    {"empty line first", "\r\n" + get("/"), "GET", "/", "", true},
    {"Connection: close", "GET / HTTP/1.1\r\nConnection: close\r\n" + host + "\r\n", "GET", "/", "",
     false},
    {"HTTP/1.0", "GET / HTTP/1.0\r\n" + host + "\r\n", "GET", "/", "", false},
    {"HTTP/1.0 keep-alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n" + host + "\r\n", "GET",
     "/", "", false},
    {"unknown method", "M-SEARCH / HTTP/1.1\r\n" + host + "\r\n", "M-SEARCH", "/", "", true},
    {"method of 32 characters", std::string(32, 'M') + " / HTTP/1.1\r\n" + host + "\r\n",
     std::string(32, 'M'), "/", "", true},
    {"upgrade is not heard",
     "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n" + host + "\r\n", "GET", "/", "",
     true},
    {"escapes are not decoded", get("/%2e%2e/%2F;x=y/../a//b"), "GET", "/%2e%2e/%2F;x=y/../a//b",
     "", true},
    {"IPv6 host", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "GET", "/", "", true},
    {"IPv6 host without port", "GET / HTTP/1.1\r\nHost: [fe80::1]\r\n\r\n", "GET", "/", "", true},
    {"host without port", "GET / HTTP/1.1\r\nHost: a-b.c_d\r\n\r\n", "GET", "/", "", true},
    {"target of 8000 bytes", get("/" + std::string(7999, 'a')), "GET", "/" + std::string(7999, 'a'),
     "", true},
};

struct refused {
    const char* what;
    std::string bytes;
    int status;
};

const refused refused_requests[] = {
    {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
    {"two Hosts", "GET / HTTP/1.1\r\n" + host + host + "\r\n", 400},
    {"empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
    {"Host with user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
    {"Host with port only", "GET / HTTP/1.1\r\nHost: :80\r\n\r\n", 400},
    {"Host with letters in the port", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", 400},
    {"Host with open bracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400},
    {"Host with text after the bracket", "GET / HTTP/1.1\r\nHost: [::1]a\r\n\r\n", 400},
    {"Host with path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
    {"list of Hosts", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
    {"absolute form", "GET http://mep.example/ HTTP/1.1\r\n" + host + "\r\n", 400},
    {"authority form", "CONNECT mep.example:80 HTTP/1.1\r\n" + host + "\r\n", 400},
    {"asterisk form", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 400},
    {"target !", get("!"), 400},
    {"target without slash", get("a"), 400},
    {"fragment", get("/a#b"), 400},
    {"raw UTF-8", get("/\xc3\xa4"), 400},
    {"backslash", get("/a\\b"), 400},
    {"quote", get("/a\"b"), 400},
    {"brace", get("/{a}"), 400},
    {"angle", get("/<a>"), 400},
    {"caret", get("/a^b"), 400},
    {"bar", get("/a|b"), 400},
    {"backquote", get("/a`b"), 400},
    {"space in the target", get("/a b"), 400},
    {"two spaces", "GET  / HTTP/1.1\r\n" + host + "\r\n", 400},
    {"HTAB", "GET\t/ HTTP/1.1\r\n" + host + "\r\n", 400},
    {"space after the version", "GET / HTTP/1.1 \r\n" + host + "\r\n", 400},
    {"NUL in the target", get(std::string("/a\0b", 4)), 400},
    {"method with separator", "G(T / HTTP/1.1\r\n" + host + "\r\n", 400},
    {"method of 33 characters", std::string(33, 'M') + " / HTTP/1.1\r\n" + host + "\r\n", 501},
    {"method of 200 characters", std::string(200, 'M') + " / HTTP/1.1\r\n" + host + "\r\n", 501},
    {"HTTP/0.9", "GET /\r\n\r\n", 400},
    {"HTTP/1.2", "GET / HTTP/1.2\r\n" + host + "\r\n", 505},
    {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
    {"HTTP/11", "GET / HTTP/11\r\n" + host + "\r\n", 400},
    {"lower-case version", "GET / http/1.1\r\n" + host + "\r\n", 400},
    {"two empty lines first", "\r\n\r\n" + get("/"), 400},
    {"TLS hello", "\x16\x03\x01\x02", 400},
    {"coding gzip", post + "Transfer-Encoding: gzip\r\n\r\n", 400},
    {"coding identity", post + "Transfer-Encoding: identity\r\n\r\n", 400},
    {"coding xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n", 400},
    {"coding chunked, identity", post + "Transfer-Encoding: chunked, identity\r\n\r\n", 400},
    {"coding identity, chunked", post + "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
     400},
    {"coding with VT",
     post + "Transfer-Encoding: \x0b"
            "chunked\r\n\r\n0\r\n\r\n",
     400},
    {"coding in quotes", post + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", 400},
    {"garbage coding beside a length", post + "Transfer-Encoding: x\r\nContent-Length: 2\r\n\r\n{}",
     400},
    {"length beside chunked",
     post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"space before the colon of the coding", post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
     400},
    {"chunked in HTTP/1.0",
     "POST /n HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
    {"lengths 3, 3", post + "Content-Length: 3, 3\r\n\r\nabc", 400},
    {"equal lengths", post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400},
    {"folded field", post + "A: b\r\n\tc\r\n\r\n", 400},
    {"bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400},
    {"bare CR", "GET / HTTP/1.1\rHost: a\r\n\r\n", 400},
    {"other Expect", post + "Expect: 200-ok\r\nContent-Length: 2\r\n\r\n{}", 417},
    {"body of 1 GB", post + "Content-Length: 1000000000\r\n\r\n", 413},
    {"chunk of 1 GB", chunked + "3b9aca00\r\n", 413},
    {"target of 8001 bytes", get("/" + std::string(8000, 'a')), 414},
    {"header of 20 KB", "GET / HTTP/1.1\r\nA: " + std::string(20'000, 'a') + "\r\n" + host + "\r\n",
     431},
};

} // namespace

TEST(request_parser, accepts_what_is_well_formed)
{
    for (const auto& c : accepted_requests) {
        SCOPED_TRACE(c.what);
        const auto o = read_request(c.bytes);
        EXPECT_FALSE(o.refused()) << o;
        EXPECT_TRUE(o.done);
        EXPECT_EQ(o.used, c.bytes.size());
        EXPECT_EQ(o.method, c.method);
        EXPECT_EQ(o.target, c.target);
        EXPECT_EQ(o.body, c.body);
        EXPECT_EQ(o.keep_alive, c.keep_alive);
    }
}

TEST(request_parser, refuses_with_the_status_that_fits)
{
    for (const auto& c : refused_requests) {
        SCOPED_TRACE(c.what);
        const auto o = read_request(c.bytes);
        EXPECT_TRUE(o.refused()) << o;
        EXPECT_EQ(o.status, c.status) << o;
        EXPECT_FALSE(o.done);
        EXPECT_FALSE(o.keep_alive);
        EXPECT_NE(o.message.find("expected"), std::string::npos) << o.message;
        EXPECT_NE(o.message.find("got"), std::string::npos) << o.message;
    }
}

TEST(request_parser, gives_the_same_verdict_however_the_bytes_are_cut)
{
    const auto check = [](const char* what, const std::string& bytes) {
        SCOPED_TRACE(what);
        const auto once = read_request(bytes);
        ASSERT_EQ(read_request(bytes, ending::none, 0, 1), once) << "single bytes";
        const std::size_t step = bytes.size() < 1000 ? 1 : 997; // long ones are long, not special
        for (std::size_t cut = 0; cut <= bytes.size(); cut += step)
            ASSERT_EQ(read_request(bytes, ending::none, cut), once) << "cut at " << cut;
    };
    for (const auto& c : accepted_requests) check(c.what, c.bytes);
    for (const auto& c : refused_requests) check(c.what, c.bytes);
}

TEST(request_parser, reports_a_request_that_was_cut)
{
    const std::string bytes = chunked + "2\r\n{}\r\n0\r\n\r\n";
    for (std::size_t n = 1; n < bytes.size(); ++n) {
        const auto o = read_request(bytes.substr(0, n), ending::orderly);
        EXPECT_EQ(o.code,
                  make_error_code(n < chunked.size() ? errc::connection_lost : errc::truncated))
            << n;
        EXPECT_EQ(o.status, 400);
    }
    // Between two requests a connection may end.
    EXPECT_FALSE(read_request("", ending::orderly).refused());
    EXPECT_TRUE(read_request(bytes, ending::orderly).done);
}

TEST(request_parser, leaves_the_next_request_to_the_caller)
{
    const std::string bytes = post + "Content-Length: 2\r\n\r\n{}" + get("/second");
    request_parser parser({});
    received_request request;
    parser.start(request);
    EXPECT_FALSE(parser.started());
    const auto used = parser.feed(bytes);
    EXPECT_TRUE(parser.started());
    EXPECT_TRUE(parser.done());
    EXPECT_TRUE(parser.keep_alive());
    request.clear();
    parser.start(request);
    EXPECT_FALSE(parser.started());
    EXPECT_FALSE(parser.done());
    EXPECT_EQ(used + parser.feed(std::string_view(bytes).substr(used)), bytes.size());
    EXPECT_TRUE(parser.done());
    EXPECT_EQ(request.target, "/second");
    EXPECT_EQ(request.body, "");
}

TEST(request_parser, parses_nothing_after_a_refused_request)
{
    request_parser parser({});
    received_request request;
    parser.start(request);
    const std::string bytes = post + "Transfer-Encoding: x\r\n\r\n" + get("/smuggled");
    EXPECT_LT(parser.feed(bytes), bytes.size());
    EXPECT_TRUE(parser.failure());
    EXPECT_EQ(parser.feed(get("/smuggled")), 0U);
    EXPECT_FALSE(parser.header_done());
}

TEST(request_parser, asks_to_continue_only_between_a_good_header_and_its_body)
{
    const auto asks = [](const std::string& bytes) {
        request_parser parser({});
        received_request request;
        parser.start(request);
        parser.feed(bytes);
        return parser.wants_continue();
    };
    const std::string expect = "Expect: 100-Continue\r\n";
    EXPECT_FALSE(asks(post + expect));
    EXPECT_TRUE(asks(post + expect + "Content-Length: 2\r\n\r\n"));
    EXPECT_FALSE(asks(post + expect + "Content-Length: 2\r\n\r\n{"));
    EXPECT_FALSE(asks(post + expect + "Content-Length: 2\r\n\r\n{}"));
    EXPECT_FALSE(asks(post + expect + "Content-Length: 0\r\n\r\n"));
    EXPECT_FALSE(asks(post + expect + "\r\n"));
    EXPECT_TRUE(asks(post + expect + "Transfer-Encoding: chunked\r\n\r\n"));
    EXPECT_FALSE(asks(post + expect + "Transfer-Encoding: chunked\r\n\r\n2"));
    EXPECT_FALSE(asks(post + expect + "Content-Length: 1000000000\r\n\r\n"));
    EXPECT_FALSE(asks(post + "Content-Length: 2\r\n\r\n"));
    EXPECT_FALSE(asks("POST /n HTTP/1.0\r\n" + host + expect + "Content-Length: 2\r\n\r\n"));
}

TEST(request_parser, keeps_trailers_out_of_the_headers)
{
    const auto o = read_request(chunked + "0\r\nAuthorization: x\r\nHost: evil\r\n\r\n");
    EXPECT_TRUE(o.done);
    EXPECT_EQ(o.headers,
              (field_list{{"Host", "mep.example:8080"}, {"Transfer-Encoding", "chunked"}}));
}

TEST(request_parser, does_not_repeat_targets_and_header_values_in_errors)
{
    for (const auto& bytes :
         {get("/swordfish|"), post + "Authorization: Bearer swordfish\x01\r\n\r\n",
          std::string("GET / HTTP/1.1\r\nA: swordfish\r\n\r\n")}) {
        const auto o = read_request(bytes);
        EXPECT_TRUE(o.refused());
        EXPECT_EQ(o.message.find("swordfish"), std::string::npos) << o.message;
    }
}
