#include "service_directory.hpp"

#include <mec/app/service_watch.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE

service_watch::service_watch(std::shared_ptr<internal::service_directory> directory) noexcept
    : directory_(std::move(directory))
{
}

std::vector<service_mgmt::service_info> service_watch::services() const
{
    return directory_->services();
}

void service_watch::cancel() { directory_->cancel(); }

namespace {

bool is_http(const url& u) { return u.origin().scheme == "http" || u.origin().scheme == "https"; }

/// `HTTPS` and the like; plain HTTP is only what says so.
std::string scheme_of(const service_mgmt::transport_info& t)
{
    return t.protocol == "HTTP" || t.protocol == "http" ? "http://" : "https://";
}

std::string bracketed(const std::string& host)
{
    return host.find(':') == std::string::npos ? host : '[' + host + ']';
}

} // namespace

result<url> endpoint_of(const service_mgmt::service_info& service)
{
    if (service.transport_info) {
        const auto& t = *service.transport_info;
        for (const auto& text : t.endpoint.uris)
            if (auto u = url::parse(text); u && is_http(*u)) return u;
        for (const auto& a : t.endpoint.addresses)
            if (auto u =
                    url::parse(scheme_of(t) + bracketed(a.host) + ':' + std::to_string(a.port)))
                return u;
        for (const auto& name : t.endpoint.fqdn)
            if (auto u = url::parse(scheme_of(t) + name)) return u;
    }
    return error{errc::not_supported, "service " + service.ser_name +
                                          ": expected an endpoint with an http or https URL, an "
                                          "address or a name, got none"};
}

result<url> api_base_of(const service_mgmt::service_info& service, std::string_view api)
{
    auto base = endpoint_of(service);
    if (!base) return base;
    const std::string suffix = '/' + std::string(api);
    std::string path = base->path();
    while (!path.empty() && path.back() == '/') path.pop_back();
    const bool there = path.size() >= suffix.size() &&
                       path.compare(path.size() - suffix.size(), suffix.size(), suffix) == 0;
    return there ? base : result<url>(base->with_path_suffix(suffix));
}

MEC_END_NAMESPACE
