#ifndef MEC_FUZZ_MESSAGE_PIECES_HPP
#define MEC_FUZZ_MESSAGE_PIECES_HPP

/// @file
/// What the fuzz targets of both parsers share. An input is: one byte that chooses the pieces, then
/// the bytes of a connection. Messages are read one after another, once in one piece and once in
/// pieces; nobody may be able to tell the difference.

#include "parsers.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace mec_fuzz {

inline void require(bool holds)
{
    if (!holds) std::abort();
}

/// Sizes of pieces, from a seed; 0 gives single bytes.
class pieces {
public:
    explicit pieces(std::uint8_t seed) : state_(seed), single_(seed == 0) {}

    std::size_t next()
    {
        if (single_) return 1;
        state_ = state_ * 1664525U + 1013904223U;
        return 1 + (state_ >> 24) % (state_ >> 16 & 1 ? 4 : 97);
    }

private:
    std::uint32_t state_;
    bool single_;
};

/// @return how many bytes the parser used; it must not use fewer unless it is done or has failed
template <class Parser> std::size_t feed(Parser& parser, std::string_view bytes, pieces* cut)
{
    std::size_t used = 0;
    while (used < bytes.size() && !parser.done() && !parser.failure()) {
        const std::size_t size =
            cut ? std::min(cut->next(), bytes.size() - used) : bytes.size() - used;
        // Memory of its own: a look beyond the piece is seen.
        const std::string piece(bytes.substr(used, size));
        const std::size_t n = parser.feed(piece);
        require(n <= size);
        require(n == size || parser.done() || parser.failure());
        used += n;
    }
    require(!(parser.done() && parser.failure()));
    return used;
}

inline void same(const mec::http::fields& a, const mec::http::fields& b)
{
    require(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        require(a[i].name == b[i].name && a[i].value == b[i].value);
}

/// Fields that passed fit into one line each.
inline void check_fields(const mec::http::fields& headers, std::size_t most)
{
    require(headers.size() <= most);
    for (std::size_t i = 0; i < headers.size(); ++i) {
        require(!headers[i].name.empty());
        for (const char c : headers[i].name) require(c > ' ' && c < 0x7f && c != ':');
        for (const char c : headers[i].value) require(c != '\r' && c != '\n' && c != '\0');
    }
}

inline void check_memory(const std::string& body, std::size_t limit)
{
    constexpr std::size_t step = 64 * 1024;
    require(body.size() <= limit && body.capacity() <= body.size() + step);
}

} // namespace mec_fuzz

#endif
