#include "json_tree.hpp"

#include <mec/json/codec.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

/// An object of which nothing is described, so that all members are kept in order.
struct any_object {
    json::members all;
};

} // namespace

} // namespace emulator

namespace json {

template <> struct describe<emulator::any_object> {
    static constexpr auto value = open_object<&emulator::any_object::all>("Object");
};

} // namespace json

namespace emulator {

json_tree* json_tree::find(std::string_view name)
{
    for (json_member& m : members)
        if (m.name == name) return &m.value;
    return nullptr;
}

json_tree parse_tree(std::string_view text)
{
    json_tree t;
    const auto begin = text.find_first_not_of(" \t\r\n");
    const char first = begin == text.npos ? '\0' : text[begin];
    if (first == '{') {
        t.is = json_tree::kind::object;
        any_object object;
        (void)json::decode(text, object);
        for (auto& [name, value] : object.all.values)
            t.members.push_back({name, parse_tree(value.text)});
    } else if (first == '[') {
        t.is = json_tree::kind::array;
        std::vector<json::raw> items;
        (void)json::decode(text, items);
        for (const json::raw& one : items) t.items.push_back(parse_tree(one.text));
    } else {
        t.text = text;
    }
    return t;
}

namespace {

void append(std::string& out, const json_tree& t)
{
    switch (t.is) {
    case json_tree::kind::scalar: out += t.text; break;
    case json_tree::kind::array:
        out += '[';
        for (const json_tree& one : t.items) {
            if (&one != &t.items.front()) out += ',';
            append(out, one);
        }
        out += ']';
        break;
    case json_tree::kind::object:
        out += '{';
        for (const json_member& m : t.members) {
            if (&m != &t.members.front()) out += ',';
            json::encode(out, m.name);
            out += ':';
            append(out, m.value);
        }
        out += '}';
        break;
    }
}

} // namespace

std::string to_text(const json_tree& t)
{
    std::string out;
    append(out, t);
    return out;
}

json_tree text_node(std::string_view text)
{
    json_tree t;
    t.text = '"' + std::string(text) + '"';
    return t;
}

std::string_view text_of(const json_tree& t)
{
    if (t.text.size() < 2 || t.text.front() != '"') return {};
    return std::string_view(t.text).substr(1, t.text.size() - 2);
}

} // namespace emulator
MEC_END_NAMESPACE
