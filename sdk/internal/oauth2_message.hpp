#ifndef MEC_INTERNAL_OAUTH2_MESSAGE_HPP
#define MEC_INTERNAL_OAUTH2_MESSAGE_HPP

/// @file
/// The token request and its answer (RFC 6749 clauses 4.4, 5.1 and 5.2).

#include <mec/auth/token_source.hpp>
#include <mec/http/message.hpp>

#include <chrono>
#include <optional>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

/// True for what may stand after `Bearer ` (RFC 6750 clause 2.1), at most 16 KiB.
MEC_API bool is_bearer_token(std::string_view text) noexcept;

/// What the token endpoint gave.
struct token_grant {
    secret_string token;
    std::optional<std::chrono::seconds> lifetime{}; ///< more than 0, at most a year
};

/// Writes a token request. The body may hold the secret: wipe it after use.
MEC_API void write_token_request(http::request& out, const auth::client_credentials& credentials,
                                 const secret_string& secret);

/// Reads a complete response of the token endpoint. Errors name neither token nor secret:
/// errc::auth_failed when the credentials were refused or the token cannot be used; errc::unexpected_content
/// for redirects and for other media types than JSON; otherwise as for any status or document.
MEC_API result<token_grant> read_token_response(const http::response& resp,
                                                const auth::client_credentials& credentials,
                                                const secret_string& secret);

} // namespace internal
MEC_END_NAMESPACE

#endif
