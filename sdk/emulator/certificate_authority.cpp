#include <mec/emulator/certificate_authority.hpp>

#include "openssl.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include <array>
#include <cstdint>
#include <ctime>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace emulator {

struct certificate_authority::state {
    internal::x509_ptr certificate;
    internal::evp_pkey_ptr key;
    std::string root_pem;
    std::string chain_pem; ///< this authority's certificate and those above it, without the root
};

namespace {

using internal::bio_ptr;
using internal::evp_pkey_ptr;
using internal::x509_ptr;

error failed(const char* what)
{
    const unsigned long oldest = ERR_get_error();
    const char* reason = ERR_reason_error_string(oldest);
    ERR_clear_error();
    std::string text = std::string("cannot make the certificate: ") + what;
    if (reason != nullptr) text += std::string(" (") + reason + ")";
    return error(errc::config_invalid, std::move(text));
}

evp_pkey_ptr make_key(key_kind kind)
{
    switch (kind) {
    case key_kind::rsa_2048: return evp_pkey_ptr(EVP_RSA_gen(2048U));
    case key_kind::rsa_1024: return evp_pkey_ptr(EVP_RSA_gen(1024U));
    case key_kind::ecdsa_p256: break;
    }
    return evp_pkey_ptr(EVP_EC_gen("P-256"));
}

const EVP_MD* to_digest(signature_digest digest) noexcept
{
    switch (digest) {
    case signature_digest::sha384: return EVP_sha384();
    case signature_digest::sha1: return EVP_sha1();
    case signature_digest::sha256: break;
    }
    return EVP_sha256();
}

bool set_serial(X509* certificate)
{
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
    bytes[0] &= 0x7F; // RFC 5280 clause 4.1.2.2: positive
    const internal::openssl_ptr<BIGNUM, &BN_free> number(
        BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    return number != nullptr &&
           BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_dates(X509* certificate, std::chrono::seconds not_before, std::chrono::seconds not_after)
{
    const std::time_t now = std::time(nullptr);
    return ASN1_TIME_set(X509_getm_notBefore(certificate), now + not_before.count()) != nullptr &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), now + not_after.count()) != nullptr;
}

bool set_common_name(X509* certificate, const std::string& name)
{
    const auto* bytes = reinterpret_cast<const unsigned char*>(name.data());
    return name.empty() || X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate),
                                                      NID_commonName, MBSTRING_UTF8, bytes,
                                                      static_cast<int>(name.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, const X509* issuer, int kind, const char* value)
{
    X509V3_CTX context{};
    X509V3_set_ctx(&context, const_cast<X509*>(issuer), certificate, nullptr, nullptr, 0);
    const internal::openssl_ptr<X509_EXTENSION, &X509_EXTENSION_free> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// Not from a configuration string: a name with a comma would add a second one.
bool add_alternative_names(X509* certificate, const certificate_request& request)
{
    const internal::general_names_ptr names(GENERAL_NAMES_new());
    const auto add = [&](int kind, ASN1_STRING* value) {
        internal::openssl_ptr<GENERAL_NAME, &GENERAL_NAME_free> name(GENERAL_NAME_new());
        if (value == nullptr || name == nullptr) {
            ASN1_STRING_free(value);
            return false;
        }
        GENERAL_NAME_set0_value(name.get(), kind, value);
        if (sk_GENERAL_NAME_push(names.get(), name.get()) <= 0) return false;
        name.release();
        return true;
    };
    for (const std::string& dns : request.dns_names) {
        ASN1_IA5STRING* value = ASN1_IA5STRING_new();
        ASN1_STRING_set(value, dns.data(), static_cast<int>(dns.size()));
        if (!add(GEN_DNS, value)) return false;
    }
    for (const std::string& address : request.addresses)
        if (!add(GEN_IPADD, a2i_IPADDRESS(address.c_str()))) return false;
    const int critical = request.common_name.empty() ? 1 : 0; // RFC 5280 clause 4.2.1.6
    return sk_GENERAL_NAME_num(names.get()) == 0 ||
           X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), critical,
                             X509V3_ADD_DEFAULT) == 1;
}

const char* extended_usage(certificate_purpose purpose) noexcept
{
    switch (purpose) {
    case certificate_purpose::client: return "clientAuth";
    case certificate_purpose::server_and_client: return "serverAuth,clientAuth";
    case certificate_purpose::server: break;
    }
    return "serverAuth";
}

std::string take_text(const bio_ptr& bio)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return size <= 0 ? std::string() : std::string(data, static_cast<std::size_t>(size));
}

std::string to_pem(const X509* certificate)
{
    const bio_ptr out(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(out.get(), const_cast<X509*>(certificate));
    return take_text(out);
}

secret_string to_pem(const EVP_PKEY* key)
{
    const bio_ptr out(BIO_new(BIO_s_secmem())); // wiped when it is freed
    PEM_write_bio_PKCS8PrivateKey(out.get(), const_cast<EVP_PKEY*>(key), nullptr, nullptr, 0,
                                  nullptr, nullptr);
    return secret_string(take_text(out));
}

/// Version, serial, dates, subject and key; what the two kinds of certificates share.
x509_ptr make_draft(const std::string& common_name, std::chrono::seconds not_before,
                    std::chrono::seconds not_after, EVP_PKEY* key)
{
    ERR_clear_error();
    x509_ptr draft(X509_new());
    const bool ok =
        draft != nullptr && key != nullptr && X509_set_version(draft.get(), X509_VERSION_3) == 1 &&
        set_serial(draft.get()) && set_dates(draft.get(), not_before, not_after) &&
        set_common_name(draft.get(), common_name) && X509_set_pubkey(draft.get(), key) == 1;
    return ok ? std::move(draft) : nullptr;
}

/// Issuer, key identifiers and signature; the draft has everything else.
bool seal(X509* draft, const X509* issuer, EVP_PKEY* issuer_key, signature_digest digest)
{
    return X509_set_issuer_name(draft, X509_get_subject_name(issuer)) == 1 &&
           add_extension(draft, issuer, NID_subject_key_identifier, "hash") &&
           add_extension(draft, issuer, NID_authority_key_identifier, "keyid:always") &&
           X509_sign(draft, issuer_key, to_digest(digest)) > 0;
}

/// @param issuer  null: self-signed
result<std::pair<x509_ptr, evp_pkey_ptr>> make_leaf(const certificate_request& request,
                                                    const X509* issuer, EVP_PKEY* issuer_key)
{
    evp_pkey_ptr key = make_key(request.key);
    x509_ptr draft =
        make_draft(request.common_name, request.not_before, request.not_after, key.get());
    if (draft == nullptr) return failed("common name, dates or key");
    X509* leaf = draft.get();
    const char* usage = request.key == key_kind::ecdsa_p256
                            ? "critical,digitalSignature"
                            : "critical,digitalSignature,keyEncipherment";
    if (!add_extension(leaf, leaf, NID_basic_constraints, "critical,CA:FALSE") ||
        !add_extension(leaf, leaf, NID_key_usage, usage) ||
        !add_extension(leaf, leaf, NID_ext_key_usage, extended_usage(request.purpose)))
        return failed("its usage");
    if (!add_alternative_names(leaf, request))
        return failed("a DNS name or address in it is not valid");
    const bool own = issuer == nullptr;
    if (!seal(leaf, own ? leaf : issuer, own ? key.get() : issuer_key, request.digest))
        return failed("the signature");
    return std::pair(std::move(draft), std::move(key));
}

} // namespace

certificate_authority::certificate_authority(std::shared_ptr<const state> s) : state_(std::move(s))
{
}

result<certificate_authority> certificate_authority::create_below(const state* parent,
                                                                  const authority_options& options)
{
    auto made = std::make_shared<state>();
    made->key = make_key(options.key);
    made->certificate =
        make_draft(options.common_name, options.not_before, options.not_after, made->key.get());
    X509* certificate = made->certificate.get();
    if (certificate == nullptr || options.common_name.empty())
        return failed("common name, dates or key of the authority");
    const char* constraints = options.is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE";
    const char* usage =
        options.is_authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature";
    const X509* issuer = parent == nullptr ? certificate : parent->certificate.get();
    EVP_PKEY* issuer_key = parent == nullptr ? made->key.get() : parent->key.get();
    if (!add_extension(certificate, certificate, NID_basic_constraints, constraints) ||
        !add_extension(certificate, certificate, NID_key_usage, usage) ||
        !seal(certificate, issuer, issuer_key, signature_digest::sha256))
        return failed("the authority's usage or signature");
    made->root_pem = parent == nullptr ? to_pem(certificate) : parent->root_pem;
    if (parent != nullptr) made->chain_pem = to_pem(certificate) + parent->chain_pem;
    return certificate_authority(std::move(made));
}

result<certificate_authority> certificate_authority::create(const authority_options& options)
{
    return create_below(nullptr, options);
}

result<certificate_authority>
certificate_authority::create_intermediate(const authority_options& options) const
{
    return create_below(state_.get(), options);
}

result<certificate_authority> certificate_authority::load(const std::string& ca_pem,
                                                          const secret_string& key_pem)
{
    ERR_clear_error();
    auto loaded = std::make_shared<state>();
    const bio_ptr certificate = internal::memory_bio(ca_pem);
    const bio_ptr key = internal::memory_bio(key_pem.reveal());
    pem_password_cb* const no_passphrase = [](char*, int, int, void*) { return -1; };
    loaded->certificate.reset(
        PEM_read_bio_X509(certificate.get(), nullptr, no_passphrase, nullptr));
    loaded->key.reset(PEM_read_bio_PrivateKey(key.get(), nullptr, no_passphrase, nullptr));
    if (loaded->certificate == nullptr || loaded->key == nullptr)
        return failed("the authority's certificate or key cannot be read");
    if (X509_check_private_key(loaded->certificate.get(), loaded->key.get()) != 1)
        return failed("the authority's certificate and key do not belong together");
    if (X509_cmp_current_time(X509_get0_notAfter(loaded->certificate.get())) <= 0)
        return failed("the authority's certificate has expired");
    loaded->root_pem = to_pem(loaded->certificate.get());
    return certificate_authority(std::move(loaded));
}

secret_string certificate_authority::key_pem() const { return to_pem(state_->key.get()); }

const std::string& certificate_authority::ca_pem() const noexcept { return state_->root_pem; }

result<issued_certificate> certificate_authority::issue(const certificate_request& request) const
{
    const auto leaf = make_leaf(request, state_->certificate.get(), state_->key.get());
    if (!leaf) return leaf.error();
    const std::string chain = request.with_chain ? state_->chain_pem : std::string();
    return issued_certificate{to_pem(leaf->first.get()) + chain, to_pem(leaf->second.get())};
}

result<issued_certificate> certificate_authority::self_signed(const certificate_request& request)
{
    const auto leaf = make_leaf(request, nullptr, nullptr);
    if (!leaf) return leaf.error();
    return issued_certificate{to_pem(leaf->first.get()), to_pem(leaf->second.get())};
}

} // namespace emulator
MEC_END_NAMESPACE
