#include "config_sources.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

using discovery::configuration;
using discovery::setting;
using discovery::source_kind;

error refuse(const discovery::source& from, const char* key, std::string message)
{
    return invalid_config(from, *find_config_key(key), std::move(message));
}

error check_platform_url(const setting<url>& s, const char* key, bool insecure)
{
    if (!s) return {};
    if (!s->query().empty()) return refuse(s.from, key, "expected a URL without a query");
    if (s->origin().secure() || s->origin().is_loopback() || insecure) return {};
    return refuse(s.from, key,
                  "http:// sends tokens for everybody to read; use https://, or set "
                  "MEC_ALLOW_INSECURE_HTTP=1 in a laboratory");
}

error check_urls(const configuration& c)
{
    const bool insecure = c.allow_insecure_http.value.value_or(false);
    if (error e = check_platform_url(c.mp1_url, "mp1-url", insecure)) return e;
    if (error e = check_platform_url(c.app_support_url, "app-support-url", insecure)) return e;
    if (error e = check_platform_url(c.service_mgmt_url, "service-mgmt-url", insecure)) return e;
    const auto& token = c.oauth2.token_url;
    if (!token || token->origin().secure()) return {};
    if (insecure && token->origin().is_loopback()) return {};
    return refuse(
        token.from, "token-url",
        "a client secret is sent by https:// only; http:// needs a token endpoint on this "
        "machine and MEC_ALLOW_INSECURE_HTTP=1");
}

/// The first key of the group that has a value, other than `except`.
const config_key* first_with_value(configuration& c, key_group group, std::string_view except = {})
{
    for (const auto& key : config_keys) {
        if (key.group == group && key.name != except && has_value(key.get(c))) return &key;
    }
    return nullptr;
}

/// `have` makes sense together with `need` only, and from the same source.
error check_together(configuration& c, const config_key& have, std::string_view need)
{
    if (has_value(find_config_key(need)->get(c))) return {};
    std::string message = "needs " + std::string(need) + " from the same source";
    for (const auto& s : c.shadowed) {
        if (s.key == need) message += "; the one in " + s.unused.to_string() + " is not used";
    }
    return invalid_config(source_of(have.get(c)), have, std::move(message));
}

error check_credentials(configuration& c)
{
    const auto& oauth2 = c.oauth2;
    const config_key* first = first_with_value(c, key_group::credentials, "token-file");
    if (!first) return {};
    if (oauth2.token_file) {
        return refuse(oauth2.token_file.from, "token-file",
                      std::string(first->name) + " is set, too; set a token file or credentials");
    }
    if (oauth2.client_secret && oauth2.client_secret_file) {
        return refuse(oauth2.client_secret.from, "client-secret",
                      "client-secret-file is set, too; set one of the two");
    }
    if (error e = check_together(c, *first, "token-url")) return e;
    if (error e = check_together(c, *first, "client-id")) return e;
    return oauth2.client_secret_file ? error{} : check_together(c, *first, "client-secret");
}

/// A certificate and its key, when any key of the group has a value.
error check_certificate(configuration& c, key_group group, std::string_view certificate,
                        std::string_view private_key)
{
    const config_key* first = first_with_value(c, group);
    if (!first) return {};
    if (error e = check_together(c, *first, certificate)) return e;
    return check_together(c, *first, private_key);
}

std::string missing(const config_key& key, const discovery::source& from,
                    const std::vector<config_layer>& layers)
{
    std::string out = std::string(key.name) + " is missing: expected " + std::string(key.expected);
    for (const auto& layer : layers) {
        configuration copy = layer.values;
        const auto& said = source_of(key.get(copy));
        const bool nothing = said.kind != source_kind::unset;
        out += "\n  " + (nothing ? said.to_string() + " sets it to nothing" : layer.absent(key));
        if (nothing) return out; // later places were not asked
    }
    if (layers.empty() && from.kind != source_kind::unset)
        out += "; set to nothing by " + from.to_string();
    return out;
}

} // namespace

error check_mandatory(configuration& config, const std::vector<config_layer>& layers)
{
    std::string message;
    for (const auto& key : config_keys) {
        const auto s = key.get(config);
        if (!key.mandatory || has_value(s)) continue;
        message += (message.empty() ? "" : "\n") + missing(key, source_of(s), layers);
    }
    return message.empty() ? error{} : error(errc::config_invalid, std::move(message));
}

error check_rules(configuration& config)
{
    for (const auto& key : config_keys) {
        if (error e = check_value(key, key.get(config))) return e;
    }
    if (error e = check_urls(config)) return e;
    if (error e = check_credentials(config)) return e;
    if (error e = check_certificate(config, key_group::client_certificate, "client-cert-file",
                                    "client-key-file"))
        return e;
    return check_certificate(config, key_group::callback_certificate, "callback-cert-file",
                             "callback-key-file");
}

} // namespace internal

namespace discovery {

error validate(const configuration& config)
{
    configuration copy = config; // the rows of the table give access for writing
    if (error e = internal::check_mandatory(copy, {})) return e;
    return internal::check_rules(copy);
}

} // namespace discovery
MEC_END_NAMESPACE
