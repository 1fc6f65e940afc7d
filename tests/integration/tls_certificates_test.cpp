// Which certificates are accepted, and what is said about those that are not.

#include "tls_loopback.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

namespace {

using namespace tls_test;
using namespace std::chrono_literals;
using mec::errc;
using mec::emulator::authority_options;
using mec::emulator::certificate_purpose;
using mec::emulator::key_kind;
using mec::emulator::signature_digest;
using testing::AllOf;
using testing::HasSubstr;

certificate_request for_names(std::vector<std::string> names)
{
    certificate_request request;
    request.dns_names = std::move(names);
    return request;
}

TEST(tls_certificates, a_certificate_of_the_named_ca_is_accepted_with_tls_1_3)
{
    const session s = connect_to(issue(for_localhost()));
    ASSERT_TRUE(s.ok()) << s.client_error();
    EXPECT_EQ(SSL_version(s.ends.client.ssl()), TLS1_3_VERSION);
}

TEST(tls_certificates, rsa_is_accepted_as_well)
{
    certificate_request request = for_localhost();
    request.key = key_kind::rsa_2048;
    const session s = connect_to(issue(request));
    EXPECT_TRUE(s.ok()) << s.client_error();
}

TEST(tls_certificates, an_expired_one_is_named_with_its_date)
{
    certificate_request request = for_localhost();
    request.not_before = -48h;
    request.not_after = -24h;
    const session s = connect_to(issue(request));
    ASSERT_EQ(s.client.status, io_status::failed);
    EXPECT_EQ(s.client_error(), errc::tls_expired);
    EXPECT_THAT(s.client_error().what(),
                AllOf(HasSubstr("has expired at 20"), HasSubstr("CN=test server")));
}

TEST(tls_certificates, one_that_is_not_valid_yet_is_named_with_its_date)
{
    certificate_request request = for_localhost();
    request.not_before = 24h;
    request.not_after = 48h;
    const session s = connect_to(issue(request));
    EXPECT_EQ(s.client_error(), errc::tls_not_yet_valid);
    EXPECT_THAT(s.client_error().what(),
                AllOf(HasSubstr("only from 20"), HasSubstr("CN=test server")));
}

TEST(tls_certificates, an_expired_authority_expires_what_it_issued)
{
    authority_options options;
    options.not_before = -48h;
    options.not_after = -1h;
    const auto ca = certificate_authority::create(options).value();
    const session s = connect_to(issue(for_localhost(), ca), "localhost", trusting(ca));
    EXPECT_EQ(s.client_error(), errc::tls_expired);
    EXPECT_THAT(s.client_error().what(), HasSubstr(options.common_name));
}

TEST(tls_certificates, the_wrong_name_is_reported_with_the_right_ones)
{
    const session s = connect_to(
        issue(for_names({"a.example", "b.example", "c", "d", "e", "f", "g"})), "mec.example");
    EXPECT_EQ(s.client_error(), errc::tls_host_mismatch);
    EXPECT_EQ(s.client_error(), mec::condition::untrusted_peer);
    EXPECT_THAT(s.client_error().what(),
                AllOf(HasSubstr("wanted mec.example"),
                      HasSubstr("is for a.example, b.example, c, d, e, and more")));
}

struct name_case {
    const char* in_certificate;
    const char* dialled;
    bool accepted;
};

class tls_names : public testing::TestWithParam<name_case> {};

TEST_P(tls_names, follow_rfc_9525)
{
    const name_case& c = GetParam();
    const session s = connect_to(issue(for_names({c.in_certificate})), c.dialled);
    EXPECT_EQ(s.ok(), c.accepted) << c.in_certificate << " for " << c.dialled;
    if (!c.accepted) {
        EXPECT_EQ(s.client_error(), errc::tls_host_mismatch);
    }
}

INSTANTIATE_TEST_SUITE_P(
    table, tls_names,
    testing::Values(name_case{"mec.example", "mec.example", true},
                    name_case{"mec.example", "MEC.Example", true},
                    name_case{"MEC.EXAMPLE", "mec.example", true},
                    name_case{"mec.example", "mec.example.", true},
                    name_case{"mec.example", "x.mec.example", false},
                    name_case{"x.mec.example", "mec.example", false},
                    name_case{"*.mec.example", "a.mec.example", true},
                    name_case{"*.mec.example", "a.b.mec.example", false},
                    name_case{"*.mec.example", "mec.example", false},
                    name_case{"*.*.mec.example", "a.b.mec.example", false},
                    name_case{"a.*.example", "a.b.example", false},
                    name_case{"f*o.mec.example", "foo.mec.example", false},
                    name_case{"f*.mec.example", "foo.mec.example", false},
                    name_case{"*o.mec.example", "foo.mec.example", false},
                    name_case{"*.example", "mec.example", false},
                    name_case{"*", "localhost", false},
                    name_case{"xn--bcher-kva.example", "xn--bcher-kva.example", true},
                    name_case{"xn--*.mec.example", "xn--a.mec.example", false},
                    name_case{"127.0.0.1", "127.0.0.1", false}, name_case{"::1", "::1", false}));

class tls_addresses : public testing::TestWithParam<name_case> {};

TEST_P(tls_addresses, match_address_entries_only)
{
    const name_case& c = GetParam();
    certificate_request request;
    request.addresses = {c.in_certificate};
    const session s = connect_to(issue(request), c.dialled);
    EXPECT_EQ(s.ok(), c.accepted) << c.in_certificate << " for " << c.dialled;
    EXPECT_EQ(SSL_get_servername(s.ends.server.ssl(), TLSEXT_NAMETYPE_host_name) == nullptr,
              std::string_view(c.dialled) != "localhost");
    if (!c.accepted) {
        EXPECT_EQ(s.client_error(), errc::tls_host_mismatch);
    }
}

INSTANTIATE_TEST_SUITE_P(table, tls_addresses,
                         testing::Values(name_case{"127.0.0.1", "127.0.0.1", true},
                                         name_case{"127.0.0.2", "127.0.0.1", false},
                                         name_case{"127.0.0.1", "localhost", false},
                                         name_case{"::1", "::1", true},
                                         name_case{"::1", "0:0:0:0:0:0:0:1", true},
                                         name_case{"2001:db8::1", "2001:DB8::1", true},
                                         name_case{"2001:db8::1", "2001:db8::2", false},
                                         name_case{"127.0.0.1", "::ffff:127.0.0.1", false}));

TEST(tls_certificates, without_alternative_names_match_nothing)
{
    certificate_request request;
    request.common_name = "localhost";
    const session s = connect_to(issue(request));
    EXPECT_EQ(s.client_error(), errc::tls_host_mismatch);
    EXPECT_THAT(s.client_error().what(), HasSubstr("the common name does not count"));
}

TEST(tls_certificates, the_common_name_counts_on_request_only)
{
    certificate_request request;
    request.common_name = "localhost";
    mec::http::tls_options options = trusting();
    options.allow_common_name = true;
    EXPECT_TRUE(connect_to(issue(request), "localhost", options).ok());
    EXPECT_EQ(connect_to(issue(request), "mec.example", options).client_error(),
              errc::tls_host_mismatch);
    request.dns_names = {"mec.example"}; // RFC 6125: then the common name is no name any more
    EXPECT_EQ(connect_to(issue(request), "localhost", options).client_error(),
              errc::tls_host_mismatch);
}

TEST(tls_certificates, the_server_name_option_replaces_the_dialled_name)
{
    mec::http::tls_options options = trusting();
    options.server_name = "mec.example";
    const session s = connect_to(issue(for_names({"mec.example"})), "127.0.0.1", options);
    ASSERT_TRUE(s.ok()) << s.client_error();
    EXPECT_STREQ(SSL_get_servername(s.ends.server.ssl(), TLSEXT_NAMETYPE_host_name), "mec.example");
}

TEST(tls_certificates, names_that_would_switch_the_check_off_are_refused)
{
    const auto context = client_context();
    using std::string_view;
    for (const string_view host :
         {string_view(""), string_view("."), string_view(".mec.example"), string_view("a..b"),
          string_view("a\0b", 3), string_view("127.0.0.1\0.evil", 15), string_view("a b"),
          string_view("fe80::1%eth0"), string_view("*.mec.example")}) {
        const auto made = context->connect_session(host, 443);
        ASSERT_FALSE(made) << host;
        EXPECT_EQ(made.error(), errc::config_invalid);
    }
}

TEST(tls_certificates, a_self_signed_one_is_not_trusted)
{
    const session s = connect_to(certificate_authority::self_signed(for_localhost()).value());
    EXPECT_EQ(s.client_error(), errc::tls_untrusted);
    EXPECT_THAT(s.client_error().what(),
                AllOf(HasSubstr("self-signed"), HasSubstr("trusted: 1 CA from ca_pem")));
}

TEST(tls_certificates, another_authority_is_not_trusted)
{
    authority_options options;
    options.common_name = "somebody else";
    const auto other = certificate_authority::create(options).value();
    const session s = connect_to(issue(for_localhost(), other));
    EXPECT_EQ(s.client_error(), errc::tls_untrusted);
    EXPECT_THAT(s.client_error().what(), HasSubstr("issuer \"CN=somebody else\""));
}

TEST(tls_certificates, an_authority_of_the_same_name_is_not_trusted)
{
    const auto impostor = certificate_authority::create().value();
    EXPECT_EQ(connect_to(issue(for_localhost(), impostor)).client_error(), errc::tls_untrusted);
}

TEST(tls_certificates, an_issuer_that_is_no_authority_is_refused)
{
    authority_options options;
    options.common_name = "only a server";
    options.is_authority = false;
    const auto below = trusted_ca().create_intermediate(options).value();
    EXPECT_EQ(connect_to(issue(for_localhost(), below)).client_error(), errc::tls_untrusted);
    const auto root = certificate_authority::create(options).value();
    EXPECT_EQ(connect_to(issue(for_localhost(), root), "localhost", trusting(root)).client_error(),
              errc::tls_untrusted);
}

TEST(tls_certificates, an_intermediate_must_be_sent)
{
    authority_options options;
    options.common_name = "intermediate";
    const auto below = trusted_ca().create_intermediate(options).value();
    EXPECT_EQ(below.ca_pem(), trusted_ca().ca_pem());
    certificate_request request = for_localhost();
    EXPECT_TRUE(connect_to(issue(request, below)).ok());
    request.with_chain = false;
    const session s = connect_to(issue(request, below));
    EXPECT_EQ(s.client_error(), errc::tls_untrusted);
    EXPECT_THAT(s.client_error().what(), HasSubstr("issuer \"CN=intermediate\""));
}

TEST(tls_certificates, an_intermediate_alone_is_no_trust_anchor)
{
    const auto below = trusted_ca().create_intermediate().value();
    const auto pem = issue(for_localhost(), below).certificate_pem;
    mec::http::tls_options options;
    options.ca_pem = pem.substr(pem.find("-----BEGIN", 1));
    const session s = connect_to(issue(for_localhost(), below), "localhost", options);
    EXPECT_EQ(s.client_error(), errc::tls_untrusted);
}

TEST(tls_certificates, a_very_long_chain_is_refused)
{
    certificate_authority lowest = trusted_ca();
    for (int i = 0; i < 12; ++i) lowest = lowest.create_intermediate().value();
    const session s = connect_to(issue(for_localhost(), lowest));
    EXPECT_EQ(s.client_error(), errc::tls_untrusted);
}

TEST(tls_certificates, a_client_certificate_does_not_make_a_server)
{
    certificate_request request = for_localhost();
    request.purpose = certificate_purpose::client;
    EXPECT_EQ(connect_to(issue(request)).client_error(), errc::tls_untrusted);
}

TEST(tls_certificates, weak_ones_are_refused_by_clients)
{
    const auto client = client_context();
    certificate_request small = for_localhost();
    small.key = key_kind::rsa_1024;
    const session s = connect(*client, foreign_server(issue(small)).get());
    EXPECT_EQ(s.client_error(), errc::tls_untrusted);
    EXPECT_THAT(s.client_error().what(), HasSubstr("key too weak"));

    certificate_request old = for_localhost();
    old.digest = signature_digest::sha1;
    const session t = connect(*client, foreign_server(issue(old)).get());
    EXPECT_EQ(t.client_error(), errc::tls_untrusted);
    EXPECT_THAT(t.client_error().what(), HasSubstr("digest algorithm too weak"));
}

TEST(tls_certificates, weak_ones_are_refused_by_servers_at_once)
{
    certificate_request small = for_localhost();
    small.key = key_kind::rsa_1024;
    const issued_certificate weak = issue(small);
    const auto made = tls_context::server({weak.certificate_pem, weak.key_pem, {}});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error(), errc::config_invalid);
    EXPECT_THAT(made.error().what(), HasSubstr("ee key too small"));
}

TEST(tls_certificates, what_a_peer_wrote_cannot_break_a_log_line)
{
    certificate_request request = for_names({"bad\r\nname\x1b[31m", std::string(5000, 'x')});
    request.common_name = "line\r\nbreak";
    const std::string text = connect_to(issue(request), "mec.example").client_error().what();
    EXPECT_EQ(text.find_first_of("\r\n\x1b"), text.npos);
    EXPECT_LT(text.size(), 2000U);
}

TEST(tls_trust, the_environment_counts_only_without_a_named_ca)
{
    const temporary_directory files;
    const auto other = certificate_authority::create().value();
    ASSERT_EQ(::setenv("SSL_CERT_FILE", files.write("ca.pem", other.ca_pem()).c_str(), 1), 0);
    const issued_certificate certificate = issue(for_localhost(), other);
    const auto system = client_context(mec::http::tls_options{});
    const auto named = client_context(trusting());
    ::unsetenv("SSL_CERT_FILE");
    const auto server = server_context(certificate);
    EXPECT_TRUE(connect(*system, *server).ok());
    EXPECT_THAT(system->trust_summary(), HasSubstr("ca.pem"));
    EXPECT_EQ(connect(*named, *server).client_error(), errc::tls_untrusted);
}

TEST(tls_trust, the_systems_authorities_do_not_vouch_for_a_private_one)
{
    const session s = connect_to(issue(for_localhost()), "localhost", mec::http::tls_options{});
    EXPECT_EQ(s.client_error(), errc::tls_untrusted);
}

TEST(tls_trust, file_and_text_are_added_up)
{
    const temporary_directory files;
    const auto other = certificate_authority::create().value();
    mec::http::tls_options options = trusting();
    options.ca_file = files.write("ca.pem", other.ca_pem(), 0644);
    const auto client = client_context(options);
    EXPECT_EQ(client->trust_summary(), "1 CA from " + options.ca_file + ", 1 CA from ca_pem");
    EXPECT_TRUE(connect(*client, *server_context(issue(for_localhost(), other))).ok());
    EXPECT_TRUE(connect(*client, *server_context(issue(for_localhost()))).ok());
}

} // namespace
