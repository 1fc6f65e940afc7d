#include "tls_context.hpp"

#include "text.hpp"
#include "tls_failure.hpp"
#include "tls_material.hpp"
#include "tls_trust.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include <arpa/inet.h>

MEC_BEGIN_NAMESPACE
namespace internal {

struct tls_context::state {
    ssl_ctx_ptr context;
    std::string server_name;
    bool allow_common_name = false;
    std::shared_ptr<tls_shared> shared = std::make_shared<tls_shared>();
};

namespace {

constexpr char ciphers_1_2[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:@SECLEVEL=2";
constexpr char ciphers_1_3[] =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr std::array<unsigned char, 9> http_1_1 = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
constexpr unsigned char session_scope[] = "mec";
constexpr int max_chain = 10;

// --- Callbacks ---

int on_verify(int ok, X509_STORE_CTX* store)
{
    const auto* ssl = static_cast<const SSL*>(
        X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    tls_note* note = note_of(ssl);
    X509* current = X509_STORE_CTX_get_current_cert(store);
    if (ok == 0 && note != nullptr && current != nullptr && X509_up_ref(current) == 1)
        note->refused.reset(current);
    return ok;
}

int on_certificate_request(SSL* ssl, void*)
{
    if (tls_note* note = note_of(ssl)) note->certificate_requested = true;
    return 1;
}

int on_new_session(SSL* ssl, SSL_SESSION* session)
{
    const tls_note* note = note_of(ssl);
    if (note == nullptr || SSL_SESSION_is_resumable(session) == 0) return 0;
    ssl_session_ptr ours(session); // returning 1 keeps the reference
    try {
        note->shared->sessions.put(note->dialled, note->port, std::move(ours));
    } catch (const std::bad_alloc&) {
        // The next connection makes a full handshake.
    }
    return 1;
}

int on_protocol_offer(SSL*, const unsigned char** chosen, unsigned char* size,
                      const unsigned char* offered, unsigned offered_size, void*)
{
    unsigned char* match = nullptr;
    const int found = SSL_select_next_proto(&match, size, http_1_1.data(), http_1_1.size(), offered,
                                            offered_size);
    *chosen = match;
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

// --- What both roles have in common ---

error out_of_memory()
{
    ERR_clear_error();
    return error(errc::resource_exhausted, "OpenSSL has no memory for a TLS session");
}

/// @param purpose  what the peer's certificate must be good for: X509_PURPOSE_SSL_...
result<ssl_ctx_ptr> make_context(const SSL_METHOD* method, int purpose)
{
    ERR_clear_error();
    ssl_ctx_ptr made(SSL_CTX_new(method));
    if (made == nullptr) return invalid_material("OpenSSL", "cannot make a TLS context");
    SSL_CTX* c = made.get();
    // Everything is set, nothing left as found: openssl.cnf may have weakened any of it.
    const bool ok = SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION) == 1 &&
                    SSL_CTX_set_max_proto_version(c, 0) == 1 &&
                    SSL_CTX_set_cipher_list(c, ciphers_1_2) == 1 &&
                    SSL_CTX_set_ciphersuites(c, ciphers_1_3) == 1 &&
                    X509_VERIFY_PARAM_set_purpose(SSL_CTX_get0_param(c), purpose) == 1;
    if (!ok) return invalid_material("OpenSSL", "cannot set the TLS versions and ciphers");
    SSL_CTX_set_security_level(c, 2);
    SSL_CTX_clear_options(c, SSL_CTX_get_options(c));
    SSL_CTX_set_options(c, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                               SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_ENABLE_MIDDLEBOX_COMPAT);
    SSL_CTX_set_max_early_data(c, 0);
    SSL_CTX_set_keylog_callback(c, nullptr);
    X509_VERIFY_PARAM_clear_flags(SSL_CTX_get0_param(c), X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(c),
                                X509_V_FLAG_X509_STRICT | X509_V_FLAG_TRUSTED_FIRST);
    SSL_CTX_set_verify_depth(c, max_chain);
    // No RELEASE_BUFFERS: it allocates and frees 50 KB per request. Read-ahead: a record takes one
    // recv, not one for its header and one for its body.
    SSL_CTX_set_mode(c, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_clear_mode(c, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(c, 1);
    return made;
}

result<> load_client_identity(SSL_CTX* context, const http::tls_options& options)
{
    if (options.cert_file.empty() && options.key_file.empty()) return {};
    if (options.cert_file.empty() || options.key_file.empty())
        return error(errc::config_invalid,
                     "a client certificate needs both cert_file and key_file; one is missing");
    const auto certificate = read_certificate_file(options.cert_file);
    if (!certificate) return certificate.error();
    const auto chain = parse_certificates(*certificate, options.cert_file);
    if (!chain) return chain.error();
    const auto pem = read_key_file(options.key_file, options.allow_open_key_file);
    if (!pem) return pem.error();
    const auto key = parse_private_key(*pem, options.key_file);
    if (!key) return key.error();
    return use_identity(context, *chain, key->get(), options.key_file);
}

result<> require_client_certificates(SSL_CTX* context, const std::string& ca_pem)
{
    const std::string where = "client_ca_pem";
    const auto authorities = parse_certificates(ca_pem, where);
    if (!authorities) return authorities.error();
    for (const x509_ptr& authority : *authorities)
        if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get()) != 1 ||
            SSL_CTX_add_client_CA(context, authority.get()) != 1)
            return invalid_material(where, "a CA certificate cannot be used");
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, &on_verify);
    return {};
}

// --- Names ---

bool is_address(const std::string& host) noexcept
{
    std::array<unsigned char, sizeof(in6_addr)> ignored{};
    return host.find('\0') == host.npos &&
           (::inet_pton(AF_INET, host.c_str(), ignored.data()) == 1 ||
            ::inet_pton(AF_INET6, host.c_str(), ignored.data()) == 1);
}

/// OpenSSL checks nothing when the name is empty, and any subdomain when it begins with a dot.
bool is_host_name(std::string_view host) noexcept
{
    const auto allowed = [](char c) {
        return is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '.';
    };
    return !host.empty() && host.size() <= 253 && host.front() != '.' && host.back() != '.' &&
           host.find("..") == host.npos && std::all_of(host.begin(), host.end(), allowed);
}

/// The name as it stands in certificates: without the dot that makes it absolute.
std::string normalised(std::string_view host)
{
    if (!host.empty() && host.back() == '.') host.remove_suffix(1);
    std::string name(host);
    std::transform(name.begin(), name.end(), name.begin(), &to_lower);
    return name;
}

bool expect_peer(SSL* ssl, const std::string& name, bool allow_common_name)
{
    X509_VERIFY_PARAM* check = SSL_get0_param(ssl);
    X509_VERIFY_PARAM_set_hostflags(
        check, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                   (allow_common_name ? 0U : unsigned{X509_CHECK_FLAG_NEVER_CHECK_SUBJECT}));
    if (is_address(name)) // RFC 6066 clause 3: no server_name for addresses
        return X509_VERIFY_PARAM_set1_ip_asc(check, name.c_str()) == 1;
    return X509_VERIFY_PARAM_set1_host(check, name.data(), name.size()) == 1 &&
           SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                    const_cast<char*>(name.c_str())) == 1;
}

/// A resumed session shows no certificate; the one it began with must still hold for this name.
bool still_valid(const SSL_SESSION* session, const SSL* ssl, const std::string& name)
{
    // The accessors below change nothing, whatever their signatures say.
    auto* const mutable_session = const_cast<SSL_SESSION*>(session);
    X509* certificate = SSL_SESSION_get0_peer(mutable_session);
    if (certificate == nullptr || X509_cmp_current_time(X509_get0_notAfter(certificate)) <= 0)
        return false;
    const unsigned flags = X509_VERIFY_PARAM_get_hostflags(SSL_get0_param(const_cast<SSL*>(ssl)));
    return is_address(name)
               ? X509_check_ip_asc(certificate, name.c_str(), flags) == 1
               : X509_check_host(certificate, name.data(), name.size(), flags, nullptr) == 1;
}

} // namespace

tls_context::tls_context(std::unique_ptr<state> s) : state_(std::move(s)) {}
tls_context::~tls_context() = default;

result<std::shared_ptr<tls_context>> tls_context::client(const http::tls_options& options)
{
    auto made = make_context(TLS_client_method(), X509_PURPOSE_SSL_SERVER);
    if (!made) return made.error();
    SSL_CTX* context = made->get();
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, &on_verify);
    auto trust = load_trust(SSL_CTX_get_cert_store(context), options);
    if (!trust) return trust.error();
    if (const auto loaded = load_client_identity(context, options); !loaded) return loaded.error();
    SSL_CTX_set_cert_cb(context, &on_certificate_request, nullptr);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, &on_new_session);
    if (SSL_CTX_set_alpn_protos(context, http_1_1.data(), http_1_1.size()) != 0)
        return out_of_memory();

    auto s = std::make_unique<state>();
    s->context = std::move(*made);
    s->server_name = options.server_name;
    s->allow_common_name = options.allow_common_name;
    s->shared->trust = std::move(*trust);
    return std::shared_ptr<tls_context>(new tls_context(std::move(s)));
}

result<std::shared_ptr<tls_context>> tls_context::server(const tls_server_options& options)
{
    auto made = make_context(TLS_server_method(), X509_PURPOSE_SSL_CLIENT);
    if (!made) return made.error();
    SSL_CTX* context = made->get();
    const auto chain = parse_certificates(options.certificate_pem, "certificate_pem");
    if (!chain) return chain.error();
    const auto key = parse_private_key(options.key_pem, "key_pem");
    if (!key) return key.error();
    if (const auto used = use_identity(context, *chain, key->get(), "key_pem"); !used)
        return used.error();

    auto s = std::make_unique<state>();
    s->shared->trust = "no client certificates are asked for";
    if (!options.client_ca_pem.empty()) {
        if (const auto required = require_client_certificates(context, options.client_ca_pem);
            !required)
            return required.error();
        s->shared->trust = "the client CAs that the server was given";
    }
    SSL_CTX_set_alpn_select_cb(context, &on_protocol_offer, nullptr);
    // Tickets carry the sessions; a cache would only grow.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_session_id_context(context, session_scope, sizeof session_scope);
    s->context = std::move(*made);
    return std::shared_ptr<tls_context>(new tls_context(std::move(s)));
}

result<ssl_ptr> tls_context::connect_session(std::string_view host, std::uint16_t port)
{
    auto note = std::make_unique<tls_note>();
    note->dialled = host;
    note->port = port;
    note->name = normalised(state_->server_name.empty() ? host : state_->server_name);
    note->shared = state_->shared;
    const std::string& name = note->name;
    if (!is_address(name) && !is_host_name(name))
        return error(errc::config_invalid, "the name to check in the server's certificate is "
                                           "neither a host name nor an address");
    ERR_clear_error();
    ssl_ptr ssl(SSL_new(state_->context.get()));
    if (ssl == nullptr || !expect_peer(ssl.get(), name, state_->allow_common_name))
        return out_of_memory();
    if (const auto session = state_->shared->sessions.take(host, port))
        if (still_valid(session.get(), ssl.get(), name)) SSL_set_session(ssl.get(), session.get());
    SSL_set_connect_state(ssl.get());
    if (!attach_note(ssl.get(), std::move(note))) return out_of_memory();
    return ssl;
}

result<ssl_ptr> tls_context::accept_session()
{
    ERR_clear_error();
    auto note = std::make_unique<tls_note>();
    note->shared = state_->shared;
    ssl_ptr ssl(SSL_new(state_->context.get()));
    if (ssl == nullptr || !attach_note(ssl.get(), std::move(note))) return out_of_memory();
    SSL_set_accept_state(ssl.get());
    return ssl;
}

std::string tls_context::trust_summary() const { return state_->shared->trust; }

} // namespace internal
MEC_END_NAMESPACE
