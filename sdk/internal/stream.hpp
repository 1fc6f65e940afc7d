#ifndef MEC_INTERNAL_STREAM_HPP
#define MEC_INTERNAL_STREAM_HPP

/// @file
/// One connected TCP socket, plain or TLS, without an event loop: every call does what can be done
/// now and says what to wait for. The same object serves an asynchronous driver (the descriptor is
/// non-blocking, wait for readiness) and a blocking one (the descriptor blocks for at most the
/// receive and send timeouts). TLS runs on OpenSSL directly over the descriptor.

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
    error_code set_timeouts(std::chrono::milliseconds receive,
                            std::chrono::milliseconds send) noexcept;

private:
    enum class mode : unsigned char { unknown, blocking, non_blocking };

    io_result tls_result(int returned, std::size_t bytes) noexcept;
    void collect_alert(io_result& failed_write) noexcept;

    int descriptor_ = -1;
    mode mode_ = mode::unknown; // an adopted descriptor may be either
    std::chrono::milliseconds receive_timeout_{0};
    std::chrono::milliseconds send_timeout_{0};
    ssl_ptr ssl_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
