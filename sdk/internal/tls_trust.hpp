#ifndef MEC_INTERNAL_TLS_TRUST_HPP
#define MEC_INTERNAL_TLS_TRUST_HPP

#include "openssl.hpp"

#include <mec/core/result.hpp>
#include <mec/http/options.hpp>

#include <string>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Adds to `store` the CAs that `options` name or, when they name none, the system's; the system's
/// bundle takes 20 ms to read and is not touched otherwise. SSL_CERT_FILE and SSL_CERT_DIR count only
/// for the latter.
/// @return how many CAs are trusted and where they came from, for people
result<std::string> load_trust(X509_STORE* store, const http::tls_options& options);

/// The CAs of PEM text.
result<std::size_t> add_authorities(X509_STORE* store, std::string_view pem,
                                    const std::string& where);

} // namespace internal
MEC_END_NAMESPACE

#endif
