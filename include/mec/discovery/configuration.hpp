#ifndef MEC_DISCOVERY_CONFIGURATION_HPP
#define MEC_DISCOVERY_CONFIGURATION_HPP

/// @file
/// Everything an application must know about its platform, as one plain value. Nothing in it says
/// what kind of runtime the program was started in; every part of it says where it comes from.

#include <mec/core/result.hpp>
#include <mec/core/secret.hpp>
#include <mec/core/url.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace discovery {

enum class source_kind {
    unset,       ///< nobody has said anything
    code,        ///< the program itself
    environment, ///< an environment variable
    file
};

/// Where a value comes from.
struct source {
    source_kind kind = source_kind::unset;
    std::string name;     ///< of the variable, or path of the file
    std::size_t line = 0; ///< in a file; 0: the file as a whole
    std::string variable; ///< that named the file

    /// `environment variable MEC_MP1_URL`, `file /etc/mec.json, line 7`.
    MEC_API std::string to_string() const;
};

/// A value and its source. Without a value it was either never set, or set to nothing, which keeps
/// later sources from being asked.
template <class T> struct setting {
    std::optional<T> value;
    source from;

    setting() = default;
    /// Sets the value in code.
    template <class U, std::enable_if_t<std::is_convertible_v<U&&, T>, int> = 0>
    /*implicit*/ setting(U&& v) : value(std::forward<U>(v)), from{source_kind::code, {}, 0, {}}
    {
    }
    /// Set to nothing in code.
    static setting nothing()
    {
        setting s;
        s.from.kind = source_kind::code;
        return s;
    }

    bool is_set() const noexcept { return from.kind != source_kind::unset; }
    explicit operator bool() const noexcept { return value.has_value(); }
    /// @pre there is a value.
    const T& operator*() const { return *value; }
    const T* operator->() const { return &*value; }
};

/// How the client proves who it is at the token endpoint (RFC 6749 clause 2.3.1).
enum class auth_method {
    client_secret_basic, ///< id and secret in the Authorization header
    client_secret_post   ///< id and secret in the form
};

/// How notifications reach the application.
enum class callback_mode {
    http,      ///< the platform posts to a server in this program
    websocket, ///< over a websocket that this program opens
    none       ///< not at all: the SDK asks instead
};

/// Address and port to listen at.
struct listen_address {
    std::string address;    ///< IPv4 or IPv6 literal without brackets
    std::uint16_t port = 0; ///< 0: the system chooses

    /// `[::]:8080`, `127.0.0.1:0`.
    MEC_API std::string to_string() const;
    friend bool operator==(const listen_address& a, const listen_address& b) noexcept
    {
        return a.address == b.address && a.port == b.port;
    }
    friend bool operator!=(const listen_address& a, const listen_address& b) noexcept
    {
        return !(a == b);
    }
};

/// Credentials (RFC 6749 clause 4.4). Taken whole from one source, so that a secret never goes to a
/// token endpoint that somebody else has named.
struct oauth2_settings {
    setting<url> token_url;
    setting<std::string> client_id;
    setting<secret_string> client_secret;
    setting<std::string>
        client_secret_file; ///< read again at every fetch; instead of client_secret
    setting<discovery::auth_method> auth_method;
    setting<std::string> scope;
    setting<std::string>
        token_file; ///< a token that somebody else keeps fresh; instead of all others
};

struct tls_settings {
    setting<std::string> ca_file;
    setting<std::string> cert_file; ///< with key_file, from one source
    setting<std::string> key_file;
    setting<std::string> server_name; ///< checked instead of the host of the URL
};

struct callback_settings {
    setting<callback_mode> mode;
    setting<listen_address> listen;
    setting<mec::url>
        url; ///< what the platform is told, when it is not what this machine would say
    setting<std::string> cert_file; ///< with key_file: notifications come over HTTPS
    setting<std::string> key_file;
    setting<std::string> client_ca_file; ///< the platform must show a certificate of this CA
};

struct lifecycle_settings {
    setting<std::chrono::seconds> ready_retry;     ///< how long a refused "ready" is repeated
    setting<std::chrono::seconds> shutdown_budget; ///< time to leave in
    /// Where the application remembers from one life to the next which subscriptions are its own.
    setting<std::string> state_dir;
};

/// A value that was found but not used, because another source comes first.
struct shadowed_value {
    std::string key;
    source used;
    source unused;
    bool differs = false; ///< the two values are not the same
};

struct configuration {
    setting<std::string> app_instance_id; ///< satisfies is_path_id()
    setting<url> mp1_url;                 ///< apiRoot of the platform (GS MEC 011 clause 5.1)
    setting<url> app_support_url;         ///< base of that API, when it is not below mp1_url
    setting<url> service_mgmt_url;        ///< base of that API, when it is not below mp1_url
    setting<std::string> dialect;         ///< name of a http::dialect
    setting<bool> allow_insecure_http;    ///< http:// to other hosts than this one
    oauth2_settings oauth2;
    tls_settings tls;
    callback_settings callback;
    lifecycle_settings lifecycle;

    std::vector<std::string> warnings; ///< what a person should look at; no secrets
    std::vector<shadowed_value> shadowed;

    /// Base URL of the application support API: app_support_url, or `mp1_url/mec_app_support/v1`.
    /// @pre one of the two has a value
    MEC_API url app_support_base() const;
    /// Base URL of the service management API: service_mgmt_url, or `mp1_url/mec_service_mgmt/v1`.
    /// @pre one of the two has a value
    MEC_API url service_mgmt_base() const;
};

/// Checks a configuration that was not made by discover(), or was changed since. No I/O.
/// @return no error, or errc::config_invalid that names the source, the key and what is expected.
MEC_API error validate(const configuration& config);

/// A table for people: every key, its value (secrets as fingerprints) and its source, then what was
/// shadowed and the warnings. Ends with a newline.
MEC_API std::string describe(const configuration& config);

} // namespace discovery
MEC_END_NAMESPACE

#endif
