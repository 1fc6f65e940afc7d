#ifndef MEC_APP_SERVICE_WATCH_HPP
#define MEC_APP_SERVICE_WATCH_HPP

/// @file
/// The services that an application uses: found by what they are, followed while they come and go.

#include <mec/core/result.hpp>
#include <mec/core/url.hpp>
#include <mec/service_mgmt/types.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE

namespace internal {
class service_directory;
}

/// Which services. What is set must all hold; at most one of `names`, `category` and `ids`.
struct service_filter {
    std::vector<std::string> names;
    std::optional<std::string> category; ///< id or name of the category, for example `RNI`
    std::vector<std::string> ids;
    std::optional<service_mgmt::locality_type> scope_of_locality;
    std::optional<bool> is_local;
};

/// What happened to one service.
struct service_change {
    enum class kind {
        found,   ///< it is there; also for those that were there before the watch
        changed, ///< its state or an attribute is another
        gone     ///< it was withdrawn, or does not match any more
    };
    kind what = kind::found;
    service_mgmt::service_info service; ///< as it is now, or as it was last
};

/// A list of services that the application keeps up to date: by notifications where the platform sends
/// them, by asking every few seconds where it does not. After a gap in the notifications, and after the
/// platform was lost, it asks. Copies refer to the same list; destroying them changes nothing.
class MEC_API service_watch {
public:
    /// Runs on the application's executor, once for each change.
    using handler = std::function<void(const service_change&)>;

    /// @cond
    explicit service_watch(std::shared_ptr<internal::service_directory> directory) noexcept;
    /// @endcond

    /// The list as it is known now. Thread-safe.
    std::vector<service_mgmt::service_info> services() const;
    /// No change is told after this has run on the application's executor.
    void cancel();

private:
    std::shared_ptr<internal::service_directory> directory_;
};

/// The URL of a REST service (GS MEC 011 clause 8.1.5.3): of its `uris` the first that is a URL with
/// http or https, else its first address or name with the scheme that `protocol` allows.
/// @return errc::not_supported when the service has no such endpoint.
MEC_API result<url> endpoint_of(const service_mgmt::service_info& service);

/// Base of a MEC API that a service offers: `endpoint_of`, with `/rni/v2` after it unless it ends with
/// that already, as platforms register both.
/// @param api  name and version: `rni/v2`.
MEC_API result<url> api_base_of(const service_mgmt::service_info& service, std::string_view api);

MEC_END_NAMESPACE

#endif
