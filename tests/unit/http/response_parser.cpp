#include "parser_harness.hpp"

#include <gtest/gtest.h>

using namespace mec_test;
using mec::errc;
namespace http = mec::http;
using mec::internal::response_parser;

namespace {

const std::string ok = "HTTP/1.1 200 OK\r\n";
const std::string chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";

mec::error_code code(errc e) { return make_error_code(e); }

struct accepted {
    const char* what;
    std::string bytes;
    int status;
    const char* body;
    bool keep_alive;
};

const accepted accepted_responses[] = {
    {"Content-Length", ok + "Content-Length: 5\r\n\r\nhello", 200, "hello", true},
    {"empty body", ok + "Content-Length: 0\r\n\r\n", 200, "", true},
    {"white space around a length", ok + "Content-Length: \t 5 \t\r\n\r\nhello", 200, "hello",
     true},
    {"leading zeros", ok + "Content-Length: 005\r\n\r\nhello", 200, "hello", true},
    {"chunked", chunked + "5\r\nhello\r\n0\r\n\r\n", 200, "hello", true},
    {"no chunk at all", chunked + "0\r\n\r\n", 200, "", true},
    {"chunks, extensions, trailers",
     chunked + "3;a=b\r\nhel\r\n002;c=\"d\\\" ;e\"\r\nlo\r\n000;f\r\nX: y\r\nZ:\r\n\r\n", 200,
     "hello", true},
    {"hexadecimal sizes in either case",
     chunked + "A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n", 200, "01234567890123456789",
     true},
    {"data that looks like framing", chunked + "7\r\n0\r\n\r\n\r\n\r\n0\r\n\r\n", 200,
     "0\r\n\r\n\r\n", true},
    {"name of the coding in capitals", ok + "Transfer-Encoding: CHUNKED\r\n\r\n0\r\n\r\n", 200, "",
     true},
    {"Connection: close", ok + "Connection: x, Close\r\nContent-Length: 2\r\n\r\nab", 200, "ab",
     false},
    {"HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nab", 200, "ab", false},
    {"HTTP/1.0 keep-alive",
     "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nab", 200, "ab", false},
    {"204", "HTTP/1.1 204 No Content\r\n\r\n", 204, "", true},
    {"304 with the length of what it stands for",
     "HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n", 304, "", true},
    {"204 with a body announced", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", 204, "",
     false},
    {"204 with chunks announced", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n",
     204, "", false},
    {"empty reason", "HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n", 404, "", true},
    {"octets above ASCII", "HTTP/1.1 500 Fehlerb\xe4r\r\nX: \xc3\xa4\r\nContent-Length: 0\r\n\r\n",
     500, "", true},
    {"smallest and largest status", "HTTP/1.1 599 X\r\nContent-Length: 0\r\n\r\n", 599, "", true},
    {"interim responses",
     "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok +
         "Content-Length: 2\r\n\r\nab",
     200, "ab", true},
    {"interim response with lengths",
     "HTTP/1.1 103 X\r\nContent-Length: 9\r\n\r\n" + ok + "Content-Length: 1\r\n\r\na", 200, "a",
     true},
    {"identity coding", ok + "Content-Encoding: identity\r\nContent-Length: 1\r\n\r\na", 200, "a",
     true},
};

struct refused {
    const char* what;
    std::string bytes;
    errc code;
};

const refused refused_responses[] = {
    {"status 099", "HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n", errc::protocol_error},
    {"status 600", "HTTP/1.1 600 X\r\nContent-Length: 0\r\n\r\n", errc::protocol_error},
    {"status 999", "HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n", errc::protocol_error},
    {"status of two digits", "HTTP/1.1 20 X\r\nContent-Length: 0\r\n\r\n", errc::protocol_error},
    {"status of four digits", "HTTP/1.1 2000 X\r\nContent-Length: 0\r\n\r\n", errc::protocol_error},
    {"no space after the status", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
     errc::protocol_error},
    {"HTTP/0.9", "<html>", errc::protocol_error},
    {"HTTP/2 settings frame", std::string("\0\0\x12\4\0\0\0\0\0", 9), errc::protocol_error},
    {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", errc::protocol_error},
    {"HTTP/2.0", "HTTP/2.0 200 OK\r\n\r\n", errc::protocol_error},
    {"HTTP/1.2", "HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n", errc::protocol_error},
    {"TLS alert", "\x15\x03\x03\x01", errc::protocol_error},
    {"lower-case http", "http/1.1 200 OK\r\n\r\n", errc::protocol_error},
    {"empty line first", "\r\n" + ok + "Content-Length: 0\r\n\r\n", errc::protocol_error},
    {"101", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", errc::protocol_error},
    {"length and chunked", ok + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
     errc::protocol_error},
    {"chunked and length", ok + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
     errc::protocol_error},
    {"other coding and length", ok + "Transfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\nabc",
     errc::protocol_error},
    {"two lengths", ok + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", errc::protocol_error},
    {"two equal lengths", ok + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
     errc::protocol_error},
    {"list of lengths", ok + "Content-Length: 3, 3\r\n\r\nabc", errc::protocol_error},
    {"length +3", ok + "Content-Length: +3\r\n\r\nabc", errc::protocol_error},
    {"length -1", ok + "Content-Length: -1\r\n\r\nabc", errc::protocol_error},
    {"length 0x3", ok + "Content-Length: 0x3\r\n\r\nabc", errc::protocol_error},
    {"length 2^64", ok + "Content-Length: 18446744073709551616\r\n\r\nabc", errc::protocol_error},
    {"length 3 a", ok + "Content-Length: 3 a\r\n\r\nabc", errc::protocol_error},
    {"empty length", ok + "Content-Length:\r\n\r\nabc", errc::protocol_error},
    {"chunked in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
     errc::protocol_error},
    {"coding gzip", ok + "Transfer-Encoding: gzip\r\nConnection: close\r\n\r\n",
     errc::protocol_error},
    {"coding identity", ok + "Transfer-Encoding: identity\r\nConnection: close\r\n\r\n",
     errc::protocol_error},
    {"coding gzip, chunked", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
     errc::protocol_error},
    {"coding chunked, identity", ok + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
     errc::protocol_error},
    {"coding with an empty element", ok + "Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n",
     errc::protocol_error},
    {"coding with a parameter", ok + "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n",
     errc::protocol_error},
    {"no coding", ok + "Transfer-Encoding:\r\nConnection: close\r\n\r\n", errc::protocol_error},
    {"two codings",
     ok + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
     errc::protocol_error},
    {"bare LF", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", errc::protocol_error},
    {"bare LF in a field", ok + "A: b\nContent-Length: 0\r\n\r\n", errc::protocol_error},
    {"bare CR", ok + "A: b\rContent-Length: 0\r\n\r\n", errc::protocol_error},
    {"NUL in a value", ok + std::string("A: b\0c\r\n", 8) + "Content-Length: 0\r\n\r\n",
     errc::protocol_error},
    {"NUL in a name", ok + std::string("A\0: b\r\n", 7) + "Content-Length: 0\r\n\r\n",
     errc::protocol_error},
    {"DEL in a value", ok + "A: \x7f\r\nContent-Length: 0\r\n\r\n", errc::protocol_error},
    {"folded line", ok + "A: b\r\n c\r\nContent-Length: 0\r\n\r\n", errc::protocol_error},
    {"space before the first field", ok + " A: b\r\nContent-Length: 0\r\n\r\n",
     errc::protocol_error},
    {"space before the colon", ok + "Content-Length : 0\r\n\r\n", errc::protocol_error},
    {"no name", ok + ": b\r\nContent-Length: 0\r\n\r\n", errc::protocol_error},
    {"no colon", ok + "abc\r\nContent-Length: 0\r\n\r\n", errc::protocol_error},
    {"name with @", ok + "a@: b\r\nContent-Length: 0\r\n\r\n", errc::protocol_error},
    {"CR at the end of the header", ok + "Content-Length: 0\r\n\rX", errc::protocol_error},
    {"gzip though not asked for", ok + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
     errc::unexpected_content},
    {"no end of the body to be known", ok + "\r\nhello", errc::truncated},
    {"chunk size missing", chunked + "\r\nhello\r\n", errc::protocol_error},
    {"chunk size not hexadecimal", chunked + "g\r\nhello\r\n", errc::protocol_error},
    {"chunk size negative", chunked + "-1\r\nhello\r\n", errc::protocol_error},
    {"chunk size 0x5", chunked + "0x5\r\nhello\r\n", errc::protocol_error},
    {"chunk size of 17 digits", chunked + "10000000000000005\r\nhello\r\n", errc::protocol_error},
    {"chunk size of 17 zeros", chunked + "00000000000000000\r\n\r\n", errc::protocol_error},
    {"space before a chunk size", chunked + " 5\r\nhello\r\n", errc::protocol_error},
    {"space after a chunk size", chunked + "5 \r\nhello\r\n0\r\n\r\n", errc::protocol_error},
    {"chunk longer than its size", chunked + "4\r\nhello\r\n0\r\n\r\n", errc::protocol_error},
    {"chunk shorter than its size", chunked + "6\r\nhello\r\n0\r\n\r\n", errc::protocol_error},
    {"chunk size with bare LF", chunked + "5\nhello\r\n0\r\n\r\n", errc::protocol_error},
    {"chunk size with bare CR", chunked + "5\rhello\r\n0\r\n\r\n", errc::protocol_error},
    {"chunk data with bare LF", chunked + "5\r\nhello\n0\r\n\r\n", errc::protocol_error},
    {"extension without name", chunked + "5;\r\nhello\r\n0\r\n\r\n", errc::protocol_error},
    {"extension with open quote", chunked + "5;a=\"b\r\nhello\r\n0\r\n\r\n\"\r\n",
     errc::protocol_error},
    {"quote from the last chunk into the trailers", chunked + "0;a=\"b\r\nX: \"\r\n\r\n",
     errc::protocol_error},
    {"extension with control character", chunked + "5;a=\"\1\"\r\nhello\r\n0\r\n\r\n",
     errc::protocol_error},
    {"length in the trailers", chunked + "0\r\nContent-Length: 5\r\n\r\n", errc::protocol_error},
    {"coding in the trailers", chunked + "0\r\nTransfer-Encoding: chunked\r\n\r\n",
     errc::protocol_error},
    {"folded trailer", chunked + "0\r\nA: b\r\n c\r\n\r\n", errc::protocol_error},
    {"trailer with bare LF", chunked + "0\r\nA: b\nC: d\r\n\r\n", errc::protocol_error},
    {"10 GB", ok + "Content-Length: 10000000000\r\n\r\n", errc::limit_exceeded},
    {"10 GB in a chunk", chunked + "2540be400\r\n", errc::limit_exceeded},
    {"2^64 - 1 in a chunk", chunked + "1\r\na\r\nffffffffffffffff\r\n", errc::limit_exceeded},
};

} // namespace

TEST(response_parser, accepts_what_is_well_formed)
{
    for (const auto& c : accepted_responses) {
        SCOPED_TRACE(c.what);
        const auto o = read_response(c.bytes);
        EXPECT_FALSE(o.refused()) << o;
        EXPECT_TRUE(o.done);
        EXPECT_EQ(o.used, c.bytes.size());
        EXPECT_EQ(o.status, c.status);
        EXPECT_EQ(o.body, c.body);
        EXPECT_EQ(o.keep_alive, c.keep_alive);
    }
}

TEST(response_parser, refuses_what_two_parsers_could_read_in_two_ways)
{
    for (const auto& c : refused_responses) {
        SCOPED_TRACE(c.what);
        const auto o = read_response(c.bytes);
        EXPECT_EQ(o.code, code(c.code)) << o;
        EXPECT_FALSE(o.done);
        EXPECT_FALSE(o.keep_alive);
        EXPECT_NE(o.message.find("expected"), std::string::npos) << o.message;
        EXPECT_NE(o.message.find("got"), std::string::npos) << o.message;
    }
}

TEST(response_parser, gives_the_same_verdict_however_the_bytes_are_cut)
{
    const auto check = [](const char* what, const std::string& bytes) {
        SCOPED_TRACE(what);
        const auto once = read_response(bytes);
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
            ASSERT_EQ(read_response(bytes, ending::none, cut), once) << "cut at " << cut;
            ASSERT_EQ(read_response(bytes, ending::none, cut, 1), once)
                << "single bytes from " << cut;
        }
    };
    for (const auto& c : accepted_responses) check(c.what, c.bytes);
    for (const auto& c : refused_responses) check(c.what, c.bytes);
}

TEST(response_parser, tells_a_lost_connection_from_a_cut_body)
{
    for (const auto& c : accepted_responses) {
        SCOPED_TRACE(c.what);
        const auto last_header = c.bytes.rfind("HTTP/1.");
        const auto body = c.bytes.find("\r\n\r\n", last_header) + 4;
        for (std::size_t n = 0; n < c.bytes.size(); ++n)
            for (auto end : {ending::orderly, ending::cut_off}) {
                const auto o = read_response(c.bytes.substr(0, n), end);
                ASSERT_EQ(o.code, code(n < body ? errc::connection_lost : errc::truncated))
                    << n << " bytes: " << o;
                ASSERT_FALSE(o.done);
            }
        // After the end of the message the end of the connection changes nothing.
        EXPECT_EQ(read_response(c.bytes, ending::cut_off), read_response(c.bytes));
    }
}

TEST(response_parser, says_how_far_the_response_came)
{
    const std::string bytes = ok + "Content-Length: 2\r\n\r\nab";
    response_parser parser({});
    http::response response;
    parser.start(http::method::get, response);
    for (std::size_t n = 1; n <= bytes.size(); ++n) {
        parser.feed(bytes.substr(n - 1, 1));
        EXPECT_EQ(response.progress, n < ok.size()      ? http::progress::nothing_sent
                                     : n < bytes.size() ? http::progress::response_begun
                                                        : http::progress::complete)
            << n;
    }
}

TEST(response_parser, takes_the_end_of_the_connection_for_the_end_of_the_body_only_when_announced)
{
    for (const std::string& head :
         {ok + "Connection: close\r\n\r\n", std::string("HTTP/1.0 200 OK\r\n\r\n")}) {
        const auto orderly = read_response(head + "hello", ending::orderly);
        EXPECT_TRUE(orderly.done);
        EXPECT_FALSE(orderly.keep_alive);
        EXPECT_EQ(orderly.body, "hello");
        EXPECT_TRUE(read_response(head, ending::orderly).done);
        EXPECT_FALSE(read_response(head + "hello").done);
        EXPECT_EQ(read_response(head + "hello", ending::cut_off).code, code(errc::truncated));
    }
    EXPECT_EQ(read_response(ok + "\r\nhello", ending::orderly).code, code(errc::truncated));
    EXPECT_EQ(read_response(ok + "Connection: keep-alive\r\n\r\n", ending::orderly).code,
              code(errc::truncated));
}

TEST(response_parser, does_not_keep_a_connection_on_which_more_came_than_was_asked_for)
{
    for (const auto& c : accepted_responses) {
        SCOPED_TRACE(c.what);
        const std::string surplus = c.bytes + ok;
        for (auto cut : {whole, c.bytes.size()}) {
            const auto o = read_response(surplus, ending::none, cut);
            EXPECT_TRUE(o.done);
            EXPECT_EQ(o.used, c.bytes.size());
            EXPECT_EQ(o.body, c.body);
            EXPECT_FALSE(o.keep_alive);
        }
    }
}

TEST(response_parser, keeps_interim_headers_and_trailers_out_of_the_response)
{
    const auto o =
        read_response("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok +
                      "A: b\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\nETag: e\r\n\r\n");
    EXPECT_TRUE(o.done);
    EXPECT_EQ(o.headers, (field_list{{"A", "b"}, {"Transfer-Encoding", "chunked"}}));
}

TEST(response_parser, names_the_status_of_a_response_it_refuses)
{
    response_parser parser({});
    http::response response;
    parser.start(http::method::get, response);
    parser.feed("HTTP/1.1 502 Bad Gateway\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\na");
    EXPECT_EQ(parser.failure(), errc::unexpected_content);
    EXPECT_EQ(parser.failure().info().http_status, 502);
}

TEST(response_parser, does_not_repeat_header_values_in_errors)
{
    const auto o = read_response(ok + "Set-Cookie: swordfish\x01\r\nContent-Length: 0\r\n\r\n");
    EXPECT_TRUE(o.refused());
    EXPECT_EQ(o.message.find("swordfish"), std::string::npos) << o.message;
    // What the peer says in a status line is shown, but cut and without control characters.
    const auto line = read_response("HTTP/1.x " + std::string(1000, 'x') + "\x80\r\n\r\n");
    EXPECT_TRUE(line.refused());
    EXPECT_LT(line.message.size(), 300U);
}

TEST(response_parser, reads_message_after_message)
{
    response_parser parser({});
    http::response response;
    for (int round = 0; round < 3; ++round)
        for (const auto& c : accepted_responses) {
            SCOPED_TRACE(c.what);
            response.clear();
            parser.start(http::method::get, response);
            EXPECT_EQ(parser.feed(c.bytes), c.bytes.size());
            EXPECT_TRUE(parser.done());
            EXPECT_EQ(response.body, c.body);
            EXPECT_EQ(parser.keep_alive(), c.keep_alive);
        }
    // A failure does not outlive its message.
    response.clear();
    parser.start(http::method::get, response);
    parser.feed("garbage");
    EXPECT_TRUE(parser.failure());
    parser.start(http::method::get, response);
    EXPECT_FALSE(parser.failure());
    parser.feed(accepted_responses[0].bytes);
    EXPECT_TRUE(parser.done());
}
