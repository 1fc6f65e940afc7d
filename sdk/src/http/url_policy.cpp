#include "url_policy.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

bool is_below(std::string_view path, std::string_view base) noexcept
{
    return path.size() > base.size() && path.substr(0, base.size()) == base &&
           path[base.size()] == '/';
}

/// Base path in two: what a gateway puts in front, and the API's own `/name/version`.
struct base_path {
    explicit base_path(std::string_view path) : whole(path)
    {
        while (!whole.empty() && whole.back() == '/') whole.remove_suffix(1);
        const auto version = whole.rfind('/');
        const auto name =
            version == 0 || version == whole.npos ? whole.npos : whole.rfind('/', version - 1);
        if (name == whole.npos) return;
        prefix = whole.substr(0, name);
        api = whole.substr(name);
    }
    std::string_view whole;
    std::string_view prefix;
    std::string_view api;
};

} // namespace

result<std::string> target_of_link(const url& base, std::string_view href)
{
    if (href.substr(0, href.find('#')).empty())
        return error{errc::unexpected_content, "expected a link, got an empty one"};
    const auto resolved = base.with_path_suffix("/").resolve(href);
    if (!resolved)
        return error{errc::unexpected_content, "expected a link, got what is no URL reference (" +
                                                   resolved.error().info().message + ")"};
    const base_path known(base.path());
    const std::string& path = resolved->path();
    // Behind a gateway, platforms leave out the prefix that they do not know of.
    if (!known.prefix.empty() && !is_below(path, known.whole) && is_below(path, known.api))
        return std::string(known.prefix) + resolved->target();
    if (resolved->origin() != base.origin() && !is_below(path, known.whole))
        return error{errc::unexpected_content,
                     "expected a link to the platform or to a path below " +
                         std::string(known.whole) + ", got one to " +
                         resolved->origin().authority()};
    return resolved->target();
}

namespace {

/// Default ports are the same for both names of a scheme, so they need no care.
const char* http_scheme(const mec::origin& o) noexcept { return o.secure() ? "https" : "http"; }

bool is_allowed(const mec::origin& o, const std::vector<std::string>& allowed)
{
    const std::string with_port = o.host + ":" + std::to_string(o.port);
    for (const std::string& host : allowed)
        if (host == o.host || host == o.authority() || host == with_port) return true;
    return false;
}

} // namespace

result<url> websocket_url(const url& base, std::string_view link,
                          const std::vector<std::string>& allowed)
{
    const auto refused = [](std::string message) {
        return error(errc::config_invalid, "the platform's websocket link is refused: " + message);
    };
    if (link.find('#') != link.npos || link.empty())
        return refused("expected a URL without a fragment");
    const auto at = base.resolve(link);
    if (!at) return refused(at.error().info().message);
    const mec::origin& to = at->origin();
    const mec::origin& home = base.origin();
    if ((to.host != home.host || to.port != home.port) && !is_allowed(to, allowed))
        return refused("expected one to " + home.authority() + ", got one to " + to.authority() +
                       "; allow that host if it belongs to the platform");
    if (home.secure() && !to.secure())
        return refused("expected TLS, as the API has it, got a plain connection");
    mec::origin o = to;
    o.scheme = http_scheme(to);
    return url::parse(o.scheme + "://" + o.authority() + at->target());
}

} // namespace internal
MEC_END_NAMESPACE
