#ifndef MEC_EMULATOR_JSON_TREE_HPP
#define MEC_EMULATOR_JSON_TREE_HPP

/// @file
/// A JSON document that can be taken apart and put together differently: how the emulator makes
/// bodies that no description has.

#include <mec/config.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace emulator {

struct json_member;

struct json_tree {
    enum class kind { scalar, array, object };
    kind is = kind::scalar;
    std::string text; ///< of a scalar, as it stands in the document
    std::vector<json_tree> items;
    std::vector<json_member> members; ///< in order

    /// Null when it is no object or has no such member.
    json_tree* find(std::string_view name);
    /// The same along several names.
    template <class... Name> json_tree* find(std::string_view name, Name... rest)
    {
        json_tree* next = find(name);
        return next ? next->find(rest...) : nullptr;
    }
};

struct json_member {
    std::string name;
    json_tree value;
};

/// @pre `text` is valid JSON
json_tree parse_tree(std::string_view text);
std::string to_text(const json_tree& t);

/// A string as a scalar. `text` must need no escape.
json_tree text_node(std::string_view text);
/// The characters of a string scalar; empty for anything else. Escapes are not decoded.
std::string_view text_of(const json_tree& t);

} // namespace emulator
MEC_END_NAMESPACE

#endif
