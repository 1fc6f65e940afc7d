#include "router.hpp"

#include <algorithm>
#include <array>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

constexpr std::size_t most_segments = 24;

struct split_path {
    std::array<std::string_view, most_segments> segments;
    std::size_t size = 0;
    bool valid = false;
};

split_path split(std::string_view path)
{
    split_path s;
    if (path.empty() || path[0] != '/') return s;
    while (!path.empty()) {
        path.remove_prefix(1);
        if (s.size == most_segments) return s;
        const auto slash = path.find('/');
        s.segments[s.size++] = path.substr(0, slash);
        path.remove_prefix(slash == path.npos ? path.size() : slash);
    }
    s.valid = true;
    return s;
}

bool is_parameter(std::string_view segment) { return segment.size() > 2 && segment[0] == '{'; }

bool same_path(const route& r, const split_path& path)
{
    if (r.segments.size() != path.size) return false;
    for (std::size_t i = 0; i < path.size; ++i)
        if (is_parameter(r.segments[i]) ? path.segments[i].empty()
                                        : r.segments[i] != path.segments[i])
            return false;
    return true;
}

/// False when an escape is broken: no resource has such a name.
bool decode_parameters(const route& r, const split_path& path, std::vector<parameter>& out)
{
    for (std::size_t i = 0; i < path.size; ++i) {
        const std::string& s = r.segments[i];
        if (!is_parameter(s)) continue;
        auto value = percent_decoded(path.segments[i]);
        if (!value) return false;
        out.push_back({s.substr(1, s.size() - 2), std::move(*value)});
    }
    return true;
}

} // namespace

call::call(const internal::received_request& r) : request(r), method(r.method)
{
    const std::string_view target = r.target;
    const auto question = target.find('?');
    path = target.substr(0, question);
    if (question != target.npos) raw_query = target.substr(question + 1);
}

std::string_view call::operator[](std::string_view name) const
{
    for (const parameter& p : path_parameters)
        if (p.name == name) return p.value;
    return {};
}

void router::add(std::string_view prefix, const http::api& api, const binding* bindings,
                 std::size_t size, access who)
{
    for (const http::operation& o : api) {
        const binding* const end = bindings + size;
        const binding* const b = std::find_if(
            bindings, end, [&](const binding& one) { return one.operation == o.name; });
        route r{&o, {}, nullptr, false, who};
        std::string path = std::string(prefix).append(api.base);
        path += b != end && !b->path.empty() ? b->path : o.path;
        const split_path parts = split(path);
        r.segments.assign(parts.segments.begin(), parts.segments.begin() + parts.size);
        if (b != end) {
            r.handle = b->handle;
            r.takes_query = b->takes_query;
        }
        routes_.push_back(std::move(r));
    }
}

const route* router::match(call& c, std::string& allow) const
{
    const split_path path = split(c.path);
    if (!path.valid) return nullptr;
    for (const route& r : routes_) {
        if (!same_path(r, path)) continue;
        if (http::to_string(r.operation->method) == c.method) {
            allow.clear();
            if (!decode_parameters(r, path, c.path_parameters)) return nullptr;
            c.operation = r.operation;
            return &r;
        }
        if (!allow.empty()) allow += ", ";
        allow += http::to_string(r.operation->method);
    }
    return nullptr;
}

bool router::knows(std::string_view operation) const
{
    for (const route& r : routes_)
        if (r.operation->name == operation && r.who != access::controller) return true;
    return false;
}

} // namespace emulator
MEC_END_NAMESPACE
