#ifndef MEC_EMULATOR_OPTIONS_HPP
#define MEC_EMULATOR_OPTIONS_HPP

/// @file
/// How the emulated platform shall behave, and misbehave.

#include <mec/core/clock.hpp>
#include <mec/core/log.hpp>
#include <mec/core/random.hpp>
#include <mec/emulator/certificate_authority.hpp>
#include <mec/emulator/quirks.hpp>
#include <mec/emulator/records.hpp>
#include <mec/http/options.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace emulator {

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

/// What the platform forgets, without a word to anybody.
enum class loss : std::uint8_t {
    none,
    services,
    subscriptions,
    some, ///< each service and each subscription with a probability of one half
    all   ///< services, subscriptions, readiness, tokens, and what was changed in rules
};

/// Traffic and DNS rules that an application instance finds.
struct rule_set {
    std::vector<app_support::traffic_rule> traffic_rules;
    std::vector<app_support::dns_rule> dns_rules;
};

/// Whether services must send heartbeats. Only those that say with `livenessInterval` that they can
/// are asked to.
struct liveness_policy {
    enum class mode : std::uint8_t {
        none,     ///< no heartbeats
        proposed, ///< the service's own proposal is taken; `interval` when it has none
        fixed     ///< every `interval`
    };
    mode required = mode::none;
    std::chrono::seconds interval{60};
    /// A heartbeat may come so much later before the service is suspended.
    std::chrono::milliseconds grace{500};
};

/// How notifications are sent to the applications' callback URLs, or over their websockets.
struct notification_options {
    std::chrono::milliseconds deadline{5000}; ///< of one attempt
    int attempts = 3; ///< after no answer or a 5xx; every other answer is final
    std::chrono::milliseconds first_delay{200};       ///< before the second attempt; then doubles
    std::chrono::milliseconds longest_delay{60'000};  ///< also of a Retry-After that is honoured
    std::size_t queue = 1000;                         ///< waiting notifications of one subscription
    std::chrono::milliseconds websocket_answer{5000}; ///< instead of `deadline`, once connected
    std::chrono::milliseconds websocket_ping{15'000}; ///< after so much silence; lost after twice
    http::tls_options tls; ///< whom to trust at https callbacks, and what certificate to show there
};

/// Radio network information (GS MEC 012), which the platform itself offers.
struct radio_options {
    bool offered = false; ///< from the start; see platform::offer_radio()
    /// Subscriptions live at most so long; 0: as long as the application proposes.
    std::chrono::seconds longest_subscription{0};
    /// Subscriptions of applications that propose no end get one too, by `longest_subscription`.
    bool always_expires = false;
    std::chrono::milliseconds expiry_notice{
        5000}; ///< so long before its end an application is told
    /// Of an application that offers both, websockets are taken rather than callback URLs.
    bool websocket_first = false;
};

struct platform_options {
    std::string bind_address = "127.0.0.1"; ///< IPv4 or IPv6 literal
    std::uint16_t port = 0;                 ///< 0: any free one
    /// Needed to listen on any other address than 127.0.0.0/8 and ::1, and to notify any other host.
    bool allow_remote = false;
    std::string host; ///< name or address in URLs and certificate; empty: the bind address
    std::string prefix = "/mep1";                   ///< path of the apiRoot; empty or like `/a/b`
    bool tls = true;                                ///< with a certificate of `authority`
    std::optional<certificate_authority> authority; ///< absent: a new one
    bool authorization = true;                      ///< OAuth 2.0 bearer tokens are required
    bool strict = true; ///< by the text of the standard; false: tolerant like many platforms
    std::chrono::seconds token_lifetime{3600}; ///< at least 1 s
    std::uint32_t ready_conflicts =
        0; ///< so many times confirm_ready is answered with 409, per instance
    std::string profile = "strict"; ///< quirks of the platform of that name, see find_profile()
    emulator::quirks quirks;        ///< added to those of the profile
    liveness_policy liveness;
    notification_options notifications;
    radio_options radio;
    /// JSON file with `trafficRules` and `dnsRules` for every instance, and optionally `applications`:
    /// an object of such objects by application name, for those only. Read by the first start().
    std::string rules_file;
    std::size_t log_capacity = 1000; ///< requests, and as many notifications, that are kept
    bool control = false;            ///< serve `/emulator/v1`, see control_token()
    std::vector<service_mgmt::transport_info> transports; ///< empty: one of type REST_HTTP
    app_support::timing_caps timing;                      ///< empty: one NTP server on this machine
    /// Called for every request from the thread that serves it, without a lock held.
    std::function<void(const logged_request&)> on_request;
    /// Called for every notification when its fate is known, without a lock held.
    std::function<void(const sent_notification&)> on_notification;
    mec::logger log{};
    /// For tokens, heartbeats, terminations and dates; must outlive the platform, as `random`.
    mec::clock* clock = &machine_clock();
    mec::random_source* random = &machine_random(); ///< decides about loss::some
};

} // namespace emulator
MEC_END_NAMESPACE

#endif
