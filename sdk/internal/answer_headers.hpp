#ifndef MEC_INTERNAL_ANSWER_HEADERS_HPP
#define MEC_INTERNAL_ANSWER_HEADERS_HPP

/// @file
/// What an answer says outside its body: the entity tag, and where a new resource is.

#include <mec/common/types.hpp>
#include <mec/http/message.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

MEC_BEGIN_NAMESPACE
namespace internal {

template <class T> struct is_optional : std::false_type {
};
template <class T> struct is_optional<std::optional<T>> : std::true_type {
};

template <class T, class = void> struct has_etag : std::false_type {
};
template <class T> struct has_etag<T, std::void_t<decltype(std::declval<T&>().etag)>>
    : std::true_type {
};

template <class T, class = void> struct has_self_link : std::false_type {
};
template <class T> struct has_self_link<T, std::void_t<decltype(std::declval<T&>().links->self)>>
    : std::true_type {
};

/// The id that the platform gives to a new resource; null for types without one.
template <class T, class Id = decltype(T::ser_instance_id)>
std::enable_if_t<is_optional<Id>::value, Id*> given_id(T& value, int)
{
    return &value.ser_instance_id;
}
template <class T, class Id = decltype(T::app_instance_id)>
std::enable_if_t<is_optional<Id>::value, Id*> given_id(T& value, long)
{
    return &value.app_instance_id;
}
template <class T> std::nullptr_t given_id(T&, ...) { return nullptr; }

/// Longest entity tag that is kept: it is sent back in a header.
constexpr std::size_t longest_etag = 256;

/// Completes a value that was read. Of a new resource the body is trusted more than Location, which
/// platforms get wrong: that counts only when the body has neither a link nor an id.
template <class T> void take_headers(T& value, const http::response& resp)
{
    if constexpr (has_etag<T>::value) {
        const auto tag = resp.headers.find("ETag");
        if (tag.size() <= longest_etag) value.etag.assign(tag);
    }
    if (resp.status != 201) return;
    std::string_view where = resp.headers.find("Location");
    if constexpr (has_self_link<T>::value)
        if (value.links && value.links->self && !value.links->self->href.empty())
            where = value.links->self->href;
    bool named = false;
    if constexpr (!std::is_null_pointer_v<decltype(given_id(value, 0))>) {
        auto& id = *given_id(value, 0);
        named = id && !id->empty();
        if (auto last = id_of(where); !named && !last.empty()) id = std::move(last);
    }
    if constexpr (has_self_link<T>::value) {
        const bool linked = value.links && value.links->self && !value.links->self->href.empty();
        if (named || linked || where.empty()) return;
        if (!value.links) value.links.emplace();
        value.links->self = link{std::string(where)};
    }
}

/// Of several types, the one that was read.
template <class... T> void take_headers(std::variant<T...>& value, const http::response& resp)
{
    std::visit([&](auto& alternative) { take_headers(alternative, resp); }, value);
}

} // namespace internal
MEC_END_NAMESPACE

#endif
