#include "text.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

utf8_character decode_utf8(std::string_view text) noexcept
{
    if (text.empty()) return {};
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return {first, 1};

    const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < size) return {};
    char32_t value = first & (0xffu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xc0u) != 0x80u) return {};
        value = (value << 6) | (byte(i) & 0x3fu);
    }
    const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    if (overlong || surrogate || value > 0x10ffff) return {};
    return {value, size};
}

bool is_utf8(std::string_view text) noexcept
{
    while (!text.empty()) {
        const auto c = decode_utf8(text);
        if (c.size == 0) return false;
        text.remove_prefix(c.size);
    }
    return true;
}

void append_hex(std::string& out, unsigned char byte)
{
    static constexpr char digits[] = "0123456789abcdef";
    out += digits[byte >> 4];
    out += digits[byte & 0xf];
}

namespace {

// Controls, line separators and the marks that let a text pretend to be another one.
bool may_mislead(char32_t c) noexcept
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

void append_escaped(std::string& out, char32_t c)
{
    switch (c) {
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
    }
    out += c < 0x100 ? "\\x" : "\\u";
    if (c >= 0x100) append_hex(out, static_cast<unsigned char>(c >> 8));
    append_hex(out, static_cast<unsigned char>(c & 0xff));
}

} // namespace

std::string printable(std::string_view text, std::size_t limit, bool keep_newlines)
{
    std::string out;
    out.reserve(text.size() < limit ? text.size() : limit);
    while (!text.empty()) {
        const auto c = decode_utf8(text);
        const std::size_t size = c.size == 0 ? 1 : c.size;
        if (out.size() + size > limit) return out += "...";
        if (c.size == 0) append_escaped(out, static_cast<unsigned char>(text[0]));
        else if (may_mislead(c.value) && !(keep_newlines && c.value == '\n')) {
            append_escaped(out, c.value);
        } else out.append(text.substr(0, size));
        text.remove_prefix(size);
    }
    return out;
}

} // namespace internal
MEC_END_NAMESPACE
