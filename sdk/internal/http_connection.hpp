#ifndef MEC_INTERNAL_HTTP_CONNECTION_HPP
#define MEC_INTERNAL_HTTP_CONNECTION_HPP

#include "parsers.hpp"
#include "stream.hpp"

#include <mec/core/clock.hpp>
#include <mec/core/url.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <optional>
#include <string>

MEC_BEGIN_NAMESPACE
namespace internal {

/// A connection to one origin with all that it keeps from request to request: parser, buffers.
/// Used by one exchange at a time.
class http_connection {
public:
    http_connection(stream s, const http::response_limits& limits, steady_time now)
        : io(std::move(s)), parser(limits), opened(now), used(now)
    {
    }
    ~http_connection() { stop_watching(); }
    http_connection(const http_connection&) = delete;
    http_connection& operator=(const http_connection&) = delete;

    /// The Asio socket that waits for readiness; registers the descriptor with the reactor the first
    /// time. The descriptor stays the stream's.
    boost::asio::ip::tcp::socket& watch(const boost::asio::any_io_executor& executor)
    {
        if (!watch_) {
            watch_.emplace(executor);
            boost::system::error_code ignored; // an unregistered socket fails at its first wait
            watch_->assign(boost::asio::ip::tcp::v4(), io.descriptor(), ignored);
        }
        return *watch_;
    }
    /// Cancels a wait that is under way; its handler is called with operation_aborted.
    void cancel_watch() noexcept
    {
        boost::system::error_code ignored;
        if (watch_) watch_->cancel(ignored);
    }

    stream io;
    response_parser parser;
    std::string out;             ///< bytes of the request
    std::array<char, 8192> in{}; ///< bytes of the response as they come
    steady_time opened;
    steady_time used;
    bool fresh = true; ///< has not carried a request yet

private:
    void stop_watching() noexcept
    {
        boost::system::error_code ignored;
        if (watch_ && watch_->is_open()) watch_->release(ignored);
        watch_.reset();
    }
    std::optional<boost::asio::ip::tcp::socket> watch_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
