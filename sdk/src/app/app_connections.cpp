#include "app_connections.hpp"

#include "lazy_transport.hpp"

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

http::transport_options transport_options_of(const discovery::configuration& config,
                                             const application_options& options)
{
    http::transport_options t = options.transport;
    const auto& tls = config.tls;
    t.tls.ca_file = tls.ca_file.value.value_or(t.tls.ca_file);
    t.tls.cert_file = tls.cert_file.value.value_or(t.tls.cert_file);
    t.tls.key_file = tls.key_file.value.value_or(t.tls.key_file);
    t.tls.server_name = tls.server_name.value.value_or(t.tls.server_name);
    t.allow_plain_http = config.allow_insecure_http.value.value_or(t.allow_plain_http);
    return t;
}

auth::client_credentials credentials_of(const discovery::oauth2_settings& oauth2)
{
    auth::client_credentials c;
    c.token_endpoint = *oauth2.token_url;
    c.client_id = oauth2.client_id.value.value_or("");
    c.client_secret = oauth2.client_secret.value.value_or(secret_string());
    c.client_secret_file = oauth2.client_secret_file.value.value_or("");
    c.method = oauth2.auth_method.value == discovery::auth_method::client_secret_post
                   ? auth::client_authentication::body
                   : auth::client_authentication::basic;
    c.scope = oauth2.scope.value.value_or("");
    return c;
}

/// A configuration without a platform gives connections whose calls say so.
url base_of(const discovery::configuration& config, const discovery::setting<url>& own,
            url (discovery::configuration::*base)() const)
{
    return own || config.mp1_url ? (config.*base)() : url();
}

} // namespace

void app_connections::close() noexcept
{
    transport->close();
    if (token_transport) token_transport->close();
}

app_connections connect(const asio::any_io_executor& executor,
                        const discovery::configuration& config, const application_options& options)
{
    app_connections c;
    auto settings = transport_options_of(config, options);
    c.settings = settings;
    c.transport = make_lazy_transport(executor, settings);

    const auto& oauth2 = config.oauth2;
    if (oauth2.token_file) {
        c.tokens = auth::token_file(*oauth2.token_file, *options.client.clock);
    } else if (oauth2.token_url) {
        c.token_transport = c.transport;
        if (!settings.tls.server_name.empty() && config.mp1_url &&
            oauth2.token_url->origin() != config.mp1_url->origin()) {
            settings.tls.server_name.clear(); // that is the platform's name, not this one's
            c.token_transport = make_lazy_transport(executor, settings);
        }
        c.tokens = auth::oauth2(c.token_transport, credentials_of(oauth2), options.client);
    }

    http::endpoint where;
    where.app_instance_id = config.app_instance_id.value.value_or("");
    where.transport = c.transport;
    where.tokens = c.tokens;
    where.options = options.client;
    where.base =
        base_of(config, config.app_support_url, &discovery::configuration::app_support_base);
    c.app_support = app_support::make_connection(where);
    where.base =
        base_of(config, config.service_mgmt_url, &discovery::configuration::service_mgmt_base);
    c.service_mgmt = service_mgmt::make_connection(where);
    return c;
}

} // namespace internal
MEC_END_NAMESPACE
