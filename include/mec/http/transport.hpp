#ifndef MEC_HTTP_TRANSPORT_HPP
#define MEC_HTTP_TRANSPORT_HPP

#include <mec/core/result.hpp>
#include <mec/http/message.hpp>
#include <mec/http/options.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>

#include <memory>

MEC_BEGIN_NAMESPACE

namespace asio = boost::asio;

namespace http {

/// Sends single requests. The seam under all clients: the SDK's own is made by `make_transport`,
/// tests use `mec::testing::scripted_transport`, applications may wrap either.
class MEC_API transport {
public:
    virtual ~transport();

    virtual asio::any_io_executor get_executor() const noexcept = 0;

    /// One attempt: connect or reuse a connection, send, read the whole response.
    /// @param req,resp  stay alive and untouched until the handler is called. `resp` is cleared first;
    ///   `resp.progress` is right also after a failure.
    /// @param handler  gets no error for every complete response, whatever its status. Called once, never
    ///   inside this function, through its associated executor.
    /// @par Cancellation terminal and partial: the connection is closed, errc::cancelled.
    /// @par Thread safety may be called from any thread.
    virtual void async_send(const request& req, response& resp,
                            asio::any_completion_handler<void(error)> handler) = 0;

    /// The same, blocking, with the I/O on the calling thread; what `mec::sync_wait` uses.
    /// The default says errc::not_supported; async_send is used then.
    virtual error send(const request& req, response& resp);

    /// Ends all exchanges with errc::shutting_down and refuses new ones. Does not block. A thread that
    /// is inside send() leaves it by its own deadline.
    virtual void close() noexcept = 0;
};

/// The SDK's transport: HTTP/1.1 over TCP and TLS, pooled connections, happy eyeballs. No I/O, but
/// reads the files named in `options.tls`.
/// @param executor  its context must outlive the transport and every client that was made from it:
///   connections that are kept are registered there.
/// @return errc::config_invalid or errc::storage_error when the TLS material cannot be used.
MEC_API result<std::shared_ptr<transport>> make_transport(asio::any_io_executor executor,
                                                          transport_options options = {});

} // namespace http
MEC_END_NAMESPACE

#endif
