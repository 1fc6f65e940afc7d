#include "parsers.hpp"

#include "http_guard.hpp"

#include <charconv>
#include <initializer_list>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

constexpr std::string_view end_of_line = "\r\n";

void append_field(std::string& out, std::string_view name, std::string_view value)
{
    out.append(name).append(": ").append(value).append(end_of_line);
}

void append_number(std::string& out, std::size_t number)
{
    char digits[20];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    out.append(digits, end);
}

void append_content_length(std::string& out, std::size_t size)
{
    out.append("Content-Length: ");
    append_number(out, size);
    out.append(end_of_line);
}

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) noexcept
{
    for (auto other : names)
        if (http::equal_names(name, other)) return true;
    return false;
}

/// Fields that decide where a message ends or who may read it: written from other members only.
bool is_framing(std::string_view name) noexcept
{
    return one_of(name, {"Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive",
                         "Proxy-Connection", "TE", "Trailer", "Upgrade"});
}

bool is_reserved_in_request(std::string_view name) noexcept
{
    return is_framing(name) ||
           one_of(name, {"Host", "Expect", "Authorization", "Proxy-Authorization",
                         "Accept-Encoding", "User-Agent"});
}

/// Base64 and the characters of tokens (RFC 6750 clause 2.1); what it is stays unsaid.
bool is_credential(const secret_string& secret) noexcept
{
    for (char c : secret.reveal())
        if (c <= ' ' || c > '~') return false;
    return true;
}

error invalid(std::string message) { return {errc::config_invalid, std::move(message)}; }

error check_fields(const http::fields& headers)
{
    for (std::size_t i = 0; i < headers.size(); ++i) {
        const auto field = headers[i];
        if (!is_token(field.name))
            return invalid("expected a header name of token characters, got " + quoted(field.name));
        if (is_reserved_in_request(field.name))
            return invalid("expected no header that the transport writes itself, got " +
                           quoted(field.name));
        if (!is_field_value(field.value))
            return invalid("expected a header value without control characters, got others in " +
                           quoted(field.name));
    }
    return {};
}

error check(const http::request& req, std::string_view authority, std::string_view user_agent)
{
    if (!is_origin_form(req.target))
        return invalid("expected a request target of the form /path?query in visible ASCII, "
                       "percent-encoded, at most 8000 bytes, got " +
                       quoted(req.target));
    if (!is_authority(authority))
        return invalid("expected a host name or address, got " + quoted(authority));
    if (!is_field_value(user_agent) || !is_field_value(req.accept) ||
        !is_field_value(req.content_type))
        return invalid("expected User-Agent, Accept and Content-Type without control characters");
    if (!is_credential(req.bearer) || !is_credential(req.basic))
        return invalid(
            "expected a credential of visible ASCII characters, got others (a line end?)");
    if (!req.bearer.empty() && !req.basic.empty())
        return invalid("expected one credential, got a bearer token and basic credentials");
    return check_fields(req.headers);
}

bool has_body(http::method m, std::string_view body) noexcept
{
    return !body.empty() || m == http::method::post || m == http::method::put ||
           m == http::method::patch;
}

} // namespace

error append_request(std::string& out, const http::request& req, std::string_view user_agent)
{
    const std::string authority = req.origin.authority();
    if (error e = check(req, authority, user_agent)) return e;

    out.append(to_string(req.method)).append(" ").append(req.target).append(" HTTP/1.1\r\n");
    append_field(out, "Host", authority);
    if (!user_agent.empty()) append_field(out, "User-Agent", user_agent);
    if (!req.accept.empty()) append_field(out, "Accept", req.accept);
    append_field(out, "Accept-Encoding", "identity");
    if (!req.bearer.empty()) {
        out.append("Authorization: Bearer ").append(req.bearer.reveal()).append(end_of_line);
    } else if (!req.basic.empty()) {
        out.append("Authorization: Basic ").append(req.basic.reveal()).append(end_of_line);
    }
    for (std::size_t i = 0; i < req.headers.size(); ++i)
        append_field(out, req.headers[i].name, req.headers[i].value);
    if (has_body(req.method, req.body)) {
        if (!req.content_type.empty() && !req.body.empty())
            append_field(out, "Content-Type", req.content_type);
        append_content_length(out, req.body.size());
    }
    out.append(end_of_line).append(req.body);
    return {};
}

void append_response(std::string& out, int status, const http::fields& headers,
                     std::string_view body, bool keep_alive)
{
    const bool bodiless = status / 100 == 1 || status == 204 || status == 304;
    out.append("HTTP/1.1 ");
    append_number(out, static_cast<std::size_t>(status));
    out.append(" ").append(reason_phrase(status)).append(end_of_line);
    for (std::size_t i = 0; i < headers.size(); ++i) {
        const auto field = headers[i];
        if (is_token(field.name) && is_field_value(field.value) && !is_framing(field.name))
            append_field(out, field.name, field.value);
    }
    if (!keep_alive) append_field(out, "Connection", "close");
    if (!bodiless) append_content_length(out, body.size());
    out.append(end_of_line);
    if (!bodiless) out.append(body);
}

std::string_view reason_phrase(int status) noexcept
{
    switch (status) {
    case 100: return "Continue";
    case 101: return "Switching Protocols";
    case 103: return "Early Hints";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 203: return "Non-Authoritative Information";
    case 204: return "No Content";
    case 205: return "Reset Content";
    case 206: return "Partial Content";
    case 300: return "Multiple Choices";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 402: return "Payment Required";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 407: return "Proxy Authentication Required";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 423: return "Locked";
    case 424: return "Failed Dependency";
    case 425: return "Too Early";
    case 426: return "Upgrade Required";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 451: return "Unavailable For Legal Reasons";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    case 508: return "Loop Detected";
    case 511: return "Network Authentication Required";
    default: return {};
    }
}

} // namespace internal
MEC_END_NAMESPACE
