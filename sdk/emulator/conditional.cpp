#include "conditional.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

std::string entity_tag(std::uint64_t revision) { return '"' + std::to_string(revision) + '"'; }

namespace {

/// Without spaces around it and without the quotes, which some applications leave away.
std::string_view bare_tag(std::string_view tag)
{
    const auto begin = tag.find_first_not_of(" \t");
    if (begin == tag.npos) return {};
    tag = tag.substr(begin, tag.find_last_not_of(" \t") - begin + 1);
    if (tag.size() > 1 && tag.front() == '"' && tag.back() == '"')
        tag = tag.substr(1, tag.size() - 2);
    return tag;
}

} // namespace

std::optional<answer> refuse_stale(const call& c, std::uint64_t revision)
{
    if (!c.request.headers.contains("If-Match")) return std::nullopt;
    const std::string current = std::to_string(revision);
    std::vector<std::string> tags;
    append_list(tags, c.request.headers.find("If-Match"));
    for (const std::string& tag : tags) {
        const auto bare = bare_tag(tag);
        if (bare == "*" || bare == current) return std::nullopt;
    }
    return problem(412, "the resource was changed in the meantime");
}

} // namespace emulator
MEC_END_NAMESPACE
