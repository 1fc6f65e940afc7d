#ifndef MEC_JSON_CODEC_HPP
#define MEC_JSON_CODEC_HPP

#include <mec/core/result.hpp>
#include <mec/json/describe.hpp>

#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace json {

/// What a document may cost. Exceeding one gives errc::limit_exceeded.
struct limits {
    std::size_t size = 4 * 1024 * 1024; ///< bytes of the document
    std::size_t depth = 64;             ///< nested arrays and objects
    std::size_t string = 64 * 1024;     ///< bytes of one string, decoded
    std::size_t elements = 100'000;     ///< values in the whole document
    std::size_t keys = 1'000;           ///< members of one object
    std::size_t digits = 64;            ///< characters of one number
};

struct decode_options {
    /// Refuses everything that is not the standard's text: aliases, wrappers, other spellings, null
    /// for absent, duplicate keys in objects that are not described.
    bool strict = false;
    json::limits limits{};
};

/// Reads one JSON document (RFC 8259, UTF-8, no byte order mark) into a described value.
/// The target is overwritten; after an error its content is unspecified but valid.
/// @return no error, or: errc::json_syntax with the byte offset; errc::json_schema with the JSON
/// pointer, what was expected and what was there; errc::limit_exceeded.
/// Never recurses deeper than the limit; runs on a 128 KiB stack.
MEC_API error decode(std::string_view text, void* target, const type_desc& type,
                     const decode_options& options = {});

template <class T> error decode(std::string_view text, T& target, const decode_options& options = {})
{
    return decode(text, &target, type_of<T>::value, options);
}

/// Reads a T.
template <class T> result<T> parse(std::string_view text, const decode_options& options = {})
{
    T value{};
    if (error e = decode(text, &value, type_of<T>::value, options)) return e;
    return value;
}

/// Appends the JSON text of a described value: absent optionals and empty optional arrays are left
/// out, enumerations are written as the standard spells them.
/// @pre strings are UTF-8; what is not is written as U+FFFD.
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

/// The wire name of an enumerator: `to_string(service_state::active)` is `ACTIVE`.
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
