#ifndef MEC_TESTS_JSON_SPECIMENS_HPP
#define MEC_TESTS_JSON_SPECIMENS_HPP

/// @file
/// Described types that between them have every kind, cardinality and tolerance.

#include <mec/json/codec.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace specimen {

enum class colour { red, green, blue };
enum class level { low = 0, middle = 1, high = 5 };

struct inner {
    std::string label;
    std::optional<std::int32_t> weight;
};

struct cat {
    std::string kind = "Cat";
    std::int32_t lives = 9;
};
struct dog {
    bool barks = true;
};
using pet = std::variant<cat, dog>;

struct everything {
    bool flag = false;
    std::int32_t i32 = 0;
    std::uint32_t u32 = 0;
    std::int64_t i64 = 0;
    std::uint64_t u64 = 0;
    std::int32_t percent = 0;
    double ratio = 0;
    std::chrono::seconds wait{0};
    std::string text;
    colour paint = colour::red;
    mec::open_enum<colour> open_paint = colour::red;
    level height = level::low;
    mec::open_enum<level> open_height = level::low;
    std::optional<std::string> note;
    std::vector<std::string> tags;
    std::vector<std::int32_t> needed;
    std::map<std::string, std::int32_t> counts;
    specimen::inner inner;
    std::vector<specimen::inner> inners;
    std::optional<pet> companion;
    mec::json::raw free_form;
    mec::json::members rest;
};

/// What the reader puts up with unless it is strict.
struct tolerant {
    std::vector<std::int32_t> many;
    std::optional<std::int32_t> number;
    std::optional<std::string> text;
    std::optional<bool> flag;
    std::int32_t defaulted = 7;
    struct options {
        std::optional<std::string> a;
    } empty;
    std::optional<colour> paint;
    std::optional<level> height;
    std::optional<std::int32_t> renamed;
};

} // namespace specimen

MEC_BEGIN_NAMESPACE
namespace json {

template <> struct describe<specimen::colour> {
    using e = specimen::colour;
    static constexpr auto value =
        enumeration("Colour", json::value(e::red, "RED"),
                    json::value(e::green, "GREEN").alias("VERT"), json::value(e::blue, "BLUE"));
};
template <> struct describe<specimen::level> {
    using e = specimen::level;
    static constexpr auto value = integer_enumeration(
        "Level", json::value(e::low, "LOW"), json::value(e::middle, "MIDDLE").alias("MEDIUM"),
        json::value(e::high, "HIGH"));
};
template <> struct describe<specimen::inner> {
    static constexpr auto value = object("Inner", field<&specimen::inner::label>("label"),
                                         field<&specimen::inner::weight>("weight"));
};
template <> struct describe<specimen::cat> {
    static constexpr auto value =
        object("Cat", field<&specimen::cat::kind>("kind"), field<&specimen::cat::lives>("lives"));
};
template <> struct describe<specimen::dog> {
    static constexpr auto value = object("Dog", field<&specimen::dog::barks>("barks"));
};
template <> struct describe<specimen::pet> {
    static constexpr auto value = alternatives("Pet", "kind", alternative<specimen::cat>("Cat"),
                                               alternative<specimen::dog>("Dog"));
};
template <> struct describe<specimen::everything> {
    using type = specimen::everything;
    static constexpr auto value = open_object<&type::rest>(
        "Everything", field<&type::flag>("flag"), field<&type::i32>("i32"),
        field<&type::u32>("u32"), field<&type::i64>("i64"), field<&type::u64>("u64"),
        field<&type::percent>("percent").range(1, 100), field<&type::ratio>("ratio"),
        field<&type::wait>("wait"), field<&type::text>("text"), field<&type::paint>("paint"),
        field<&type::open_paint>("openPaint"), field<&type::height>("height"),
        field<&type::open_height>("openHeight"), field<&type::note>("note"),
        field<&type::tags>("tags"), field<&type::needed>("needed").required(),
        field<&type::counts>("counts"), field<&type::inner>("inner"),
        field<&type::inners>("inners"), field<&type::companion>("companion"),
        field<&type::free_form>("freeForm"));
};
template <> struct describe<specimen::tolerant::options> {
    static constexpr auto value = object("Options", field<&specimen::tolerant::options::a>("a"));
};
template <> struct describe<specimen::tolerant> {
    using type = specimen::tolerant;
    static constexpr auto value =
        object("Tolerant", field<&type::many>("many").tolerating(one_or_many),
               field<&type::number>("number").range(0, 99).tolerating(text_as_number),
               field<&type::text>("text").tolerating(number_as_text),
               field<&type::flag>("flag").tolerating(text_as_boolean),
               field<&type::defaulted>("defaulted").tolerating(json::defaulted),
               field<&type::empty>("empty").tolerating(json::defaulted | null_as_empty),
               field<&type::paint>("paint"), field<&type::height>("height"),
               field<&type::renamed>("renamed").alias("oldName").alias("olderName"));
};

} // namespace json
MEC_END_NAMESPACE

#endif
