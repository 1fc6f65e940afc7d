#ifndef MEC_INTERNAL_HTTP_PROBLEM_HPP
#define MEC_INTERNAL_HTTP_PROBLEM_HPP

/// @file
/// What servers say about requests that they do not take, and which bodies they take for JSON.

#include <mec/core/error.hpp>

#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

constexpr std::string_view problem_type = "application/problem+json";

/// ProblemDetails (RFC 7807, MEC 009 clause 6.15) as JSON.
MEC_API std::string problem_json(int status, std::string_view detail);

/// Why a body was not decoded, with the place in it. Tells nothing of its texts.
MEC_API std::string body_problem(const error& e);

/// `application/json` or `...+json`, whatever the parameters.
MEC_API bool is_json_type(std::string_view content_type) noexcept;

} // namespace internal
MEC_END_NAMESPACE

#endif
