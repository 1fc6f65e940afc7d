#ifndef MEC_CORE_URL_HPP
#define MEC_CORE_URL_HPP

/// @file
/// Absolute http, https, ws and wss URLs: the strict subset of RFC 3986 that cannot be read in two
/// ways. What is refused: user information, fragments in a base, control characters, spaces,
/// backslashes, non-ASCII, numeric host tricks (`0x7f.1`, `127.1`), zone identifiers, ports outside
/// 1..65535.

#include <mec/core/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE

/// Scheme, host and port: what a connection is made to. RFC 6454.
struct origin {
    std::string scheme; ///< lower case
    std::string host;   ///< lower case name, dotted IPv4, or IPv6 without brackets
    std::uint16_t port = 0;

    bool secure() const noexcept { return scheme == "https" || scheme == "wss"; }
    /// True when `host` is an IPv4 or IPv6 literal.
    MEC_API bool host_is_address() const noexcept;
    /// True for 127.0.0.0/8, ::1 and the name localhost.
    MEC_API bool is_loopback() const noexcept;
    /// `host`, `host:port`, `[v6]:port`: the Host header; the port is left out when it is the scheme's.
    MEC_API std::string authority() const;

    friend bool operator==(const origin& a, const origin& b) noexcept
    {
        return a.port == b.port && a.host == b.host && a.scheme == b.scheme;
    }
    friend bool operator!=(const origin& a, const origin& b) noexcept { return !(a == b); }
};

/// A parsed URL. Immutable but for assignment.
class MEC_API url {
public:
    /// Parses an absolute URL of at most 8,000 characters.
    /// @return errc::config_invalid with the reason; the message never repeats the input.
    static result<url> parse(std::string_view text);
    /// Resolves a reference against this URL (RFC 3986 clause 5.2, dot segments removed).
    result<url> resolve(std::string_view reference) const;

    const mec::origin& origin() const noexcept { return origin_; }
    /// Percent-encoded as given; starts with `/`.
    const std::string& path() const noexcept { return path_; }
    /// Without `?`; empty when there is none.
    const std::string& query() const noexcept { return query_; }
    /// Path, and `?` and query if any: the request target (RFC 9112 clause 3.2.1).
    std::string target() const;
    std::string to_string() const;

    /// This URL with `suffix` (already encoded, starting with `/`) after its path; a trailing `/` of
    /// the path is dropped first.
    url with_path_suffix(std::string_view suffix) const;

    friend bool operator==(const url& a, const url& b) noexcept
    {
        return a.origin_ == b.origin_ && a.path_ == b.path_ && a.query_ == b.query_;
    }
    friend bool operator!=(const url& a, const url& b) noexcept { return !(a == b); }

private:
    mec::origin origin_;
    std::string path_ = "/";
    std::string query_;
};

/// Appends `text` with everything but RFC 3986 `unreserved` percent-encoded: safe as one path segment
/// or one query name or value.
MEC_API void append_encoded(std::string& out, std::string_view text);

/// Builds `?a=1&b=2`; names and values are encoded once.
class MEC_API query_builder {
public:
    /// Appends to `target`, which must outlive this object.
    explicit query_builder(std::string& target) : target_(target) {}
    query_builder& add(std::string_view name, std::string_view value);

private:
    std::string& target_;
    char separator_ = '?';
};

/// True for ids that may stand in a path unencoded: `[A-Za-z0-9._~-]{1,128}`, but not `.` or `..`.
MEC_API bool is_path_id(std::string_view id) noexcept;

MEC_END_NAMESPACE

#endif
