// Which TLS sessions are resumed, and which never.

#include "tls_loopback.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace {

using namespace tls_test;
using mec::errc;

TEST(tls_resumption, the_second_connection_to_a_host_resumes)
{
    const auto client = client_context();
    const auto server = server_context(issue(for_localhost()));
    session first = connect(*client, *server);
    EXPECT_FALSE(first.resumed());
    take_tickets(first);
    first.ends.client.close(); // without close_notify: the ticket is good all the same
    session second = connect(*client, *server);
    ASSERT_TRUE(second.ok()) << second.client_error();
    EXPECT_TRUE(second.resumed());
    EXPECT_EQ(SSL_get_verify_result(second.ends.client.ssl()), X509_V_OK);
}

TEST(tls_resumption, is_per_host_and_port_and_context)
{
    const auto client = client_context();
    const auto server = server_context(issue(for_localhost()));
    session first = connect(*client, *server, "localhost", 443);
    take_tickets(first);
    EXPECT_FALSE(connect(*client, *server, "localhost", 444).resumed());
    EXPECT_FALSE(connect(*client, *server, "127.0.0.1", 443).resumed());
    EXPECT_FALSE(connect(*client_context(), *server, "localhost", 443).resumed());
    EXPECT_TRUE(connect(*client, *server, "localhost", 443).resumed());
}

TEST(tls_resumption, uses_a_ticket_once)
{
    const auto client = client_context();
    const auto server = server_context(issue(for_localhost()));
    session first = connect(*client, *server);
    take_tickets(first); // two
    EXPECT_TRUE(connect(*client, *server).resumed());
    EXPECT_TRUE(connect(*client, *server).resumed());
    EXPECT_FALSE(connect(*client, *server).resumed());
}

TEST(tls_resumption, works_with_tls_1_2_any_number_of_times)
{
    const auto client = client_context();
    const auto server = foreign_server(issue(for_localhost()), [](SSL_CTX* c) {
        SSL_CTX_set_max_proto_version(c, TLS1_2_VERSION);
    });
    EXPECT_FALSE(connect(*client, server.get()).resumed());
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(connect(*client, server.get()).resumed());
}

TEST(tls_resumption, works_with_client_certificates)
{
    const temporary_directory files;
    const auto client = client_context(with_identity(files, issue(for_client())));
    const auto server = server_context(issue(for_localhost()), trusted_ca().ca_pem());
    session first = connect(*client, *server);
    take_tickets(first);
    const session second = connect(*client, *server);
    EXPECT_TRUE(second.ok());
    EXPECT_TRUE(second.resumed());
}

TEST(tls_resumption, a_server_that_lost_its_keys_gets_a_full_handshake)
{
    const auto client = client_context();
    const issued_certificate certificate = issue(for_localhost());
    session first = connect(*client, *server_context(certificate));
    take_tickets(first);
    const session second = connect(*client, *server_context(certificate));
    ASSERT_TRUE(second.ok()) << second.client_error();
    EXPECT_FALSE(second.resumed());
}

TEST(tls_resumption, does_not_carry_trust_over_to_an_impostor)
{
    const auto client = client_context();
    session first = connect(*client, *server_context(issue(for_localhost())));
    take_tickets(first);
    const auto impostor = certificate_authority::create().value();
    EXPECT_EQ(connect(*client, *server_context(issue(for_localhost(), impostor))).client_error(),
              errc::tls_untrusted);
}

TEST(tls_resumption, never_sends_early_data)
{
    const auto client = client_context();
    const auto server = foreign_server(issue(for_localhost()),
                                       [](SSL_CTX* c) { SSL_CTX_set_max_early_data(c, 16384); });
    session first = connect(*client, server.get());
    take_tickets(first);
    const session second = connect(*client, server.get());
    ASSERT_TRUE(second.resumed());
    EXPECT_EQ(SSL_get_early_data_status(second.ends.server.ssl()), SSL_EARLY_DATA_NOT_SENT);
}

TEST(tls_resumption, the_cache_is_bounded)
{
    const auto client = client_context();
    const auto server = server_context(issue(for_localhost()));
    for (std::uint16_t port = 1; port <= 65; ++port) {
        session s = connect(*client, *server, "localhost", port);
        take_tickets(s);
    }
    EXPECT_FALSE(connect(*client, *server, "localhost", 1).resumed());
    EXPECT_TRUE(connect(*client, *server, "localhost", 2).resumed());
}

} // namespace
