#include "notification_type.hpp"

#include <mec/json/codec.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE

namespace internal {
namespace {

/// The one member by which any notification can be told.
struct any_notification {
    std::string type;
};

} // namespace
} // namespace internal

namespace json {
template <> struct describe<internal::any_notification> {
    static constexpr auto value =
        object("Notification", field<&internal::any_notification::type>("notificationType"));
};
} // namespace json

namespace internal {

using json::field_desc;
using json::kind;
using json::type_desc;

namespace {

const field_desc* time_stamp_of(const type_desc& type) noexcept
{
    if (type.k != kind::object) return nullptr;
    const auto end = type.fields + type.size;
    const auto found =
        std::find_if(type.fields, end, [](const field_desc& f) { return f.name == "timeStamp"; });
    return found != end ? found : nullptr;
}

} // namespace

bool may_have_time_stamp(const type_desc& type) noexcept
{
    if (type.k != kind::one_of) return time_stamp_of(type) != nullptr;
    const auto* all = type.one_of->alternatives;
    return std::any_of(all, all + type.one_of->size,
                       [](const auto& a) { return may_have_time_stamp(*a.type); });
}

bool has_time_stamp(const type_desc& type, void* value) noexcept
{
    if (type.k == kind::one_of) {
        const json::one_of_desc& choice = *type.one_of;
        return has_time_stamp(*choice.alternatives[choice.index(value)].type, choice.get(value));
    }
    const field_desc* const field = time_stamp_of(type);
    if (!field) return false;
    if (field->type->k == kind::optional)
        return field->type->optional->get(field->get(value)) != nullptr;
    return field->mandatory && (field->tolerate & json::defaulted) == 0;
}

// A member with a default stays as it is when it is absent, and so does the rest of an object for which
// a text stands. What is behind an optional, an array, a map or a choice is made anew each time.
bool overwritten_by_decoding(const type_desc& type) noexcept
{
    constexpr unsigned partial = json::defaulted | json::text_as_object;
    if (type.k != kind::object) return true;
    return std::all_of(type.fields, type.fields + type.size, [](const field_desc& f) {
        return (f.tolerate & partial) == 0 && overwritten_by_decoding(*f.type);
    });
}

bool is_test_notification(std::string_view body)
{
    any_notification n;
    return !json::decode(body, n) && n.type == "TestNotification";
}

} // namespace internal
MEC_END_NAMESPACE
