#include "tls_material.hpp"

#include "regular_file.hpp"
#include "tls_failure.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <utility>

#include <sys/stat.h>
#include <unistd.h>

MEC_BEGIN_NAMESPACE
namespace internal {
namespace {

constexpr std::size_t max_file = 4 * 1024 * 1024;

error invalid(const std::string& where, std::string text)
{
    error_info info;
    info.endpoint = where;
    info.message = std::move(text);
    return error(errc::config_invalid, std::move(info));
}

/// The check is there against carelessness: whoever can swap the file after it has the key anyway.
result<> check_key_access(const std::string& path)
{
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0) return {}; // reading it says why
    if (S_ISLNK(about.st_mode))
        return invalid(path, "this private key is a symbolic link; name the file itself, or set "
                             "allow_open_key_file");
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return invalid(path, "other users have access to this private key; make it mode 0600, or "
                             "set allow_open_key_file");
    if (about.st_uid != ::geteuid() && about.st_uid != 0)
        return invalid(path, "this private key belongs to another user; change its owner, or set "
                             "allow_open_key_file");
    return {};
}

int no_passphrase(char*, int, int, void*)
{
    return -1; // OpenSSL's own callback asks at the terminal
}

/// A file that is still being written may end inside the line that opens a block, which OpenSSL takes
/// for no block at all.
bool is_cut_off(std::string_view pem) noexcept
{
    constexpr std::string_view dashes = "-----";
    const auto last = pem.rfind("-----END ");
    const auto closed = last == pem.npos ? pem.npos : pem.find(dashes, last + dashes.size());
    return closed == pem.npos || pem.find("--", closed + dashes.size()) != pem.npos;
}

} // namespace

error invalid_material(const std::string& where, std::string text)
{
    error_info info;
    info.endpoint = where;
    info.system = take_tls_error();
    info.message = std::move(text) + ": " + info.system.message();
    return error(errc::config_invalid, std::move(info));
}

result<std::string> read_certificate_file(const std::string& path)
{
    return read_regular_file(path, max_file);
}

result<secret_string> read_key_file(const std::string& path, bool allow_open)
{
    if (!allow_open)
        if (const auto checked = check_key_access(path); !checked) return checked.error();
    auto text = read_regular_file(path, max_file);
    if (!text) return text.error();
    return secret_string(std::move(*text));
}

result<std::vector<x509_ptr>> parse_certificates(std::string_view pem, const std::string& where)
{
    ERR_clear_error();
    const bio_ptr in = memory_bio(pem);
    std::vector<x509_ptr> found;
    while (in != nullptr) {
        x509_ptr next(PEM_read_bio_X509(in.get(), nullptr, &no_passphrase, nullptr));
        if (next == nullptr) break;
        found.push_back(std::move(next));
    }
    const bool at_end = ERR_GET_LIB(ERR_peek_last_error()) == ERR_LIB_PEM &&
                        ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    const std::string ordinal = std::to_string(found.size() + 1);
    if (!at_end)
        return invalid_material(where, "certificate " + ordinal + " of the PEM text is damaged");
    ERR_clear_error();
    if (found.empty())
        return invalid(where, "no certificate in the PEM text; expected a block that begins with "
                              "-----BEGIN CERTIFICATE-----");
    if (is_cut_off(pem))
        return invalid(where, "the PEM text ends inside certificate " + ordinal +
                                  "; is it still being written?");
    return found;
}

result<evp_pkey_ptr> parse_private_key(const secret_string& pem, const std::string& where)
{
    ERR_clear_error();
    const bio_ptr in = memory_bio(pem.reveal());
    evp_pkey_ptr key(PEM_read_bio_PrivateKey(in.get(), nullptr, &no_passphrase, nullptr));
    if (key != nullptr) return key;
    return invalid_material(where, "no usable private key; expected unencrypted PEM text");
}

result<> use_identity(SSL_CTX* context, const std::vector<x509_ptr>& chain, EVP_PKEY* key,
                      const std::string& where)
{
    ERR_clear_error();
    if (SSL_CTX_use_certificate(context, chain.front().get()) != 1)
        return invalid_material(where, "the certificate cannot be used");
    for (std::size_t i = 1; i < chain.size(); ++i)
        if (SSL_CTX_add1_chain_cert(context, chain[i].get()) != 1)
            return invalid_material(where, "the certificate chain cannot be used");
    if (X509_check_private_key(chain.front().get(), key) != 1)
        return invalid_material(where, "the private key does not belong to the certificate");
    if (SSL_CTX_use_PrivateKey(context, key) != 1)
        return invalid_material(where, "the private key cannot be used");
    return {};
}

} // namespace internal
MEC_END_NAMESPACE
