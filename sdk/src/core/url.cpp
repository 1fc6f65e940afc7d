#include <mec/core/url.hpp>

#include "text.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>

MEC_BEGIN_NAMESPACE

namespace {

using internal::is_alpha;
using internal::is_digit;
using internal::is_hex;
using internal::to_lower;

constexpr std::size_t longest_url = 8000;
constexpr std::size_t longest_host = 253;
constexpr std::size_t longest_label = 63;
constexpr auto npos = std::string_view::npos;

struct scheme_info {
    std::string_view name;
    std::uint16_t port;
};
constexpr std::array schemes{scheme_info{"https", 443}, scheme_info{"http", 80},
                             scheme_info{"wss", 443}, scheme_info{"ws", 80}};

std::uint16_t default_port(std::string_view scheme) noexcept
{
    for (const auto& s : schemes) {
        if (s.name == scheme) return s.port;
    }
    return 0;
}

// Messages name the rule, never the text: a URL may hold a password.
error refuse(const char* reason)
{
    return error(errc::config_invalid, std::string("not a usable URL: ") + reason);
}

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), to_lower);
    return out;
}

bool is_unreserved(char c) noexcept
{
    return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}
bool is_path_character(char c) noexcept
{
    return is_unreserved(c) || std::string_view("%!$&'()*+,;=:@/").find(c) != npos;
}
bool is_query_character(char c) noexcept { return is_path_character(c) || c == '?'; }

template <class Allowed> bool is_encoded(std::string_view text, Allowed allowed) noexcept
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!allowed(text[i])) return false;
        if (text[i] != '%') continue;
        if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
        i += 2;
    }
    return true;
}

bool parse_ipv4(const std::string& host, in_addr& out) noexcept
{
    return ::inet_pton(AF_INET, host.c_str(), &out) == 1; // four decimal parts, no leading zeros
}
bool parse_ipv6(const std::string& host, in6_addr& out) noexcept
{
    return ::inet_pton(AF_INET6, host.c_str(), &out) == 1;
}

// Other parsers take such a label as part of an IPv4 address: octal, hexadecimal or shortened.
bool looks_numeric(std::string_view label) noexcept
{
    if (std::all_of(label.begin(), label.end(), is_digit)) return true;
    if (label.size() < 2 || label[0] != '0' || to_lower(label[1]) != 'x') return false;
    return std::all_of(label.begin() + 2, label.end(), is_hex);
}

bool is_name(std::string_view host) noexcept
{
    if (!host.empty() && host.back() == '.') host.remove_suffix(1); // absolute name (RFC 1034)
    if (host.empty() || host.size() > longest_host) return false;
    while (true) {
        const auto label = host.substr(0, host.find('.'));
        if (label.empty() || label.size() > longest_label) return false;
        if (label.size() == host.size()) return !looks_numeric(label);
        host.remove_prefix(label.size() + 1);
    }
}

result<std::string> parse_host(std::string_view text)
{
    if (text.empty()) return refuse("the host is missing");
    if (text.front() == '[') {
        const std::string inner(text.substr(1, text.size() - 2));
        in6_addr address{};
        std::array<char, INET6_ADDRSTRLEN> canonical{};
        if (text.size() < 4 || text.back() != ']' || inner.find('\0') != npos ||
            !parse_ipv6(inner, address)) {
            return refuse("the host is not an IPv6 address (a zone identifier is not accepted)");
        }
        ::inet_ntop(AF_INET6, &address, canonical.data(), canonical.size());
        return std::string(canonical.data());
    }
    const auto in_name = [](char c) { return is_unreserved(c) && c != '~'; };
    if (!std::all_of(text.begin(), text.end(), in_name)) {
        return refuse(
            "the host may hold letters, digits, '-', '_' and '.' only; write international "
            "names in their xn-- form");
    }
    std::string host = lower(text);
    in_addr address{};
    if (!parse_ipv4(host, address) && !is_name(host)) {
        return refuse("the host is neither a name nor a plain dotted IPv4 address");
    }
    return host;
}

result<std::uint16_t> parse_port(std::string_view text)
{
    unsigned value = 0;
    for (const char c : text) {
        if (!is_digit(c) || value > 65535) {
            value = 0;
            break;
        }
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    if (value == 0 || value > 65535 || text.front() == '0') {
        return refuse("the port must be a number from 1 to 65535");
    }
    return static_cast<std::uint16_t>(value);
}

result<origin> parse_authority(std::string scheme, std::string_view text)
{
    if (text.find('@') != npos) return refuse("user information before the host is not accepted");
    origin out;
    out.port = default_port(scheme);
    out.scheme = std::move(scheme);

    const auto bracket = text.rfind(']');
    const auto colon = text.find(':', bracket == npos ? 0 : bracket);
    auto host = parse_host(text.substr(0, colon));
    if (!host) return host.error();
    out.host = std::move(*host);
    if (colon != npos) {
        if (colon + 1 == text.size()) return refuse("the port is missing after ':'");
        auto port = parse_port(text.substr(colon + 1));
        if (!port) return port.error();
        out.port = *port;
    }
    return out;
}

// "%2e" is a dot to some parsers and a plain character to others.
bool is_disguised_dot(std::string_view segment) noexcept
{
    std::size_t dots = 0;
    bool encoded = false;
    while (!segment.empty()) {
        if (segment.front() == '.') segment.remove_prefix(1);
        else if (lower(segment.substr(0, 3)) == "%2e") {
            segment.remove_prefix(3);
            encoded = true;
        } else return false;
        ++dots;
    }
    return encoded && dots <= 2;
}

/// RFC 3986 clause 5.2.4, and a first `/` if there is none.
result<std::string> normal_path(std::string_view path)
{
    if (!is_encoded(path, is_path_character)) {
        return refuse("the path holds a character that must be percent-encoded");
    }
    std::string out;
    bool ends_in_slash = true;
    for (std::size_t at = 0; at < path.size();) {
        if (path[at] == '/') ++at;
        const auto segment = path.substr(at, path.find('/', at) - at);
        at += segment.size();
        ends_in_slash = segment == "." || segment == "..";
        if (is_disguised_dot(segment)) return refuse("the path holds an encoded dot segment");
        if (segment == "..") out.erase(out.empty() ? 0 : out.rfind('/'));
        else if (segment != ".") out.append(1, '/').append(segment);
    }
    if (ends_in_slash) out += '/';
    return out;
}

/// The characters before the first of `stops`, which are taken from `text`.
std::string_view take_until(std::string_view& text, const char* stops) noexcept
{
    const auto part = text.substr(0, text.find_first_of(stops));
    text.remove_prefix(part.size());
    return part;
}

std::string_view scheme_of(std::string_view reference) noexcept
{
    const auto end = reference.find_first_of(":/?#");
    if (end == npos || reference[end] != ':') return {};
    return reference.substr(0, end);
}

error check_size(std::size_t size)
{
    return size > longest_url ? refuse("longer than 8,000 characters") : error{};
}

} // namespace

bool origin::host_is_address() const noexcept
{
    in_addr v4{};
    in6_addr v6{};
    return parse_ipv4(host, v4) || parse_ipv6(host, v6);
}

bool origin::is_loopback() const noexcept
{
    if (host == "127.0.0.1" || host == "localhost" || host == "::1") return true; // nearly always
    in_addr v4{};
    in6_addr v6{};
    if (parse_ipv4(host, v4)) return ntohl(v4.s_addr) >> 24 == 127;
    return parse_ipv6(host, v6) && IN6_IS_ADDR_LOOPBACK(&v6);
}

std::string origin::authority() const
{
    std::string out = host.find(':') == npos ? host : '[' + host + ']';
    if (port != default_port(scheme)) out += ':' + std::to_string(port);
    return out;
}

result<url> url::parse(std::string_view text)
{
    if (error e = check_size(text.size())) return e;
    std::string scheme = lower(text.substr(0, std::min(text.find(':'), text.size())));
    if (default_port(scheme) == 0 || text.substr(scheme.size(), 3) != "://") {
        return refuse("it must start with http://, https://, ws:// or wss://");
    }
    text.remove_prefix(scheme.size() + 3);
    if (text.find('#') != npos) return refuse("a fragment ('#') is not accepted");

    auto origin = parse_authority(std::move(scheme), take_until(text, "/?"));
    if (!origin) return origin.error();
    auto path = normal_path(take_until(text, "?"));
    if (!path) return path.error();
    if (!text.empty()) text.remove_prefix(1);
    if (!is_encoded(text, is_query_character)) {
        return refuse("the query holds a character that must be percent-encoded");
    }
    url out;
    out.origin_ = std::move(*origin);
    out.path_ = std::move(*path);
    out.query_ = text;
    return out;
}

result<url> url::resolve(std::string_view reference) const
{
    if (error e = check_size(reference.size())) return e;
    const auto fragment = reference.find('#');
    if (fragment != npos) {
        if (!is_encoded(reference.substr(fragment + 1), is_query_character)) {
            return refuse("the fragment holds a character that must be percent-encoded");
        }
        reference = reference.substr(0, fragment); // never sent (RFC 9110 clause 7.1)
    }
    if (!scheme_of(reference).empty()) return parse(reference);
    if (reference.substr(0, 2) == "//") return parse(origin_.scheme + ':' + std::string(reference));

    std::string whole = origin_.scheme + "://" + origin_.authority();
    std::string_view rest = reference;
    const auto path = take_until(rest, "?");
    if (path.empty()) whole += path_;
    else if (path.front() != '/') whole.append(path_, 0, path_.rfind('/') + 1).append(path);
    else whole += path;
    if (rest.empty() && path.empty() && !query_.empty()) whole += '?' + query_;
    return parse(whole.append(rest));
}

std::string url::target() const { return query_.empty() ? path_ : path_ + '?' + query_; }

std::string url::to_string() const
{
    return origin_.scheme + "://" + origin_.authority() + target();
}

url url::with_path_suffix(std::string_view suffix) const
{
    url out = *this;
    if (!out.path_.empty() && out.path_.back() == '/') out.path_.pop_back();
    out.path_.append(suffix);
    return out;
}

void append_encoded(std::string& out, std::string_view text)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 0xf];
    }
}

query_builder& query_builder::add(std::string_view name, std::string_view value)
{
    target_ += separator_;
    separator_ = '&';
    append_encoded(target_, name);
    target_ += '=';
    append_encoded(target_, value);
    return *this;
}

bool is_path_id(std::string_view id) noexcept
{
    constexpr std::size_t longest_id = 128;
    return !id.empty() && id.size() <= longest_id && id != "." && id != ".." &&
           std::all_of(id.begin(), id.end(), is_unreserved);
}

MEC_END_NAMESPACE
