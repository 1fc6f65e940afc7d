#include "json_decoder.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {

using json::field_desc;
using json::kind;
using json::type_desc;

namespace {

// What a member becomes that is absent: optional things empty, everything else stays.
void clear(const type_desc& type, void* target)
{
    switch (type.k) {
    case kind::optional: return type.optional->reset(target);
    case kind::array: return type.array->clear(target);
    case kind::map: return type.map->clear(target);
    case kind::raw: return static_cast<json::raw*>(target)->text.clear();
    case kind::string: return static_cast<std::string*>(target)->clear();
    default: return;
    }
}

std::string name_of(const type_desc& type)
{
    return type.name.empty() ? "an object" : "an object (" + std::string(type.name) + ")";
}

} // namespace

std::size_t find_field(const type_desc& type, std::string_view& name, std::size_t expected,
                       bool strict) noexcept
{
    const std::size_t size = type.size;
    const field_desc* const fields = type.fields;
    for (std::size_t n = 0, i = expected; n < size; ++n, ++i) {
        if (i >= size) i = 0;
        if (same_text(fields[i].name, name)) {
            name = fields[i].name;
            return i;
        }
    }
    if (strict) return size;
    for (std::size_t i = 0; i < size; ++i) {
        for (const std::string_view alias : fields[i].aliases) {
            if (!alias.empty() && alias == name) {
                name = alias;
                return i;
            }
        }
    }
    return size;
}

bool json_decoder::document(const type_desc& type, void* target)
{
    if (!in_.begin()) return false;
    const bool ok =
        type.k == kind::array ? array(type, target, nullptr, true) : maybe_wrapped(type, target);
    return ok && in_.finish();
}

bool json_decoder::value(const type_desc& type, void* target, const field_desc* field)
{
    switch (type.k) {
    case kind::boolean: return boolean(*static_cast<bool*>(target), field);
    case kind::int32:
    case kind::uint32:
    case kind::int64:
    case kind::uint64:
    case kind::seconds: return integer(type, target, field);
    case kind::number: return floating(*static_cast<double*>(target));
    case kind::string: return string(*static_cast<std::string*>(target), field);
    case kind::enumeration:
    case kind::open_enumeration: return enumeration(type, target);
    case kind::optional:
        if (!strict_ && in_.peek() == 'n') {
            type.optional->reset(target);
            return in_.literal("null");
        }
        return value(*type.element, type.optional->emplace(target), field);
    case kind::array: return array(type, target, field, false);
    case kind::map: return map(type, target, field);
    case kind::object:
        if (in_.peek() == '"' && tolerates(field, json::text_as_object)) {
            const field_desc& first = type.fields[0];
            return value(*first.type, first.get(target), &first);
        }
        return object(type, target);
    case kind::one_of: return one_of(type, target);
    case kind::fixed: return fixed(field);
    case kind::raw: return raw(*static_cast<json::raw*>(target));
    }
    return in_.schema("its description has an unknown kind");
}

bool json_decoder::object(const type_desc& type, void* target, std::string_view discriminator)
{
    if (in_.peek() != '{') return mismatch(name_of(type));
    json_scope scope;
    if (!in_.open(scope)) return false;
    json::members* const rest = type.rest ? type.rest(target) : nullptr;
    if (rest) rest->values.clear();
    std::uint64_t seen = 0;
    bool tag_seen = false;
    std::size_t expected = 0;
    for (;;) {
        std::string_view name;
        const auto hint = expected < type.size ? type.fields[expected].name : std::string_view();
        const json_step step = in_.next_member(scope, name, hint);
        if (step != json_step::item) {
            return step == json_step::end && finish_object(type, target, seen);
        }
        const bool found = !hint.empty() && name.data() == hint.data();
        const std::size_t index = found ? expected : find_field(type, name, expected, strict_);
        bool twice = false;
        if (index < type.size) {
            const std::uint64_t bit = std::uint64_t{1} << index;
            twice = (seen & bit) != 0;
            seen |= bit;
            expected = index + 1;
            if (!twice && !known_member(type.fields[index], target)) return in_.failed_in(name);
        } else if (!discriminator.empty() && name == discriminator) {
            // Not a member of the alternative itself: it was read before, and must be the only one.
            twice = tag_seen;
            tag_seen = true;
            if (!twice && !in_.skip()) return in_.failed_in(discriminator);
        } else if (!unknown_member(rest, name)) return false;
        if (twice) {
            in_.schema("expected a member once, got it, or another spelling of it, twice");
            return in_.failed_in(name);
        }
    }
}

bool json_decoder::finish_object(const type_desc& type, void* target, std::uint64_t seen)
{
    for (std::size_t i = 0; i < type.size; ++i) {
        if ((seen >> i) & 1) continue;
        const field_desc& field = type.fields[i];
        if (!field.mandatory) clear(*field.type, field.get(target));
        else if (!tolerates(&field, json::defaulted)) {
            in_.schema("expected the mandatory member '" + std::string(field.name) +
                       "', got an object without it");
            return in_.failed_in(field.name);
        }
    }
    return true;
}

bool json_decoder::known_member(const field_desc& field, void* target)
{
    if (in_.peek() == 'n' && !strict_) return null_member(field, target);
    void* const member = field.get(target);
    const type_desc* type = field.type;
    void* where = member;
    if (type->k == kind::optional) {
        where = type->optional->emplace(member);
        type = type->element;
    }
    if (type->k == kind::string) return string(*static_cast<std::string*>(where), &field);
    if (!value(*type, where, &field)) return false;
    if (field.mandatory && field.type->k == kind::array && field.type->array->size(member) == 0) {
        return in_.schema("expected at least one element, got an empty array");
    }
    return true;
}

// To many platforms null and absent are the same.
bool json_decoder::null_member(const field_desc& field, void* target)
{
    const bool empty = tolerates(&field, json::null_as_empty) && field.type->k == kind::object;
    if (field.mandatory && !empty && !tolerates(&field, json::defaulted)) {
        return value(*field.type, field.get(target), &field);
    }
    if (!in_.literal("null")) return false;
    void* const member = field.get(target);
    if (!field.mandatory) clear(*field.type, member);
    if (!empty) return true;
    if (json::members* rest = field.type->rest ? field.type->rest(member) : nullptr) {
        rest->values.clear();
    }
    return finish_object(*field.type, member, 0);
}

bool json_decoder::unknown_member(json::members* rest, std::string_view name)
{
    const std::string kept(name);
    std::string_view text;
    if (!in_.skip(text)) return in_.failed_in(kept);
    if (!rest) return true;
    auto& values = rest->values;
    const auto same =
        std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == kept; });
    if (same != values.end()) same->second.text = text;
    else values.emplace_back(kept, json::raw{std::string(text)});
    return true;
}

bool json_decoder::array(const type_desc& type, void* target, const field_desc* field, bool wrapped)
{
    const json::array_ops& ops = *type.array;
    const auto element = [&](void* item) {
        return wrapped ? maybe_wrapped(*type.element, item) : value(*type.element, item, field);
    };
    ops.clear(target);
    if (in_.peek() != '[') {
        return tolerates(field, json::one_or_many) ? element(ops.push(target))
                                                   : mismatch("an array");
    }
    json_scope scope;
    if (!in_.open(scope)) return false;
    json_step step = in_.next_element(scope);
    for (; step == json_step::item; step = in_.next_element(scope)) {
        if (!element(ops.push(target))) return in_.failed_in(scope.items - 1);
    }
    return step == json_step::end;
}

bool json_decoder::map(const type_desc& type, void* target, const field_desc* field)
{
    type.map->clear(target);
    if (in_.peek() != '{') return mismatch("an object");
    json_scope scope;
    if (!in_.open(scope)) return false;
    for (;;) {
        std::string_view name;
        const json_step step = in_.next_member(scope, name);
        if (step != json_step::item) return step == json_step::end;
        const std::string key(name);
        if (!value(*type.element, type.map->insert(target, key), field)) {
            return in_.failed_in(key);
        }
    }
}

} // namespace internal

namespace json {

error decode(std::string_view text, void* target, const type_desc& type,
             const decode_options& options)
{
    internal::json_decoder decoder(text, options);
    return decoder.document(type, target) ? error() : decoder.failure();
}

} // namespace json
MEC_END_NAMESPACE
