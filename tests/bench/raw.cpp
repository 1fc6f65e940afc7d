// The limit: bytes that were made beforehand are written, the answer is read, nobody looks at it.
// `loop` is one blocking connection; `epoll` is any number of them in one thread; `decode` is `loop`
// with the SDK's decoder on the body: what a call must cost at least. `post` is the load of servers:
// as `epoll`, but with notifications.
#include "measurement.hpp"
#include "notification.hpp"
#include "service_list.hpp"

#include <mec/json/codec.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <openssl/ssl.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using bench::give_up;

std::string make_request(const bench::arguments& a)
{
    if (a.variant != "post")
        return "GET /mec_service_mgmt/v1/services HTTP/1.1\r\n"
               "Host: 127.0.0.1\r\n"
               "Accept: application/json\r\n\r\n";
    const std::string body = bench::notification_json();
    return "POST " + a.path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(a.port) +
           "\r\nUser-Agent: platform/1.0\r\nAccept: */*\r\nContent-Type: application/json\r\n" +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

class connection {
public:
    connection(const bench::arguments& a, SSL_CTX* tls)
        : request_(make_request(a)), descriptor_(connect(a.port))
    {
        if (tls == nullptr) return;
        session_.reset(SSL_new(tls));
        SSL_set_fd(session_.get(), descriptor_);
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session_.get()), "127.0.0.1");
        if (SSL_connect(session_.get()) != 1) give_up("TLS handshake failed");
    }
    ~connection() { ::close(descriptor_); }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    int descriptor() const noexcept { return descriptor_; }

    void send()
    {
        const auto size = static_cast<int>(request_.size());
        const auto sent = session_ ? SSL_write(session_.get(), request_.data(), size)
                                   : ::send(descriptor_, request_.data(), request_.size(), 0);
        if (sent != size) give_up("cannot send");
    }
    /// The whole answer; how long one is, the first one tells.
    std::string_view receive()
    {
        std::size_t size = 0;
        do {
            char* free = buffer_ + size;
            const auto room = sizeof buffer_ - size;
            const auto n = session_ ? SSL_read(session_.get(), free, static_cast<int>(room))
                                    : ::recv(descriptor_, free, room, 0);
            if (n <= 0)
                give_up("cannot receive: " +
                        std::string(n == 0 ? "end of stream" : std::strerror(errno)));
            size += static_cast<std::size_t>(n);
            if (head_ == 0) learn({buffer_, size});
        } while (size < head_ + body_);
        return {buffer_, size};
    }
    std::string_view receive_body() { return receive().substr(head_); }

private:
    static int connect(std::uint16_t port)
    {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            give_up("cannot connect");
        const int on = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        return fd;
    }
    void learn(std::string_view bytes)
    {
        const auto end = bytes.find("\r\n\r\n");
        const auto length = bytes.find("Content-Length: ");
        const bool empty = bytes.substr(0, 13) == "HTTP/1.1 204 ";
        if (end == bytes.npos || (!empty && length == bytes.npos)) give_up("unexpected answer");
        head_ = end + 4;
        if (!empty) body_ = std::stoul(std::string(bytes.substr(length + 16, 8)));
    }

    struct free_session {
        void operator()(SSL* s) const noexcept { SSL_free(s); }
    };
    const std::string request_;
    int descriptor_;
    std::unique_ptr<SSL, free_session> session_;
    std::size_t head_ = 0;
    std::size_t body_ = 0;
    char buffer_[8192];
};

void run_epoll(const bench::arguments& a, SSL_CTX* tls)
{
    struct client {
        connection link;
        bench::measurement::time_point started{};
    };
    bench::measurement m(a);
    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    std::vector<std::unique_ptr<client>> clients;
    std::size_t busy = 0;
    const auto next = [&](client& c) {
        if (auto started = m.start()) {
            c.started = *started;
            c.link.send();
            ++busy;
        } else { // a server may close it from now on
            ::epoll_ctl(epoll, EPOLL_CTL_DEL, c.link.descriptor(), nullptr);
        }
    };
    for (std::size_t i = 0; i < a.connections; ++i) {
        auto& c = *clients.emplace_back(new client{{a, tls}});
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = &c;
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, c.link.descriptor(), &event);
        c.link.send(); // session tickets come with the first answer; some servers' backlog is five
        c.link.receive();
    }
    for (auto& c : clients) next(*c);
    epoll_event events[64];
    while (busy > 0) {
        const int n = ::epoll_wait(epoll, events, 64, -1);
        for (int i = 0; i < n; ++i) {
            auto& c = *static_cast<client*>(events[i].data.ptr);
            c.link.receive();
            --busy;
            m.finish(c.started, a.services);
            next(c);
        }
    }
    m.print();
    ::close(epoll);
}

} // namespace

int main(int argc, char** argv)
{
    const auto a = bench::parse_arguments(argc, argv);
    SSL_CTX* tls = nullptr;
    if (a.tls()) {
        tls = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, nullptr);
        SSL_CTX_set_read_ahead(tls, 1); // one recv for a record, not one for its header as well
        if (SSL_CTX_load_verify_file(tls, a.ca_file.c_str()) != 1) give_up("cannot read the CA");
    }
    if (a.variant == "loop") {
        bench::run_threads(a, [&] {
            return [&a, c = std::make_unique<connection>(a, tls)] {
                c->send();
                c->receive();
                return a.services;
            };
        });
    } else if (a.variant == "decode") {
        bench::run_threads(a, [&] {
            return [c = std::make_unique<connection>(a, tls)] {
                bench::service_list list;
                c->send();
                if (mec::json::decode(c->receive_body(), list)) give_up("cannot decode");
                return list.size();
            };
        });
    } else if (a.variant == "epoll" || a.variant == "post") {
        run_epoll(a, tls);
    } else {
        give_up("variants: loop decode epoll post");
    }
    if (tls != nullptr) SSL_CTX_free(tls);
}
