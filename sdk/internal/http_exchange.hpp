#ifndef MEC_INTERNAL_HTTP_EXCHANGE_HPP
#define MEC_INTERNAL_HTTP_EXCHANGE_HPP

#include "http_connection.hpp"

#include <mec/http/message.hpp>

#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

/// One request and its response on an open connection. advance() does all that is possible without
/// waiting and says what to wait for; the drivers only wait. Knows no clock and no event loop.
class http_exchange {
public:
    enum class next { wait_readable, wait_writable, finished };

    /// The request, the response and the connection must outlive the exchange.
    http_exchange(http_connection& connection, const http::request& req, http::response& resp,
                  std::string_view user_agent);

    next advance();

    /// After `finished`: no error, or why there is no complete response.
    const error& failure() const noexcept { return failure_; }
    /// Bytes of the response so far: whether the peer still moves.
    std::size_t received() const noexcept { return received_; }
    /// After `finished`: the connection may carry another request.
    bool reusable() const noexcept { return reusable_; }

private:
    next write_request();
    next read_response();
    next finish(error failure);
    error lost(const io_result& r) const;

    http_connection& connection_;
    http::response& response_;
    std::size_t written_ = 0;
    std::size_t received_ = 0;
    bool reading_ = false;
    bool reusable_ = false;
    error write_failure_; ///< the peer may have answered before it stopped reading
    error failure_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
