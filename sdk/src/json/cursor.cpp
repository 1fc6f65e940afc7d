#include "json_cursor.hpp"

#include "text.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

// Behind the first digit of a run, or null when there is none.
const char* digits_end(const char* at, const char* end) noexcept
{
    if (at == end || !is_digit(*at)) return nullptr;
    while (at != end && is_digit(*at)) ++at;
    return at;
}

void append_utf8(std::string& out, unsigned code)
{
    const auto byte = [&](unsigned b) { out += static_cast<char>(b); };
    if (code < 0x80) return byte(code);
    if (code < 0x800) byte(0xc0 | (code >> 6));
    else {
        if (code < 0x10000) byte(0xe0 | (code >> 12));
        else {
            byte(0xf0 | (code >> 18));
            byte(0x80 | ((code >> 12) & 0x3f));
        }
        byte(0x80 | ((code >> 6) & 0x3f));
    }
    byte(0x80 | (code & 0x3f));
}

} // namespace

bool json_cursor::begin()
{
    const auto size = static_cast<std::size_t>(end_ - begin_);
    if (size > limits_.size) return limit("bytes of the document", limits_.size);
    if (size >= 3 && std::memcmp(begin_, "\xef\xbb\xbf", 3) == 0)
        return syntax("no byte order mark");
    return count_value();
}

bool json_cursor::finish()
{
    peek();
    return at_ == end_ || syntax("the end of the document");
}

// Sorting at the end costs n log n; looking through the earlier names at each one would be n^2.
bool json_cursor::names_are_unique(const json_scope& scope)
{
    const auto first = names_.begin() + static_cast<std::ptrdiff_t>(scope.first_name);
    std::sort(first, names_.end());
    const auto twice = std::adjacent_find(first, names_.end());
    const bool unique = twice == names_.end();
    if (!unique) {
        schema("expected a member once, got it more than once");
        failed_in(*twice);
    }
    names_.resize(scope.first_name);
    return unique;
}

bool json_cursor::text_slow(const char* start, const char* stop, std::string_view& out)
{
    const char* run = start; // what is not in scratch_ yet
    escaped_ = false;
    scratch_.clear();
    for (; stop != end_ && *stop != '"'; stop = plain_end(stop, end_)) {
        at_ = stop;
        if (*stop == '\\') {
            scratch_.append(run, stop);
            escaped_ = true;
            if (!escape()) return false;
            run = stop = at_;
            continue;
        }
        const auto rest = static_cast<std::size_t>(end_ - stop);
        const std::size_t size = decode_utf8({stop, rest}).size;
        if (size == 0) return syntax("valid UTF-8");
        if (size == 1) return syntax("no control character in a string");
        stop += size;
    }
    at_ = stop;
    if (stop == end_) return syntax("'\"'");
    ++at_;
    if (!escaped_) out = {start, static_cast<std::size_t>(stop - start)};
    else out = scratch_.append(run, stop);
    return out.size() <= limits_.string || limit("bytes of a string", limits_.string);
}

// at_ is the backslash.
bool json_cursor::escape()
{
    static constexpr std::string_view letters = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    ++at_;
    if (at_ == end_) return syntax("an escape sequence");
    const auto known = letters.find(*at_);
    if (known != letters.npos) {
        scratch_ += meanings[known];
        ++at_;
        return true;
    }
    if (*at_ != 'u') return syntax("an escape sequence");
    unsigned code = 0;
    if (!hex4(code)) return false;
    if (code >= 0xdc00 && code <= 0xdfff) return syntax("a high surrogate before the low one");
    if (code >= 0xd800 && code <= 0xdbff) {
        unsigned low = 0;
        if (end_ - at_ < 2 || at_[0] != '\\' || at_[1] != 'u') return syntax("a low surrogate");
        ++at_;
        if (!hex4(low)) return false;
        if (low < 0xdc00 || low > 0xdfff) return syntax("a low surrogate");
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    append_utf8(scratch_, code);
    return true;
}

// at_ is the `u`.
bool json_cursor::hex4(unsigned& out)
{
    ++at_;
    for (int i = 0; i < 4; ++i, ++at_) {
        if (at_ == end_ || !is_hex(*at_)) return syntax("four hexadecimal digits");
        const char c = to_lower(*at_);
        out = out * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return true;
}

bool json_cursor::number(std::string_view& out)
{
    const char* const start = at_;
    const char* at = at_;
    const auto wrong = [&](const char* where) {
        at_ = where;
        return syntax("a digit");
    };
    if (*at == '-') ++at;
    if (at != end_ && *at == '0') ++at;
    else if (const char* stop = digits_end(at, end_)) at = stop;
    else return wrong(at);
    if (at != end_ && *at == '.') {
        const char* stop = digits_end(at + 1, end_);
        if (!stop) return wrong(at + 1);
        at = stop;
    }
    if (at != end_ && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end_ && (*at == '+' || *at == '-')) ++at;
        const char* stop = digits_end(at, end_);
        if (!stop) return wrong(at);
        at = stop;
    }
    out = {start, static_cast<std::size_t>(at - start)};
    if (out.size() > limits_.digits) return limit("characters of a number", limits_.digits);
    at_ = at;
    return true;
}

bool json_cursor::literal(std::string_view word)
{
    const auto left = static_cast<std::size_t>(end_ - at_);
    if (left < word.size() || std::memcmp(at_, word.data(), word.size()) != 0) {
        return syntax("a JSON value");
    }
    at_ += word.size();
    return true;
}

bool json_cursor::syntax(std::string_view expected)
{
    code_ = errc::json_syntax;
    message_ = "not valid JSON at byte " + std::to_string(at_ - begin_) + ": expected ";
    message_ += expected;
    if (at_ == end_) message_ += ", got the end of the document";
    return false;
}

bool json_cursor::limit(std::string_view what, std::size_t most)
{
    code_ = errc::limit_exceeded;
    message_ = "JSON at byte " + std::to_string(at_ - begin_) + ": expected at most " +
               std::to_string(most) + " ";
    message_ += what;
    return false;
}

bool json_cursor::schema(std::string message)
{
    code_ = errc::json_schema;
    message_ = std::move(message);
    return false;
}

bool json_cursor::too_deep()
{
    return limit("nested objects and arrays", std::min(limits_.depth, deepest));
}

bool json_cursor::too_many_values() { return limit("values", limits_.elements); }

// A peer chooses the names: one of them must not make the error a large one.
bool json_cursor::failed_in(std::string_view member)
{
    std::string segment = "/";
    for (const char c : printable(member, 128)) {
        if (c == '~') segment += "~0";
        else if (c == '/') segment += "~1";
        else segment += c;
    }
    pointer_.insert(0, segment);
    return false;
}

bool json_cursor::failed_in(std::size_t element)
{
    pointer_.insert(0, "/" + std::to_string(element));
    return false;
}

error json_cursor::failure() const
{
    error_info info;
    info.message = message_;
    info.pointer = pointer_;
    return {code_, std::move(info)};
}

} // namespace internal
MEC_END_NAMESPACE
