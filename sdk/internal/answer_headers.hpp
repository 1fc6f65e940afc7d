#ifndef MEC_INTERNAL_ANSWER_HEADERS_HPP
#define MEC_INTERNAL_ANSWER_HEADERS_HPP

/// @file
/// What an answer says outside its body: the entity tag, and where a new resource is.

#include <mec/common/types.hpp>
#include <mec/http/message.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

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

template <class T, class = void> struct has_instance_id : std::false_type {
};
template <class T>
struct has_instance_id<T, std::void_t<decltype(std::declval<T&>().ser_instance_id->size())>>
    : std::true_type {
};

/// Longest entity tag that is kept: it is sent back in a header.
constexpr std::size_t longest_etag = 256;

/// Completes a value that was read. `_links.self` is trusted more than Location: platforms get the
/// latter wrong.
template <class T> void take_headers(T& value, const http::response& resp)
{
    if constexpr (has_etag<T>::value) {
        const auto tag = resp.headers.find("ETag");
        if (tag.size() <= longest_etag) value.etag.assign(tag);
    }
    if constexpr (has_self_link<T>::value) {
        const auto location =
            resp.status == 201 ? resp.headers.find("Location") : std::string_view();
        if (!location.empty() && (!value.links || !value.links->self)) {
            if (!value.links) value.links.emplace();
            value.links->self = link{std::string(location)};
        }
        if constexpr (has_instance_id<T>::value)
            if (!value.ser_instance_id && resp.status == 201 && value.links && value.links->self)
                if (auto id = id_of(value.links->self->href); !id.empty())
                    value.ser_instance_id = std::move(id);
    }
}

} // namespace internal
MEC_END_NAMESPACE

#endif
