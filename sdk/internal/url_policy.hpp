#ifndef MEC_INTERNAL_URL_POLICY_HPP
#define MEC_INTERNAL_URL_POLICY_HPP

#include <mec/core/result.hpp>
#include <mec/core/url.hpp>

#include <string>
#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// The request target of a link that the platform has sent, for the few links that cannot be built
/// from ids. Only path and query of the link are used: whatever host it names, the request goes to
/// the API's own, so a link cannot lead a token elsewhere, and one with the address that a platform
/// has behind a gateway still works.
/// @param base  of the API, for example `https://gw/mep/mec_service_mgmt/v1`.
/// @param href  absolute, or relative to the API's base.
/// @return errc::unexpected_content for a link that is empty or no URL reference, or names another host
///   and a path that is not below the API's base.
MEC_API result<std::string> target_of_link(const url& base, std::string_view href);

/// Where to open the websocket that a platform has named (GS MEC 009 clause 6.12a), as an http or https
/// URL. The one link of the platform's that is followed as it is, so it must lead where the platform is
/// known to be: to the host and port of `base`, or one of `allowed`, and never from TLS to plain TCP.
/// @param link     ws, wss, http or https URL, or relative to the base.
/// @param allowed  hosts, or `host:port`, that are as good as the base's own.
/// @return errc::config_invalid for everything else; the message repeats no more of the link than its host.
MEC_API result<url> websocket_url(const url& base, std::string_view link,
                                  const std::vector<std::string>& allowed = {});

} // namespace internal
MEC_END_NAMESPACE

#endif
