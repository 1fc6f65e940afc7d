#include "config_keys.hpp"

#include "text.hpp"

#include <mec/http/dialect.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

using discovery::configuration;

bool is_plain_text(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

// RFC 6749 appendix A.4
bool is_scope(std::string_view text)
{
    return is_plain_text(text) && text.find_first_of("\"\\") == text.npos;
}

// What holds for the host of a URL holds for the name in a certificate.
bool is_server_name(std::string_view text)
{
    origin host;
    host.host = text;
    if (host.host_is_address()) return true;
    return text.find_first_of("/:?") == text.npos && url::parse("https://" + host.host);
}

bool is_dialect(std::string_view text) { return http::find_dialect(text) != nullptr; }

constexpr std::string_view a_url = "an absolute URL such as https://mep.example:8443/mep1";
constexpr std::string_view a_path = "the path of a file";
constexpr std::string_view some_seconds = "a number of seconds from 1 to 86400";

} // namespace

constexpr std::array<config_key, config_key_count> config_keys{{
    {"app-instance-id", "MEC_APP_INSTANCE_ID", "/appInstanceId",
     "1 to 128 of the characters A-Z a-z 0-9 . _ ~ -, other than '.' and '..'",
     [](configuration& c) -> any_setting { return &c.app_instance_id; }, &is_path_id,
     key_form::text, key_group::alone, true},
    {"mp1-url", "MEC_MP1_URL", "/mp1/url", a_url,
     [](configuration& c) -> any_setting { return &c.mp1_url; }, nullptr, key_form::text,
     key_group::alone, true},
    {"app-support-url", "MEC_APP_SUPPORT_URL", "/mp1/appSupportUrl", a_url,
     [](configuration& c) -> any_setting { return &c.app_support_url; }, nullptr, key_form::text,
     key_group::alone, false, "mp1-url"},
    {"service-mgmt-url", "MEC_SERVICE_MGMT_URL", "/mp1/serviceMgmtUrl", a_url,
     [](configuration& c) -> any_setting { return &c.service_mgmt_url; }, nullptr, key_form::text,
     key_group::alone, false, "mp1-url"},
    {"allow-insecure-http", "MEC_ALLOW_INSECURE_HTTP", "", "1, true, 0 or false",
     [](configuration& c) -> any_setting { return &c.allow_insecure_http; }, nullptr,
     key_form::text_only},

    {"dialect", "MEC_DIALECT", "/mp1/dialect", "auto, strict, advantedge, edgegallery or netedge",
     [](configuration& c) -> any_setting { return &c.dialect; }, &is_dialect, key_form::text_only},

    {"token-url", "MEC_TOKEN_URL", "/oauth2/tokenUrl", a_url,
     [](configuration& c) -> any_setting { return &c.oauth2.token_url; }, nullptr, key_form::text,
     key_group::credentials},
    {"client-id", "MEC_CLIENT_ID", "/oauth2/clientId", "printable ASCII characters",
     [](configuration& c) -> any_setting { return &c.oauth2.client_id; }, &is_plain_text,
     key_form::text, key_group::credentials},
    {"client-secret", "MEC_CLIENT_SECRET", "/oauth2/clientSecret", "the secret itself",
     [](configuration& c) -> any_setting { return &c.oauth2.client_secret; }, nullptr,
     key_form::text_only, key_group::credentials},
    {"client-secret-file", "MEC_CLIENT_SECRET_FILE", "/oauth2/clientSecretFile", a_path,
     [](configuration& c) -> any_setting { return &c.oauth2.client_secret_file; }, nullptr,
     key_form::file_name, key_group::credentials},
    {"auth-method", "MEC_AUTH_METHOD", "/oauth2/authMethod",
     "client_secret_basic or client_secret_post",
     [](configuration& c) -> any_setting { return &c.oauth2.auth_method; }, nullptr,
     key_form::text_only, key_group::credentials},
    {"scope", "MEC_SCOPE", "/oauth2/scope", "words of printable ASCII characters (RFC 6749)",
     [](configuration& c) -> any_setting { return &c.oauth2.scope; }, &is_scope, key_form::text,
     key_group::credentials},
    {"token-file", "MEC_TOKEN_FILE", "/oauth2/tokenFile", a_path,
     [](configuration& c) -> any_setting { return &c.oauth2.token_file; }, nullptr,
     key_form::file_name, key_group::credentials},

    {"ca-file", "MEC_CA_FILE", "/tls/caFile", a_path,
     [](configuration& c) -> any_setting { return &c.tls.ca_file; }, nullptr, key_form::file_name},
    {"client-cert-file", "MEC_CLIENT_CERT_FILE", "/tls/certFile", a_path,
     [](configuration& c) -> any_setting { return &c.tls.cert_file; }, nullptr, key_form::file_name,
     key_group::client_certificate},
    {"client-key-file", "MEC_CLIENT_KEY_FILE", "/tls/keyFile", a_path,
     [](configuration& c) -> any_setting { return &c.tls.key_file; }, nullptr, key_form::file_name,
     key_group::client_certificate},
    {"tls-server-name", "MEC_TLS_SERVER_NAME", "/tls/serverName",
     "a host name or address without port",
     [](configuration& c) -> any_setting { return &c.tls.server_name; }, &is_server_name},

    {"callback-mode", "MEC_CALLBACK_MODE", "/callback/mode", "http, websocket or none",
     [](configuration& c) -> any_setting { return &c.callback.mode; }, nullptr,
     key_form::text_only},
    {"listen", "MEC_LISTEN", "/callback/listen", "address:port such as [::]:8080 or 127.0.0.1:0",
     [](configuration& c) -> any_setting { return &c.callback.listen; }, nullptr,
     key_form::text_only},
    {"callback-url", "MEC_CALLBACK_URL", "/callback/url",
     "an absolute URL such as https://app.example:8443/notify",
     [](configuration& c) -> any_setting { return &c.callback.url; }},

    {"callback-cert-file", "MEC_CALLBACK_CERT_FILE", "/callback/certFile", a_path,
     [](configuration& c) -> any_setting { return &c.callback.cert_file; }, nullptr,
     key_form::file_name, key_group::callback_certificate},
    {"callback-key-file", "MEC_CALLBACK_KEY_FILE", "/callback/keyFile", a_path,
     [](configuration& c) -> any_setting { return &c.callback.key_file; }, nullptr,
     key_form::file_name, key_group::callback_certificate},
    {"callback-client-ca-file", "MEC_CALLBACK_CLIENT_CA_FILE", "/callback/clientCaFile", a_path,
     [](configuration& c) -> any_setting { return &c.callback.client_ca_file; }, nullptr,
     key_form::file_name, key_group::callback_certificate},

    {"state-dir", "MEC_STATE_DIR", "/lifecycle/stateDir", "the path of a directory",
     [](configuration& c) -> any_setting { return &c.lifecycle.state_dir; }, nullptr,
     key_form::text_only},
    {"ready-retry", "MEC_READY_RETRY", "/lifecycle/readyRetrySeconds", some_seconds,
     [](configuration& c) -> any_setting { return &c.lifecycle.ready_retry; }, nullptr,
     key_form::text_only},
    {"shutdown-budget", "MEC_SHUTDOWN_BUDGET", "/lifecycle/shutdownBudgetSeconds", some_seconds,
     [](configuration& c) -> any_setting { return &c.lifecycle.shutdown_budget; }, nullptr,
     key_form::text_only},
}};

const config_key* find_config_key(std::string_view name) noexcept
{
    for (const auto& key : config_keys) {
        if (key.name == name) return &key;
    }
    return nullptr;
}

} // namespace internal
MEC_END_NAMESPACE
