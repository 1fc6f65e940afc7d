#ifndef MEC_INTERNAL_TLS_CONTEXT_HPP
#define MEC_INTERNAL_TLS_CONTEXT_HPP

/// @file
/// The only place where TLS contexts are made. Clients: peer verified, TLS 1.2 at least, strict X.509
/// flags, name or address of the peer checked against the subject alternative names only.

#include "stream.hpp"

#include <mec/core/result.hpp>
#include <mec/core/secret.hpp>
#include <mec/http/options.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Certificate, key and, for mutual TLS, the CA of the clients; PEM text.
struct tls_server_options {
    std::string certificate_pem;
    secret_string key_pem;
    std::string client_ca_pem; ///< not empty: clients must show a certificate of this CA
};

/// Immutable after construction but for its session cache; shared by all connections. Thread-safe.
class MEC_API tls_context {
public:
    static result<std::shared_ptr<tls_context>> client(const http::tls_options& options);
    static result<std::shared_ptr<tls_context>> server(const tls_server_options& options);
    ~tls_context();

    /// A client session for `host` (name or address literal, no brackets) and `port`; resumes the
    /// last session of the same host and port where there is one. Sends SNI for names only.
    /// @return errc::config_invalid when `host` is neither a host name nor an address.
    result<ssl_ptr> connect_session(std::string_view host, std::uint16_t port);
    /// A server session.
    result<ssl_ptr> accept_session();

    /// How many CA certificates are trusted and where they came from, for people.
    std::string trust_summary() const;

private:
    struct state;

    explicit tls_context(std::unique_ptr<state> s);
    std::unique_ptr<state> state_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
