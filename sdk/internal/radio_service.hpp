#ifndef MEC_INTERNAL_RADIO_SERVICE_HPP
#define MEC_INTERNAL_RADIO_SERVICE_HPP

#include "app_context.hpp"

#include <mec/rni/connection.hpp>
#include <mec/service_mgmt/types.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Of the services of a platform the one that gives radio network information: of its category, usable,
/// with an endpoint that is a URL, and of several the nearest.
MEC_API const service_mgmt::service_info*
find_radio_service(const std::vector<service_mgmt::service_info>& all);

/// Where the platform's radio network information service is. It is found in the platform's list of
/// services, and nowhere else. Thread-safe.
class MEC_API radio_service : public std::enable_shared_from_this<radio_service> {
public:
    using connection_ptr = std::shared_ptr<rni::connection>;
    using services = std::vector<service_mgmt::service_info>;

    explicit radio_service(std::shared_ptr<app_context> context);

    /// Null: not known, or not for sure.
    connection_ptr connection() const;
    /// Where it is, and what its calls carry. @pre connection() was not null before.
    http::endpoint endpoint() const;
    /// Takes what the platform lists now.
    /// @param followed  it is told at once when that changes; else it is believed for a while.
    /// @return null when there is no such service among them.
    connection_ptr use(const services& all, bool followed);
    /// A connection whose calls go to the service, wherever it is; they find it first when necessary.
    connection_ptr located_connection();

    const std::shared_ptr<app_context>& context() const noexcept { return context_; }

private:
    bool may_have_token(const url& base) const;
    std::shared_ptr<http::transport> transport_to(const url& base);

    const std::shared_ptr<app_context> context_;
    mutable std::mutex mutex_; ///< guards what follows
    connection_ptr connection_;
    http::endpoint where_;
    std::shared_ptr<http::transport> elsewhere_; ///< null: not needed yet
    steady_time until_{};
};

} // namespace internal
MEC_END_NAMESPACE

#endif
