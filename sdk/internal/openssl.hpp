#ifndef MEC_INTERNAL_OPENSSL_HPP
#define MEC_INTERNAL_OPENSSL_HPP

/// @file
/// Owners for OpenSSL's objects.

#include <mec/config.hpp>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

template <auto Free> struct openssl_free {
    template <class T> void operator()(T* object) const noexcept { Free(object); }
};
template <class T, auto Free> using openssl_ptr = std::unique_ptr<T, openssl_free<Free>>;

using bio_ptr = openssl_ptr<BIO, &BIO_free_all>;
using evp_pkey_ptr = openssl_ptr<EVP_PKEY, &EVP_PKEY_free>;
using general_names_ptr = openssl_ptr<GENERAL_NAMES, &GENERAL_NAMES_free>;
using ssl_ctx_ptr = openssl_ptr<SSL_CTX, &SSL_CTX_free>;
using ssl_session_ptr = openssl_ptr<SSL_SESSION, &SSL_SESSION_free>;
using x509_ptr = openssl_ptr<X509, &X509_free>;

/// A BIO that reads `text` in place.
inline bio_ptr memory_bio(std::string_view text)
{
    return bio_ptr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

} // namespace internal
MEC_END_NAMESPACE

#endif
