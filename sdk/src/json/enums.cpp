#include "json_decoder.hpp"

#include "text.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return to_lower(x) == to_lower(y); });
}

const json::enumerator_desc* find_enumerator(const json::enum_desc& desc, std::string_view text,
                                             bool strict) noexcept
{
    const auto find = [&](auto equal) -> const json::enumerator_desc* {
        for (std::size_t i = 0; i < desc.size; ++i) {
            if (equal(desc.values[i])) return &desc.values[i];
        }
        return nullptr;
    };
    const auto* exact = find([&](const auto& e) { return same_text(e.name, text); });
    if (exact || strict || text.empty()) return exact;
    return find([&](const auto& e) {
        return equal_ignoring_case(e.name, text) || equal_ignoring_case(e.aliases[0], text) ||
               equal_ignoring_case(e.aliases[1], text);
    });
}

const json::enumerator_desc* find_enumerator(const json::enum_desc& desc, int number) noexcept
{
    for (std::size_t i = 0; i < desc.size; ++i) {
        if (desc.values[i].number == number) return &desc.values[i];
    }
    return nullptr;
}

} // namespace internal

namespace json {

std::string_view enum_name(int number, const enum_desc& desc) noexcept
{
    const enumerator_desc* found = internal::find_enumerator(desc, number);
    return found ? found->name : std::string_view();
}

} // namespace json
MEC_END_NAMESPACE
