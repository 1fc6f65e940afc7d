#ifndef MEC_INTERNAL_STREAM_HPP
#define MEC_INTERNAL_STREAM_HPP

/// @file
/// One connected TCP socket, plain or TLS, without an event loop: every call does what can be done
/// now and says what to wait for. The same object serves an asynchronous driver (the descriptor is
/// non-blocking, wait for readiness) and a blocking one (the descriptor blocks for at most the
/// receive and send timeouts). TLS runs on OpenSSL directly over the descriptor.

#include <mec/core/clock.hpp>
#include <mec/core/result.hpp>

#include <openssl/types.h>

#include <chrono>
#include <cstddef>
#include <memory>

MEC_BEGIN_NAMESPACE
namespace internal {

enum class io_status {
    done,      ///< `bytes` were moved, or the handshake is complete
    want_read, ///< wait until the descriptor is readable (blocking: the receive timeout passed). Read
               ///< before waiting: what has arrived may lie in the TLS layer already
    want_write, ///< wait until the descriptor is writable (blocking: the send timeout passed)
    end,        ///< orderly end: FIN, with close_notify before it on TLS
    truncated,  ///< TLS only: FIN without close_notify
    failed      ///< see `system` and failure(); a handshake the peer breaks off is this, too
};

struct io_result {
    io_status status;
    std::size_t bytes = 0;
    error_code system{};
};

struct MEC_API ssl_deleter {
    void operator()(SSL* ssl) const noexcept;
};
using ssl_ptr = std::unique_ptr<SSL, ssl_deleter>;

class MEC_API stream {
    struct bio_access;

public:
    stream() = default;
    /// Takes over a connected (or connecting) descriptor.
    explicit stream(int descriptor) noexcept : descriptor_(descriptor) {}
    stream(stream&&) noexcept;
    stream& operator=(stream&&) noexcept;
    ~stream(); ///< closes the descriptor; sends nothing

    int descriptor() const noexcept { return descriptor_; }
    bool is_open() const noexcept { return descriptor_ >= 0; }
    bool secure() const noexcept { return ssl_ != nullptr; }
    SSL* ssl() const noexcept { return ssl_.get(); }

    /// Switches to TLS; the session has its role, name and verification set by tls_context.
    void use_tls(ssl_ptr session);

    /// One step of the TLS handshake; done at once on a plain stream.
    io_result handshake() noexcept;
    io_result read(void* data, std::size_t size) noexcept;
    io_result write(const void* data, std::size_t size) noexcept;
    /// Sends close_notify if that is possible without waiting, then FIN.
    void shutdown() noexcept;
    void close() noexcept;
    /// Gives the descriptor away: whoever takes it closes it. The TLS session stays here, for ssl().
    int release() noexcept;

    /// After `failed`, `truncated` or `end` from handshake(), read() or write(): the typed error with
    /// the reason, names and dates of the peer's certificate where they matter.
    error failure(const io_result& r) const;

    /// Blocking descriptor with timeouts, or non-blocking; a system call only when something changes.
    error_code set_blocking(bool blocking) noexcept;
    /// Less than 1 ms counts as 1 ms: a budget that is used up must not become an endless wait.
    /// On a blocking descriptor: no read, write or handshake goes on after this time, however the
    /// peer drips. It ends with want_read or want_write then.
    void set_end(steady_time end) noexcept;
    /// TLS only: bytes that the peer sent wait inside OpenSSL, where poll and peek do not see them.
    bool pending() const noexcept;
    error_code set_timeouts(std::chrono::milliseconds receive,
                            std::chrono::milliseconds send) noexcept;

private:
    enum class mode : unsigned char { unknown, blocking, non_blocking };

    io_result tls_result(int returned, std::size_t bytes) noexcept;
    void collect_alert(io_result& failed_write) noexcept;

    /// What OpenSSL's side needs; it must not move with the stream.
    struct tls_socket {
        int descriptor;
        steady_time end;
    };

    int descriptor_ = -1;
    steady_time end_ = steady_time::max();
    std::unique_ptr<tls_socket> tls_socket_;
    mode mode_ = mode::unknown; // an adopted descriptor may be either
    std::chrono::milliseconds receive_timeout_{0};
    std::chrono::milliseconds send_timeout_{0};
    ssl_ptr ssl_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
