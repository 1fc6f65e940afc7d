#ifndef MEC_INTERNAL_TEXT_HPP
#define MEC_INTERNAL_TEXT_HPP

#include <mec/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

/// The character that `text` begins with.
struct utf8_character {
    char32_t value = 0;
    std::size_t size = 0; ///< bytes; 0 when they are not UTF-8 (RFC 3629) or there are none
};
MEC_API utf8_character decode_utf8(std::string_view text) noexcept;
MEC_API bool is_utf8(std::string_view text) noexcept;

/// `text` as it may stand in a log or an error: no control character, nothing that reorders or
/// breaks lines, UTF-8 only; what is not, is written as `\n`, `\x1b`, `\u202e`. Cut at `limit`
/// bytes, which the result may exceed by the few that say so.
/// @param keep_newlines  leaves `\n` as it is.
MEC_API std::string printable(std::string_view text, std::size_t limit = 1024,
                              bool keep_newlines = false);

/// Appends two lower-case hexadecimal digits.
void append_hex(std::string& out, unsigned char byte);

inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
inline bool is_alpha(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
inline bool is_hex(char c) noexcept
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
/// 0..15; -1 when it is no hexadecimal digit.
inline int hex_value(char c) noexcept
{
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}
/// ASCII only: the locale has no say.
inline char to_lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace internal
MEC_END_NAMESPACE

#endif
