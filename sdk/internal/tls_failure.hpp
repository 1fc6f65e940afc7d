#ifndef MEC_INTERNAL_TLS_FAILURE_HPP
#define MEC_INTERNAL_TLS_FAILURE_HPP

/// @file
/// What is remembered about a TLS session beside OpenSSL's own state, and how a failure is told.

#include "openssl.hpp"
#include "stream.hpp"
#include "tls_session_cache.hpp"

#include <cstdint>
#include <memory>
#include <string>

MEC_BEGIN_NAMESPACE
namespace internal {

/// What the sessions of one context share. It outlives the context while a session is open.
struct tls_shared {
    tls_session_cache sessions;
    std::string trust; ///< how many CAs are trusted and where they came from
};

/// Attached to every SSL object that a tls_context makes; freed with it.
struct tls_note {
    std::string dialled; ///< client: host and port of the connection, the key of its sessions
    std::uint16_t port = 0;
    std::string name; ///< client: the name or address that the certificate must be for
    std::shared_ptr<tls_shared> shared;
    bool certificate_requested = false; ///< client: the server asked for our certificate
    x509_ptr refused;                   ///< the certificate that failed verification
};

bool attach_note(SSL* ssl, std::unique_ptr<tls_note> note) noexcept;
/// Null for a session that no tls_context made.
tls_note* note_of(const SSL* ssl) noexcept;

/// Category of io_result::system for failures that OpenSSL reports.
const boost::system::error_category& tls_category() noexcept;
/// The oldest entry of this thread's OpenSSL error queue; the queue is emptied.
error_code take_tls_error() noexcept;
error_code make_tls_error(int reason) noexcept;

/// The typed error for a failed step on a TLS session.
error describe_tls_failure(const SSL* ssl, const io_result& r);

} // namespace internal
MEC_END_NAMESPACE

#endif
