#ifndef MEC_INTERNAL_JSON_SCAN_HPP
#define MEC_INTERNAL_JSON_SCAN_HPP

#include <mec/config.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

MEC_BEGIN_NAMESPACE
namespace internal {

/// An ASCII character that stands for itself in a JSON string.
inline bool is_plain(char c) noexcept
{
    return static_cast<signed char>(c) >= 0x20 && c != '"' && c != '\\';
}

/// The first character in [at, end) that is not plain: a quote, a backslash, a control character or
/// the start of a multi-byte character. `end` when there is none.
inline const char* plain_end(const char* at, const char* end) noexcept
{
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(0x20);
    for (; end - at >= 16; at += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        // The comparison is signed: bytes from 0x80 on are below the space, as the controls are.
        const __m128i special = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
            _mm_cmplt_epi8(bytes, space));
        const auto mask = static_cast<unsigned>(_mm_movemask_epi8(special));
        if (mask != 0) return at + __builtin_ctz(mask);
    }
#endif
    while (at != end && is_plain(*at)) ++at;
    return at;
}

/// memcmp for names: most have a few more than eight characters, for which a call costs more than the
/// comparison.
inline bool same_bytes(const char* a, const char* b, std::size_t size) noexcept
{
    const auto same = [&](auto word, std::size_t at) {
        auto other = word;
        std::memcpy(&word, a + at, sizeof word);
        std::memcpy(&other, b + at, sizeof other);
        return word == other;
    };
    // The last word may overlap the one before.
    if (size >= 8) {
        for (std::size_t at = 0; at + 8 < size; at += 8) {
            if (!same(std::uint64_t{}, at)) return false;
        }
        return same(std::uint64_t{}, size - 8);
    }
    if (size >= 4) return same(std::uint32_t{}, 0) && same(std::uint32_t{}, size - 4);
    for (std::size_t i = 0; i < size; ++i) {
        if (a[i] != b[i]) return false;
    }
    return true;
}
inline bool same_text(std::string_view a, std::string_view b) noexcept
{
    return a.size() == b.size() && same_bytes(a.data(), b.data(), a.size());
}

} // namespace internal
MEC_END_NAMESPACE

#endif
