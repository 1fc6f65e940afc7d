#ifndef MEC_CORE_ERROR_HPP
#define MEC_CORE_ERROR_HPP

/// @file
/// What can go wrong, as values. Every failure of the SDK is a `mec::error`: a code of `mec::errc`,
/// plus what was being done, where, how often it was tried, and what the peer or the system said.

#include <mec/config.hpp>

#include <boost/system/error_code.hpp>
#include <boost/system/error_condition.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE

using error_code = boost::system::error_code;

/// Cause of a failure. The texts are in error.cpp; the retry rules in docs/errors.md.
enum class errc {
    config_invalid = 1,       ///< a configuration value is missing or wrong; nothing was sent
    name_not_found,           ///< the host name does not exist
    name_temporary,           ///< the resolver did not answer, or failed for now
    connect_refused,          ///< nobody listens at the address
    connect_timeout,          ///< no address answered in time
    unreachable,              ///< no route to host or network
    tls_untrusted,            ///< the peer's certificate does not lead to a trusted CA
    tls_expired,              ///< the peer's certificate has expired
    tls_not_yet_valid,        ///< the peer's certificate is not valid yet
    tls_host_mismatch,        ///< the peer's certificate is for another name or address
    tls_revoked,              ///< the peer's certificate was revoked
    tls_protocol,             ///< no common TLS version or cipher, or not TLS at all
    tls_client_cert_rejected, ///< the peer wants a client certificate, or another one
    connection_lost,          ///< the connection ended before the response header was complete
    truncated,                ///< the message ended before its declared length
    protocol_error,           ///< what came is not valid HTTP/1.1
    limit_exceeded,           ///< larger, deeper, longer or slower than the configured limit
    unexpected_content,       ///< a media type, encoding or redirect that is not accepted here
    json_syntax,              ///< not JSON (RFC 8259)
    json_schema,         ///< JSON, but not what the standard says; the message has a JSON pointer
    http_status,         ///< an error status without a code of its own
    bad_request,         ///< 400, 405, 406, 410..417, 422, 431
    forbidden,           ///< 403: not allowed, or not in the present state of the resource
    not_found,           ///< 404
    conflict,            ///< 409
    precondition_failed, ///< 412: the resource was changed by somebody else
    rate_limited,        ///< 429, after the allowed attempts
    service_unavailable, ///< 500, 502, 503, 504, after the allowed attempts
    auth_failed,         ///< no token to be had, or the platform does not accept it
    deadline_exceeded,   ///< the time budget of the call is used up
    outcome_unknown,     ///< a non-idempotent request may or may not have been applied
    resource_exhausted,  ///< no file descriptor, connection or queue place left
    storage_error,       ///< a file could not be read or written
    cancelled,           ///< the caller cancelled the operation
    shutting_down,       ///< the client or application was closed
    not_supported        ///< this platform, or this build, does not offer it
};

/// Groups of codes that stay stable when codes are added; compare with these:
/// `if (r.error() == mec::condition::timeout)`.
enum class condition {
    retryable = 1,   ///< the same call may succeed later, and repeating it is harmless
    timeout,         ///< deadline_exceeded, connect_timeout
    unauthorized,    ///< auth_failed, forbidden
    untrusted_peer,  ///< any of the certificate errors
    bad_data,        ///< the peer sent something that is not valid
    unreachable_peer ///< no connection could be made: nothing was sent
};

MEC_API const boost::system::error_category& error_category() noexcept;
MEC_API const boost::system::error_category& condition_category() noexcept;

inline error_code make_error_code(errc e) noexcept
{
    return {static_cast<int>(e), error_category()};
}
inline boost::system::error_condition make_error_condition(condition c) noexcept
{
    return {static_cast<int>(c), condition_category()};
}

/// Body of an error response (RFC 7807, MEC 009 clause 6.15). Texts are cut at 1 KiB and hold no
/// control characters.
struct problem_details {
    std::optional<std::string> type;
    std::optional<std::string> title;
    std::optional<std::int64_t> status;
    std::optional<std::string> detail;
    std::optional<std::string> instance;
};

class error;

/// Everything known about one failure. Never holds a secret: no header, no token, no body.
struct error_info {
    std::string message;   ///< what exactly, in words: expected, got, what to do
    std::string operation; ///< for example `service_mgmt.list_services`; empty when not in a call
    std::string endpoint;  ///< scheme, host, port and path, or the file or variable
    std::string pointer;   ///< JSON pointer (RFC 6901) into the body, for json_schema
    error_code system;     ///< code of the operating system, resolver or TLS library, if any
    int http_status = 0;   ///< 0 when there was no response
    std::optional<problem_details> problem;
    std::optional<std::chrono::milliseconds> retry_after; ///< as the peer asked, clamped
    int attempts = 0;
    std::chrono::milliseconds elapsed{0};
    std::shared_ptr<const error> cause; ///< the last failure, under deadline_exceeded and the like
};

/// A code and, shared and immutable, its circumstances. Two words wide plus the code; cheap to copy.
class error {
public:
    /// No error. `result<T>` never holds this.
    error() = default;
    /*implicit*/ error(errc code) noexcept : code_(make_error_code(code)) {}
    MEC_API error(errc code, std::string message);
    MEC_API error(errc code, error_info info);

    explicit operator bool() const noexcept { return code_.failed(); }

    const error_code& code() const noexcept { return code_; }
    /// Never null: an error without circumstances has empty ones.
    MEC_API const error_info& info() const noexcept;
    /// The same error with other circumstances.
    MEC_API error with(error_info info) const;
    /// One line for people: operation, endpoint, cause, what the platform said, attempts.
    MEC_API std::string what() const;

    friend bool operator==(const error& e, errc c) noexcept
    {
        return e.code_ == make_error_code(c);
    }
    friend bool operator!=(const error& e, errc c) noexcept { return !(e == c); }
    friend bool operator==(const error& e, condition c) noexcept
    {
        return e.code_ == make_error_condition(c);
    }
    friend bool operator!=(const error& e, condition c) noexcept { return !(e == c); }

private:
    error_code code_;
    std::shared_ptr<const error_info> info_;
};

/// Writes `what()`.
template <class Char, class Traits>
std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out, const error& e)
{
    return out << e.what();
}

/// Thrown by `result<T>::value()`, and by nothing else in the SDK.
class MEC_API system_error : public boost::system::system_error {
public:
    explicit system_error(mec::error e);
    const mec::error& error() const noexcept { return error_; }
    /// `error().what()`.
    const char* what() const noexcept override;

private:
    std::runtime_error text_; // a string whose copies do not throw
    mec::error error_;
};

/// Found by argument-dependent lookup from `result<T>::value()`.
[[noreturn]] MEC_API void throw_exception_from_error(const error& e,
                                                     const boost::source_location& where);

MEC_END_NAMESPACE

namespace boost {
namespace system {
template <> struct is_error_code_enum<mec::errc> : std::true_type {
};
template <> struct is_error_condition_enum<mec::condition> : std::true_type {
};
} // namespace system
} // namespace boost

#endif
