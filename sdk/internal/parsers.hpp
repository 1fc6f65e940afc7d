#ifndef MEC_INTERNAL_PARSERS_HPP
#define MEC_INTERNAL_PARSERS_HPP

/// @file
/// HTTP/1.1 messages out of bytes. Both parsers run Beast's parser behind http_guard, which adds the
/// framing rules of RFC 9112 that Beast 1.81 does not enforce, and the limits. No I/O.

#include <mec/core/result.hpp>
#include <mec/http/message.hpp>
#include <mec/http/options.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Parses one response after another on a connection; keeps its memory.
class MEC_API response_parser {
public:
    explicit response_parser(const http::response_limits& limits);
    ~response_parser();

    /// Begins the response to a request of method `m`; writes into `out` (cleared by the caller).
    void start(http::method m, http::response& out);

    /// Takes bytes as they come from the connection. Interim (1xx) responses are skipped inside.
    /// @return how many bytes were used; fewer than given only when done() or failed.
    std::size_t feed(std::string_view bytes);
    /// The peer ended its side. `orderly`: FIN, after close_notify on TLS.
    void end(bool orderly);

    bool done() const noexcept;
    /// errc::protocol_error, limit_exceeded, truncated, connection_lost, unexpected_content; no error
    /// while all is well. Circumstances are complete but for operation and endpoint.
    const error& failure() const noexcept;
    /// After done(): the connection may carry another request.
    bool keep_alive() const noexcept;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

/// What a request may cost the server.
struct request_limits {
    std::size_t header = 8 * 1024;
    std::size_t fields = 64;
    std::size_t body = 256 * 1024;
    std::size_t framing = 4 * 1024; ///< chunk extensions and trailers together
};

/// A request as a server sees it. The method is text: it may be one that nobody knows.
struct received_request {
    std::string method;
    std::string target;
    http::fields headers;
    std::string body;

    void clear() noexcept
    {
        method.clear();
        target.clear();
        headers.clear();
        body.clear();
    }
};

/// Parses one request after another on a connection; keeps its memory.
class MEC_API request_parser {
public:
    explicit request_parser(const request_limits& limits);
    ~request_parser();

    void start(received_request& out);
    /// @return how many bytes were used; fewer than given only when done() or failed.
    std::size_t feed(std::string_view bytes);
    /// The peer ended its side; an error when a message had begun.
    void end();

    bool started() const noexcept;        ///< at least one byte of the message came
    bool header_done() const noexcept;    ///< guard passed, body may follow
    bool wants_continue() const noexcept; ///< header done, `Expect: 100-continue`, body not begun
    bool done() const noexcept;
    const error& failure() const noexcept;
    /// Status to answer a failed request with: 400, 413, 414, 417, 431, 501, 505. Close
    /// afterwards.
    int failure_status() const noexcept;
    bool keep_alive() const noexcept;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

/// Appends the bytes of a request: request line, Host, credentials, fields, body. Refuses (returns
/// errc::config_invalid, appends nothing) what would not be one well-formed request: control
/// characters, spaces in the target, CR or LF anywhere.
MEC_API error append_request(std::string& out, const http::request& req,
                             std::string_view user_agent);

/// Appends the bytes of a response with Content-Length; 204 and 304 have none and no body.
/// Fields with control characters are left out.
MEC_API void append_response(std::string& out, int status, const http::fields& headers,
                             std::string_view body, bool keep_alive);

/// `OK`, `Not Found`, ... ; empty for codes without a registered phrase.
MEC_API std::string_view reason_phrase(int status) noexcept;

} // namespace internal
MEC_END_NAMESPACE

#endif
