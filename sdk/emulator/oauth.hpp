#ifndef MEC_EMULATOR_OAUTH_HPP
#define MEC_EMULATOR_OAUTH_HPP

/// @file
/// OAuth 2.0 client credentials (RFC 6749 clause 4.4) and bearer tokens (RFC 6750).

#include "operations.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

/// Path of the token endpoint, below the server's root.
inline constexpr std::string_view token_path = "/token";

/// The token of `Authorization: Bearer`; empty when there is none.
std::string_view bearer_token(const internal::received_request& request);

/// 401 with a challenge; `error` is a code of RFC 6750 clause 3.1, empty when no token came.
answer unauthorized(std::string_view error, std::string_view detail);

/// Sets the call's caller, or says why not.
std::optional<answer> refuse_caller(const platform_state& s, call& c);

} // namespace emulator
MEC_END_NAMESPACE

#endif
