// The limit of a server: one thread, one epoll, looks for the end of the request and its length, and
// nothing else. `raw` does nothing with the body, `decode` reads it with the SDK's decoder.
#include "notification.hpp"

#include <mec/json/codec.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <string_view>

#include <arpa/inet.h>
#include <cstring>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using bench::give_up;

constexpr std::string_view answer = "HTTP/1.1 204 No Content\r\n\r\n";

int listen_on_free_port(std::uint16_t& port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (fd < 0 || ::bind(fd, generic, size) != 0 || ::listen(fd, SOMAXCONN) != 0 ||
        ::getsockname(fd, generic, &size) != 0)
        give_up("cannot listen");
    port = ntohs(address.sin_port);
    return fd;
}

/// One client, which sends its next request after the answer.
struct connection {
    int descriptor;
    std::size_t size = 0;
    char buffer[8192];

    /// The body of a request when one is complete; false when the client is gone.
    bool receive(std::string_view& body)
    {
        const auto n = ::recv(descriptor, buffer + size, sizeof buffer - size, 0);
        if (n <= 0) return false;
        size += static_cast<std::size_t>(n);
        const std::string_view bytes(buffer, size);
        const auto end = bytes.find("\r\n\r\n");
        if (end == bytes.npos) return true;
        const auto field = bytes.find("Content-Length: ");
        if (field > end) give_up("unexpected request");
        const auto length = std::strtoul(buffer + field + 16, nullptr, 10);
        if (size >= end + 4 + length) body = bytes.substr(end + 4, length);
        return true;
    }
};

class loop {
public:
    loop(const bench::arguments& a)
        : measurement_(bench::measurement::of_server(a)), decode_(a.variant == "decode")
    {
        std::uint16_t port = 0;
        listener_ = listen_on_free_port(port);
        watch(listener_, nullptr);
        bench::announce(port, "/notify");
    }
    void run()
    {
        epoll_event events[64];
        for (;;) {
            const int n = ::epoll_wait(epoll_, events, 64, -1);
            for (int i = 0; i < n; ++i) {
                auto* c = static_cast<connection*>(events[i].data.ptr);
                if (!c) accept();
                else if (serve(*c)) return measurement_.print();
            }
        }
    }

private:
    /// True when it was the last one.
    bool serve(connection& c)
    {
        std::string_view body;
        if (!c.receive(body)) {
            ::close(c.descriptor);
            delete &c;
            return false;
        }
        if (body.empty()) return false;
        c.size = 0;
        ::send(c.descriptor, answer.data(), answer.size(), MSG_NOSIGNAL);
        if (decode_) {
            bench::notification n;
            if (mec::json::decode(body, n)) give_up("cannot decode");
            bench::check(n);
        }
        return measurement_.handled();
    }
    void watch(int descriptor, connection* c) const
    {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = c;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
    }
    void accept()
    {
        const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) return;
        const int on = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(fd, new connection{fd, 0, {}}); // epoll owns it; serve() deletes it
    }

    bench::measurement measurement_;
    bool decode_;
    int listener_ = -1;
    const int epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
};

} // namespace

int main(int argc, char** argv)
{
    const auto a = bench::parse_arguments(argc, argv);
    if (a.variant != "raw" && a.variant != "decode") give_up("variants: raw decode");
    loop(a).run();
}
