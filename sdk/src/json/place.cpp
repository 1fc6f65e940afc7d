#include "json_place.hpp"

#include "json_decoder.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

/// The first segment of a pointer, which it takes away.
std::string next_segment(std::string_view& pointer)
{
    const auto end = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view escaped = pointer.substr(1, end - 1);
    pointer.remove_prefix(end);
    std::string out;
    for (std::size_t i = 0; i < escaped.size(); ++i) {
        const bool escape = escaped[i] == '~' && i + 1 < escaped.size();
        out += escape ? (escaped[++i] == '1' ? '/' : '~') : escaped[i];
    }
    return out;
}

/// Puts the cursor before the member or element of that name.
bool enter(json_cursor& in, const std::string& segment)
{
    json_scope scope;
    std::string_view name;
    const bool object = in.peek() == '{';
    if (!object && in.peek() != '[') return false;
    if (!in.open(scope)) return false;
    for (;;) {
        const json_step step = object ? in.next_member(scope, name) : in.next_element(scope);
        if (step != json_step::item) return false;
        if (object ? name == segment : std::to_string(scope.items - 1) == segment) return true;
        if (!in.skip()) return false;
    }
}

bool find_unknown(json_cursor& in, const json::type_desc& type);

bool find_unknown_in_object(json_cursor& in, const json::type_desc& type)
{
    json_scope scope;
    in.open(scope);
    std::string_view name;
    while (in.next_member(scope, name) == json_step::item) {
        const std::size_t index = find_field(type, name, 0, false);
        const std::string kept(name);
        if (index == type.size || find_unknown(in, *type.fields[index].type)) {
            in.failed_in(kept);
            return true;
        }
    }
    return false;
}

bool find_unknown(json_cursor& in, const json::type_desc& type)
{
    const char c = in.peek();
    if (type.k == json::kind::optional) return find_unknown(in, *type.element);
    if (type.k == json::kind::object && c == '{') return find_unknown_in_object(in, type);
    if (type.k != json::kind::array || c != '[') return in.skip(), false;
    json_scope scope;
    in.open(scope);
    while (in.next_element(scope) == json_step::item) {
        if (!find_unknown(in, *type.element)) continue;
        in.failed_in(scope.items - 1);
        return true;
    }
    return false;
}

} // namespace

text_place place_of(std::string_view text, std::size_t offset) noexcept
{
    const std::string_view before = text.substr(0, offset);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const auto newline = before.rfind('\n');
    return {static_cast<std::size_t>(lines) + 1,
            before.size() - (newline == before.npos ? 0 : newline + 1) + 1};
}

std::size_t offset_of(std::string_view text, std::string_view pointer,
                      const json::decode_options& options)
{
    const auto here = [&](json_cursor& in) {
        return static_cast<std::size_t>(in.mark().at - text.data());
    };
    json_cursor whole(text, options);
    if (!(whole.begin() && (whole.peek(), whole.skip()) && whole.finish()) && pointer.empty())
        return here(whole);
    json_cursor in(text, options);
    in.begin();
    in.peek();
    std::size_t found = here(in);
    while (!pointer.empty() && enter(in, next_segment(pointer))) {
        in.peek();
        found = here(in);
    }
    return found;
}

std::string first_unknown_member(std::string_view text, const json::type_desc& type,
                                 const json::decode_options& options)
{
    json_cursor in(text, options);
    in.begin();
    return find_unknown(in, type) ? in.failure().info().pointer : std::string();
}

} // namespace internal
MEC_END_NAMESPACE
