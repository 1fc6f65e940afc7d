#ifndef MEC_INTERNAL_TRANSPORT_CORE_HPP
#define MEC_INTERNAL_TRANSPORT_CORE_HPP

#include "connection_pool.hpp"
#include "deadline_list.hpp"
#include "resolver.hpp"
#include "tls_context.hpp"

#include <mec/http/options.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <mutex>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Which part of an exchange a wait belongs to.
enum class phase : std::uint8_t { queue, resolve, connect, handshake, first_byte, body };

/// What the exchanges of one transport share, whoever drives them.
class transport_core {
public:
    transport_core(boost::asio::any_io_executor executor, http::transport_options options);

    /// Made at the first use: loading the system's CAs takes 20 ms that a plain connection need not pay.
    result<std::shared_ptr<tls_context>> tls();
    /// The name that the certificate of `origin` must carry.
    const std::string& tls_name(const mec::origin& origin) const noexcept
    {
        return options.tls.server_name.empty() ? origin.host : options.tls.server_name;
    }
    /// Refuses http:// to other hosts than loopback unless that was allowed.
    error check(const mec::origin& origin) const;

    /// Ends all exchanges with errc::shutting_down and refuses new ones.
    void close() noexcept;

    steady_time now() const noexcept { return options.clock->now(); }
    /// End of a phase that begins now, never later than the exchange itself.
    steady_time phase_end(phase p, steady_time exchange_end) const noexcept;
    /// What it means that a phase has lasted too long.
    error timed_out(phase p, steady_time exchange_end) const;

    const boost::asio::any_io_executor executor;
    const http::transport_options options;
    connection_pool pool;
    resolver_pool resolver;
    const std::shared_ptr<deadline_list> deadlines;

private:
    std::chrono::milliseconds budget(phase p) const noexcept;

    std::mutex tls_mutex_;
    std::shared_ptr<tls_context> tls_;
};

/// Begins a connection without waiting for it: a non-blocking descriptor that is not inherited.
result<int> begin_connect(const resolved_address& address) noexcept;
/// After the descriptor became writable: no error when it is connected.
error_code connect_outcome(int descriptor) noexcept;
/// Sets what a connection that will be kept needs: no delay, keep-alive, user timeout.
void tune(int descriptor, const http::pool_options& options) noexcept;

} // namespace internal
MEC_END_NAMESPACE

#endif
