#ifndef MEC_INTERNAL_QUERY_LIST_HPP
#define MEC_INTERNAL_QUERY_LIST_HPP

#include <mec/core/url.hpp>

#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Appends a parameter with any number of values to the query of `target`.
/// @param commas  one parameter with commas between the values; those inside a value are encoded.
template <class Range> void add_list(std::string& target, query_builder& query,
                                     std::string_view name, const Range& values, bool commas)
{
    bool first = true;
    for (const auto& value : values) {
        if (first || !commas) query.add(name, value);
        else append_encoded(target += ',', value);
        first = false;
    }
}

} // namespace internal
MEC_END_NAMESPACE

#endif
