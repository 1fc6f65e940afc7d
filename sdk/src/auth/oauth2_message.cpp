#include "oauth2_message.hpp"

#include "retry_fsm.hpp"
#include "text.hpp"

#include <mec/json/codec.hpp>

#include <openssl/evp.h>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {
namespace {

struct token_response {
    std::string access_token;
    std::optional<std::string> token_type;
    std::optional<std::int64_t> expires_in;
};

struct token_error {
    std::string error;
    std::optional<std::string> error_description;
};

} // namespace
} // namespace internal

namespace json {

template <> struct describe<internal::token_response> {
    using type = internal::token_response;
    static constexpr auto value = object(
        "TokenResponse", field<&type::access_token>("access_token"),
        field<&type::token_type>("token_type"),
        field<&type::expires_in>("expires_in").tolerating(text_as_number)); // "3600" is common
};

template <> struct describe<internal::token_error> {
    using type = internal::token_error;
    static constexpr auto value = object("TokenError", field<&type::error>("error"),
                                         field<&type::error_description>("error_description"));
};

} // namespace json

namespace internal {
namespace {

constexpr std::size_t max_token = 16 * 1024;
constexpr std::int64_t longest_life = 365 * 86'400;

json::decode_options response_limits()
{
    json::decode_options options;
    options.limits.size = 64 * 1024;
    options.limits.depth = 16;
    return options;
}

void append_base64(std::string& out, std::string_view bytes)
{
    std::string text(4 * ((bytes.size() + 2) / 3) + 1,
                     '\0'); // one more for the encoder's final NUL
    const int size = ::EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                       reinterpret_cast<const unsigned char*>(bytes.data()),
                                       static_cast<int>(bytes.size()));
    out.append(text, 0, static_cast<std::size_t>(size));
    wipe(text);
}

void append_parameter(std::string& form, std::string_view name, std::string_view value)
{
    if (!form.empty()) form += '&';
    form += name;
    form += '=';
    append_encoded(form, value);
}

/// Room for the longest encoding, so that growing leaves no copy of a secret behind.
std::string reserved(std::size_t plain)
{
    std::string out;
    out.reserve(3 * plain + 256);
    return out;
}

/// RFC 6749 clause 2.3.1: both are form-encoded before they are joined by the colon.
secret_string basic_credentials(const std::string& id, const secret_string& secret)
{
    std::string pair = reserved(id.size() + secret.size());
    append_encoded(pair, id);
    pair += ':';
    append_encoded(pair, secret.reveal());
    std::string text = reserved(pair.size());
    append_base64(text, pair);
    wipe(pair);
    return secret_string(std::move(text));
}

error about(errc code, const http::response& resp, std::string message)
{
    error_info info;
    info.http_status = resp.status;
    info.message = std::move(message);
    return {code, std::move(info)};
}

std::string media_type(const http::response& resp)
{
    const std::string_view type = resp.headers.find("Content-Type");
    return type.empty() ? "no media type" : printable(type.substr(0, type.find(';')), 100);
}

bool is_json(const http::response& resp)
{
    const std::string_view type = resp.headers.find("Content-Type");
    return type.empty() || http::equal_names(type.substr(0, 16), "application/json");
}

/// Text of the peer for people, unless it repeats the secret.
std::string quoted(std::string_view text, const secret_string& secret)
{
    const bool leaks = !secret.empty() && text.find(secret.reveal()) != std::string_view::npos;
    return leaks ? "(not shown: it repeats the secret)" : printable(text, 256);
}

error refusal(const http::response& resp, const secret_string& secret)
{
    const bool refused = resp.status == 400 || resp.status == 401 || resp.status == 403;
    const errc code = refused ? errc::auth_failed : errc_for_status(resp.status);
    if (resp.status >= 300 && resp.status < 400)
        return about(code, resp,
                     "the token endpoint redirects, which is refused: credentials go to the "
                     "configured address only; configure the final one");
    std::string message = "the token endpoint refused the request";
    token_error said;
    if (!json::decode(resp.body, said, response_limits())) {
        message += ": " + quoted(said.error, secret);
        if (said.error_description) message += ": " + quoted(*said.error_description, secret);
    }
    if (refused) message += "; check client id, client secret and scope";
    return about(code, resp, std::move(message));
}

error unreadable(const http::response& resp, const error& cause, const secret_string& secret)
{
    if (!is_json(resp))
        return about(errc::unexpected_content, resp,
                     "expected application/json from the token endpoint, got " + media_type(resp));
    error_info info = cause.info();
    info.http_status = resp.status;
    info.message = quoted(info.message, secret);
    return cause.with(std::move(info));
}

} // namespace

bool is_bearer_token(std::string_view text) noexcept
{
    if (text.size() > max_token) return false;
    const auto padding = text.find_last_not_of('=');
    if (padding == std::string_view::npos) return false;
    const std::string_view body = text.substr(0, padding + 1);
    return std::all_of(body.begin(), body.end(), [](char c) {
        return is_alpha(c) || is_digit(c) ||
               std::string_view("-._~+/").find(c) != std::string_view::npos;
    });
}

void write_token_request(http::request& out, const auth::client_credentials& credentials,
                         const secret_string& secret)
{
    out.method = http::method::post;
    out.origin = credentials.token_endpoint.origin();
    out.target = credentials.token_endpoint.target();
    out.content_type = "application/x-www-form-urlencoded";
    out.accept = "application/json";
    out.idempotent = true; // a token more does no harm
    out.body = reserved(credentials.client_id.size() + secret.size() + credentials.scope.size());
    append_parameter(out.body, "grant_type", "client_credentials");
    if (!credentials.scope.empty()) append_parameter(out.body, "scope", credentials.scope);
    if (credentials.method == auth::client_authentication::basic) {
        out.basic = basic_credentials(credentials.client_id, secret);
        return;
    }
    append_parameter(out.body, "client_id", credentials.client_id);
    append_parameter(out.body, "client_secret", secret.reveal());
}

result<token_grant> read_token_response(const http::response& resp,
                                        const auth::client_credentials& credentials,
                                        const secret_string& secret)
{
    const auto at_endpoint = [&](const error& e) {
        const url& where = credentials.token_endpoint;
        error_info info = e.info();
        info.operation = "auth.fetch_token";
        info.endpoint = where.origin().scheme + "://" + where.origin().authority() + where.path();
        return e.with(std::move(info));
    };
    if (resp.status != 200) return at_endpoint(refusal(resp, secret));

    token_response said;
    error failure = json::decode(resp.body, said, response_limits());
    token_grant grant;
    grant.token = secret_string(std::move(said.access_token));
    if (failure) return at_endpoint(unreadable(resp, failure, secret));
    if (said.token_type && !http::equal_names(*said.token_type, "Bearer"))
        return at_endpoint(
            about(errc::auth_failed, resp,
                  "expected a Bearer token, got token_type " + quoted(*said.token_type, secret)));
    if (grant.token.size() > max_token)
        return at_endpoint(about(errc::limit_exceeded, resp, "the token is longer than 16 KiB"));
    if (!is_bearer_token(grant.token.reveal()))
        return at_endpoint(about(errc::auth_failed, resp,
                                 "the token is empty or has characters that may not stand in an "
                                 "Authorization header (RFC 6750)"));
    if (said.expires_in) {
        if (*said.expires_in <= 0)
            return at_endpoint(about(errc::auth_failed, resp,
                                     "the token had expired when it was issued: expires_in is " +
                                         std::to_string(*said.expires_in)));
        grant.lifetime = std::chrono::seconds(std::min(*said.expires_in, longest_life));
    }
    return grant;
}

} // namespace internal
MEC_END_NAMESPACE
