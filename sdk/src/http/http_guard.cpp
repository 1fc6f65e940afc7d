#include "http_guard.hpp"

#include "text.hpp"

#include <mec/http/message.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

using char_set = std::array<bool, 256>;

constexpr char_set set_of(std::string_view others)
{
    char_set set{};
    for (char c = 'a'; c <= 'z'; ++c) set[static_cast<unsigned char>(c)] = true;
    for (char c = 'A'; c <= 'Z'; ++c) set[static_cast<unsigned char>(c)] = true;
    for (char c = '0'; c <= '9'; ++c) set[static_cast<unsigned char>(c)] = true;
    for (char c : others) set[static_cast<unsigned char>(c)] = true;
    return set;
}

constexpr char_set token_chars = set_of("!#$%&'*+-.^_`|~");
constexpr char_set host_chars = set_of("-._~!$&'()*+,;=%");
constexpr char_set address_chars = set_of(":.");
constexpr char_set target_chars = set_of("-._~!$&'()*+,;=%:@/?[]");

bool all_in(const char_set& set, std::string_view text) noexcept
{
    for (char c : text)
        if (!set[static_cast<unsigned char>(c)]) return false;
    return true;
}

/// One or more digits and nothing else, below 2^64.
bool read_decimal(std::string_view text, std::uint64_t& value) noexcept
{
    const char* end = text.data() + text.size();
    const auto [stop, code] = std::from_chars(text.data(), end, value);
    return !text.empty() && code == std::errc{} && stop == end;
}

} // namespace

std::string quoted(std::string_view text) { return '"' + printable(text, 128) + '"'; }

bool is_token(std::string_view text) noexcept { return !text.empty() && all_in(token_chars, text); }

bool is_line_char(char c) noexcept
{
    const auto u = static_cast<unsigned char>(c);
    return (u >= ' ' && u != 0x7f) || u == '\t';
}

std::size_t line_chars(std::string_view text) noexcept
{
    // Eight at a time; where one of them may be a control character, the loop below decides.
    constexpr std::uint64_t each = 0x0101010101010101, high = each * 0x80;
    std::size_t n = 0;
    for (std::uint64_t x = 0; text.size() - n >= sizeof x; n += sizeof x) {
        std::memcpy(&x, text.data() + n, sizeof x);
        const std::uint64_t no_del = x ^ each * 0x7f;
        if ((((x - each * ' ') & ~x) | ((no_del - each) & ~no_del)) & high) break;
    }
    while (n < text.size() && is_line_char(text[n])) ++n;
    return n;
}

bool is_field_value(std::string_view text) noexcept { return line_chars(text) == text.size(); }

bool is_origin_form(std::string_view target) noexcept
{
    return !target.empty() && target.front() == '/' && target.size() <= max_target &&
           all_in(target_chars, target);
}

bool is_authority(std::string_view text) noexcept
{
    const bool bracketed = !text.empty() && text.front() == '[';
    const auto end = std::min(bracketed ? text.find(']') : text.find(':'), text.size());
    const auto host = text.substr(bracketed, end - bracketed);
    auto port = text.substr(std::min(end + bracketed, text.size()));
    if (host.empty() || (bracketed && end == text.size())) return false;
    if (!all_in(bracketed ? address_chars : host_chars, host)) return false;
    if (port.empty()) return true;
    if (port.front() != ':') return false;
    port.remove_prefix(1);
    return std::all_of(port.begin(), port.end(), is_digit);
}

void refusal::clear() noexcept
{
    error_ = {};
    answer_ = 0;
    http_status_ = 0;
}

void refusal::set(errc code, int answer, std::string message)
{
    if (error_) return;
    error_info info;
    info.message = std::move(message);
    info.http_status = http_status_;
    error_ = error(code, std::move(info));
    answer_ = answer;
}

void http_guard::malformed(std::string message)
{
    refusal_.set(errc::protocol_error, 400, std::move(message));
}

void http_guard::body_too_large(const char* what, std::uint64_t size)
{
    refusal_.set(errc::limit_exceeded, 413,
                 "expected a body of at most " + std::to_string(limits_.body) + " bytes, got " +
                     what + std::to_string(size));
}

void http_guard::request_line(std::string_view method, std::string_view target, int version)
{
    facts_.version = version;
    if (method.size() > max_method)
        refusal_.set(errc::protocol_error, 501,
                     "expected a method of at most 32 characters, got " +
                         std::to_string(method.size()));
    if (target.size() > max_target)
        refusal_.set(errc::limit_exceeded, 414,
                     "expected a request target of at most 8000 bytes, got " +
                         std::to_string(target.size()));
    if (!is_origin_form(target))
        malformed("expected a request target in origin form (/path?query, percent-encoded ASCII), "
                  "got another form or other characters");
}

void http_guard::status_line(int status, int version)
{
    facts_.version = version;
    if (status < 100 || status > 599)
        return malformed("expected a status from 100 to 599, got " + std::to_string(status));
    facts_.status = status;
    refusal_.in_response(status);
    if (status == 101) malformed("expected a response, got 101 Switching Protocols, not asked for");
}

void http_guard::field(std::string_view name, std::string_view value)
{
    if (++facts_.fields > limits_.fields)
        return refusal_.set(errc::limit_exceeded, 431,
                            "expected at most " + std::to_string(limits_.fields) +
                                " header fields, got more");
    if (http::equal_names(name, "Content-Length")) return content_length_field(value);
    if (http::equal_names(name, "Transfer-Encoding")) return transfer_encoding_field(value);
    if (kind_ == message_kind::response) {
        if (http::equal_names(name, "Content-Encoding") && !http::equal_names(value, "identity"))
            refusal_.set(
                errc::unexpected_content, 400,
                "expected a body without content coding (Accept-Encoding: identity was sent), "
                "got Content-Encoding " +
                    quoted(value));
    } else if (http::equal_names(name, "Host")) {
        ++facts_.hosts;
        if (!is_authority(value))
            malformed("expected host and port in the Host header, got " + quoted(value));
    } else if (http::equal_names(name, "Expect")) {
        if (http::equal_names(value, "100-continue")) facts_.expects_continue = true;
        else facts_.expects_other = true;
    }
}

void http_guard::content_length_field(std::string_view value)
{
    if (facts_.has_length) return malformed("expected one Content-Length header, got more");
    facts_.has_length = true;
    if (!read_decimal(value, facts_.content_length))
        malformed("expected decimal digits below 2^64 in Content-Length, got " + quoted(value));
}

void http_guard::transfer_encoding_field(std::string_view value)
{
    if (facts_.chunked) return malformed("expected one Transfer-Encoding header, got more");
    facts_.chunked = true;
    if (!http::equal_names(value, "chunked"))
        malformed("expected chunked as the only transfer coding, got " + quoted(value));
}

void http_guard::header_end(bool close)
{
    if (facts_.chunked && facts_.has_length)
        return malformed("expected Content-Length or Transfer-Encoding, got both");
    if (facts_.chunked && facts_.version < 11)
        return malformed("expected no Transfer-Encoding in HTTP/1.0, got chunked");
    facts_.keep_alive = facts_.version >= 11 && !close;
    if (kind_ == message_kind::request) request_end();
    else response_end(close);
}

void http_guard::request_end()
{
    if (facts_.hosts != 1)
        return malformed("expected exactly one Host header, got " + std::to_string(facts_.hosts));
    if (facts_.expects_other)
        return refusal_.set(errc::protocol_error, 417,
                            "expected 100-continue in Expect, got another value");
    if (facts_.version < 11) facts_.expects_continue = false; // RFC 9110 clause 10.1.1
    if (facts_.content_length > limits_.body)
        body_too_large("Content-Length ", facts_.content_length);
}

void http_guard::response_end(bool close)
{
    const bool framed = facts_.chunked || facts_.has_length;
    if (interim()) return;
    if (facts_.status == 204 || facts_.status == 304) {
        // There is no body, but a peer that declares one for a 204 may well send it: the bytes
        // would be taken for the next response. A 304 declares what a 200 would have had.
        if (facts_.status == 204 && (facts_.chunked || facts_.content_length != 0))
            facts_.keep_alive = false;
        return;
    }
    if (facts_.content_length > limits_.body)
        return body_too_large("Content-Length ", facts_.content_length);
    if (framed) return;
    facts_.until_close = true;
    if (facts_.version >= 11 && !close)
        refusal_.set(
            errc::truncated, 400,
            "expected Content-Length, Transfer-Encoding: chunked or Connection: close, got none "
            "of them: nobody could tell whether the body is complete");
    facts_.keep_alive = false;
}

void http_guard::chunk(std::uint64_t size)
{
    if (size > limits_.body - facts_.received)
        body_too_large("a chunk that makes it larger, of ", size);
}

void http_guard::content(std::size_t size)
{
    if (size > limits_.body - facts_.received)
        return body_too_large("at least ", facts_.received + size);
    facts_.received += size;
}

} // namespace internal
MEC_END_NAMESPACE
