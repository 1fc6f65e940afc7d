// The platform of the benchmarks: one thread, one epoll, always the same answer, no thought given to
// the request. Serves plain HTTP and TLS on two free ports of loopback until its input ends.
#include "service_list.hpp"

#include "tls_context.hpp"

#include <mec/emulator/certificate_authority.hpp>

#include <openssl/ssl.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using tls_context = mec::internal::tls_context;

template <class T> T must(mec::result<T> outcome)
{
    if (outcome) return std::move(*outcome);
    std::cerr << outcome.error() << '\n';
    std::exit(1);
}

std::string make_answer()
{
    const std::string body = bench::service_list_json(2);
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Issues the server's certificate and writes the CA that vouches for it to `ca_file`.
std::shared_ptr<tls_context> make_tls(const char* ca_file)
{
    const auto ca = must(mec::emulator::certificate_authority::create());
    mec::emulator::certificate_request request;
    request.dns_names = {"localhost"};
    request.addresses = {"127.0.0.1"};
    auto issued = must(ca.issue(request));
    std::ofstream(ca_file) << ca.ca_pem();
    return must(tls_context::server({issued.certificate_pem, std::move(issued.key_pem), {}}));
}

struct listener {
    int descriptor;
    std::uint16_t port;
};

listener listen_on_free_port()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (fd < 0 || ::bind(fd, generic, size) != 0 || ::listen(fd, 128) != 0 ||
        ::getsockname(fd, generic, &size) != 0) {
        std::perror("listen");
        std::exit(1);
    }
    return {fd, ntohs(address.sin_port)};
}

/// One client. A request ends with an empty line; the clients here send no bodies, and the next
/// request only after the answer.
class connection {
public:
    connection(int descriptor, mec::internal::ssl_ptr session)
        : descriptor_(descriptor), session_(std::move(session))
    {
        const int on = 1;
        ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (session_) {
            SSL_set_fd(session_.get(), descriptor_);
            SSL_set_read_ahead(session_.get(), 1);
        }
    }
    ~connection() { ::close(descriptor_); }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    /// Answers what has come; false when the client is gone.
    bool serve(std::string_view answer)
    {
        char buffer[4096];
        do {
            const auto size = read(buffer, sizeof buffer);
            if (size <= 0) return false;
            for (auto i = std::max(size - 4, 0); i < size; ++i)
                last_ = last_ << 8 | static_cast<unsigned char>(buffer[i]);
            if (last_ == 0x0d0a0d0a && !write(answer)) return false;
        } while (session_ && SSL_has_pending(session_.get()));
        return true;
    }

private:
    // Descriptors block. That is well: nothing is read before epoll says so, and answers are small.
    int read(char* data, int size)
    {
        if (session_) return SSL_read(session_.get(), data, size);
        return static_cast<int>(::recv(descriptor_, data, static_cast<std::size_t>(size), 0));
    }
    bool write(std::string_view data)
    {
        const auto size = static_cast<int>(data.size());
        if (session_) return SSL_write(session_.get(), data.data(), size) == size;
        return ::send(descriptor_, data.data(), data.size(), MSG_NOSIGNAL) == size;
    }

    int descriptor_;
    mec::internal::ssl_ptr session_;
    std::uint32_t last_ = 0; ///< the last four bytes that came
};

class epoll_loop {
public:
    epoll_loop(std::shared_ptr<tls_context> tls, listener plain, listener secure)
        : tls_(std::move(tls)), plain_(plain.descriptor), secure_(secure.descriptor)
    {
        watch(STDIN_FILENO, &stdin_mark_);
        watch(plain_, &plain_);
        watch(secure_, &secure_);
    }
    void run()
    {
        epoll_event events[64];
        for (;;) {
            const int n = ::epoll_wait(epoll_, events, 64, -1);
            for (int i = 0; i < n; ++i) {
                void* what = events[i].data.ptr;
                if (what == &stdin_mark_) return;
                if (what == &plain_ || what == &secure_) {
                    accept(what == &secure_);
                } else if (auto* c = static_cast<connection*>(what); !c->serve(answer_)) {
                    delete c;
                }
            }
        }
    }

private:
    void watch(int descriptor, void* what) const
    {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = what;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
    }
    void accept(bool secure)
    {
        const int fd = ::accept4(secure ? secure_ : plain_, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) return;
        auto session = secure ? must(tls_->accept_session()) : mec::internal::ssl_ptr();
        watch(fd, new connection(fd, std::move(session))); // epoll owns it; run() deletes it
    }

    const std::string answer_ = make_answer();
    const int epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    std::shared_ptr<tls_context> tls_;
    int plain_;
    int secure_;
    char stdin_mark_ = 0;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s <file for the CA>\n", argv[0]);
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    auto tls = make_tls(argv[1]);
    const auto plain = listen_on_free_port();
    const auto secure = listen_on_free_port();
    epoll_loop loop(std::move(tls), plain, secure);
    std::cout << "{\"plain\": " << plain.port << ", \"tls\": " << secure.port << "}" << std::endl;
    loop.run();
}
