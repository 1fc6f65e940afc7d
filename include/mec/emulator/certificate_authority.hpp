#ifndef MEC_EMULATOR_CERTIFICATE_AUTHORITY_HPP
#define MEC_EMULATOR_CERTIFICATE_AUTHORITY_HPP

/// @file
/// A throw-away certificate authority, so that TLS can be used in development and tests without any
/// file or tool. Everything lives in memory. Not for production.

#include <mec/core/result.hpp>
#include <mec/core/secret.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace emulator {

enum class key_kind { ecdsa_p256, rsa_2048, rsa_1024 };
enum class signature_digest { sha256, sha384, sha1 };
enum class certificate_purpose { server, client, server_and_client };

struct authority_options {
    std::string common_name = "MEC emulator throw-away CA"; ///< 1..64 characters
    key_kind key = key_kind::ecdsa_p256;
    std::chrono::seconds not_before{-3600};     ///< relative to now
    std::chrono::seconds not_after{30 * 86400}; ///< relative to now
    bool is_authority = true; ///< false: basicConstraints CA:FALSE, to see that it is refused
};

/// What a certificate shall say. The defaults are a server certificate without names.
struct certificate_request {
    std::string common_name = "mec-emulator"; ///< at most 64 characters; empty: no subject
    std::vector<std::string> dns_names;       ///< subject alternative names
    std::vector<std::string> addresses;       ///< the same: IPv4 and IPv6 literals
    std::chrono::seconds not_before{-3600};   ///< relative to now
    std::chrono::seconds not_after{86400};    ///< relative to now
    certificate_purpose purpose = certificate_purpose::server;
    key_kind key = key_kind::ecdsa_p256;
    signature_digest digest = signature_digest::sha256;
    bool with_chain = true; ///< append the intermediate authorities to the certificate
};

struct issued_certificate {
    std::string certificate_pem; ///< the certificate, then its intermediates
    secret_string key_pem;       ///< PKCS #8, unencrypted
};

/// Issues certificates that pass strict X.509 checks, unless the request asks for a flaw. A cheap
/// handle: copies share one authority. Immutable, so that threads may share it.
/// Every function fails only with errc::config_invalid, saying which part of the request is wrong.
class MEC_API certificate_authority {
public:
    /// A new self-signed root with a new key.
    static result<certificate_authority> create(const authority_options& options = {});
    /// An authority below this one. It issues certificates that carry its own as their chain.
    result<certificate_authority> create_intermediate(const authority_options& options = {}) const;

    /// A root that create() has made earlier, from its ca_pem() and key_pem().
    /// @return also errc::config_invalid when the two do not belong together, or it has expired.
    static result<certificate_authority> load(const std::string& ca_pem,
                                              const secret_string& key_pem);

    /// The root certificate: what a client must trust.
    const std::string& ca_pem() const noexcept;
    /// This authority's own key (PKCS #8, unencrypted), for load().
    secret_string key_pem() const;
    result<issued_certificate> issue(const certificate_request& request) const;
    /// A certificate signed with its own key: no authority vouches for it.
    static result<issued_certificate> self_signed(const certificate_request& request);

private:
    struct state;

    explicit certificate_authority(std::shared_ptr<const state> s);
    static result<certificate_authority> create_below(const state* parent,
                                                      const authority_options& options);
    std::shared_ptr<const state> state_;
};

} // namespace emulator
MEC_END_NAMESPACE

#endif
