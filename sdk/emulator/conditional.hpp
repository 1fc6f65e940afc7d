#ifndef MEC_EMULATOR_CONDITIONAL_HPP
#define MEC_EMULATOR_CONDITIONAL_HPP

/// @file
/// Entity tags, conditions, and bodies that may be whole or hold only what changes.

#include "router.hpp"
#include "state.hpp"

#include <map>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// The value of an ETag.
std::string entity_tag(std::uint64_t revision);

/// 412 when the request has an If-Match that does not name this revision (RFC 9110 clause 13.1.1).
std::optional<answer> refuse_stale(const call& c, std::uint64_t revision);

/// A success: the representation and its tag.
template <class T> answer tagged_answer(int status, const T& value, std::uint64_t revision)
{
    answer a = described_answer(status, value);
    a.headers.append("ETag", entity_tag(revision));
    return a;
}

using json_members = std::map<std::string, json::raw>;

/// The members of a value, as they stand on the wire.
template <class T> json_members members_of(const T& value)
{
    json_members all;
    (void)json::decode(json::serialize(value), all); // its own output is valid
    return all;
}

/// The value as it would be: the members of `body` over those that are there. Applications send the
/// whole object or only what changes; both are in the field.
/// @param replaces  a member that takes the place of another, if both are not in the body
template <class T> error merge(const T& current, std::string_view body,
                               const json::decode_options& how, T& out,
                               std::pair<const char*, const char*> replaces = {})
{
    json_members changes;
    if (error e = json::decode(body, changes, how)) return e;
    json_members all = members_of(current);
    if (replaces.first && changes.count(replaces.first) != 0 && changes.count(replaces.second) == 0)
        all.erase(replaces.second);
    for (auto& change : changes) all[change.first] = std::move(change.second);
    return json::decode(json::serialize(all), out, how);
}

/// True when both have the same members with the same values, but for the one named.
template <class T> bool same_but_for(const char* member, const T& a, const T& b)
{
    json_members x = members_of(a);
    json_members y = members_of(b);
    x.erase(member);
    y.erase(member);
    return x == y;
}

} // namespace emulator
MEC_END_NAMESPACE

#endif
