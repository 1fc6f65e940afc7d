#include "oauth.hpp"

#include <openssl/evp.h>

#include <optional>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

struct token_response {
    std::string access_token;
    std::string token_type = "Bearer";
    std::chrono::seconds expires_in{0};
};

struct token_error {
    std::string error;
    std::string error_description;
};

struct client_credentials {
    std::string id;
    secret_string secret;
};

} // namespace

} // namespace emulator

namespace json {

template <> struct describe<emulator::token_response> {
    using type = emulator::token_response;
    static constexpr auto value =
        object("AccessTokenResponse", field<&type::access_token>("access_token"),
               field<&type::token_type>("token_type"), field<&type::expires_in>("expires_in"));
};

template <> struct describe<emulator::token_error> {
    using type = emulator::token_error;
    static constexpr auto value = object("TokenError", field<&type::error>("error"),
                                         field<&type::error_description>("error_description"));
};

} // namespace json

namespace emulator {

namespace {

/// What comes after the scheme in `Authorization`; empty when it is another scheme.
std::string_view credentials_of(const internal::received_request& request, std::string_view scheme)
{
    const auto value = request.headers.find("Authorization");
    if (value.size() <= scheme.size() || value[scheme.size()] != ' ' ||
        !http::equal_names(value.substr(0, scheme.size()), scheme))
        return {};
    return value.substr(scheme.size() + 1);
}

answer refuse_token(int status, std::string error, std::string description)
{
    answer a = described_answer(status, token_error{std::move(error), std::move(description)});
    a.headers.append("Cache-Control", "no-store");
    if (status == 401) a.headers.append("WWW-Authenticate", "Basic realm=\"mec\"");
    return a;
}

std::optional<std::string> decode_base64(std::string_view text)
{
    if (text.size() % 4 != 0 || text.empty() || text.size() > 4096) return std::nullopt;
    std::string out(text.size(), '\0');
    const int n = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                  reinterpret_cast<const unsigned char*>(text.data()),
                                  static_cast<int>(text.size()));
    if (n < 0) return std::nullopt;
    // OpenSSL decodes the padding to zeros.
    const auto padding = text.size() - std::min(text.find('='), text.size());
    out.resize(static_cast<std::size_t>(n) - padding);
    return out;
}

/// `Basic`: id and secret are form-encoded, then joined, then base64 (RFC 6749 clause 2.3.1).
std::optional<client_credentials> read_basic(std::string_view text)
{
    auto joined = decode_base64(text);
    if (!joined) return std::nullopt;
    const auto colon = joined->find(':');
    if (colon == joined->npos) return std::nullopt;
    auto id = percent_decoded(std::string_view(*joined).substr(0, colon), true);
    auto secret = percent_decoded(std::string_view(*joined).substr(colon + 1), true);
    wipe(*joined);
    if (!id || !secret) return std::nullopt;
    return client_credentials{std::move(*id), secret_string(std::move(*secret))};
}

const std::string* find_once(const std::vector<parameter>& form, std::string_view name,
                             bool& repeated)
{
    const std::string* found = nullptr;
    for (const parameter& p : form) {
        if (p.name != name) continue;
        if (found) repeated = true;
        found = &p.value;
    }
    return found;
}

answer token(platform_state& s, call& c)
{
    const auto& request = c.request;
    const auto type = request.headers.find("Content-Type");
    if (!http::equal_names(type.substr(0, type.find(';')), "application/x-www-form-urlencoded"))
        return refuse_token(400, "invalid_request", "the body must be a form");
    const auto form = parse_parameters(request.body, true);
    if (!form) return refuse_token(400, "invalid_request", "the form is malformed");

    bool repeated = false;
    const std::string* grant = find_once(*form, "grant_type", repeated);
    const std::string* id = find_once(*form, "client_id", repeated);
    const std::string* secret = find_once(*form, "client_secret", repeated);
    if (repeated) return refuse_token(400, "invalid_request", "a parameter is repeated");
    if (!grant) return refuse_token(400, "invalid_request", "grant_type is missing");

    const bool has_header = request.headers.contains("Authorization");
    if (has_header && secret)
        return refuse_token(400, "invalid_request", "two ways of authentication at the same time");
    std::optional<client_credentials> client;
    if (has_header) client = read_basic(credentials_of(request, "Basic"));
    else if (id && secret)
        client = client_credentials{*id, secret_string(std::string_view(*secret))};
    const application* app = client ? s.find_client(client->id) : nullptr;
    if (!app || app->instance.client_secret != client->secret)
        return refuse_token(401, "invalid_client", "unknown client, or wrong secret");
    if (*grant != "client_credentials")
        return refuse_token(400, "unsupported_grant_type", "only client_credentials is supported");

    c.caller = app->instance.app_instance_id;
    token_response ok;
    ok.expires_in = s.options.token_lifetime;
    ok.access_token = s.tokens.issue(app->instance.app_instance_id,
                                     s.options.clock->now() + s.options.token_lifetime);
    answer a = described_answer(200, ok);
    a.headers.append("Cache-Control", "no-store");
    a.headers.append("Pragma", "no-cache");
    return a;
}

constexpr http::operation token_operation{"oauth2.token",
                                          http::method::post,
                                          token_path,
                                          http::repeat::safe,
                                          200,
                                          nullptr,
                                          &json::type_of<token_response>::value,
                                          {400, 401},
                                          "RFC 6749 clause 4.4"};
constexpr http::operation all[] = {token_operation};
constexpr http::api api{"", all, std::size(all)};
constexpr binding bindings[] = {{token_operation.name, &token}};

} // namespace

std::string_view bearer_token(const internal::received_request& request)
{
    return credentials_of(request, "Bearer");
}

answer unauthorized(std::string_view error, std::string_view detail)
{
    answer a = problem(401, detail);
    std::string challenge = "Bearer realm=\"mec\"";
    if (!error.empty()) challenge.append(", error=\"").append(error).append("\"");
    a.headers.append("WWW-Authenticate", challenge);
    return a;
}

std::optional<answer> refuse_caller(const platform_state& s, call& c)
{
    const auto text = bearer_token(c.request);
    if (text.empty()) return unauthorized("", "a bearer token is required");
    switch (s.tokens.check(text, s.options.clock->now(), c.caller)) {
    case token_store::verdict::valid: return std::nullopt;
    case token_store::verdict::expired:
        return unauthorized("invalid_token", "the access token expired");
    case token_store::verdict::unknown: break;
    }
    return unauthorized("invalid_token", "the access token is unknown or was revoked");
}

void add_oauth(router& r) { r.add("", api, bindings, access::open); }

} // namespace emulator
MEC_END_NAMESPACE
