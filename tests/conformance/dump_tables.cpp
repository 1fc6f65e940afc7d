// Prints the operation and description tables of all APIs as JSON, for tests/conformance/*.py.

#include <mec/app_support/operations.hpp>
#include <mec/rni/operations.hpp>
#include <mec/service_mgmt/operations.hpp>

#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace {

using mec::json::kind;
using mec::json::type_desc;

/// What an API consists of. Notifications stand in no operation: the platform sends them.
struct api_tables {
    const char* name;
    const mec::http::api& api;
    std::vector<const type_desc*> more_types;
};

template <class T> const type_desc* type() { return &mec::json::type_of<T>::value; }

std::vector<api_tables> all_apis()
{
    return {
        {"app_support",
         mec::app_support::api,
         {type<mec::app_support::app_termination_notification>(), type<mec::problem_details>()}},
        {"service_mgmt",
         mec::service_mgmt::api,
         {type<mec::service_mgmt::service_availability_notification>(),
          type<mec::problem_details>()}},
        {"rni", mec::rni::api, {type<mec::rni::notification>(), type<mec::problem_details>()}}};
}

// ---- JSON; nothing in the tables needs an escape, and print() makes sure of that

std::string quoted(std::string_view text)
{
    for (const char c : text)
        if (c < ' ' || c == '"' || c == '\\') {
            std::cerr << "a name in the tables needs an escape: " << text << '\n';
            std::exit(1);
        }
    return '"' + std::string(text) + '"';
}

template <class Range, class Text> std::string list(const Range& range, Text&& text)
{
    std::string out;
    for (const auto& item : range) out += (out.empty() ? "" : ", ") + text(item);
    return '[' + out + ']';
}

template <class T> struct span {
    const T* first;
    std::size_t size;
    const T* begin() const { return first; }
    const T* end() const { return first + size; }
};

/// The objects that were named on the way, each to be printed once.
class object_types {
public:
    void add(const type_desc& type)
    {
        const auto [known, added] = known_.emplace(type.name, &type);
        // Open and plain uses of a type share its fields.
        if (!added && known->second->fields != type.fields) {
            std::cerr << "two objects have the name " << type.name << '\n';
            std::exit(1);
        }
        if (added) waiting_.push_back(&type);
    }
    const type_desc* next()
    {
        if (waiting_.empty()) return nullptr;
        const type_desc* last = waiting_.back();
        waiting_.pop_back();
        return last;
    }

private:
    std::map<std::string, const type_desc*, std::less<>> known_;
    std::vector<const type_desc*> waiting_;
};

std::string shape(const type_desc& type, object_types& objects);

std::string enumeration(const type_desc& type)
{
    const auto& e = *type.enumeration;
    const span<mec::json::enumerator_desc> values{e.values, e.size};
    const auto names_of = [&](const auto& v) {
        std::string aliases;
        for (const auto alias : v.aliases)
            if (!alias.empty()) aliases += ", " + quoted(alias);
        return '[' + quoted(v.name) + aliases + ']';
    };
    const auto number = [](const auto& v) { return std::to_string(v.number); };
    const bool integer = e.form == mec::json::enum_form::integer;
    return R"({"kind": "enum", "name": )" + quoted(type.name) + R"(, "open": )" +
           (type.k == kind::open_enumeration ? "true" : "false") + R"(, "values": )" +
           (integer ? list(values, number) : list(values, names_of)) + '}';
}

std::string scalar(const char* name) { return R"({"kind": ")" + std::string(name) + "\"}"; }

std::string shape(const type_desc& type, object_types& objects)
{
    switch (type.k) {
    case kind::boolean: return scalar("boolean");
    case kind::int32:
    case kind::uint32:
    case kind::int64:
    case kind::uint64:
    case kind::seconds: return scalar("integer");
    case kind::number: return scalar("number");
    case kind::fixed:
    case kind::string: return scalar("string");
    case kind::raw: return scalar("any");
    case kind::enumeration:
    case kind::open_enumeration: return enumeration(type);
    case kind::optional: return shape(*type.element, objects); // absence is the field's business
    case kind::array: return R"({"kind": "array", "of": )" + shape(*type.element, objects) + '}';
    case kind::map: return R"({"kind": "map", "of": )" + shape(*type.element, objects) + '}';
    case kind::one_of:
        return R"({"kind": "one_of", "name": )" + quoted(type.name) + R"(, "alternatives": )" +
               list(span<mec::json::alternative_desc>{type.one_of->alternatives, type.one_of->size},
                    [&](const auto& a) { return shape(*a.type, objects); }) +
               '}';
    case kind::object: break;
    }
    objects.add(type);
    return R"({"kind": "object", "name": )" + quoted(type.name) + '}';
}

std::string field(const mec::json::field_desc& f, object_types& objects)
{
    std::string aliases;
    for (const auto alias : f.aliases)
        if (!alias.empty()) aliases += (aliases.empty() ? "" : ", ") + quoted(alias);
    return R"({"name": )" + quoted(f.name) + R"(, "aliases": [)" + aliases + R"(], "mandatory": )" +
           (f.mandatory ? "true" : "false") + R"(, "one_or_many": )" +
           ((f.tolerate & mec::json::one_or_many) != 0 ? "true" : "false") + R"(, "type": )" +
           shape(*f.type, objects) + '}';
}

std::string operation(const mec::http::operation& op, object_types& objects)
{
    const auto body = [&](const type_desc* type) { return type ? shape(*type, objects) : "null"; };
    std::vector<int> success{op.success};
    if (op.also != 0) success.push_back(op.also);
    std::vector<int> errors;
    for (const auto status : op.errors)
        if (status != 0) errors.push_back(status);
    const auto number = [](int n) { return std::to_string(n); };
    return R"({"name": )" + quoted(op.name) + R"(, "method": )" +
           quoted(mec::http::to_string(op.method)) + R"(, "path": )" + quoted(op.path) +
           R"(, "clause": )" + quoted(op.clause) + R"(, "success": )" + list(success, number) +
           R"(, "errors": )" + list(errors, number) + R"(, "request": )" + body(op.request) +
           R"(, "response": )" + body(op.response) + '}';
}

std::string api(const api_tables& tables)
{
    object_types objects;
    std::string out =
        quoted(tables.name) + R"(: {"base": )" + quoted(tables.api.base) + ",\n\"operations\": " +
        list(tables.api, [&](const auto& op) { return '\n' + operation(op, objects); });
    out += ",\n\"more_types\": " +
           list(tables.more_types, [&](const auto* t) { return shape(*t, objects); });
    std::string types;
    while (const type_desc* t = objects.next())
        types += (types.empty() ? "\n" : ",\n") + quoted(t->name) + ": " +
                 list(span<mec::json::field_desc>{t->fields, t->size},
                      [&](const auto& f) { return '\n' + field(f, objects); });
    return out + ",\n\"types\": {" + types + "}}";
}

} // namespace

int main()
{
    std::string out;
    for (const auto& tables : all_apis()) out += (out.empty() ? "" : ",\n") + api(tables);
    std::cout << '{' << out << "}\n";
}
