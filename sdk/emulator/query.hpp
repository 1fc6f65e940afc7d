#ifndef MEC_EMULATOR_QUERY_HPP
#define MEC_EMULATOR_QUERY_HPP

#include <mec/config.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace emulator {

struct parameter {
    std::string name;
    std::string value;
};

/// Decodes `%XX` once. Nothing when an escape is broken.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space = false);

/// Names and values of a query or of a form body (`plus_is_space`). Nothing when an escape is broken
/// or there are more than 200 of them.
std::optional<std::vector<parameter>> parse_parameters(std::string_view text, bool plus_is_space);

/// Adds the values of a list parameter: `a=1&a=2` comes in two calls, `a=1,2` in one.
void append_list(std::vector<std::string>& out, std::string_view value);

} // namespace emulator
MEC_END_NAMESPACE

#endif
