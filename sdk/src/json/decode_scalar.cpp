#include "json_decoder.hpp"

#include "text.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>

MEC_BEGIN_NAMESPACE
namespace internal {

using json::field_desc;
using json::kind;
using json::type_desc;

namespace {

constexpr std::size_t longest_excerpt = 40;

bool starts_number(char c) noexcept { return c == '-' || is_digit(c); }

// As JSON writes it: no plus, no leading zero, no fraction, no exponent.
bool is_integer(std::string_view text) noexcept
{
    if (!text.empty() && text[0] == '-') text.remove_prefix(1);
    if (text.empty() || (text[0] == '0' && text.size() > 1)) return false;
    for (const char c : text) {
        if (!is_digit(c)) return false;
    }
    return true;
}

struct bounds {
    std::int64_t min;
    std::int64_t max;
};

template <class Int> bounds bounds_of(const field_desc* field) noexcept
{
    constexpr auto most = static_cast<std::int64_t>(std::numeric_limits<Int>::max());
    bounds b{std::numeric_limits<Int>::min(), most};
    if (field) b = {std::max(b.min, field->min), std::min(b.max, field->max)};
    return b;
}

bounds bounds_of(kind k, const field_desc* field) noexcept
{
    switch (k) {
    case kind::int32: return bounds_of<std::int32_t>(field);
    case kind::uint32:
    case kind::uint64: {
        bounds b = bounds_of<std::uint32_t>(field);
        if (k == kind::uint64) b.max = bounds_of<std::int64_t>(field).max;
        return b;
    }
    default: return bounds_of<std::int64_t>(field);
    }
}

std::string in_words(kind k, const bounds& b)
{
    const bool huge = k == kind::uint64 && b.max == std::numeric_limits<std::int64_t>::max();
    return "an integer from " + std::to_string(b.min) + " to " +
           (huge ? std::to_string(std::numeric_limits<std::uint64_t>::max())
                 : std::to_string(b.max));
}

void store(kind k, void* target, std::int64_t value)
{
    switch (k) {
    case kind::int32:
        *static_cast<std::int32_t*>(target) = static_cast<std::int32_t>(value);
        return;
    case kind::uint32:
        *static_cast<std::uint32_t*>(target) = static_cast<std::uint32_t>(value);
        return;
    case kind::uint64:
        *static_cast<std::uint64_t*>(target) = static_cast<std::uint64_t>(value);
        return;
    case kind::seconds:
        *static_cast<std::chrono::seconds*>(target) = std::chrono::seconds(value);
        return;
    default: *static_cast<std::int64_t*>(target) = value; return;
    }
}

std::string in_words(const json::enum_desc& desc)
{
    std::string words = "one of";
    for (std::size_t i = 0; i < desc.size; ++i) {
        words += i == 0 ? " " : ", ";
        if (desc.form == json::enum_form::integer) {
            words += std::to_string(desc.values[i].number) + " (";
            words += desc.values[i].name;
            words += ")";
        } else words += desc.values[i].name;
    }
    return words;
}

template <class Number> bool parse(std::string_view text, Number& out) noexcept
{
    const auto end = text.data() + text.size();
    const auto [stop, ec] = std::from_chars(text.data(), end, out);
    return ec == std::errc{} && stop == end;
}

std::string_view name_of_value(char first) noexcept
{
    switch (first) {
    case '{': return "an object";
    case '[': return "an array";
    case '"': return "a string";
    case 't': return "true";
    case 'f': return "false";
    case 'n': return "null";
    default: return "a number";
    }
}

} // namespace

// What stands there is read to its end first: what is not JSON at all is a syntax error.
bool json_decoder::mismatch(std::string expected, bool quote)
{
    const char first = in_.peek();
    std::string_view text;
    if (!in_.skip(text)) return false;
    std::string message = "expected " + std::move(expected) + ", got ";
    message += name_of_value(first);
    if (quote && (first == '"' || starts_number(first))) {
        message += " " + printable(text, longest_excerpt);
    }
    return in_.schema(std::move(message));
}

bool json_decoder::refused(const std::string& expected, std::string_view got)
{
    return in_.schema("expected " + expected + ", got " + printable(got, longest_excerpt));
}

bool json_decoder::boolean(bool& target, const field_desc* field)
{
    const char c = in_.peek();
    if (c == 't') {
        target = true;
        return in_.literal("true");
    }
    if (c == 'f') {
        target = false;
        return in_.literal("false");
    }
    if (c != '"' || !tolerates(field, json::text_as_boolean))
        return mismatch("true or false", true);
    std::string_view text;
    if (!in_.text(text)) return false;
    target = text == "true" || text == "TRUE";
    return target || text == "false" || text == "FALSE" || refused("true or false", text);
}

bool json_decoder::integer(const type_desc& type, void* target, const field_desc* field)
{
    const bounds range = bounds_of(type.k, field);
    const char c = in_.peek();
    std::string_view text;
    if (starts_number(c)) {
        if (!in_.number(text)) return false;
    } else if (c == '"' && tolerates(field, json::text_as_number)) {
        if (!in_.text(text)) return false;
    } else return mismatch(in_words(type.k, range), true);

    std::int64_t value = 0;
    if (is_integer(text)) {
        if (!parse(text, value)) {
            const bool open_end = range.max == std::numeric_limits<std::int64_t>::max();
            if (type.k == kind::uint64 && open_end && text[0] != '-' &&
                parse(text, *static_cast<std::uint64_t*>(target))) {
                return true;
            }
        } else if (value >= range.min && value <= range.max) {
            store(type.k, target, value);
            return true;
        }
    }
    return refused(in_words(type.k, range), text);
}

bool json_decoder::floating(double& target)
{
    if (!starts_number(in_.peek())) return mismatch("a number", true);
    std::string_view text;
    if (!in_.number(text)) return false;
    return parse(text, target) || refused("a number that a double can hold", text);
}

bool json_decoder::string(std::string& target, const field_desc* field)
{
    const char c = in_.peek();
    std::string_view text;
    if (c == '"') {
        if (!in_.text(text)) return false;
        // Identifiers, names, URIs: a NUL in them would end them early somewhere behind us.
        if (in_.escaped() && text.find('\0') != text.npos) {
            return in_.schema("expected a string without NUL characters");
        }
    } else if (starts_number(c) && tolerates(field, json::number_as_text)) {
        if (!in_.number(text)) return false;
    } else return mismatch("a string");
    target.assign(text);
    return true;
}

bool json_decoder::enumeration(const type_desc& type, void* target)
{
    const json::enum_desc& desc = *type.enumeration;
    const bool integers = desc.form == json::enum_form::integer;
    const char c = in_.peek();
    std::string_view text;
    const json::enumerator_desc* found = nullptr;
    if (c == '"' && !(integers && strict_)) {
        if (!in_.text(text)) return false;
        found = find_enumerator(desc, text, strict_);
    } else if (integers && starts_number(c)) {
        int number = 0;
        if (!in_.number(text)) return false;
        if (!is_integer(text)) return refused(in_words(desc), text);
        if (parse(text, number)) found = find_enumerator(desc, number);
    } else return mismatch(in_words(desc), true);

    if (found) desc.store(target, found->number);
    else if (!type.open || text.find('\0') != text.npos) return refused(in_words(desc), text);
    else type.open->store_unknown(target, text);
    return true;
}

bool json_decoder::fixed(const field_desc* field)
{
    const std::string_view expected = field ? field->text : std::string_view();
    if (in_.peek() != '"') return mismatch('\'' + std::string(expected) + '\'');
    std::string_view text;
    if (!in_.text(text)) return false;
    const bool same = text == expected || (!strict_ && equal_ignoring_case(text, expected));
    if (same || (text.empty() && tolerates(field, json::defaulted))) return true;
    return refused('\'' + std::string(expected) + '\'', text);
}

bool json_decoder::raw(json::raw& target)
{
    std::string_view text;
    if (!in_.skip(text)) return false;
    target.text.assign(text);
    return true;
}

} // namespace internal
MEC_END_NAMESPACE
