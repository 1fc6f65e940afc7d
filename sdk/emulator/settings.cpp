#include "settings.hpp"

#include "heartbeats.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

error invalid(std::string text) { return {errc::config_invalid, std::move(text)}; }

bool is_prefix(const std::string& p)
{
    if (p.empty()) return true;
    if (p.front() != '/' || p.back() == '/' || p.size() > 200) return false;
    for (std::size_t at = 0; at < p.size();) {
        const auto end = std::min(p.find('/', at + 1), p.size());
        if (!is_path_id(std::string_view(p).substr(at + 1, end - at - 1))) return false;
        at = end;
    }
    return true;
}

/// Nothing but a name or an address, as it stands between `//` and `:` of a URL.
bool is_host(const std::string& host)
{
    origin at;
    at.scheme = "https";
    at.host = host;
    at.port = 443;
    const auto parsed = url::parse("https://" + at.authority());
    return parsed && parsed->path() == "/" && http::equal_names(parsed->origin().host, host);
}

} // namespace

error check_options(const platform_options& o)
{
    origin at;
    at.host = o.bind_address;
    if (!o.allow_remote && !(at.is_loopback() && at.host_is_address()))
        return invalid(
            "the emulator is a development tool and listens on loopback addresses only; to "
            "listen on another address, set allow_remote (mecctl: --allow-remote)");
    if (!is_host(host_of(o)))
        return invalid("the host must be a name such as mep.example, an IPv4 address, or an IPv6 "
                       "address without brackets; it stands in URLs and in the certificate");
    if (!is_prefix(o.prefix))
        return invalid(
            "the prefix must be empty or like /mep1: one or more path segments of letters, "
            "digits, '.', '_', '~' and '-', without a slash at the end");
    if (!find_profile(o.profile))
        return invalid("the profile must be one of strict, advantedge, edgegallery, netedge");
    if (!is_interval(o.liveness.interval) || o.liveness.grace < std::chrono::milliseconds{0} ||
        o.liveness.grace > std::chrono::hours{24})
        return invalid(
            "the interval of heartbeats must be 1 to 4,294,967,295 s, their grace at most a day");
    if (o.notifications.attempts < 1 || o.notifications.deadline <= std::chrono::milliseconds{0})
        return invalid("a notification needs at least one attempt, and time for it");
    const radio_options& radio = o.radio;
    if (radio.longest_subscription < std::chrono::seconds{0} ||
        radio.longest_subscription > std::chrono::hours{24 * 3650} ||
        radio.expiry_notice < std::chrono::milliseconds{0} ||
        (radio.always_expires && radio.longest_subscription.count() == 0))
        return invalid("subscriptions may live for 0 s (no limit) to 10 years, with a limit if "
                       "every one shall expire; the notice of their end takes no negative time");
    if (o.token_lifetime < std::chrono::seconds{1})
        return invalid("the lifetime of tokens must be at least one second");
    return {};
}

std::string host_of(const platform_options& o)
{
    if (!o.host.empty()) return o.host;
    return o.bind_address == "0.0.0.0" || o.bind_address == "::" ? "127.0.0.1" : o.bind_address;
}

certificate_request certificate_for(const platform_options& o)
{
    certificate_request wanted;
    wanted.dns_names = {"localhost"};
    wanted.addresses = {"127.0.0.1", "::1"};
    origin at;
    at.host = host_of(o);
    auto& names = at.host_is_address() ? wanted.addresses : wanted.dns_names;
    if (std::find(names.begin(), names.end(), at.host) == names.end()) names.push_back(at.host);
    return wanted;
}

service_mgmt::transport_info default_transport(const platform_state& s)
{
    service_mgmt::transport_info t;
    t.id = "rest-http";
    t.name = "REST over HTTP";
    t.description = "The platform's own transport";
    t.endpoint.uris.push_back(s.api_root);
    if (s.options.authorization) {
        t.security.oauth2_info.emplace();
        t.security.oauth2_info->grant_types.push_back(
            service_mgmt::grant_type::oauth2_client_credentials);
        t.security.oauth2_info->token_endpoint = s.token_endpoint;
    }
    return t;
}

app_support::timing_caps default_timing()
{
    app_support::timing_caps t;
    t.ntp_servers.emplace_back();
    t.ntp_servers.back().ntp_server_addr = "127.0.0.1";
    return t;
}

} // namespace emulator
MEC_END_NAMESPACE
