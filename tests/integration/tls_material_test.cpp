// Certificates and keys in files and text: what is refused, and how it is told.

#include "tls_loopback.hpp"

#include <gmock/gmock.h>

#include <openssl/pem.h>

#include <string>

#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace tls_test;
using mec::errc;
using testing::HasSubstr;
using testing::Not;

class tls_material : public testing::Test {
protected:
    /// A client context with this certificate and key.
    mec::error load(const std::string& chain_file, const std::string& key_file,
                    bool allow_open_key_file = false)
    {
        mec::http::tls_options options = trusting();
        options.cert_file = chain_file;
        options.key_file = key_file;
        options.allow_open_key_file = allow_open_key_file;
        const auto made = tls_context::client(options);
        return made ? mec::error() : made.error();
    }
    mec::error load_key(const std::string& key_file, bool allow_open_key_file = false)
    {
        return load(cert_file, key_file, allow_open_key_file);
    }
    mec::error load_ca(const std::string& pem)
    {
        mec::http::tls_options options;
        options.ca_pem = pem;
        const auto made = tls_context::client(options);
        return made ? mec::error() : made.error();
    }

    temporary_directory files;
    issued_certificate certificate = issue(for_localhost());
    std::string key{certificate.key_pem.reveal()};
    std::string cert_file = files.write("cert.pem", certificate.certificate_pem, 0644);
};

TEST_F(tls_material, a_key_file_for_its_owner_alone_is_accepted)
{
    EXPECT_FALSE(load_key(files.write("key", key, 0600)));
    EXPECT_FALSE(load_key(files.write("key", key, 0400)));
}

TEST_F(tls_material, a_key_file_that_others_may_read_is_refused_unless_allowed)
{
    for (const unsigned mode : {0640U, 0604U, 0644U, 0660U, 0620U, 0601U}) {
        const std::string file = files.write("key", key, mode);
        const mec::error e = load_key(file);
        EXPECT_EQ(e, errc::config_invalid) << std::oct << mode;
        EXPECT_EQ(e.info().endpoint, file);
        EXPECT_THAT(e.what(), HasSubstr("0600"));
        EXPECT_FALSE(load_key(file, true));
    }
}

TEST_F(tls_material, a_symbolic_link_to_a_key_is_refused_unless_allowed)
{
    const std::string file = files.write("key", key);
    ASSERT_EQ(::symlink(file.c_str(), files.path("link").c_str()), 0);
    const mec::error e = load_key(files.path("link"));
    EXPECT_EQ(e, errc::config_invalid);
    EXPECT_THAT(e.what(), HasSubstr("symbolic link"));
    EXPECT_FALSE(load_key(files.path("link"), true));
}

TEST_F(tls_material, what_is_no_regular_file_is_refused_without_waiting)
{
    ASSERT_EQ(::mkfifo(files.path("fifo").c_str(), 0600), 0);
    EXPECT_EQ(load_key(files.path("fifo")), errc::storage_error);
    EXPECT_EQ(load_key(files.path("."), true), errc::storage_error);
    EXPECT_EQ(load_key("/dev/zero", true), errc::storage_error);
}

TEST_F(tls_material, a_missing_file_is_named)
{
    const mec::error e = load_key(files.path("none"));
    EXPECT_EQ(e, errc::storage_error);
    EXPECT_THAT(e.info().endpoint, HasSubstr(files.path("none")));
    EXPECT_EQ(e.info().system, boost::system::errc::no_such_file_or_directory);
    EXPECT_EQ(load(files.path("none"), files.write("key", key)), errc::storage_error);
    mec::http::tls_options options;
    options.ca_file = files.path("none");
    EXPECT_EQ(tls_context::client(options).error(), errc::storage_error);
}

TEST_F(tls_material, certificate_and_key_need_each_other)
{
    EXPECT_EQ(load(cert_file, ""), errc::config_invalid);
    EXPECT_EQ(load("", files.write("key", key)), errc::config_invalid);
}

TEST_F(tls_material, the_key_of_another_certificate_is_refused)
{
    const issued_certificate other = issue(for_localhost());
    const mec::error e = load_key(files.write("key", other.key_pem.reveal()));
    EXPECT_EQ(e, errc::config_invalid);
    EXPECT_THAT(e.what(), HasSubstr("does not belong to the certificate"));
    const auto server = tls_context::server({certificate.certificate_pem, other.key_pem, {}});
    EXPECT_EQ(server.error(), errc::config_invalid);
}

TEST_F(tls_material, an_encrypted_key_is_refused_without_asking_for_a_passphrase)
{
    const auto in = mec::internal::memory_bio(key);
    const mec::internal::evp_pkey_ptr parsed(
        PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
    const mec::internal::bio_ptr out(BIO_new(BIO_s_mem()));
    ASSERT_EQ(PEM_write_bio_PKCS8PrivateKey(out.get(), parsed.get(), EVP_aes_256_cbc(), "secret", 6,
                                            nullptr, nullptr),
              1);
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    const mec::error e =
        load_key(files.write("key", std::string_view(data, static_cast<std::size_t>(size))));
    EXPECT_EQ(e, errc::config_invalid);
    EXPECT_THAT(e.what(), HasSubstr("unencrypted"));
}

TEST_F(tls_material, errors_do_not_repeat_the_content)
{
    const std::string marker = "QUJDREVGR0hJSktMTU5PUFFS";
    const std::string body = key.substr(28, 40);
    for (const std::string& text :
         {marker, "-----BEGIN PRIVATE KEY-----\n" + marker + "\n",
          "-----BEGIN PRIVATE KEY-----\n" + marker + "\n-----END PRIVATE KEY-----\n",
          key.substr(0, key.size() / 2)}) {
        const mec::error e = load_key(files.write("key", text));
        EXPECT_EQ(e, errc::config_invalid);
        EXPECT_THAT(e.what(), Not(HasSubstr(marker)));
        EXPECT_THAT(e.what(), Not(HasSubstr(body)));
    }
}

TEST_F(tls_material, garbage_is_no_ca)
{
    EXPECT_EQ(load_ca("garbage"), errc::config_invalid);
    EXPECT_EQ(load_ca(std::string(100, '\0')), errc::config_invalid);
    EXPECT_EQ(load_ca("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
              errc::config_invalid);
    EXPECT_EQ(load_ca(key), errc::config_invalid);
    mec::http::tls_options options;
    options.ca_file = files.write("empty.pem", "");
    EXPECT_EQ(tls_context::client(options).error(), errc::config_invalid);
}

TEST_F(tls_material, comments_around_certificates_are_welcome)
{
    EXPECT_FALSE(load_ca("# our CA\n" + trusted_ca().ca_pem() + "\n# the end\n"));
}

TEST_F(tls_material, a_half_written_bundle_is_refused_wherever_it_ends)
{
    const std::string first = trusted_ca().ca_pem();
    const std::string bundle = first + certificate_authority::create().value().ca_pem();
    ASSERT_FALSE(load_ca(bundle));
    for (std::size_t size = 0; size + 1 < bundle.size(); ++size) {
        // Whole first certificate, or not even enough of the second one's first line to be seen.
        if (size + 1 >= first.size() && size <= first.size() + 1) continue;
        if (size == 0) // no CA named: the system's
            continue;
        ASSERT_EQ(load_ca(bundle.substr(0, size)), errc::config_invalid) << size;
    }
}

TEST_F(tls_material, every_file_has_a_size_limit)
{
    mec::http::tls_options options;
    options.ca_file = files.write("large.pem", std::string(4 * 1024 * 1024 + 1, '\n'));
    const auto made = tls_context::client(options);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error(), errc::storage_error);
    EXPECT_THAT(made.error().what(), HasSubstr("larger than 4194304 bytes"));
}

TEST_F(tls_material, a_server_needs_usable_text)
{
    EXPECT_EQ(tls_context::server({}).error(), errc::config_invalid);
    EXPECT_EQ(tls_context::server({certificate.certificate_pem, {}, {}}).error(),
              errc::config_invalid);
    EXPECT_EQ(
        tls_context::server({certificate.certificate_pem, certificate.key_pem, "garbage"}).error(),
        errc::config_invalid);
}

TEST(certificate_authority, says_what_is_wrong_with_a_request)
{
    certificate_request request;
    request.addresses = {"300.1.1.1"};
    const auto bad_address = trusted_ca().issue(request);
    ASSERT_FALSE(bad_address);
    EXPECT_EQ(bad_address.error(), errc::config_invalid);
    EXPECT_THAT(bad_address.error().what(), HasSubstr("address"));
    request = {};
    request.common_name = std::string(65, 'x');
    EXPECT_EQ(trusted_ca().issue(request).error(), errc::config_invalid);
}

TEST(certificate_authority, two_of_them_are_different)
{
    const auto a = certificate_authority::create().value();
    const auto b = certificate_authority::create().value();
    EXPECT_NE(a.ca_pem(), b.ca_pem());
    EXPECT_NE(issue(for_localhost(), a).certificate_pem, issue(for_localhost(), a).certificate_pem);
}

} // namespace
