#ifndef MEC_TESTS_EVERY_OPERATION_HPP
#define MEC_TESTS_EVERY_OPERATION_HPP

/// @file
/// Every operation of every API as one call, so that what must hold for all of them is tested for all
/// of them. An API that is added to the SDK is added here.

#include <mec/app_support/client.hpp>
#include <mec/http/operation.hpp>
#include <mec/rni/client.hpp>
#include <mec/service_mgmt/client.hpp>

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace mec_test {

/// Clients of all APIs of one platform.
struct clients {
    /// @param common  everything but `base`.
    /// @param root    apiRoot.
    clients(const std::string& root, const mec::http::endpoint& common);

    mec::app_support::client support;
    mec::service_mgmt::client services;
    mec::rni::client radio;
};

/// One row of an operation table and how to call it.
struct invocation {
    const mec::http::operation* row;
    std::string target; ///< path below apiRoot that the request goes to
    std::string answer; ///< body of a success
    /// Starts the call; `done` gets its error, or none.
    std::function<void(const clients&, std::function<void(mec::error)> done)> start;
    /// The same with mec::sync_wait.
    std::function<mec::error(const clients&)> wait;
};
std::ostream& operator<<(std::ostream& out, const invocation& i);

/// The application instance that the targets are about.
inline constexpr const char* app_instance = "app-1";

const std::vector<invocation>& every_operation();
/// The rows of all operation tables, for the check that none is missing above.
std::vector<const mec::http::operation*> every_row();

} // namespace mec_test

#endif
