#ifndef MEC_EMULATOR_PLATFORM_HPP
#define MEC_EMULATOR_PLATFORM_HPP

/// @file
/// A MEC platform inside the program: for tests and for developing an application without a MEC
/// host. It serves the operations of the SDK's own tables over real sockets, by the text of the
/// standard, and can be told to fail in the ways that real platforms do. Not a production server.

#include <mec/app_support/types.hpp>
#include <mec/core/clock.hpp>
#include <mec/core/log.hpp>
#include <mec/core/result.hpp>
#include <mec/core/secret.hpp>
#include <mec/core/url.hpp>
#include <mec/service_mgmt/types.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace asio = boost::asio;

namespace emulator {

/// An application instance as the platform's manager knows it: what the application must be given.
struct application_instance {
    std::string name;
    std::string app_instance_id;
    std::string client_id;
    secret_string client_secret;
};

/// One request that was served. Holds no credential and no body.
struct logged_request {
    system_time time{};
    std::string method;
    std::string target;          ///< without the query when that names a token or secret
    int status = 0;              ///< 0: the connection was dropped on purpose
    std::string app_instance_id; ///< of the caller, when known
    std::string operation;       ///< `service_mgmt.list_services`; empty when nothing matched
    std::chrono::microseconds duration{0}; ///< with injected latency, without the network
};

enum class drop_point : std::uint8_t {
    none,
    before_apply, ///< the connection ends, nothing was done
    after_apply   ///< the request is carried out, then the connection ends without an answer
};

/// What goes wrong, and for which requests. Members combine: a latency with a status, and so on.
struct fault {
    std::string operation = "*"; ///< name in the operation tables, `oauth2.token`, or `*` for any
    std::uint32_t times = 1;     ///< requests that it hits; 0: all until clear_faults()
    std::chrono::milliseconds latency{0}; ///< the answer comes so much later; at most 10 minutes
    int status = 0;                       ///< 400..599: answered instead of doing anything
    std::optional<std::chrono::seconds> retry_after; ///< sent with `status`
    drop_point drop = drop_point::none;
    bool reset = false; ///< drop with RST instead of FIN
};

struct platform_counters {
    std::uint64_t requests = 0;         ///< but those of the control interface
    std::uint64_t errors = 0;           ///< answered with 400 or above
    std::uint64_t dropped = 0;          ///< on purpose
    std::uint64_t faults = 0;           ///< requests that a fault hit
    std::uint64_t tokens = 0;           ///< issued
    std::uint64_t connections = 0;      ///< accepted since the last start
    std::uint64_t open_connections = 0; ///< now
};

struct platform_options {
    std::string bind_address = "127.0.0.1"; ///< IPv4 or IPv6 literal
    std::uint16_t port = 0;                 ///< 0: any free one
    bool allow_remote = false; ///< needed for every other address than 127.0.0.0/8 and ::1
    std::string host;          ///< name or address in URLs and certificate; empty: the bind address
    std::string prefix = "/mep1"; ///< path of the apiRoot; empty or like `/a/b`
    bool tls = true;              ///< with a certificate of a CA that is made at every construction
    bool authorization = true;    ///< OAuth 2.0 bearer tokens are required
    bool strict = true; ///< by the text of the standard; false: tolerant like many platforms
    std::chrono::seconds token_lifetime{3600}; ///< at least 1 s
    std::uint32_t ready_conflicts =
        0; ///< so many times confirm_ready is answered with 409, per instance
    std::size_t log_capacity = 1000; ///< requests that are kept
    bool control = false;            ///< serve `/emulator/v1`, see control_token()
    std::vector<service_mgmt::transport_info> transports; ///< empty: one of type REST_HTTP
    app_support::timing_caps timing;                      ///< empty: one NTP server on this machine
    /// Called for every request from the thread that serves it, without a lock held.
    std::function<void(const logged_request&)> on_request;
    mec::logger log{};
    mec::clock* clock = &machine_clock(); ///< must outlive the platform
};

/// The platform. Its requests are served on the executor, which needs a running thread; all
/// functions may be called from any thread at any time.
class MEC_API platform {
public:
    using environment = std::vector<std::pair<std::string, std::string>>;
    using log_condition = std::function<bool(const std::vector<logged_request>&)>;

    /// No I/O.
    explicit platform(asio::any_io_executor executor, platform_options options = {});
    ~platform(); ///< stops; does not block

    platform(const platform&) = delete;
    platform& operator=(const platform&) = delete;

    /// Listens. Takes a few milliseconds, nearly all of it for keys and certificates.
    /// @return errc::config_invalid for options that cannot be used (among them a bind address that is
    ///   not loopback without `allow_remote`), errc::resource_exhausted.
    error start();
    /// Closes the listener and all connections. Nothing is forgotten; start() takes the same port.
    void stop() noexcept;
    /// Stops and starts. With `state_loss`, services, readiness and tokens are gone afterwards;
    /// application instances and their credentials stay, as they belong to the platform's manager.
    error restart(bool state_loss);

    /// @name Addresses
    /// Valid after the first start().
    /// @{
    url api_root() const;       ///< `https://127.0.0.1:41234/mep1`
    url token_endpoint() const; ///< `https://127.0.0.1:41234/token`
    url control_root() const;   ///< `https://127.0.0.1:41234/emulator/v1`
    /// @}
    /// The CA to trust; empty without TLS.
    std::string ca_pem() const;
    /// Bearer token of the control interface: random, made at construction.
    const secret_string& control_token() const noexcept;

    /// Makes an instance with new random id and credentials.
    application_instance create_application(std::string name);
    /// What the instance must find in its environment: MEC_MP1_URL, MEC_APP_INSTANCE_ID,
    /// MEC_TOKEN_URL, MEC_CLIENT_ID, MEC_CLIENT_SECRET; and MEC_CA_FILE when a file is given.
    environment environment_of(const application_instance& app,
                               const std::string& ca_file = {}) const;

    /// @name Faults
    /// @{
    /// @return errc::config_invalid for an operation, status or latency that does not exist.
    error inject(fault f);
    void clear_faults();
    /// Every token that was issued is refused from now on, as if its lifetime were over.
    void expire_tokens();
    /// Every token that was issued is unknown from now on.
    void revoke_tokens();
    /// @}

    /// @name What happened
    /// @{
    std::vector<logged_request> requests() const;
    void clear_requests();
    /// Blocks until the condition holds for the log, or the time is over.
    /// @return whether it holds. Must not be called on the executor's only thread.
    bool wait_for(const log_condition& condition, std::chrono::milliseconds timeout) const;
    platform_counters counters() const;
    /// True after a confirm_ready of the instance was accepted.
    bool is_ready(const std::string& app_instance_id) const;
    /// @}

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

} // namespace emulator
MEC_END_NAMESPACE

#endif
