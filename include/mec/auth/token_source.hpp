#ifndef MEC_AUTH_TOKEN_SOURCE_HPP
#define MEC_AUTH_TOKEN_SOURCE_HPP

#include <mec/core/clock.hpp>
#include <mec/core/result.hpp>
#include <mec/core/secret.hpp>
#include <mec/core/url.hpp>
#include <mec/http/transport.hpp>

#include <memory>
#include <string>

MEC_BEGIN_NAMESPACE
namespace auth {

/// A bearer token (RFC 6750) and when to renew it. Immutable and shared.
struct access_token {
    secret_string value;
    steady_time refresh_at = steady_time::max(); ///< fetch the next one from here on
    steady_time expires_at = steady_time::max(); ///< do not send it any more from here on
};
using token_ptr = std::shared_ptr<const access_token>;

/// Gives bearer tokens. Thread-safe.
class MEC_API token_source {
public:
    virtual ~token_source();

    /// The token at hand, or null when one must be fetched first. Does no I/O and never waits.
    virtual token_ptr current() noexcept = 0;

    /// Fetches a token. Many callers at once cause one request (single flight); one caller's
    /// cancellation does not stop it for the others.
    /// @param rejected  the token that the platform answered with 401, or null. A token that is newer
    ///   than `rejected` is given at once.
    /// @param deadline  when the caller gives up.
    /// @param handler  errc::auth_failed when the credentials are refused, transport codes otherwise;
    ///   `retry_after` says when asking again makes sense. Called through its associated executor; a source
    ///   that needs no network (static_token, token_file) calls it before this function returns when
    ///   the caller runs there already.
    virtual void async_fetch(token_ptr rejected, steady_time deadline,
                             asio::any_completion_handler<void(result<token_ptr>)> handler) = 0;
};

/// How the client proves who it is (RFC 6749 clause 2.3.1).
enum class client_authentication {
    basic, ///< id and secret in the Authorization header
    body   ///< id and secret in the form
};

/// OAuth 2.0 client credentials (RFC 6749 clause 4.4; GS MEC 011 clause 7.2.2).
struct client_credentials {
    url token_endpoint;
    std::string client_id;
    secret_string client_secret;
    /// When not empty the secret is read from here at every fetch, so that rotation needs no restart.
    std::string client_secret_file;
    client_authentication method = client_authentication::basic;
    std::string scope; ///< empty: not sent
};

/// The same token for ever.
MEC_API std::shared_ptr<token_source> static_token(secret_string token);

/// A token in a file that somebody else keeps fresh (projected volume, side-car). Read again when the
/// file has changed, looked at no more than once a second.
MEC_API std::shared_ptr<token_source> token_file(std::string path, clock& clock = machine_clock());

/// Fetches tokens from a token endpoint through `transport`, renews at 80 % of their life, keeps
/// the token endpoint from being hammered: at most one request a second, 30 s of rest after the
/// credentials were refused.
MEC_API std::shared_ptr<token_source> oauth2(std::shared_ptr<http::transport> transport,
                                             client_credentials credentials,
                                             const client_options& options = {});

} // namespace auth
MEC_END_NAMESPACE

#endif
