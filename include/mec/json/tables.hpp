#ifndef MEC_JSON_TABLES_HPP
#define MEC_JSON_TABLES_HPP

/// @file
/// What a description consists of: plain constants and function pointers, the same for every type.
/// `describe.hpp` makes them.

#include <mec/json/raw.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace json {

enum class kind : std::uint8_t {
    boolean,
    int32,
    uint32,
    int64,
    uint64,
    number,  ///< double
    seconds, ///< std::chrono::seconds, an integer on the wire
    string,
    enumeration,      ///< plain enum: an unknown spelling is an error
    open_enumeration, ///< open_enum<E>: an unknown spelling is kept
    optional,
    array,
    map, ///< std::map<std::string, T>
    object,
    one_of, ///< std::variant of objects, told apart by a discriminator member
    fixed,  ///< no member in C++: always the text of its field
    raw     ///< any JSON value, kept as text
};

/// Where the reader is more tolerant than the standard. All are switched off in strict mode.
enum tolerance : std::uint16_t {
    none = 0,
    one_or_many = 1 << 0,     ///< array: a single value stands for an array of one
    text_as_number = 1 << 1,  ///< integer: "8080" is read as 8080
    number_as_text = 1 << 2,  ///< string: 8080 is read as "8080"
    text_as_boolean = 1 << 3, ///< boolean: "TRUE", "true", "FALSE", "false"
    defaulted = 1 << 4,       ///< mandatory, but absent or null leaves the member's default
    null_as_empty = 1 << 5,   ///< mandatory object: null stands for {}
    text_as_object = 1 << 6   ///< object: a string stands for an object with only its first member
};

struct type_desc;

/// One member of an object.
struct field_desc {
    std::string_view name;
    std::array<std::string_view, 2>
        aliases{}; ///< other spellings seen on the wire; read, never written
    const type_desc* type = nullptr;
    void* (*get)(void*) = nullptr;
    bool mandatory = true;      ///< by the standard; checked when reading
    std::uint16_t tolerate = 0; ///< bits of `tolerance`
    std::int64_t min = std::numeric_limits<std::int64_t>::min(); ///< of an integer, inclusive
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
    std::string_view text{}; ///< of a fixed field

    constexpr field_desc alias(std::string_view other) const
    {
        field_desc f = *this;
        f.aliases[f.aliases[0].empty() ? 0 : 1] = other;
        return f;
    }
    constexpr field_desc range(std::int64_t low, std::int64_t high) const
    {
        field_desc f = *this;
        f.min = low;
        f.max = high;
        return f;
    }
    constexpr field_desc tolerating(unsigned bits) const
    {
        field_desc f = *this;
        f.tolerate = static_cast<std::uint16_t>(f.tolerate | bits);
        return f;
    }
    /// For a string whose cardinality is 0..1 and that is never sent empty: empty stands for absent.
    constexpr field_desc optional() const
    {
        field_desc f = *this;
        f.mandatory = false;
        return f;
    }
    /// For a vector whose cardinality is 1..N: it must be there and not be empty.
    constexpr field_desc required() const
    {
        field_desc f = *this;
        f.mandatory = true;
        return f;
    }
};

/// One value of an enumeration. `number` is the C++ value and, for integer enumerations, the number
/// on the wire.
struct enumerator_desc {
    int number = 0;
    std::string_view name;
    std::array<std::string_view, 2> aliases{};

    constexpr enumerator_desc alias(std::string_view other) const
    {
        enumerator_desc e = *this;
        e.aliases[e.aliases[0].empty() ? 0 : 1] = other;
        return e;
    }
};

/// How enumerators stand on the wire.
enum class enum_form : std::uint8_t { text, integer };

struct enum_desc {
    const enumerator_desc* values;
    std::size_t size;
    enum_form form;
    int (*load)(const void*);
    void (*store)(void*, int);
};
/// load_text gives null when the value is known.
struct open_enum_ops {
    const enum_desc* closed;
    bool (*known)(const void*);
    const std::string& (*text)(const void*);
    void (*store_unknown)(void*, std::string_view);
};
struct optional_ops {
    void* (*emplace)(void*);
    void* (*get)(void*); ///< null when empty
    void (*reset)(void*);
};
struct array_ops {
    void* (*push)(void*);
    void (*clear)(void*);
    std::size_t (*size)(const void*);
    void* (*at)(void*, std::size_t);
};
struct map_ops {
    void* (*insert)(void*, std::string_view key); ///< a fresh value, also for a key that is there
    void (*clear)(void*);
    std::size_t (*size)(const void*);
    void (*each)(void*, void* context,
                 void (*visit)(void* context, std::string_view key, void* value));
};
struct alternative_desc {
    std::string_view tag; ///< value of the discriminator
    const type_desc* type;
    std::string_view mark{}; ///< a member that tells it when the discriminator is absent or empty

    /// For an alternative that some platforms send without a discriminator.
    constexpr alternative_desc told_by(std::string_view member) const
    {
        alternative_desc a = *this;
        a.mark = member;
        return a;
    }
};
struct one_of_desc {
    std::string_view discriminator;
    const alternative_desc* alternatives;
    std::size_t size;
    void* (*emplace)(void*, std::size_t index);
    std::size_t (*index)(const void*);
    void* (*get)(void*);
};

/// The table of one type.
struct type_desc {
    kind k;
    std::string_view name{};            ///< of an object or enumeration, as in the standard
    const type_desc* element = nullptr; ///< of optional, array, map
    const field_desc* fields = nullptr; ///< of an object
    std::size_t size = 0;               ///< number of fields, at most 64
    members* (*rest)(void*) = nullptr;  ///< where unknown members of an object go; null: dropped
    const enum_desc* enumeration = nullptr; ///< of enumeration and open_enumeration
    const open_enum_ops* open = nullptr;
    const optional_ops* optional = nullptr;
    const array_ops* array = nullptr;
    const map_ops* map = nullptr;
    const one_of_desc* one_of = nullptr;
};

} // namespace json
MEC_END_NAMESPACE

#endif
