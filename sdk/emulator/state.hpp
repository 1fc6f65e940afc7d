#ifndef MEC_EMULATOR_STATE_HPP
#define MEC_EMULATOR_STATE_HPP

/// @file
/// What the emulated platform knows: plain data, no I/O, no lock. Its owner guards it.

#include "faults.hpp"
#include "tokens.hpp"

#include <mec/emulator/platform.hpp>

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace emulator {

struct application {
    application_instance instance;
    bool ready = false;
    std::uint32_t conflicts_left = 0;
};

struct service {
    std::string app_instance_id;
    service_mgmt::service_info info; ///< as a query answers it
    std::uint64_t revision = 0;      ///< of the whole registry when this one changed: the ETag
};

struct platform_state {
    explicit platform_state(const platform_options& o);

    const application_instance& create_application(std::string name);
    application* find_application(std::string_view app_instance_id);
    application* find_client(std::string_view client_id);

    service& add_service(std::string app_instance_id, service_mgmt::service_info info);
    service* find_service(std::string_view ser_instance_id);
    void touch(service& s) { s.revision = ++last_revision; }
    void remove_service(std::string_view ser_instance_id);
    std::size_t services_of(std::string_view app_instance_id) const;

    /// Absolute URL of a service below its application.
    std::string service_url(std::string_view app_instance_id,
                            std::string_view ser_instance_id) const;

    /// What a restart with loss of state forgets.
    void forget();

    const platform_options& options;
    std::string api_root;       ///< set by start(), without a `/` at its end
    std::string token_endpoint; ///< set by start()
    std::map<std::string, application, std::less<>> applications; ///< by appInstanceId
    std::vector<service> services;                                ///< in order of registration
    token_store tokens;
    fault_queue faults;
    const router* routes = nullptr;
    std::deque<logged_request> log; ///< the newest last
    std::uint64_t last_revision = 0;
};

/// What an application must find in its environment.
platform::environment environment_of(const platform_state& s, const application_instance& app,
                                     const std::string& ca_file);

/// A random UUID (RFC 9562, version 4).
std::string random_uuid();

} // namespace emulator
MEC_END_NAMESPACE

#endif
