#ifndef MEC_HTTP_MESSAGE_HPP
#define MEC_HTTP_MESSAGE_HPP

#include <mec/core/clock.hpp>
#include <mec/core/secret.hpp>
#include <mec/core/url.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace http {

enum class method : std::uint8_t { get, post, put, patch, delete_ };

/// `GET`, `POST`, ...
MEC_API std::string_view to_string(method m) noexcept;

/// Header fields in order of appearance, in one buffer that keeps its memory when cleared.
class MEC_API fields {
public:
    struct view {
        std::string_view name;
        std::string_view value;
    };

    void append(std::string_view name, std::string_view value);
    void clear() noexcept;

    std::size_t size() const noexcept { return entries_.size(); }
    bool empty() const noexcept { return entries_.empty(); }
    view operator[](std::size_t i) const noexcept;
    /// Value of the first field of that name (names compare without case); empty when absent.
    std::string_view find(std::string_view name) const noexcept;
    bool contains(std::string_view name) const noexcept;
    /// How many fields have that name.
    std::size_t count(std::string_view name) const noexcept;

private:
    struct entry {
        std::uint32_t begin;
        std::uint32_t name_size;
        std::uint32_t value_size;
    };
    std::string text_;
    std::vector<entry> entries_;
};

/// Compares field names as HTTP does: ASCII letters without case.
MEC_API bool equal_names(std::string_view a, std::string_view b) noexcept;

/// One request, as the layers above the transport see it. Host, Content-Length, Connection,
/// Accept-Encoding and User-Agent are the transport's.
struct request {
    http::method method = http::method::get;
    mec::origin origin;   ///< where to connect to
    std::string target;   ///< path and query, encoded: `/mec_service_mgmt/v1/services?ser_name=x`
    http::fields headers; ///< must not hold a credential: use `bearer`
    secret_string bearer; ///< sent as `Authorization: Bearer`; empty: not sent
    secret_string basic;  ///< sent as `Authorization: Basic`, already base64; empty: not sent
    std::string_view content_type; ///< of `body`; static text
    std::string_view accept;       ///< media types wanted in the answer; static text
    std::string body;
    steady_time deadline = steady_time::max(); ///< this attempt ends here
    bool idempotent = false;                   ///< may be repeated without changing the outcome
};

/// How far an exchange came: what the caller needs to know about a request that failed.
enum class progress : std::uint8_t {
    nothing_sent,   ///< not one byte left: repeating is safe for every method
    request_sent,   ///< some or all of the request left; the peer may have acted on it
    response_begun, ///< a status line came
    complete
};

/// One response. Reused from call to call: clear() keeps the memory.
struct response {
    int status = 0;
    http::fields headers;
    std::string body;
    http::progress progress = http::progress::nothing_sent;
    bool reused_connection = false; ///< the connection had carried an earlier exchange

    void clear() noexcept
    {
        status = 0;
        reused_connection = false;
        headers.clear();
        body.clear();
        progress = http::progress::nothing_sent;
    }
};

} // namespace http
MEC_END_NAMESPACE

#endif
