#ifndef MEC_TESTS_HTTP_PARSER_HARNESS_HPP
#define MEC_TESTS_HTTP_PARSER_HARNESS_HPP

/// @file
/// Runs a message through a parser in pieces of any size and keeps all that can be seen of it.

#include "parsers.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mec_test {

constexpr std::size_t whole = std::numeric_limits<std::size_t>::max();

using field_list = std::vector<std::pair<std::string, std::string>>;

inline field_list list(const mec::http::fields& headers)
{
    field_list all;
    for (std::size_t i = 0; i < headers.size(); ++i)
        all.emplace_back(headers[i].name, headers[i].value);
    return all;
}

/// What came of one message. Equal outcomes: nobody could tell how the bytes were cut.
struct outcome {
    mec::error_code code;
    bool done = false;
    bool keep_alive = false;
    int status = 0; ///< of the response, or to answer a refused request with
    std::string method, target, body;
    field_list headers;
    std::size_t used = 0;

    std::string message; ///< not compared: it may say how much had come

    bool refused() const { return code.failed(); }
    friend bool operator==(const outcome& a, const outcome& b)
    {
        return a.code == b.code && a.done == b.done && a.keep_alive == b.keep_alive &&
               a.status == b.status && a.method == b.method && a.target == b.target &&
               a.body == b.body && a.headers == b.headers && a.used == b.used;
    }
    friend std::ostream& operator<<(std::ostream& out, const outcome& o)
    {
        return out << (o.done ? "done, " : "not done, ") << o.code.message() << " (" << o.message
                   << "), keep_alive " << o.keep_alive << ", status " << o.status << ", "
                   << o.headers.size() << " fields, " << o.body.size() << " body bytes, used "
                   << o.used;
    }
};

/// Feeds `bytes` as one piece up to `cut` and the rest in pieces of `step`.
template <class Parser> std::size_t feed(Parser& parser, std::string_view bytes,
                                         std::size_t cut = whole, std::size_t step = whole)
{
    std::size_t used = 0;
    std::size_t piece = std::min(cut, bytes.size());
    while (used < bytes.size()) {
        // Copied into memory of its own size: a sanitizer sees a look beyond the piece.
        const std::string copy(bytes.substr(used, piece));
        const std::size_t n = parser.feed(copy);
        used += n;
        if (n < copy.size()) break;
        piece = std::min(step, bytes.size() - used);
    }
    return used;
}

enum class ending { none, orderly, cut_off };

/// A response, and how the connection ended after it.
inline outcome read_response(std::string_view bytes, ending end = ending::none,
                             std::size_t cut = whole, std::size_t step = whole,
                             const mec::http::response_limits& limits = {})
{
    mec::internal::response_parser parser(limits);
    mec::http::response response;
    parser.start(mec::http::method::get, response);
    outcome o;
    o.used = feed(parser, bytes, cut, step);
    if (end != ending::none) parser.end(end == ending::orderly);
    o.code = parser.failure().code();
    o.message = parser.failure().info().message;
    o.done = parser.done();
    o.keep_alive = parser.keep_alive();
    o.status = response.status;
    if (o.refused()) return o;
    o.body = response.body;
    o.headers = list(response.headers);
    return o;
}

inline outcome read_request(std::string_view bytes, ending end = ending::none,
                            std::size_t cut = whole, std::size_t step = whole,
                            const mec::internal::request_limits& limits = {})
{
    mec::internal::request_parser parser(limits);
    mec::internal::received_request request;
    parser.start(request);
    outcome o;
    o.used = feed(parser, bytes, cut, step);
    if (end != ending::none) parser.end();
    o.code = parser.failure().code();
    o.message = parser.failure().info().message;
    o.done = parser.done();
    o.keep_alive = parser.keep_alive();
    o.status = parser.failure_status();
    if (o.refused()) return o;
    o.method = request.method;
    o.target = request.target;
    o.body = request.body;
    o.headers = list(request.headers);
    return o;
}

} // namespace mec_test

#endif
