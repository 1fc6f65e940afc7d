#ifndef MEC_JSON_DESCRIBE_HPP
#define MEC_JSON_DESCRIBE_HPP

/// @file
/// Describes C++ types as constant tables: names on the wire, cardinality, ranges, spellings, and
/// where real platforms deviate. No JSON library is named here. Reading, writing, the emulator, the
/// generated bad-input tests and the documentation all use the same tables.
///
/// @code
/// template <> struct mec::json::describe<point> {
///     static constexpr auto value = object("Point", field<&point::x>("x").range(0, 100),
///                                          field<&point::label>("label").alias("name"));
/// };
/// @endcode
///
/// Cardinality follows from the member's type: `std::optional` is 0..1, `std::vector` is 0..N unless
/// `.required()`, a string is mandatory unless `.optional()`, anything else is mandatory.

#include <mec/core/open_enum.hpp>
#include <mec/json/tables.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace json {

/// Customisation point: specialise with `static constexpr auto value = object(...)`,
/// `enumeration(...)` or `alternatives(...)`.
template <class T> struct describe {
    static constexpr bool missing = true;
};

template <class T> struct type_of;

namespace detail {

template <class T, class = void> struct is_described : std::true_type {
};
template <class T> struct is_described<T, std::enable_if_t<describe<T>::missing>>
    : std::false_type {
};

template <auto Member> struct member;
template <class Class, class T, T Class::*Member> struct member<Member> {
    using type = T;
    using owner = Class;
};
/// Object is the class that has the member, or one that inherits it.
template <class Object, auto Member> void* get_member(void* object)
{
    return &(static_cast<Object*>(object)->*Member);
}

template <class T> struct is_container : std::false_type {
};
template <class T> struct is_container<std::optional<T>> : std::true_type {
};
template <class T> struct is_container<std::vector<T>> : std::true_type {
};
template <class T> struct is_container<std::map<std::string, T>> : std::true_type {
};
template <> struct is_container<raw> : std::true_type {
};

template <std::size_t N> struct object_table {
    std::string_view name;
    std::array<field_desc, N> fields;
    members* (*rest)(void*) = nullptr;
};
template <std::size_t N> struct enum_table {
    std::string_view name;
    enum_form form;
    std::array<enumerator_desc, N> values;
};
template <std::size_t N> struct one_of_table {
    std::string_view name;
    std::string_view discriminator;
    std::array<alternative_desc, N> alternatives;
};

template <class Object, auto Member> members* rest_of(void* object)
{
    return &(static_cast<Object*>(object)->*Member);
}

inline constexpr type_desc fixed_text = [] {
    type_desc d{};
    d.k = kind::fixed;
    return d;
}();

} // namespace detail

/// Describes a data member by its name on the wire. Of a member that Object inherits, Object must be
/// said: `field_of<square, &shape::colour>("colour")`.
template <class Object, auto Member> constexpr field_desc field_of(std::string_view name)
{
    using T = typename detail::member<Member>::type;
    field_desc f;
    f.name = name;
    f.type = &type_of<T>::value;
    f.get = &detail::get_member<Object, Member>;
    f.mandatory = !detail::is_container<T>::value;
    return f;
}
template <auto Member> constexpr field_desc field(std::string_view name)
{
    return field_of<typename detail::member<Member>::owner, Member>(name);
}
/// A member that is on the wire only, always with the same text.
constexpr field_desc fixed(std::string_view name, std::string_view text)
{
    field_desc f;
    f.name = name;
    f.type = &detail::fixed_text;
    f.get = [](void* object) { return object; };
    f.text = text;
    return f;
}

template <class... Field>
constexpr detail::object_table<sizeof...(Field)> object(std::string_view name, Field... fields)
{
    static_assert(sizeof...(Field) <= 64, "mec::json: at most 64 fields in one object");
    return {name, {fields...}};
}
/// An object that keeps its unknown members in the given member of type `json::members`.
template <class Object, auto Rest, class... Field> constexpr detail::object_table<sizeof...(Field)>
open_object_of(std::string_view name, Field... fields)
{
    static_assert(sizeof...(Field) <= 64, "mec::json: at most 64 fields in one object");
    return {name, {fields...}, &detail::rest_of<Object, Rest>};
}
template <auto Rest, class... Field>
constexpr detail::object_table<sizeof...(Field)> open_object(std::string_view name, Field... fields)
{
    return open_object_of<typename detail::member<Rest>::owner, Rest>(name, fields...);
}

template <class E> constexpr enumerator_desc value(E enumerator, std::string_view name)
{
    return {static_cast<int>(enumerator), name, {}};
}
/// An enumeration whose values are texts on the wire.
template <class... Value>
constexpr detail::enum_table<sizeof...(Value)> enumeration(std::string_view name, Value... values)
{
    return {name, enum_form::text, {values...}};
}
/// An enumeration whose values are numbers on the wire; older peers send the names, which are read.
template <class... Value> constexpr detail::enum_table<sizeof...(Value)>
integer_enumeration(std::string_view name, Value... values)
{
    return {name, enum_form::integer, {values...}};
}

/// Says which alternative of a variant belongs to which discriminator value; in the variant's order.
template <class T> constexpr alternative_desc alternative(std::string_view tag)
{
    return {tag, &type_of<T>::value};
}
/// The discriminator's value is the name of the type.
template <class T> constexpr alternative_desc alternative()
{
    return alternative<T>(describe<T>::value.name);
}
template <class... Alternative> constexpr detail::one_of_table<sizeof...(Alternative)>
alternatives(std::string_view name, std::string_view discriminator, Alternative... all)
{
    return {name, discriminator, {all...}};
}

namespace detail {

template <class T> constexpr type_desc scalar_desc(kind k)
{
    type_desc d{};
    d.k = k;
    return d;
}

template <class E> struct enum_of {
    static int load(const void* p) { return static_cast<int>(*static_cast<const E*>(p)); }
    static void store(void* p, int v) { *static_cast<E*>(p) = static_cast<E>(v); }
    static constexpr const auto& table = describe<E>::value;
    static constexpr enum_desc desc{table.values.data(), table.values.size(), table.form, &load,
                                    &store};
    static constexpr type_desc value = [] {
        type_desc d{};
        d.k = kind::enumeration;
        d.name = table.name;
        d.enumeration = &desc;
        return d;
    }();
};

template <class T> struct object_of {
    static constexpr const auto& table = describe<T>::value;
    static constexpr type_desc value = [] {
        type_desc d{};
        d.k = kind::object;
        d.name = table.name;
        d.fields = table.fields.data();
        d.size = table.fields.size();
        d.rest = table.rest;
        return d;
    }();
};

template <class T> constexpr type_desc describe_type()
{
    if constexpr (std::is_same_v<T, bool>) return scalar_desc<T>(kind::boolean);
    else if constexpr (std::is_same_v<T, std::int32_t>) return scalar_desc<T>(kind::int32);
    else if constexpr (std::is_same_v<T, std::uint32_t>) return scalar_desc<T>(kind::uint32);
    else if constexpr (std::is_same_v<T, std::int64_t>) return scalar_desc<T>(kind::int64);
    else if constexpr (std::is_same_v<T, std::uint64_t>) return scalar_desc<T>(kind::uint64);
    else if constexpr (std::is_same_v<T, double>) return scalar_desc<T>(kind::number);
    else if constexpr (std::is_same_v<T, std::chrono::seconds>)
        return scalar_desc<T>(kind::seconds);
    else if constexpr (std::is_same_v<T, std::string>) return scalar_desc<T>(kind::string);
    else if constexpr (std::is_same_v<T, raw>) return scalar_desc<T>(kind::raw);
    else {
        static_assert(is_described<T>::value,
                      "mec::json: this type has no description; specialise mec::json::describe<T>");
        if constexpr (!is_described<T>::value) return scalar_desc<T>(kind::raw);
        else if constexpr (std::is_enum_v<T>) return enum_of<T>::value;
        else return object_of<T>::value;
    }
}

} // namespace detail

/// The table of T.
template <class T> struct type_of {
    static constexpr type_desc value = detail::describe_type<T>();
};

template <class E> struct type_of<open_enum<E>> {
    static int load(const void* p)
    {
        return static_cast<int>(static_cast<const open_enum<E>*>(p)->get().value_or(E{}));
    }
    static void store(void* p, int v) { *static_cast<open_enum<E>*>(p) = static_cast<E>(v); }
    static bool known(const void* p) { return static_cast<const open_enum<E>*>(p)->known(); }
    static const std::string& text(const void* p)
    {
        return static_cast<const open_enum<E>*>(p)->text();
    }
    static void store_unknown(void* p, std::string_view text)
    {
        *static_cast<open_enum<E>*>(p) = open_enum<E>::unknown(std::string(text));
    }
    static constexpr const auto& table = describe<E>::value;
    static constexpr enum_desc desc{table.values.data(), table.values.size(), table.form, &load,
                                    &store};
    static constexpr open_enum_ops ops{&desc, &known, &text, &store_unknown};
    static constexpr type_desc value = [] {
        type_desc d{};
        d.k = kind::open_enumeration;
        d.name = table.name;
        d.enumeration = &desc;
        d.open = &ops;
        return d;
    }();
};

template <class T> struct type_of<std::optional<T>> {
    static void* emplace(void* p) { return &static_cast<std::optional<T>*>(p)->emplace(); }
    static void* get(void* p)
    {
        auto& o = *static_cast<std::optional<T>*>(p);
        return o ? &*o : nullptr;
    }
    static void reset(void* p) { static_cast<std::optional<T>*>(p)->reset(); }
    static constexpr optional_ops ops{&emplace, &get, &reset};
    static constexpr type_desc value = [] {
        type_desc d{};
        d.k = kind::optional;
        d.element = &type_of<T>::value;
        d.optional = &ops;
        return d;
    }();
};

template <class T> struct type_of<std::vector<T>> {
    using vector = std::vector<T>;
    static void* push(void* p) { return &static_cast<vector*>(p)->emplace_back(); }
    static void clear(void* p) { static_cast<vector*>(p)->clear(); }
    static std::size_t size(const void* p) { return static_cast<const vector*>(p)->size(); }
    static void* at(void* p, std::size_t i) { return &(*static_cast<vector*>(p))[i]; }
    static constexpr array_ops ops{&push, &clear, &size, &at};
    static constexpr type_desc value = [] {
        type_desc d{};
        d.k = kind::array;
        d.element = &type_of<T>::value;
        d.array = &ops;
        return d;
    }();
};

template <class T> struct type_of<std::map<std::string, T>> {
    using map = std::map<std::string, T>;
    static void* insert(void* p, std::string_view key)
    {
        return &static_cast<map*>(p)->insert_or_assign(std::string(key), T{}).first->second;
    }
    static void clear(void* p) { static_cast<map*>(p)->clear(); }
    static std::size_t size(const void* p) { return static_cast<const map*>(p)->size(); }
    static void each(void* p, void* context, void (*visit)(void*, std::string_view, void*))
    {
        for (auto& entry : *static_cast<map*>(p)) visit(context, entry.first, &entry.second);
    }
    static constexpr map_ops ops{&insert, &clear, &size, &each};
    static constexpr type_desc value = [] {
        type_desc d{};
        d.k = kind::map;
        d.element = &type_of<T>::value;
        d.map = &ops;
        return d;
    }();
};

namespace detail {

template <class Variant> struct one_of_type;
template <class... T> struct one_of_type<std::variant<T...>> {
    using variant = std::variant<T...>;
    static void* emplace(void* p, std::size_t index)
    {
        static constexpr void* (*make[])(variant&) = {
            [](variant& v) -> void* { return &v.template emplace<T>(); }...};
        return make[index](*static_cast<variant*>(p));
    }
    static std::size_t index(const void* p) { return static_cast<const variant*>(p)->index(); }
    static void* get(void* p)
    {
        return std::visit([](auto& v) -> void* { return &v; }, *static_cast<variant*>(p));
    }
    static constexpr const auto& table = describe<variant>::value;
    static constexpr one_of_desc desc{table.discriminator,
                                      table.alternatives.data(),
                                      table.alternatives.size(),
                                      &emplace,
                                      &index,
                                      &get};
    static constexpr type_desc value = [] {
        type_desc d{};
        d.k = kind::one_of;
        d.name = table.name;
        d.one_of = &desc;
        return d;
    }();
};

} // namespace detail

template <class... T> struct type_of<std::variant<T...>> : detail::one_of_type<std::variant<T...>> {
};

} // namespace json
MEC_END_NAMESPACE

#endif
