// Versions, ALPN, client certificates.

#include "tls_loopback.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include <sys/socket.h>

namespace {

using namespace tls_test;
using namespace std::chrono_literals;
using mec::errc;
using testing::HasSubstr;

// --- Versions and application protocols ---

TEST(tls_protocol, tls_1_1_is_refused)
{
    const auto server = foreign_server(issue(for_localhost()), [](SSL_CTX* c) {
        SSL_CTX_set_max_proto_version(c, TLS1_1_VERSION);
    });
    const session s = connect(*client_context(), server.get());
    EXPECT_EQ(s.client_error(), errc::tls_protocol);
    EXPECT_THAT(s.client_error().what(), HasSubstr("TLS 1.2 or 1.3 is needed"));
}

TEST(tls_protocol, tls_1_2_is_accepted)
{
    const auto server = foreign_server(issue(for_localhost()), [](SSL_CTX* c) {
        SSL_CTX_set_max_proto_version(c, TLS1_2_VERSION);
    });
    const session s = connect(*client_context(), server.get());
    ASSERT_TRUE(s.ok()) << s.client_error();
    EXPECT_EQ(SSL_version(s.ends.client.ssl()), TLS1_2_VERSION);
}

TEST(tls_protocol, a_server_without_a_modern_cipher_is_refused)
{
    const auto server = foreign_server(issue(for_localhost()), [](SSL_CTX* c) {
        SSL_CTX_set_max_proto_version(c, TLS1_2_VERSION);
        SSL_CTX_set_cipher_list(c, "ECDHE-ECDSA-AES128-SHA:AES128-SHA:NULL:aNULL:@SECLEVEL=0");
    });
    const session s = connect(*client_context(), server.get());
    EXPECT_EQ(s.client_error(), errc::tls_protocol);
    EXPECT_THAT(s.client_error().what(), HasSubstr("in common"));
}

TEST(tls_protocol, the_openssl_configuration_file_cannot_weaken_it)
{
    const temporary_directory files;
    const std::string file = files.write("openssl.cnf", "openssl_conf = all\n"
                                                        "[all]\nssl_conf = ssl\n"
                                                        "[ssl]\nsystem_default = weak\n"
                                                        "[weak]\nMinProtocol = TLSv1\n"
                                                        "MaxProtocol = TLSv1.1\n"
                                                        "CipherString = ALL:@SECLEVEL=0\n");
    ASSERT_EQ(::setenv("OPENSSL_CONF", file.c_str(), 1), 0);
    const auto client = client_context();
    const auto old = foreign_server(issue(for_localhost()), [](SSL_CTX* c) {
        SSL_CTX_set_max_proto_version(c, TLS1_1_VERSION);
    });
    EXPECT_EQ(connect(*client, old.get()).client_error(), errc::tls_protocol);
    EXPECT_TRUE(connect(*client, *server_context(issue(for_localhost()))).ok());
    ::unsetenv("OPENSSL_CONF");
}

TEST(tls_protocol, plain_http_on_the_port_is_recognised)
{
    connected_pair ends = connect_pair();
    ends.client.use_tls(client_context()->connect_session("localhost", 443).value());
    ASSERT_EQ(ends.client.handshake().status, io_status::want_read);
    constexpr std::string_view answer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
    ASSERT_EQ(ends.server.write(answer.data(), answer.size()).status, io_status::done);
    wait_readable(ends.client);
    const io_result r = ends.client.handshake();
    ASSERT_EQ(r.status, io_status::failed);
    EXPECT_EQ(ends.client.failure(r), errc::tls_protocol);
    EXPECT_THAT(ends.client.failure(r).what(), HasSubstr("is it plain http"));
}

TEST(tls_protocol, a_plain_client_is_refused_by_the_server)
{
    connected_pair ends = connect_pair();
    ends.server.use_tls(server_context(issue(for_localhost()))->accept_session().value());
    constexpr std::string_view request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    ASSERT_EQ(ends.client.write(request.data(), request.size()).status, io_status::done);
    wait_readable(ends.server);
    const io_result r = ends.server.handshake();
    ASSERT_EQ(r.status, io_status::failed);
    EXPECT_EQ(ends.server.failure(r), errc::tls_protocol);
    EXPECT_THAT(ends.server.failure(r).what(), HasSubstr("is it plain http"));
}

TEST(tls_protocol, a_server_cannot_make_a_client_renegotiate)
{
    const auto server = foreign_server(issue(for_localhost()), [](SSL_CTX* c) {
        SSL_CTX_set_max_proto_version(c, TLS1_2_VERSION);
    });
    session s = connect(*client_context(), server.get());
    ASSERT_TRUE(s.ok()) << s.client_error();
    SSL* peer = s.ends.server.ssl();
    ASSERT_EQ(SSL_renegotiate(peer), 1);
    ASSERT_EQ(SSL_do_handshake(peer), 1); // sends its HelloRequest
    char data = 0;
    wait_readable(s.ends.client);
    EXPECT_EQ(s.ends.client.read(&data, 1).status, io_status::want_read);
    wait_readable(s.ends.server);
    EXPECT_EQ(s.ends.server.read(&data, 1).status, io_status::failed); // our refusal
    EXPECT_EQ(SSL_total_renegotiations(s.ends.client.ssl()), 0);
}

int choose_h2(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
              unsigned offered_size, void*)
{
    static constexpr unsigned char h2[] = {2, 'h', '2'};
    unsigned char* match = nullptr;
    const int found = SSL_select_next_proto(&match, size, h2, sizeof h2, offered, offered_size);
    *chosen = match;
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

int insist_on_h2(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char*,
                 unsigned, void*)
{
    static constexpr unsigned char h2[] = {'h', '2'};
    *chosen = h2;
    *size = sizeof h2;
    return SSL_TLSEXT_ERR_OK;
}

TEST(tls_protocol, a_server_for_http_2_only_is_refused)
{
    const auto server = foreign_server(issue(for_localhost()), [](SSL_CTX* c) {
        SSL_CTX_set_alpn_select_cb(c, &choose_h2, nullptr);
    });
    const session s = connect(*client_context(), server.get());
    ASSERT_EQ(s.client.status, io_status::failed);
    EXPECT_EQ(s.client_error(), errc::tls_protocol);
    EXPECT_THAT(s.client_error().what(), HasSubstr("http/1.1 (ALPN)"));
}

TEST(tls_protocol, a_server_that_chooses_what_was_not_offered_is_refused)
{
    const auto server = foreign_server(issue(for_localhost()), [](SSL_CTX* c) {
        SSL_CTX_set_alpn_select_cb(c, &insist_on_h2, nullptr);
    });
    const session s = connect(*client_context(), server.get());
    ASSERT_EQ(s.client.status, io_status::failed);
    EXPECT_EQ(s.client_error(), errc::tls_protocol);
}

TEST(tls_protocol, both_sides_agree_to_http_1_1)
{
    const session s = connect_to(issue(for_localhost()));
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(s.ends.client.ssl(), &name, &size);
    EXPECT_EQ(std::string(name, name + size), "http/1.1");
}

TEST(tls_protocol, keys_are_never_logged)
{
    const temporary_directory files;
    ASSERT_EQ(::setenv("SSLKEYLOGFILE", files.path("keys").c_str(), 1), 0);
    EXPECT_TRUE(connect_to(issue(for_localhost())).ok());
    ::unsetenv("SSLKEYLOGFILE");
    EXPECT_FALSE(std::filesystem::exists(files.path("keys")));
}

TEST(tls_protocol, a_peer_that_leaves_during_the_handshake_is_a_lost_connection)
{
    connected_pair ends = connect_pair();
    ends.client.use_tls(client_context()->connect_session("localhost", 443).value());
    ASSERT_EQ(ends.client.handshake().status, io_status::want_read);
    ends.server.shutdown();
    wait_readable(ends.client);
    const io_result r = ends.client.handshake();
    ASSERT_EQ(r.status, io_status::failed);
    EXPECT_EQ(ends.client.failure(r), errc::connection_lost);
    EXPECT_THAT(ends.client.failure(r).what(), HasSubstr("during the TLS handshake"));
}

// --- Client certificates ---

/// What the client learns from its first read after the handshake.
mec::error first_read_error(session& s)
{
    EXPECT_EQ(s.client.status, io_status::done) << "TLS 1.3 clients finish first";
    EXPECT_EQ(s.server.status, io_status::failed);
    char data = 0;
    const io_result r = read_some(s.ends.client, &data, 1);
    EXPECT_EQ(r.status, io_status::failed);
    return s.ends.client.failure(r);
}

TEST(tls_client_certificate, of_the_servers_ca_is_accepted)
{
    const temporary_directory files;
    const auto client = client_context(with_identity(files, issue(for_client())));
    const auto server = server_context(issue(for_localhost()), trusted_ca().ca_pem());
    const session s = connect(*client, *server);
    EXPECT_TRUE(s.ok()) << s.client_error();
}

TEST(tls_client_certificate, intermediates_are_sent_along)
{
    const temporary_directory files;
    const auto below = trusted_ca().create_intermediate().value();
    const auto client = client_context(with_identity(files, issue(for_client(), below)));
    const auto server = server_context(issue(for_localhost()), trusted_ca().ca_pem());
    EXPECT_TRUE(connect(*client, *server).ok());
}

TEST(tls_client_certificate, that_is_missing_is_reported_by_the_first_read)
{
    const auto server = server_context(issue(for_localhost()), trusted_ca().ca_pem());
    session s = connect(*client_context(), *server);
    const mec::error e = first_read_error(s);
    EXPECT_EQ(e, errc::tls_client_cert_rejected);
    EXPECT_THAT(e.what(), HasSubstr("set cert_file and key_file"));
    EXPECT_EQ(s.ends.server.failure(s.server), errc::tls_untrusted);
}

TEST(tls_client_certificate, of_another_ca_is_reported_by_the_first_read)
{
    const temporary_directory files;
    const auto other = certificate_authority::create().value();
    const auto client = client_context(with_identity(files, issue(for_client(), other)));
    const auto server = server_context(issue(for_localhost()), trusted_ca().ca_pem());
    session s = connect(*client, *server);
    const mec::error e = first_read_error(s);
    EXPECT_EQ(e, errc::tls_client_cert_rejected);
    EXPECT_THAT(e.what(), HasSubstr("does not accept the configured one"));
}

TEST(tls_client_certificate, that_has_expired_is_told_to_both_sides)
{
    const temporary_directory files;
    certificate_request request = for_client();
    request.not_after = -1s;
    const auto client = client_context(with_identity(files, issue(request)));
    const auto server = server_context(issue(for_localhost()), trusted_ca().ca_pem());
    session s = connect(*client, *server);
    EXPECT_EQ(first_read_error(s), errc::tls_client_cert_rejected);
    const mec::error seen = s.ends.server.failure(s.server);
    EXPECT_EQ(seen, errc::tls_expired);
    EXPECT_THAT(seen.what(), HasSubstr("CN=test app"));
}

TEST(tls_client_certificate, that_is_for_servers_is_refused)
{
    const temporary_directory files;
    const auto client = client_context(with_identity(files, issue(for_localhost())));
    const auto server = server_context(issue(for_localhost()), trusted_ca().ca_pem());
    session s = connect(*client, *server);
    EXPECT_EQ(first_read_error(s), errc::tls_client_cert_rejected);
}

TEST(tls_client_certificate, refusal_is_recognised_with_tls_1_2)
{
    const auto server = foreign_server(issue(for_localhost()), [](SSL_CTX* c) {
        SSL_CTX_set_max_proto_version(c, TLS1_2_VERSION);
        SSL_CTX_set_verify(c, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    });
    const session s = connect(*client_context(), server.get());
    ASSERT_EQ(s.client.status, io_status::failed);
    EXPECT_EQ(s.client_error(), errc::tls_client_cert_rejected);
}

TEST(tls_client_certificate, refusal_is_found_behind_a_reset_connection)
{
    const auto server = server_context(issue(for_localhost()), trusted_ca().ca_pem());
    session s = connect(*client_context(), *server);
    const linger reset{1, 0};
    ASSERT_EQ(::setsockopt(s.ends.server.descriptor(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset),
              0);
    s.ends.server.close();
    wait_readable(s.ends.client);
    io_result r{io_status::done};
    for (int i = 0; i < 10 && r.status == io_status::done; ++i) r = s.ends.client.write("x", 1);
    ASSERT_EQ(r.status, io_status::failed);
    EXPECT_EQ(s.ends.client.failure(r), errc::tls_client_cert_rejected);
}

} // namespace
