#ifndef MEC_JSON_RAW_HPP
#define MEC_JSON_RAW_HPP

#include <mec/config.hpp>

#include <string>
#include <utility>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace json {

/// A JSON value that is kept as text: free-form members, and what is to be sent back as it came.
/// Holds valid JSON, or nothing (an absent member).
struct raw {
    std::string text;

    bool empty() const noexcept { return text.empty(); }
    friend bool operator==(const raw& a, const raw& b) noexcept { return a.text == b.text; }
    friend bool operator!=(const raw& a, const raw& b) noexcept { return !(a == b); }
};

/// Members of an object that its description does not name, in order of appearance. They survive
/// reading, changing and writing back.
struct members {
    std::vector<std::pair<std::string, raw>> values;

    bool empty() const noexcept { return values.empty(); }
    friend bool operator==(const members& a, const members& b) { return a.values == b.values; }
    friend bool operator!=(const members& a, const members& b) { return !(a == b); }
};

} // namespace json
MEC_END_NAMESPACE

#endif
