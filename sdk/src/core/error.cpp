#include <mec/core/error.hpp>

#include "text.hpp"

#include <cstdio>

MEC_BEGIN_NAMESPACE

namespace {

// What happened, in words that stand alone; what exactly is in error_info::message.
const char* sentence(errc code) noexcept
{
    switch (code) {
    case errc::config_invalid: return "a configuration value is missing or wrong";
    case errc::name_not_found: return "the host name does not exist";
    case errc::name_temporary: return "the host name could not be resolved for now";
    case errc::connect_refused: return "connection refused: nobody listens there";
    case errc::connect_timeout: return "no address of the host answered in time";
    case errc::unreachable: return "there is no route to the host";
    case errc::tls_untrusted: return "the peer's certificate does not lead to a trusted CA";
    case errc::tls_expired: return "the peer's certificate has expired";
    case errc::tls_not_yet_valid: return "the peer's certificate is not valid yet: check the clock";
    case errc::tls_host_mismatch: return "the peer's certificate is for another name or address";
    case errc::tls_revoked: return "the peer's certificate was revoked";
    case errc::tls_protocol:
        return "no TLS version or cipher in common, or the peer does not speak TLS";
    case errc::tls_client_cert_rejected:
        return "the peer wants a client certificate, or another one";
    case errc::connection_lost: return "the connection was lost before the response";
    case errc::truncated: return "the message ended before its declared length";
    case errc::protocol_error: return "what came is not valid HTTP/1.1";
    case errc::limit_exceeded: return "what came exceeds a configured limit";
    case errc::unexpected_content:
        return "this media type, encoding or redirect is not accepted here";
    case errc::json_syntax: return "what came is not JSON";
    case errc::json_schema: return "the JSON is not what the standard says";
    case errc::http_status: return "the platform answered with an error status";
    case errc::bad_request: return "the platform does not accept the request";
    case errc::forbidden: return "not allowed, or not in the present state of the resource";
    case errc::not_found: return "the resource does not exist";
    case errc::conflict: return "the request conflicts with the state of the resource";
    case errc::precondition_failed: return "the resource was changed by somebody else";
    case errc::rate_limited: return "the platform asks for fewer requests";
    case errc::service_unavailable: return "the platform cannot serve the request for now";
    case errc::auth_failed: return "no access token to be had, or the platform does not accept it";
    case errc::deadline_exceeded: return "the time budget of the call is used up";
    case errc::outcome_unknown: return "the request may or may not have been applied";
    case errc::resource_exhausted: return "no descriptor, connection or queue place is left";
    case errc::storage_error: return "a file could not be read or written";
    case errc::cancelled: return "the caller cancelled the operation";
    case errc::shutting_down: return "the client or application was closed";
    case errc::not_supported: return "this platform, or this build, does not offer it";
    }
    return "unknown error";
}

const char* sentence(condition c) noexcept
{
    switch (c) {
    case condition::retryable: return "the same call may succeed later";
    case condition::timeout: return "timeout";
    case condition::unauthorized: return "unauthorized";
    case condition::untrusted_peer: return "the peer's certificate is not trusted";
    case condition::bad_data: return "the peer sent something that is not valid";
    case condition::unreachable_peer: return "no connection could be made";
    }
    return "unknown condition";
}

bool belongs_to(errc code, condition c) noexcept
{
    switch (code) {
    case errc::name_temporary:
    case errc::connect_refused:
    case errc::unreachable: return c == condition::retryable || c == condition::unreachable_peer;
    case errc::connect_timeout:
        return c == condition::retryable || c == condition::unreachable_peer ||
               c == condition::timeout;
    case errc::name_not_found: return c == condition::unreachable_peer;
    case errc::tls_untrusted:
    case errc::tls_expired:
    case errc::tls_not_yet_valid:
    case errc::tls_host_mismatch:
    case errc::tls_revoked: return c == condition::untrusted_peer;
    // A request whose repetition could do harm ends in outcome_unknown, never in these.
    case errc::connection_lost:
    case errc::rate_limited:
    case errc::service_unavailable:
    case errc::resource_exhausted: return c == condition::retryable;
    case errc::truncated: return c == condition::retryable || c == condition::bad_data;
    case errc::protocol_error:
    case errc::limit_exceeded:
    case errc::unexpected_content:
    case errc::json_syntax:
    case errc::json_schema: return c == condition::bad_data;
    case errc::deadline_exceeded: return c == condition::timeout;
    case errc::auth_failed:
    case errc::forbidden: return c == condition::unauthorized;
    default: return false;
    }
}

class errors final : public boost::system::error_category {
public:
    constexpr errors() noexcept : error_category(0x6d65632d65727263u) {}
    const char* name() const noexcept override { return "mec"; }
    std::string message(int value) const override { return sentence(static_cast<errc>(value)); }
    const char* message(int value, char*, std::size_t) const noexcept override
    {
        return sentence(static_cast<errc>(value));
    }
};

class conditions final : public boost::system::error_category {
public:
    constexpr conditions() noexcept : error_category(0x6d65632d636f6e64u) {}
    const char* name() const noexcept override { return "mec.condition"; }
    std::string message(int value) const override
    {
        return sentence(static_cast<condition>(value));
    }
    const char* message(int value, char*, std::size_t) const noexcept override
    {
        return sentence(static_cast<condition>(value));
    }
    bool equivalent(const error_code& code, int value) const noexcept override
    {
        return code.category() == mec::error_category() &&
               belongs_to(static_cast<errc>(code.value()), static_cast<condition>(value));
    }
};

constexpr std::size_t longest_message = 4 * 1024; // of the SDK; may quote a peer

void clean(std::string& text, std::size_t limit = 1024, bool keep_newlines = false)
{
    if (!text.empty()) text = internal::printable(text, limit, keep_newlines);
}
void clean(std::optional<std::string>& text)
{
    if (text) clean(*text);
}

std::shared_ptr<const error_info> cleaned(error_info info)
{
    clean(info.message, longest_message, true);
    clean(info.operation);
    clean(info.endpoint);
    clean(info.pointer);
    if (info.problem) {
        clean(info.problem->type);
        clean(info.problem->title);
        clean(info.problem->detail);
        clean(info.problem->instance);
    }
    return std::make_shared<const error_info>(std::move(info));
}

void append_on_one_line(std::string& out, std::string_view text)
{
    bool indented = false;
    for (const char c : text) {
        if (c == '\n') out += "; ";
        else if (c != ' ' || !indented) out += c;
        indented = c == '\n' || (indented && c == ' ');
    }
}

std::string to_text(std::chrono::milliseconds time)
{
    if (time < std::chrono::seconds{1}) return std::to_string(time.count()) + " ms";
    char text[32];
    std::snprintf(text, sizeof text, "%.1f s", static_cast<double>(time.count()) / 1000.0);
    return text;
}

void append_answer(std::string& out, const error_info& info)
{
    if (info.http_status != 0) out += "; HTTP status " + std::to_string(info.http_status);
    if (!info.problem) return;
    const auto& title = info.problem->title;
    const auto& detail = info.problem->detail;
    if (!title && !detail) return;
    out += "; the platform says: " + title.value_or("");
    if (title && detail) out += ": ";
    out += detail.value_or("");
}

void append_history(std::string& out, const error_info& info)
{
    if (info.retry_after) out += "; the platform asks to wait " + to_text(*info.retry_after);
    if (info.attempts > 1) out += "; " + std::to_string(info.attempts) + " attempts";
    if (info.elapsed.count() > 0) out += "; after " + to_text(info.elapsed);
}

std::string describe(const error& e, int depth);

void append_cause(std::string& out, const error_info& info, int depth)
{
    constexpr int deepest = 3;
    if (info.cause && depth < deepest) out += "; cause: " + describe(*info.cause, depth + 1);
}

std::string describe(const error& e, int depth)
{
    if (!e) return "no error";
    const error_info& info = e.info();
    std::string out = info.operation;
    if (!info.endpoint.empty()) out += (out.empty() ? "" : " ") + info.endpoint;
    if (!out.empty()) out += ": ";
    out += e.code().message();
    if (!info.message.empty()) {
        out += ": ";
        append_on_one_line(out, info.message);
    }
    if (!info.pointer.empty()) out += "; at " + info.pointer;
    if (info.system.failed()) out += "; system: " + internal::printable(info.system.message());
    append_answer(out, info);
    append_history(out, info);
    append_cause(out, info, depth);
    return out;
}

} // namespace

const boost::system::error_category& error_category() noexcept
{
    static constexpr errors instance;
    return instance;
}
const boost::system::error_category& condition_category() noexcept
{
    static constexpr conditions instance;
    return instance;
}

error::error(errc code, std::string message) : code_(make_error_code(code))
{
    error_info info;
    info.message = std::move(message);
    info_ = cleaned(std::move(info));
}
error::error(errc code, error_info info)
    : code_(make_error_code(code)), info_(cleaned(std::move(info)))
{
}

const error_info& error::info() const noexcept
{
    static const auto* const none = new error_info; // outlives every static that holds an error
    return info_ ? *info_ : *none;
}

error error::with(error_info info) const
{
    error e = *this;
    e.info_ = cleaned(std::move(info));
    return e;
}

std::string error::what() const { return describe(*this, 0); }

system_error::system_error(mec::error e)
    : boost::system::system_error(e.code()), text_(e.what()), error_(std::move(e))
{
}
const char* system_error::what() const noexcept { return text_.what(); }

void throw_exception_from_error(const error& e, const boost::source_location&)
{
    throw system_error(e);
}

MEC_END_NAMESPACE
