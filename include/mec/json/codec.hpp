#ifndef MEC_JSON_CODEC_HPP
#define MEC_JSON_CODEC_HPP

#include <mec/core/result.hpp>
#include <mec/json/describe.hpp>

#include <string>
#include <string_view>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace json {

/// What a document may cost. Exceeding one gives errc::limit_exceeded.
struct limits {
    std::size_t size = 4 * 1024 * 1024; ///< bytes of the document
    std::size_t depth = 64;             ///< nested arrays and objects; more than 256 are never read
    std::size_t string = 64 * 1024;     ///< bytes of one string, decoded
    std::size_t elements = 100'000;     ///< values in the whole document
    std::size_t keys = 1'000;           ///< members of one object
    std::size_t digits = 128;           ///< characters of one number
};

struct decode_options {
    /// Refuses everything that is not the standard's text: aliases, wrappers, other spellings and
    /// letter cases, null for absent, duplicate names in objects and maps that are not described
    /// (else the last one counts). Names of described members never stand twice, whatever this says;
    /// a name and its alias are the same name.
    bool strict = false;
    json::limits limits{};
};

/// Reads one JSON document (RFC 8259, UTF-8, no byte order mark) into a described value.
/// The target is overwritten, except that absent members which may be `defaulted` stay as they are:
/// give it a fresh value. After an error its content is unspecified but valid.
/// Described strings hold no NUL: a text with \u0000 in it is refused for them, and kept as raw.
/// @return no error, or: errc::json_syntax with the byte offset; errc::json_schema with the JSON
/// pointer, what was expected and what was there (never a value of a string); errc::limit_exceeded.
/// Never recurses deeper than the limit; runs on a 128 KiB stack. Thread-safe.
MEC_API error decode(std::string_view text, void* target, const type_desc& type,
                     const decode_options& options = {});

template <class T>
error decode(std::string_view text, T& target, const decode_options& options = {})
{
    return decode(text, &target, type_of<T>::value, options);
}

/// Reads a T.
template <class T> result<T> parse(std::string_view text, const decode_options& options = {})
{
    T value{};
    error e = decode(text, &value, type_of<T>::value, options);
    // Named, because a result<bool> could take an error for a truth value.
    if (e) return {boost::system::in_place_error, std::move(e)};
    return {boost::system::in_place_value, std::move(value)};
}

/// Appends the JSON text of a described value: absent optionals, empty optional arrays and maps, and
/// empty raw members are left out; enumerations are written as the standard spells them; a number
/// that is infinite or not a number is written as null; what is raw is written as it stands.
/// @pre strings are UTF-8; what is not is written as U+FFFD. Raw members are empty or valid JSON.
MEC_API void encode(std::string& out, const void* value, const type_desc& type);

template <class T> void encode(std::string& out, const T& value)
{
    encode(out, &value, type_of<T>::value);
}

template <class T> std::string serialize(const T& value)
{
    std::string out;
    encode(out, &value, type_of<T>::value);
    return out;
}

/// The name of an enumerator on the wire: `to_string(service_state::active)` is `ACTIVE`. Empty when
/// the value is none of the enumeration.
MEC_API std::string_view enum_name(int number, const enum_desc& desc) noexcept;

template <class E> std::string_view to_string(E enumerator) noexcept
{
    return enum_name(static_cast<int>(enumerator), *type_of<E>::value.enumeration);
}
template <class E> std::string_view to_string(const open_enum<E>& value) noexcept
{
    return value.known() ? to_string(*value.get()) : std::string_view(value.text());
}

} // namespace json
MEC_END_NAMESPACE

#endif
