#ifndef MEC_INTERNAL_URL_POLICY_HPP
#define MEC_INTERNAL_URL_POLICY_HPP

#include <mec/core/result.hpp>
#include <mec/core/url.hpp>

#include <string>
#include <string_view>

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

} // namespace internal
MEC_END_NAMESPACE

#endif
