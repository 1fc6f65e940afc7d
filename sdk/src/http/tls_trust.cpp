#include "tls_trust.hpp"

#include "tls_material.hpp"

#include <openssl/err.h>

#include <array>
#include <cstdlib>
#include <utility>

#include <dirent.h>
#include <unistd.h>

MEC_BEGIN_NAMESPACE
namespace internal {
namespace {

/// Where distributions keep their bundle; for an OpenSSL that was built for another place.
constexpr std::array<const char*, 6> bundles = {
    "/etc/ssl/certs/ca-certificates.crt",                // Debian, Ubuntu, Alpine, Arch
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Fedora, RHEL
    "/etc/pki/tls/certs/ca-bundle.crt",                  // older RHEL
    "/etc/ssl/ca-bundle.pem",                            // SUSE
    "/etc/ssl/cert.pem",                                 // Alpine, BSD
    "/usr/local/share/certs/ca-root-nss.crt"             // FreeBSD
};

bool is_readable(const char* path) noexcept { return path != nullptr && ::access(path, R_OK) == 0; }

/// True when the directory has an entry like 5ad8a5d6.0, by which OpenSSL looks CAs up.
bool is_hashed_directory(const char* path) noexcept
{
    const std::unique_ptr<DIR, openssl_free<&::closedir>> directory(::opendir(path));
    while (const dirent* entry = directory == nullptr ? nullptr : ::readdir(directory.get())) {
        const std::string_view name = entry->d_name;
        if (name.size() == 10 && name.substr(8) == ".0" &&
            name.substr(0, 8).find_first_not_of("0123456789abcdef") == name.npos)
            return true;
    }
    return false;
}

result<std::string> load_system_file(X509_STORE* store, const char* path)
{
    if (X509_STORE_load_file(store, path) != 1)
        return invalid_material(path, "cannot read CA certificates");
    return std::string("the system's CAs in ") + path;
}

/// CAs are read from the directory when a certificate needs them: nothing to load.
result<std::string> use_system_directory(X509_STORE* store, const char* path)
{
    if (X509_STORE_load_path(store, path) != 1)
        return invalid_material(path, "cannot use the directory of CA certificates");
    return std::string("the system's CAs in ") + path;
}

result<std::string> load_system_trust(X509_STORE* store)
{
    // secure_getenv: a set-uid program does not let its caller choose whom it trusts.
    if (const char* file = ::secure_getenv(X509_get_default_cert_file_env()))
        return load_system_file(store, file);
    if (const char* directory = ::secure_getenv(X509_get_default_cert_dir_env()))
        return use_system_directory(store, directory);
    if (is_hashed_directory(X509_get_default_cert_dir()))
        return use_system_directory(store, X509_get_default_cert_dir());
    if (is_readable(X509_get_default_cert_file()))
        return load_system_file(store, X509_get_default_cert_file());
    for (const char* bundle : bundles)
        if (is_readable(bundle)) return load_system_file(store, bundle);
    return std::string("nothing (this system has no CA bundle; set ca_file)");
}

} // namespace

result<std::size_t> add_authorities(X509_STORE* store, std::string_view pem,
                                    const std::string& where)
{
    const auto certificates = parse_certificates(pem, where);
    if (!certificates) return certificates.error();
    for (const x509_ptr& certificate : *certificates)
        if (X509_STORE_add_cert(store, certificate.get()) != 1)
            return invalid_material(where, "a CA certificate cannot be used");
    return certificates->size();
}

result<std::string> load_trust(X509_STORE* store, const http::tls_options& options)
{
    ERR_clear_error();
    if (options.ca_file.empty() && options.ca_pem.empty()) return load_system_trust(store);

    std::string summary;
    const auto add = [&](std::string_view pem, const std::string& where) -> result<> {
        const auto count = add_authorities(store, pem, where);
        if (!count) return count.error();
        summary += summary.empty() ? "" : ", ";
        summary += std::to_string(*count) + (*count == 1 ? " CA from " : " CAs from ") + where;
        return {};
    };
    if (!options.ca_file.empty()) {
        const auto pem = read_certificate_file(options.ca_file);
        if (!pem) return pem.error();
        if (const auto added = add(*pem, options.ca_file); !added) return added.error();
    }
    if (!options.ca_pem.empty())
        if (const auto added = add(options.ca_pem, "ca_pem"); !added) return added.error();
    return summary;
}

} // namespace internal
MEC_END_NAMESPACE
