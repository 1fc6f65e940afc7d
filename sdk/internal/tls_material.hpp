#ifndef MEC_INTERNAL_TLS_MATERIAL_HPP
#define MEC_INTERNAL_TLS_MATERIAL_HPP

/// @file
/// Certificates and keys from PEM text and files. Errors name the place, never the content.

#include "openssl.hpp"

#include <mec/core/result.hpp>
#include <mec/core/secret.hpp>

#include <string>
#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Reads a regular file of at most 4 MiB; errc::storage_error.
result<std::string> read_certificate_file(const std::string& path);
/// The same for a private key: unless `allow_open`, it must not be a symbolic link, must belong to
/// this user or root, and nobody else may have access; errc::config_invalid.
result<secret_string> read_key_file(const std::string& path, bool allow_open);

/// Every certificate of `pem`; at least one, and nothing cut off. `where` names the source in errors.
result<std::vector<x509_ptr>> parse_certificates(std::string_view pem, const std::string& where);
/// An unencrypted private key.
result<evp_pkey_ptr> parse_private_key(const secret_string& pem, const std::string& where);

/// Installs a certificate chain, leaf first, and its key; errc::config_invalid when they do not match.
result<> use_identity(SSL_CTX* context, const std::vector<x509_ptr>& chain, EVP_PKEY* key,
                      const std::string& where);

/// errc::config_invalid about `where`, with the oldest entry of OpenSSL's queue as the reason.
error invalid_material(const std::string& where, std::string text);

} // namespace internal
MEC_END_NAMESPACE

#endif
