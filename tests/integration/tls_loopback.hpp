#ifndef MEC_TESTS_INTEGRATION_TLS_LOOPBACK_HPP
#define MEC_TESTS_INTEGRATION_TLS_LOOPBACK_HPP

/// @file
/// Two streams over a TCP connection on loopback, and what the TLS tests do with them.

#include "openssl.hpp"
#include "tls_context.hpp"

#include <mec/emulator/certificate_authority.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tls_test {

using mec::emulator::certificate_authority;
using mec::emulator::certificate_request;
using mec::emulator::issued_certificate;
using mec::internal::io_result;
using mec::internal::io_status;
using mec::internal::ssl_ptr;
using mec::internal::stream;
using mec::internal::tls_context;

struct connected_pair {
    stream client;
    stream server;
};
/// A TCP connection within this process; both ends do not block.
connected_pair connect_pair();

/// The authority that most tests trust.
const certificate_authority& trusted_ca();
mec::http::tls_options trusting(const certificate_authority& ca = trusted_ca());
/// A server certificate for `localhost` and 127.0.0.1.
certificate_request for_localhost();
issued_certificate issue(const certificate_request& request,
                         const certificate_authority& ca = trusted_ca());

std::shared_ptr<tls_context> client_context(const mec::http::tls_options& options = trusting());
std::shared_ptr<tls_context> server_context(const issued_certificate& certificate,
                                            const std::string& client_ca_pem = {});

/// A server that is not ours: security level 0, any version; `adjust` makes it odd.
mec::internal::ssl_ctx_ptr foreign_server(const issued_certificate& certificate,
                                          const std::function<void(SSL_CTX*)>& adjust = {});

/// A connection after its handshake was tried.
struct session {
    connected_pair ends;
    io_result client{io_status::want_read};
    io_result server{io_status::want_read};

    bool ok() const { return client.status == io_status::done && server.status == io_status::done; }
    bool resumed() const { return SSL_session_reused(ends.client.ssl()) == 1; }
    mec::error client_error() const { return ends.client.failure(client); }
};

/// Shakes hands until both ends have finished or failed.
session shake_hands(connected_pair ends);
session connect(tls_context& client, tls_context& server, std::string_view host = "localhost",
                std::uint16_t port = 443);
session connect(tls_context& client, SSL_CTX* server, std::string_view host = "localhost");
/// Connects to a server that shows `certificate`.
session connect_to(const issued_certificate& certificate, std::string_view host = "localhost",
                   const mec::http::tls_options& options = trusting());

/// Waits until the descriptor is readable.
void wait_readable(const stream& s);
/// Reads as soon as something other than want_read comes back.
io_result read_some(stream& s, void* data, std::size_t size);
/// Has the client take the tickets that follow the handshake.
void take_tickets(session& s);

/// A file that is removed with its directory at the end of the test.
class temporary_directory {
public:
    temporary_directory();
    ~temporary_directory();
    temporary_directory(const temporary_directory&) = delete;
    temporary_directory& operator=(const temporary_directory&) = delete;

    std::string path(std::string_view name) const;
    std::string write(std::string_view name, std::string_view text, unsigned mode = 0600) const;

private:
    std::string path_;
};

/// A client certificate without names.
certificate_request for_client();
/// Options with a client certificate, whose files are written to `files`.
mec::http::tls_options with_identity(const temporary_directory& files,
                                     const issued_certificate& certificate);

} // namespace tls_test

#endif
