#include "tls_failure.hpp"

#include "text.hpp"

#include <openssl/err.h>

#include <array>
#include <string_view>
#include <tuple>
#include <utility>

#include <arpa/inet.h>

MEC_BEGIN_NAMESPACE
namespace internal {
namespace {

constexpr std::size_t max_name = 200; ///< bytes of one name from a certificate
constexpr int max_names = 5;

void free_note(void*, void* note, CRYPTO_EX_DATA*, int, long, void*)
{
    delete static_cast<tls_note*>(note);
}

int note_index() noexcept
{
    static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, &free_note);
    return index;
}

class category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "tls"; }
    std::string message(int value) const override
    {
        const char* text = ERR_reason_error_string(static_cast<unsigned>(value));
        return text == nullptr ? "TLS error " + std::to_string(value) : text;
    }
};

// --- What a certificate says, made harmless: every byte of it was chosen by the peer. ---

std::string_view contents(BIO* bio) noexcept
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size <= 0 ? std::string_view{} : std::string_view(data, static_cast<std::size_t>(size));
}

std::string to_text(const X509_NAME* name)
{
    const bio_ptr out(BIO_new(BIO_s_mem()));
    if (out == nullptr || X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253) < 0) return {};
    return '"' + printable(contents(out.get()), max_name) + '"';
}

std::string to_text(const ASN1_TIME* time)
{
    const bio_ptr out(BIO_new(BIO_s_mem()));
    if (out == nullptr || ASN1_TIME_print_ex(out.get(), time, ASN1_DTFLGS_ISO8601) != 1)
        return "an unreadable date";
    return printable(contents(out.get()), max_name);
}

std::string_view bytes_of(const ASN1_STRING* s) noexcept
{
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(s)),
            static_cast<std::size_t>(ASN1_STRING_length(s))};
}

std::string address_text(std::string_view bytes)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    const int family = bytes.size() == 4 ? AF_INET : AF_INET6;
    if ((bytes.size() != 4 && bytes.size() != 16) ||
        ::inet_ntop(family, bytes.data(), text.data(), text.size()) == nullptr)
        return "an unreadable address";
    return text.data();
}

/// The first few names and addresses that the certificate is good for.
std::string alternative_names(const X509* certificate)
{
    const general_names_ptr names(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    const int count = names == nullptr ? 0 : sk_GENERAL_NAME_num(names.get());
    std::string out;
    int used = 0;
    for (int i = 0; i < count; ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type != GEN_DNS && name->type != GEN_IPADD) continue;
        if (used++ == max_names) return out + ", and more";
        out += used == 1 ? "" : ", ";
        out += name->type == GEN_DNS ? printable(bytes_of(name->d.dNSName), max_name)
                                     : address_text(bytes_of(name->d.iPAddress));
    }
    return out.empty() ? "no name or address at all (the common name does not count)" : out;
}

std::string subject_and_issuer(const X509* certificate)
{
    return "subject " + to_text(X509_get_subject_name(certificate)) + ", issuer " +
           to_text(X509_get_issuer_name(certificate));
}

// --- From reasons to codes ---

bool is_server(const SSL* ssl) noexcept { return SSL_is_server(ssl) == 1; }

errc code_of_verify_result(long result) noexcept
{
    switch (result) {
    case X509_V_ERR_CERT_HAS_EXPIRED: return errc::tls_expired;
    case X509_V_ERR_CERT_NOT_YET_VALID: return errc::tls_not_yet_valid;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return errc::tls_host_mismatch;
    case X509_V_ERR_CERT_REVOKED: return errc::tls_revoked;
    default: return errc::tls_untrusted;
    }
}

std::pair<errc, std::string> verification_failure(const SSL* ssl)
{
    const long result = SSL_get_verify_result(ssl);
    const errc code = code_of_verify_result(result);
    const tls_note* note = note_of(ssl);
    const X509* refused = note == nullptr ? nullptr : note->refused.get();
    std::string text = "the peer's certificate was refused: ";
    text += X509_verify_cert_error_string(result);
    if (refused == nullptr) return {code, text};
    switch (code) {
    case errc::tls_expired:
        text +=
            " at " + to_text(X509_get0_notAfter(refused)) + " (check this machine's clock, too)";
        break;
    case errc::tls_not_yet_valid:
        text += ", only from " + to_text(X509_get0_notBefore(refused)) +
                " (check this machine's clock, too)";
        break;
    case errc::tls_host_mismatch:
        text += ": wanted " + note->name + ", the certificate is for " + alternative_names(refused);
        break;
    default: break;
    }
    text += "; " + subject_and_issuer(refused);
    if (code == errc::tls_untrusted && note->shared != nullptr)
        text += "; trusted: " + note->shared->trust;
    return {code, text};
}

/// Alerts by which a server says what it thinks of our certificate. Before TLS 1.3 a missing one is
/// answered by the general handshake_failure.
bool refuses_client_certificate(int reason, bool requested) noexcept
{
    switch (reason) {
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    case SSL_R_SSLV3_ALERT_NO_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_TLSV1_ALERT_ACCESS_DENIED: return true;
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE: return requested;
    default: return false;
    }
}

const char* protocol_hint(int reason) noexcept
{
    switch (reason) {
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
        return "; the peer does not speak TLS there: is it plain http, or another port?";
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION: return "; TLS 1.2 or 1.3 is needed on both sides";
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
    case SSL_R_TLSV1_ALERT_INSUFFICIENT_SECURITY:
    case SSL_R_NO_SHARED_CIPHER: return "; no cipher, group or signature algorithm in common";
    case SSL_R_NO_APPLICATION_PROTOCOL:
    case SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL:
        return "; the peer does not agree to http/1.1 (ALPN)";
    default: return "";
    }
}

std::pair<errc, std::string> reason_failure(const SSL* ssl, const io_result& r)
{
    const std::string said = r.system.message();
    const int reason = ERR_GET_REASON(static_cast<unsigned>(r.system.value()));
    if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED) return verification_failure(ssl);
    if (reason == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
        if (r.status == io_status::truncated)
            return {errc::truncated, "the connection ended without the close_notify of TLS: "
                                     "the message may have been cut off"};
        return {errc::connection_lost, "the peer closed the connection during the TLS handshake"};
    }
    if (is_server(ssl) && reason == SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE)
        return {errc::tls_untrusted, "the client showed no certificate, but one is required"};
    const tls_note* note = note_of(ssl);
    const bool requested = note != nullptr && note->certificate_requested;
    if (!is_server(ssl) && refuses_client_certificate(reason, requested)) {
        const bool shown = SSL_get_certificate(ssl) != nullptr;
        return {errc::tls_client_cert_rejected,
                "the server refused the client certificate (" + said + "): " +
                    (shown ? "it does not accept the configured one"
                           : "none is configured; set cert_file and key_file")};
    }
    return {errc::tls_protocol, "TLS failed: " + said + protocol_hint(reason)};
}

} // namespace

bool attach_note(SSL* ssl, std::unique_ptr<tls_note> note) noexcept
{
    if (SSL_set_ex_data(ssl, note_index(), note.get()) != 1) return false;
    note.release();
    return true;
}

tls_note* note_of(const SSL* ssl) noexcept
{
    return static_cast<tls_note*>(SSL_get_ex_data(ssl, note_index()));
}

const boost::system::error_category& tls_category() noexcept
{
    static const category instance;
    return instance;
}

error_code take_tls_error() noexcept
{
    const auto oldest = static_cast<unsigned>(ERR_get_error());
    ERR_clear_error();
    return {static_cast<int>(oldest), tls_category()};
}

error_code make_tls_error(int reason) noexcept
{
    const auto packed = static_cast<unsigned>(ERR_PACK(ERR_LIB_SSL, 0, reason));
    return {static_cast<int>(packed), tls_category()};
}

error describe_tls_failure(const SSL* ssl, const io_result& r)
{
    error_info info;
    info.system = r.system;
    errc code = errc::connection_lost;
    if (r.status == io_status::end) info.message = "the peer closed the TLS connection";
    else if (r.system.category() == tls_category())
        std::tie(code, info.message) = reason_failure(ssl, r);
    else
        info.message = std::string("the connection broke") +
                       (SSL_is_init_finished(ssl) ? "" : " during the TLS handshake") + ": " +
                       r.system.message();
    return error(code, std::move(info));
}

} // namespace internal
MEC_END_NAMESPACE
