#ifndef MEC_INTERNAL_JSON_PLACE_HPP
#define MEC_INTERNAL_JSON_PLACE_HPP

/// @file
/// Where in a text something is, for people who have written it by hand.

#include <mec/json/codec.hpp>

#include <cstddef>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Counted from 1; columns in bytes.
struct text_place {
    std::size_t line = 1;
    std::size_t column = 1;
};

MEC_API text_place place_of(std::string_view text, std::size_t offset) noexcept;

/// Offset of the value that the JSON pointer names; of the innermost value around it when there is no
/// such one, as for a member that is missing. Offset of the mistake when the text is not JSON.
MEC_API std::size_t offset_of(std::string_view text, std::string_view pointer,
                              const json::decode_options& options = {});

/// JSON pointer of the first member that the description does not know; empty when there is none.
/// @pre decode() has accepted the text.
MEC_API std::string first_unknown_member(std::string_view text, const json::type_desc& type,
                                         const json::decode_options& options = {});

} // namespace internal
MEC_END_NAMESPACE

#endif
