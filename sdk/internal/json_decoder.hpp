#ifndef MEC_INTERNAL_JSON_DECODER_HPP
#define MEC_INTERNAL_JSON_DECODER_HPP

#include "json_cursor.hpp"

#include <cstdint>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Reads a document straight into a value, led by its description table. Recurses along the
/// description only, at most as deep as the limit. Every function gives false on failure; the
/// cursor then knows why, and each level adds where.
class json_decoder {
public:
    json_decoder(std::string_view text, const json::decode_options& options) noexcept
        : in_(text, options), strict_(options.strict)
    {
    }

    bool document(const json::type_desc& type, void* target);
    error failure() const { return in_.failure(); }

private:
    using type_desc = json::type_desc;
    using field_desc = json::field_desc;

    /// @param field  the member that the value belongs to, for its range and tolerances; may be null.
    bool value(const type_desc& type, void* target, const field_desc* field);

    // decode.cpp
    bool object(const type_desc& type, void* target, std::string_view discriminator = {});
    bool finish_object(const type_desc& type, void* target, std::uint64_t seen);
    bool known_member(const field_desc& field, void* target);
    bool null_member(const field_desc& field, void* target);
    bool unknown_member(json::members* rest, std::string_view name);
    bool array(const type_desc& type, void* target, const field_desc* field, bool wrapped);
    bool map(const type_desc& type, void* target, const field_desc* field);

    // decode_choice.cpp
    bool one_of(const type_desc& type, void* target);
    bool find_tag(const type_desc& type, std::string& tag, std::size_t& index);
    bool read_tag(std::string& tag);
    bool maybe_wrapped(const type_desc& type, void* target);
    bool is_wrapper(const type_desc& type, bool& yes);

    // decode_scalar.cpp
    bool boolean(bool& target, const field_desc* field);
    bool integer(const type_desc& type, void* target, const field_desc* field);
    bool floating(double& target);
    bool string(std::string& target, const field_desc* field);
    bool enumeration(const type_desc& type, void* target);
    bool fixed(const field_desc* field);
    bool raw(json::raw& target);
    bool mismatch(std::string expected, bool quote = false);
    bool refused(const std::string& expected, std::string_view got);

    bool tolerates(const field_desc* field, json::tolerance what) const noexcept
    {
        return !strict_ && field && (field->tolerate & what) != 0;
    }

    json_cursor in_;
    bool strict_;
};

/// The enumerator that stands on the wire as `text`, or null. Unless strict, other spellings and
/// letter cases count too.
const json::enumerator_desc* find_enumerator(const json::enum_desc& desc, std::string_view text,
                                             bool strict) noexcept;
const json::enumerator_desc* find_enumerator(const json::enum_desc& desc, int number) noexcept;
bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// Index of the field that is called `name`, or `type.size`. Tries `expected` first. `name` becomes
/// the table's own copy. Unless strict, aliases count too.
std::size_t find_field(const json::type_desc& type, std::string_view& name, std::size_t expected,
                       bool strict) noexcept;

} // namespace internal
MEC_END_NAMESPACE

#endif
