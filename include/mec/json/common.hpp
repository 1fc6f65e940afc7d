#ifndef MEC_JSON_COMMON_HPP
#define MEC_JSON_COMMON_HPP

/// @file
/// Tables of the types that all APIs share.

#include <mec/core/error.hpp>
#include <mec/core/time.hpp>
#include <mec/json/describe.hpp>

MEC_BEGIN_NAMESPACE
namespace json {

template <> struct describe<time_stamp> {
    static constexpr auto value =
        object("TimeStamp", field<&time_stamp::seconds>("seconds").tolerating(defaulted),
               field<&time_stamp::nanoseconds>("nanoSeconds")
                   .alias("nanoseconds") // NetEdge
                   .range(0, 999'999'999)
                   .tolerating(defaulted)); // AdvantEDGE leaves out zeros
};

template <> struct describe<problem_details> {
    using problem = problem_details;
    static constexpr auto value =
        object("ProblemDetails", field<&problem::type>("type"), field<&problem::title>("title"),
               field<&problem::status>("status"), field<&problem::detail>("detail"),
               field<&problem::instance>("instance"));
};

} // namespace json
MEC_END_NAMESPACE

#endif
