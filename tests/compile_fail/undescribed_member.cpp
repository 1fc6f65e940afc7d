// A description whose member has a type without one.
// expect: this type has no description; specialise mec::json::describe<T>

#include <mec/json/codec.hpp>

struct position {
    double x = 0;
};
struct car {
    std::string plate;
    position where;
};

#ifndef ALLOWED
template <> struct mec::json::describe<car> {
    static constexpr auto value =
        object("Car", field<&car::plate>("plate"), field<&car::where>("where"));
};
#else
template <> struct mec::json::describe<car> {
    static constexpr auto value = object("Car", field<&car::plate>("plate"));
};
#endif

mec::error read(std::string_view text, car& out) { return mec::json::decode(text, out); }
