#include "http_guard.hpp"

#include "text.hpp"

#include <algorithm>
#include <limits>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

constexpr std::string_view status_line_prefix = "HTTP/1.";
constexpr std::size_t max_digits = 16; // of a 64-bit size
constexpr std::size_t crlf = 2;

} // namespace

void unit_scanner::start() noexcept
{
    state_ = kind_ == message_kind::request ? state::leading : state::prefix;
    in_header_ = true;
    start_line_done_ = false;
    last_chunk_ = false;
    length_ = 0;
    limit_ = limits_.header;
    framing_left_ = limits_.framing;
}

void unit_scanner::next_chunk(bool after_data) noexcept
{
    state_ = after_data ? state::data_cr : state::size;
    in_header_ = false;
    last_chunk_ = true; // until a digit says otherwise
    length_ = 0;
    digits_ = 0;
    limit_ = std::numeric_limits<std::size_t>::max(); // the digits are counted; known after them
}

std::size_t unit_scanner::scan(std::string_view bytes)
{
    std::size_t i = 0;
    while (i < bytes.size() && !complete() && !refusal_) {
        if (length_ >= limit_) {
            over_limit();
            break;
        }
        if (state_ == state::text) {
            const std::size_t end = std::min(bytes.size(), i + (limit_ - length_));
            const auto run = line_chars(bytes.substr(i, end - i));
            length_ += run;
            i += run;
            if (i == end) continue;
        }
        step(bytes[i]);
        ++length_;
        ++i;
    }
    if (complete() && !in_header_) framing_left_ -= length_ - exempt_;
    return i;
}

void unit_scanner::step(char c)
{
    switch (state_) {
    case state::leading:
        if (c == '\r') state_ = state::leading_lf;
        else if (is_line_char(c)) state_ = state::text;
        else refuse("a request line", c);
        return;
    case state::leading_lf: return expect(c == '\n', state::text, "LF after CR", c);
    case state::prefix:
        return expect(c == status_line_prefix[length_],
                      length_ + 1 == status_line_prefix.size() ? state::text : state::prefix,
                      "a status line, HTTP/1.x", c);
    case state::data_cr:
        return expect(c == '\r', state::data_lf, "CRLF after the data of a chunk", c);
    case state::data_lf: return expect(c == '\n', state::size, "CRLF after the data of a chunk", c);
    case state::size: return size_digit(c);
    case state::text:
        return expect(c == '\r', state::line_lf, "no control characters in a line", c);
    case state::line_lf:
        expect(c == '\n', state::line_start, "LF after CR", c);
        if (!refusal_) end_of_line();
        return;
    case state::line_start:
        if (c == '\r') state_ = state::block_lf;
        else
            expect(is_line_char(c) && c != ' ' && c != '\t', state::text,
                   "a field name at the start of a line (folded lines are obsolete)", c);
        return;
    case state::block_lf: return expect(c == '\n', state::complete, "LF after CR", c);
    case state::complete: return;
    }
}

void unit_scanner::size_digit(char c)
{
    if (is_hex(c)) {
        if (c != '0') last_chunk_ = false;
        if (++digits_ > max_digits)
            refusal_.set(errc::protocol_error, 400,
                         "expected a chunk size of at most 16 hexadecimal digits, got more");
        return;
    }
    const bool ends_size = c == '\r' || c == ';' || c == ' ' || c == '\t';
    if (digits_ == 0 || !ends_size) return refuse("a chunk size in hexadecimal digits", c);
    // The line end, and the empty line after the trailers, are not extensions or trailers.
    exempt_ = length_ + (last_chunk_ ? 2 * crlf : crlf);
    limit_ = exempt_ + framing_left_;
    state_ = state::text;
    if (!is_line_char(c)) step(c);
}

void unit_scanner::end_of_line() noexcept
{
    start_line_done_ = true;
    if (!in_header_ && !last_chunk_) state_ = state::complete;
}

void unit_scanner::refuse(const char* rule, char got)
{
    std::string message = std::string("expected ") + rule + ", got the byte 0x";
    append_hex(message, static_cast<unsigned char>(got));
    refusal_.set(errc::protocol_error, 400, std::move(message));
}

void unit_scanner::over_limit()
{
    refusal_.set(errc::limit_exceeded, 431,
                 in_header_ ? "expected a header of at most " + std::to_string(limits_.header) +
                                  " bytes, got more"
                            : "expected chunk extensions and trailers of at most " +
                                  std::to_string(limits_.framing) + " bytes together, got more");
}

} // namespace internal
MEC_END_NAMESPACE
