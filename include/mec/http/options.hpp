#ifndef MEC_HTTP_OPTIONS_HPP
#define MEC_HTTP_OPTIONS_HPP

/// @file
/// What can be set about connections, limits, retries and trust. Plain aggregates; changing one after
/// it was handed over has no effect.

#include <mec/core/clock.hpp>
#include <mec/core/log.hpp>
#include <mec/core/random.hpp>
#include <mec/core/secret.hpp>
#include <mec/http/dialect.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

MEC_BEGIN_NAMESPACE
namespace http {

using std::chrono::milliseconds;

/// Budgets of one attempt. The total deadline of a call is in `client_options`.
struct timeouts {
    milliseconds resolve{3000};
    milliseconds connect{3000};      ///< all addresses together
    milliseconds handshake{5000};    ///< TLS
    milliseconds first_byte{10'000}; ///< from the end of the request to the status line
    milliseconds idle{10'000};       ///< between two reads of a response
    milliseconds address_step{250};  ///< happy eyeballs: next address after this (RFC 8305)
};

/// How much a response may cost. Exceeding one gives errc::limit_exceeded.
struct response_limits {
    std::size_t header = 8 * 1024; ///< bytes of status line and fields
    std::size_t fields = 100;
    std::size_t body = 4 * 1024 * 1024; ///< bytes after removing the chunked coding
    std::size_t framing = 4 * 1024;     ///< bytes of chunk extensions and trailers together
    std::size_t interim = 8;            ///< 1xx responses
};

struct pool_options {
    std::size_t connections = 8;       ///< per origin
    std::size_t pending = 64;          ///< calls waiting for a connection, per origin
    milliseconds idle{30'000};         ///< not reused, and closed, after this
    milliseconds age{300'000};         ///< a connection is not reused after this
    milliseconds keepalive{15'000};    ///< TCP keep-alive
    milliseconds user_timeout{20'000}; ///< TCP_USER_TIMEOUT
};

/// Whom to trust, and who we are. Verification cannot be switched off.
struct tls_options {
    std::string ca_file;     ///< PEM; when empty, the system's CAs are used
    std::string ca_pem;      ///< PEM text, instead of or added to the file
    std::string cert_file;   ///< PEM chain of the client certificate; empty: none
    std::string key_file;    ///< PEM; mode 0600 or stricter unless `allow_open_key_file`
    std::string server_name; ///< checked and sent (SNI) instead of the URL's host; empty: the URL's
    bool allow_open_key_file = false;
    bool allow_common_name = false; ///< accept a name that stands only in the subject (old lab CAs)
};

/// Attempts after a failure. Applies to what may be repeated: see docs/errors.md.
struct retry_options {
    int attempts = 3;                     ///< in total; 1 switches retries off
    milliseconds base{100};               ///< first delay; doubles, full jitter
    milliseconds cap{20'000};             ///< longest delay
    milliseconds retry_after_cap{60'000}; ///< longest Retry-After that is honoured
    int bucket = 500;                     ///< retry tokens of one client
    int cost = 5;                         ///< tokens per retry
    int timeout_cost = 10;                ///< tokens per retry after a timeout
    int refund = 1;                       ///< tokens per success at the first attempt
};

struct transport_options {
    http::timeouts timeouts{};
    http::response_limits limits{};
    pool_options pool{};
    tls_options tls{};
    bool allow_plain_http = false; ///< http:// to other hosts than loopback
    std::string user_agent = "mec-sdk-cpp/" MEC_VERSION_STRING;
    std::size_t resolver_workers = 4;
    mec::logger log{};
    mec::clock* clock = &machine_clock(); ///< must outlive the transport
};

} // namespace http

/// Deadlines and retries of the calls of one client.
struct client_options {
    std::chrono::milliseconds deadline{30'000}; ///< of one call, all attempts and waits together
    http::retry_options retry{};
    http::dialect dialect = http::dialects::automatic;
    mec::logger log{};
    mec::clock* clock = &machine_clock(); ///< must outlive the client, as `random`
    mec::random_source* random = &machine_random();
};

MEC_END_NAMESPACE

#endif
