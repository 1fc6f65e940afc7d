#include "json_decoder.hpp"

#include "text.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

using json::kind;
using json::type_desc;

namespace {

// What the generated files of MEC 011 v3.1.1 and MEC 012 v2.2.1 put around every notification.
constexpr std::string_view callback_wrapper = "subscriptionNotification";
constexpr std::string_view wrapped_there = "Notification";

bool ends_with(std::string_view text, std::string_view end) noexcept
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// The type's name, or with a small first letter, unless the type has a member of that name.
bool is_name_of(const type_desc& type, std::string_view name) noexcept
{
    if (type.k == kind::one_of) {
        for (std::size_t i = 0; i < type.one_of->size; ++i) {
            if (is_name_of(*type.one_of->alternatives[i].type, name)) return true;
        }
    }
    if (name == callback_wrapper && type.k == kind::object && ends_with(type.name, wrapped_there))
        return true;
    if (name.empty() || type.name.size() != name.size()) return false;
    const bool first = name[0] == type.name[0] || name[0] == to_lower(type.name[0]);
    if (!first || name.substr(1) != type.name.substr(1)) return false;
    return type.k != kind::object || find_field(type, name, 0, false) == type.size;
}

} // namespace

// {"TypeName": {...}}, as older platforms send it.
bool json_decoder::maybe_wrapped(const type_desc& type, void* target)
{
    bool wrapper = false;
    if (!strict_ && (type.k == kind::object || type.k == kind::one_of) && in_.peek() == '{') {
        if (!is_wrapper(type, wrapper)) return false;
    }
    if (!wrapper) return value(type, target, nullptr);
    json_scope scope;
    std::string_view name;
    if (!in_.open(scope) || in_.next_member(scope, name) != json_step::item) return false;
    const std::string outer(name);
    if (!value(type, target, nullptr)) return in_.failed_in(outer);
    return in_.next_member(scope, name) == json_step::end;
}

// Looks ahead; gives false only when the document is broken.
bool json_decoder::is_wrapper(const type_desc& type, bool& yes)
{
    const auto start = in_.mark();
    json_scope scope;
    std::string_view name;
    if (!in_.open(scope)) return false;
    json_step step = in_.next_member(scope, name);
    if (step == json_step::item && is_name_of(type, name) && in_.peek() == '{') {
        if (!in_.skip()) return false;
        step = in_.next_member(scope, name);
        yes = step == json_step::end;
    }
    in_.rewind(start);
    return step != json_step::failed;
}

bool json_decoder::one_of(const type_desc& type, void* target)
{
    const json::one_of_desc& choice = *type.one_of;
    if (in_.peek() != '{') return mismatch("an object (" + std::string(type.name) + ")");
    const auto start = in_.mark();
    std::string tag;
    std::size_t index = choice.size;
    if (!find_tag(type, tag, index)) return false;
    in_.rewind(start);
    for (std::size_t i = 0; i < choice.size && index == choice.size; ++i) {
        const std::string_view known = choice.alternatives[i].tag;
        if (known == tag || (!strict_ && equal_ignoring_case(known, tag))) index = i;
    }
    if (index < choice.size) {
        return object(*choice.alternatives[index].type, choice.emplace(target, index),
                      choice.discriminator);
    }
    std::string tags;
    for (std::size_t i = 0; i < choice.size; ++i) {
        tags += i == 0 ? "" : ", ";
        tags += choice.alternatives[i].tag;
    }
    refused("one of " + tags, tag);
    return in_.failed_in(choice.discriminator);
}

namespace {

std::size_t find_mark(const json::one_of_desc& choice, std::string_view name) noexcept
{
    std::size_t i = 0;
    while (i < choice.size && choice.alternatives[i].mark != name) ++i;
    return i;
}

} // namespace

// Looks for the discriminator. When there is none, or an empty one, `index` becomes that of the
// alternative that is told by another member, if there is one.
bool json_decoder::find_tag(const type_desc& type, std::string& tag, std::size_t& index)
{
    const json::one_of_desc& choice = *type.one_of;
    std::size_t marked = choice.size;
    bool seen = false;
    json_scope scope;
    if (!in_.open(scope)) return false;
    for (;;) {
        std::string_view name;
        const json_step step = in_.next_member(scope, name, choice.discriminator);
        if (step == json_step::failed) return false;
        if (step == json_step::end) break;
        if (name == choice.discriminator) {
            if (!read_tag(tag)) return in_.failed_in(choice.discriminator);
            if (!tag.empty()) return true;
            seen = true;
            continue;
        }
        if (!strict_ && !name.empty() && marked == choice.size) marked = find_mark(choice, name);
        const std::string kept(name);
        if (!in_.skip()) return in_.failed_in(kept);
    }
    index = marked;
    if (seen || marked < choice.size) return true;
    in_.schema("expected the mandatory member '" + std::string(choice.discriminator) +
               "', got an object without it");
    return in_.failed_in(choice.discriminator);
}

bool json_decoder::read_tag(std::string& tag)
{
    if (in_.peek() == '"') return string(tag, nullptr);
    const bool absent = !strict_ && in_.peek() == 'n';
    return absent ? in_.literal("null") : mismatch("a string");
}

} // namespace internal
MEC_END_NAMESPACE
