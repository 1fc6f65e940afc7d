// The test cases of llhttp, the parser of Node.js: where our verdict differs, there is a reason.

#include "parser_harness.hpp"

#include <mec/json/codec.hpp>

#include <gtest/gtest.h>

#include <cctype>
#include <fstream>
#include <optional>
#include <sstream>

using namespace mec_test;
using mec::internal::received_request;
using mec::internal::request_parser;

namespace {

/// One case of the corpus.
struct corpus_case {
    std::string file;
    std::string title;
    std::string type;
    bool lenient = false; ///< of llhttp, which has options to accept more
    std::string input_b64;
    std::vector<std::string> llhttp_error; ///< number and text; empty when llhttp accepts the input
};

struct difference {
    std::string_view file;
    std::string_view title;
    std::string_view reason;
};

constexpr std::string_view no_upgrade =
    "connections are never upgraded; what follows is no request";
constexpr std::string_view origin_form =
    "only origin form is served: no proxy, no CONNECT, no fragment";
constexpr std::string_view http_only = "only HTTP/1.0 and HTTP/1.1";
constexpr std::string_view chunked_only = "chunked is the only transfer coding";
constexpr std::string_view no_end =
    "without length, chunks or Connection: close nobody can tell a cut body";
constexpr std::string_view surplus = "bytes that nobody asked for: the connection is closed";

// What llhttp accepts and we refuse. There is nothing that llhttp refuses and we accept.
const difference stricter[] = {
    {"request/connection.md", "Emitting part of body and pausing", no_upgrade},
    {"request/connection.md", "Upgrade POST request", no_upgrade},
    {"request/method.md", "CONNECT request with CAPS", origin_form},
    {"request/method.md", "M-SEARCH request", origin_form},
    {"request/method.md", "OPTIONS request with RTSP", http_only},
    {"request/method.md", "PRI request HTTP2", origin_form},
    {"request/transfer-encoding.md",
     "POST with `chunked` as last transfer-encoding (multiple headers)", chunked_only},
    {"request/uri.md", "`host:port` terminated by a query string", origin_form},
    {"request/uri.md", "`host:port` terminated by a space", origin_form},
    {"request/uri.md", "Fragment in URI", origin_form},
    {"request/uri.md", "`host:port` and basic auth", origin_form},
    {"response/connection.md", "HTTP/1.0 with keep-alive and 204 status", surplus},
    {"response/connection.md", "HTTP/1.1 with 204 status", surplus},
    {"response/connection.md", "HTTP 101 response with Upgrade and Transfer-Encoding header",
     no_upgrade},
    {"response/connection.md", "HTTP 304 with Content-Length", surplus},
    {"response/connection.md", "HTTP 100 first, then 400",
     "an empty line before a status line: only before requests (RFC 9112 clause 2.2)"},
    {"response/finish.md", "It should be safe to finish with cb after empty response", no_end},
    {"response/invalid.md", "Extra space between status code and reason", no_end},
    {"response/pipelining.md", "Should parse multiple events", surplus},
    {"response/sample.md", "RTSP response", http_only},
    {"response/sample.md", "Google 301", surplus},
    {"response/sample.md", "No reason phrase",
     "the space after the status is mandatory (RFC 9112 clause 4)"},
    {"response/sample.md", "No Content-Length, no Transfer-Encoding", no_end},
    {"response/transfer-encoding.md",
     "multiple transfer-encoding where chunked is not the last one", chunked_only},
};

} // namespace

MEC_BEGIN_NAMESPACE
namespace json {
template <> struct describe<corpus_case> {
    static constexpr auto value =
        object("corpus_case", field<&corpus_case::file>("file"),
               field<&corpus_case::title>("title"), field<&corpus_case::type>("type"),
               field<&corpus_case::lenient>("lenient"), field<&corpus_case::input_b64>("input_b64"),
               field<&corpus_case::llhttp_error>("llhttp_error"));
};
} // namespace json
MEC_END_NAMESPACE

namespace {

std::string from_base64(std::string_view text)
{
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0, count = 0;
    for (char c : text) {
        const auto value = digits.find(c);
        if (value == std::string_view::npos) break;
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xffffff;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out += static_cast<char>(bits >> count & 0xff);
    }
    return out;
}

bool has_host(std::string header)
{
    for (char& c : header) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return header.find("\nhost:") != std::string::npos;
}

/// llhttp does not ask for a Host; a request that lacks one gets it, to be judged by the rest.
std::string with_host(std::string_view rest)
{
    std::string bytes(rest);
    const auto line = bytes.find("\r\n", bytes.compare(0, 2, "\r\n") == 0 ? 2 : 0);
    if (line != std::string::npos && !has_host(bytes.substr(0, bytes.find("\r\n\r\n"))))
        bytes.insert(line + 2, "Host: mep.example\r\n");
    return bytes;
}

/// Feeds the line ends that the corpus has lost at the end of its inputs.
template <class Parser> void complete(Parser& parser, const std::string& input)
{
    const bool in_line = input.size() < 2 || input.compare(input.size() - 2, 2, "\r\n") != 0;
    for (int i = in_line ? 2 : 1; i > 0 && !parser.done() && !parser.failure(); --i)
        parser.feed("\r\n");
}

/// @return why the requests of a connection, one after another, are not all served; empty if they are
std::string refusal_of_requests(const std::string& input)
{
    std::string bytes = input;
    while (!bytes.empty()) {
        request_parser parser({});
        received_request request;
        parser.start(request);
        bytes = with_host(bytes);
        bytes.erase(0, feed(parser, bytes));
        complete(parser, input);
        if (parser.failure()) return parser.failure().info().message;
        if (!bytes.empty() && !parser.keep_alive()) return "bytes after the last request";
    }
    return {};
}

std::string refusal_of_response(const std::string& bytes)
{
    mec::internal::response_parser parser({});
    mec::http::response response;
    parser.start(mec::http::method::get, response);
    const auto used = feed(parser, bytes);
    complete(parser, bytes);
    if (parser.failure()) return parser.failure().info().message;
    return used < bytes.size() ? "bytes after the response" : std::string();
}

/// Null when the data is not there.
std::optional<std::vector<corpus_case>> read_corpus()
{
    std::ifstream file(MEC_SHARED_DATA "/corpora/http/llhttp-half.json");
    if (!file) return std::nullopt;
    std::stringstream text;
    text << file.rdbuf();
    return mec::json::parse<std::vector<corpus_case>>(text.str()).value();
}

bool is_listed(const corpus_case& c)
{
    return std::any_of(std::begin(stricter), std::end(stricter),
                       [&](const difference& d) { return d.file == c.file && d.title == c.title; });
}

/// Its pauses (21 to 23) say that somebody else takes over the connection.
bool llhttp_refuses(const corpus_case& c)
{
    if (c.llhttp_error.empty()) return false;
    const std::string& number = c.llhttp_error[0];
    return number != "21" && number != "22" && number != "23";
}

} // namespace

TEST(llhttp_corpus, differs_from_our_verdict_only_where_listed)
{
    const auto corpus = read_corpus();
    if (!corpus) GTEST_SKIP() << "no " MEC_SHARED_DATA "/corpora/http/llhttp-half.json";
    ASSERT_GT(corpus->size(), 100U);
    for (const auto& c : *corpus) {
        if (c.lenient) continue; // its verdict is that of options that we do not have
        SCOPED_TRACE(c.file + ": " + c.title);
        const std::string input = from_base64(c.input_b64);
        const bool request = c.type.compare(0, 7, "request") == 0;
        const auto refusal = request ? refusal_of_requests(input) : refusal_of_response(input);
        EXPECT_EQ(!refusal.empty(), llhttp_refuses(c) || is_listed(c)) << refusal;
    }
}

TEST(llhttp_corpus, gets_the_same_verdict_however_it_is_cut)
{
    const auto corpus = read_corpus();
    if (!corpus) GTEST_SKIP() << "no " MEC_SHARED_DATA "/corpora/http/llhttp-half.json";
    for (const auto& c : *corpus) {
        SCOPED_TRACE(c.file + ": " + c.title);
        const std::string input = from_base64(c.input_b64);
        const auto request = read_request(input);
        const auto response = read_response(input, ending::orderly);
        for (std::size_t cut = 0; cut < input.size(); ++cut) {
            ASSERT_EQ(read_request(input, ending::none, cut), request) << cut;
            ASSERT_EQ(read_response(input, ending::orderly, cut), response) << cut;
        }
        ASSERT_EQ(read_request(input, ending::none, 0, 1), request);
        ASSERT_EQ(read_response(input, ending::orderly, 0, 1), response);
    }
}
