#ifndef MEC_TESTS_JSON_TABLE_WALK_HPP
#define MEC_TESTS_JSON_TABLE_WALK_HPP

/// @file
/// Writes valid documents from description tables, and spoils them at one place.

#include <mec/json/describe.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>

namespace json_test {

using mec::json::field_desc;
using mec::json::kind;
using mec::json::type_desc;

/// What stands at one place instead of a valid value; without a text the member is left out.
struct spoiled {
    std::string pointer = "nowhere";
    std::string text;
    bool omitted = false;
};

/// A document with every member of the type. `only_mandatory` leaves out the others.
class sample {
public:
    explicit sample(spoiled change = {}, bool only_mandatory = false)
        : change_(std::move(change)), only_mandatory_(only_mandatory)
    {
    }

    std::string of(const type_desc& type, const field_desc* field = nullptr,
                   const std::string& pointer = {})
    {
        if (pointer == change_.pointer) return change_.text;
        switch (type.k) {
        case kind::boolean: return "true";
        case kind::int32:
        case kind::uint32:
        case kind::int64:
        case kind::uint64:
        case kind::seconds:
            return std::to_string(field ? std::max<std::int64_t>(field->min, 0) : 0);
        case kind::number: return "0.5";
        case kind::string: return "\"text\"";
        case kind::enumeration:
        case kind::open_enumeration: return enumerator(*type.enumeration);
        case kind::optional: return of(*type.element, field, pointer);
        case kind::array: return "[" + of(*type.element, field, pointer + "/0") + "]";
        case kind::map: return "{\"key\":" + of(*type.element, field, pointer + "/key") + "}";
        case kind::object: return object(type, {}, pointer);
        case kind::one_of: {
            const auto& first = type.one_of->alternatives[0];
            return object(*first.type, "\"" + std::string(first.tag) + "\"", pointer,
                          type.one_of->discriminator);
        }
        case kind::raw: return "{\"any\":[1,null]}";
        case kind::fixed: return field ? "\"" + std::string(field->text) + "\"" : "null";
        }
        return {};
    }

private:
    static std::string enumerator(const mec::json::enum_desc& desc)
    {
        if (desc.form == mec::json::enum_form::integer)
            return std::to_string(desc.values[0].number);
        return "\"" + std::string(desc.values[0].name) + "\"";
    }
    std::string object(const type_desc& type, const std::string& tag, const std::string& pointer,
                       std::string_view discriminator = {})
    {
        std::string members;
        bool tagged = tag.empty();
        for (std::size_t i = 0; i < type.size; ++i) {
            const field_desc& field = type.fields[i];
            const std::string name(field.name);
            const std::string place = pointer + "/" + name;
            const bool is_tag = !tagged && field.name == discriminator;
            tagged = tagged || is_tag;
            if (place == change_.pointer && change_.omitted) continue;
            if (only_mandatory_ && !field.mandatory && place != change_.pointer) continue;
            members += members.empty() ? "" : ",";
            members += "\"" + name + "\":";
            members += is_tag && place != change_.pointer ? tag : of(*field.type, &field, place);
        }
        if (!tagged) {
            members += members.empty() ? "" : ",";
            members += "\"" + std::string(discriminator) + "\":" + tag;
        }
        return "{" + members + "}";
    }

    spoiled change_;
    bool only_mandatory_;
};

/// Calls `visit(pointer, field)` for every member that a full sample has.
inline void each_member(const type_desc& type, const std::string& pointer,
                        const std::function<void(const std::string&, const field_desc&)>& visit)
{
    switch (type.k) {
    case kind::optional: return each_member(*type.element, pointer, visit);
    case kind::array: return each_member(*type.element, pointer + "/0", visit);
    case kind::map: return each_member(*type.element, pointer + "/key", visit);
    case kind::one_of: return each_member(*type.one_of->alternatives[0].type, pointer, visit);
    case kind::object:
        for (std::size_t i = 0; i < type.size; ++i) {
            const field_desc& field = type.fields[i];
            const std::string place = pointer + "/" + std::string(field.name);
            visit(place, field);
            each_member(*field.type, place, visit);
        }
        return;
    default: return;
    }
}

/// The type that decides what may stand there.
inline const type_desc& without_optional(const type_desc& type)
{
    return type.k == kind::optional ? without_optional(*type.element) : type;
}

} // namespace json_test

#endif
