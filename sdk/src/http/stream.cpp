#include "stream.hpp"

#include "tls_failure.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <string>
#include <utility>

#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

MEC_BEGIN_NAMESPACE
namespace internal {
namespace {

using clock_type = std::chrono::steady_clock;

bool would_block(int number) noexcept { return number == EAGAIN || number == EWOULDBLOCK; }

/// The kernel starts the timeout afresh after every signal; a storm of them must not wait for ever.
class interruption {
public:
    interruption(int descriptor, int option) noexcept : descriptor_(descriptor), option_(option) {}

    /// After EINTR: false, with errno EAGAIN, when the timeout has passed since the first one.
    bool may_repeat() noexcept
    {
        const auto now = clock_type::now();
        if (first_ == clock_type::time_point{}) first_ = now;
        timeval limit{};
        socklen_t size = sizeof limit;
        if (::getsockopt(descriptor_, SOL_SOCKET, option_, &limit, &size) != 0) return false;
        const auto timeout =
            std::chrono::seconds(limit.tv_sec) + std::chrono::microseconds(limit.tv_usec);
        if (timeout == timeout.zero() || now - first_ < timeout) return true;
        errno = EAGAIN;
        return false;
    }

private:
    int descriptor_;
    int option_;
    clock_type::time_point first_{};
};

/// A peer that drips keeps every single wait short; the sum of them ends here.
bool is_over(steady_time end) noexcept
{
    if (end == steady_time::max() || clock_type::now() < end) return false;
    errno = EAGAIN;
    return true;
}

ssize_t receive(int descriptor, steady_time end, void* data, std::size_t size) noexcept
{
    if (is_over(end)) return -1;
    interruption signals(descriptor, SO_RCVTIMEO);
    for (;;) {
        const ssize_t n = ::recv(descriptor, data, size, 0);
        if (n >= 0 || errno != EINTR || !signals.may_repeat()) return n;
    }
}

ssize_t transmit(int descriptor, steady_time end, const void* data, std::size_t size) noexcept
{
    if (is_over(end)) return -1;
    interruption signals(descriptor, SO_SNDTIMEO);
    for (;;) {
        const ssize_t n = ::send(descriptor, data, size, MSG_NOSIGNAL);
        if (n >= 0 || errno != EINTR || !signals.may_repeat()) return n;
    }
}

io_result system_failure(int number) noexcept
{
    return {io_status::failed, 0, error_code(number, boost::system::system_category())};
}

// OpenSSL's socket BIO writes with write(2), which raises SIGPIPE; hence a BIO of our own.

} // namespace

struct stream::bio_access {
    static tls_socket& socket(BIO* bio) noexcept
    {
        return *static_cast<tls_socket*>(BIO_get_data(bio));
    }
    static int read(BIO* bio, char* data, int size);
    static int write(BIO* bio, const char* data, int size);
    static BIO* make(tls_socket& socket);
};

int stream::bio_access::read(BIO* bio, char* data, int size)
{
    BIO_clear_retry_flags(bio);
    const tls_socket& at = socket(bio);
    const ssize_t n = receive(at.descriptor, at.end, data, static_cast<std::size_t>(size));
    if (n < 0 && would_block(errno)) BIO_set_retry_read(bio);
    else if (n == 0) BIO_set_flags(bio, BIO_FLAGS_IN_EOF); // tells OpenSSL a FIN from an error
    return static_cast<int>(n);
}

int stream::bio_access::write(BIO* bio, const char* data, int size)
{
    BIO_clear_retry_flags(bio);
    const tls_socket& at = socket(bio);
    const ssize_t n = transmit(at.descriptor, at.end, data, static_cast<std::size_t>(size));
    if (n < 0 && would_block(errno)) BIO_set_retry_write(bio);
    return static_cast<int>(n);
}

namespace {

long bio_control(BIO* bio, int command, long, void*)
{
    switch (command) {
    case BIO_CTRL_EOF: return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0;
    case BIO_CTRL_FLUSH: return 1;
    default: return 0;
    }
}

BIO_METHOD* make_bio_method(int (*read)(BIO*, char*, int),
                            int (*write)(BIO*, const char*, int)) noexcept
{
    BIO_METHOD* method =
        BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without SIGPIPE");
    if (method == nullptr) return nullptr;
    BIO_meth_set_read(method, read);
    BIO_meth_set_write(method, write);
    BIO_meth_set_ctrl(method, &bio_control);
    return method;
}

} // namespace

BIO* stream::bio_access::make(tls_socket& socket)
{
    // Never freed: sessions may outlive every static object.
    static BIO_METHOD* const method = make_bio_method(&read, &write);
    BIO* bio = method == nullptr ? nullptr : BIO_new(method);
    if (bio == nullptr) throw std::bad_alloc();
    BIO_set_data(bio, &socket);
    BIO_set_init(bio, 1);
    return bio;
}

namespace {

bool unexpected_protocol(const SSL* ssl) noexcept
{
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl, &name, &size);
    return size != 0 && std::string_view(reinterpret_cast<const char*>(name), size) != "http/1.1";
}

timeval to_timeval(std::chrono::milliseconds t) noexcept
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(t);
    timeval v{};
    v.tv_sec = static_cast<time_t>(seconds.count());
    v.tv_usec = static_cast<suseconds_t>(std::chrono::microseconds(t - seconds).count());
    return v;
}

} // namespace

void ssl_deleter::operator()(SSL* ssl) const noexcept
{
    // OpenSSL forgets the session of a connection that ends without close_notify. That would throw
    // away good tickets: a truncated message is an error where it matters, not here.
    if (SSL_is_init_finished(ssl)) SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(ssl);
}

stream::stream(stream&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), end_(other.end_),
      tls_socket_(std::move(other.tls_socket_)), mode_(other.mode_),
      receive_timeout_(other.receive_timeout_), send_timeout_(other.send_timeout_),
      ssl_(std::move(other.ssl_))
{
}

stream& stream::operator=(stream&& other) noexcept
{
    if (this != &other) {
        close();
        descriptor_ = std::exchange(other.descriptor_, -1);
        end_ = other.end_;
        tls_socket_ = std::move(other.tls_socket_);
        mode_ = other.mode_;
        receive_timeout_ = other.receive_timeout_;
        send_timeout_ = other.send_timeout_;
        ssl_ = std::move(other.ssl_);
    }
    return *this;
}

stream::~stream() { close(); }

void stream::use_tls(ssl_ptr session)
{
    tls_socket_ = std::make_unique<tls_socket>(tls_socket{descriptor_, end_});
    BIO* bio = bio_access::make(*tls_socket_);
    SSL_set_bio(session.get(), bio, bio);
    ssl_ = std::move(session);
}

io_result stream::handshake() noexcept
{
    if (!secure() || SSL_is_init_finished(ssl_.get())) return {io_status::done};
    ERR_clear_error();
    const int returned = SSL_do_handshake(ssl_.get());
    io_result r = tls_result(returned, 0);
    if (r.status == io_status::truncated) r.status = io_status::failed;
    else if (r.status == io_status::done && unexpected_protocol(ssl_.get()))
        r = {io_status::failed, 0, make_tls_error(SSL_R_NO_APPLICATION_PROTOCOL)};
    return r;
}

io_result stream::read(void* data, std::size_t size) noexcept
{
    if (size == 0) return {io_status::done};
    if (secure()) {
        ERR_clear_error();
        std::size_t bytes = 0;
        const int returned = SSL_read_ex(ssl_.get(), data, size, &bytes);
        return tls_result(returned, bytes);
    }
    const ssize_t n = receive(descriptor_, end_, data, size);
    if (n > 0) return {io_status::done, static_cast<std::size_t>(n)};
    if (n == 0) return {io_status::end};
    return would_block(errno) ? io_result{io_status::want_read} : system_failure(errno);
}

io_result stream::write(const void* data, std::size_t size) noexcept
{
    if (size == 0) return {io_status::done};
    if (secure()) {
        ERR_clear_error();
        std::size_t bytes = 0;
        const int returned = SSL_write_ex(ssl_.get(), data, size, &bytes);
        io_result r = tls_result(returned, bytes);
        if (r.status == io_status::failed) collect_alert(r);
        return r;
    }
    const ssize_t n = transmit(descriptor_, end_, data, size);
    if (n >= 0) return {io_status::done, static_cast<std::size_t>(n)};
    return would_block(errno) ? io_result{io_status::want_write} : system_failure(errno);
}

io_result stream::tls_result(int returned, std::size_t bytes) noexcept
{
    const int number = errno; // before anything else can change it
    switch (SSL_get_error(ssl_.get(), returned)) {
    case SSL_ERROR_NONE: return {io_status::done, bytes};
    case SSL_ERROR_WANT_READ: return {io_status::want_read};
    case SSL_ERROR_WANT_WRITE: return {io_status::want_write};
    case SSL_ERROR_ZERO_RETURN: return {io_status::end};
    case SSL_ERROR_SYSCALL: return system_failure(number != 0 ? number : ECONNRESET);
    default: {
        const error_code code = take_tls_error();
        const bool cut = code == make_tls_error(SSL_R_UNEXPECTED_EOF_WHILE_READING);
        return {cut ? io_status::truncated : io_status::failed, 0, code};
    }
    }
}

void stream::collect_alert(io_result& failed_write) noexcept
{
    // A TLS 1.3 server that refuses our certificate closes the connection after we consider it open:
    // the first write may fail on the reset while the alert with the reason waits to be read.
    const int number = failed_write.system.value();
    if (failed_write.system.category() != boost::system::system_category() ||
        (number != EPIPE && number != ECONNRESET))
        return;
    char ignored = 0;
    const io_result r = read(&ignored, 1);
    if (r.status == io_status::failed && r.system.category() == tls_category()) failed_write = r;
}

void stream::shutdown() noexcept
{
    if (!is_open()) return;
    if (secure() && SSL_is_init_finished(ssl_.get())) {
        set_blocking(false);
        ERR_clear_error();
        SSL_shutdown(ssl_.get());
        ERR_clear_error();
    }
    ::shutdown(descriptor_, SHUT_WR);
}

void stream::close() noexcept
{
    ssl_.reset();
    if (is_open()) ::close(release());
}

int stream::release() noexcept
{
    mode_ = mode::unknown;
    receive_timeout_ = send_timeout_ = std::chrono::milliseconds{0};
    return std::exchange(descriptor_, -1);
}

error stream::failure(const io_result& r) const
{
    if (secure()) return describe_tls_failure(ssl_.get(), r);
    error_info info;
    info.system = r.system;
    if (r.status == io_status::end) info.message = "the peer closed the connection";
    else info.message = "the connection broke: " + r.system.message();
    const bool ours = r.system.value() == ENOBUFS || r.system.value() == ENOMEM;
    return error(ours ? errc::resource_exhausted : errc::connection_lost, std::move(info));
}

void stream::set_end(steady_time end) noexcept
{
    end_ = end;
    if (tls_socket_) tls_socket_->end = end;
}

bool stream::pending() const noexcept { return secure() && SSL_has_pending(ssl_.get()) != 0; }

error_code stream::set_blocking(bool blocking) noexcept
{
    const mode wanted = blocking ? mode::blocking : mode::non_blocking;
    if (!blocking) set_end(steady_time::max());
    if (mode_ == wanted) return {};
    int non_blocking = blocking ? 0 : 1;
    if (::ioctl(descriptor_, FIONBIO, &non_blocking) != 0)
        return {errno, boost::system::system_category()};
    mode_ = wanted;
    return {};
}

error_code stream::set_timeouts(std::chrono::milliseconds receive_timeout,
                                std::chrono::milliseconds send_timeout) noexcept
{
    const auto apply = [this](int option, std::chrono::milliseconds& current,
                              std::chrono::milliseconds wanted) -> error_code {
        wanted = std::max(wanted, std::chrono::milliseconds{1});
        if (current == wanted) return {};
        const timeval value = to_timeval(wanted);
        if (::setsockopt(descriptor_, SOL_SOCKET, option, &value, sizeof value) != 0)
            return {errno, boost::system::system_category()};
        current = wanted;
        return {};
    };
    if (const error_code failed = apply(SO_RCVTIMEO, receive_timeout_, receive_timeout))
        return failed;
    return apply(SO_SNDTIMEO, send_timeout_, send_timeout);
}

} // namespace internal
MEC_END_NAMESPACE
