#include "raw_server.hpp"

#include <cstdlib>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace mec_test {

std::string raw_connection::read_request()
{
    for (;;) {
        if (const auto end = buffer_.find("\r\n\r\n"); end != std::string::npos) {
            std::size_t size = end + 4;
            if (const auto field = buffer_.find("Content-Length: "); field < end)
                size += std::strtoul(buffer_.c_str() + field + 16, nullptr, 10);
            if (buffer_.size() >= size) {
                std::string request = buffer_.substr(0, size);
                buffer_.erase(0, size);
                return request;
            }
        }
        char chunk[4096];
        const ssize_t n = ::recv(descriptor_, chunk, sizeof chunk, 0);
        if (n <= 0) return {};
        buffer_.append(chunk, static_cast<std::size_t>(n));
    }
}

std::string raw_connection::read(std::size_t size)
{
    while (buffer_.size() < size) {
        char chunk[4096];
        const ssize_t n = ::recv(descriptor_, chunk, sizeof chunk, 0);
        if (n <= 0) break;
        buffer_.append(chunk, static_cast<std::size_t>(n));
    }
    const std::string bytes = buffer_.substr(0, size);
    buffer_.erase(0, bytes.size());
    return bytes;
}

bool raw_connection::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t n = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

void raw_connection::drip(std::string_view bytes, std::chrono::milliseconds pace)
{
    for (char byte : bytes) {
        pollfd closed{descriptor_, POLLRDHUP, 0};
        if (!write({&byte, 1}) || ::poll(&closed, 1, static_cast<int>(pace.count())) != 0) return;
    }
}

void raw_connection::wait_for_close()
{
    char chunk[4096];
    while (::recv(descriptor_, chunk, sizeof chunk, 0) > 0) {
    }
}

void raw_connection::close()
{
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
}

void raw_connection::reset()
{
    const linger at_once{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
}

raw_server::raw_server(script play) : play_(std::move(play))
{
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, generic, &size) != 0)
        throw std::runtime_error("raw_server cannot listen");
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
}

raw_server::~raw_server()
{
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
    {
        std::lock_guard lock(mutex_);
        for (int descriptor : open_) ::shutdown(descriptor, SHUT_RDWR);
    }
    for (auto& t : threads_) t.join();
    for (int descriptor : open_) ::close(descriptor);
}

void raw_server::accept_all()
{
    for (;;) {
        const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor < 0) return;
        const timeval limit{5, 0};
        ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        std::lock_guard lock(mutex_);
        // The script closes its own descriptor; the duplicate lets the destructor interrupt it.
        open_.push_back(::dup(descriptor));
        threads_.emplace_back(
            [this, descriptor, number = connections_++, duplicate = open_.back()] {
                {
                    raw_connection connection(descriptor);
                    play_(connection, number);
                }
                ::shutdown(duplicate, SHUT_RDWR);
            });
    }
}

std::string raw_server::url(std::string_view path) const
{
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
}

std::string json_response(std::string_view body, int status)
{
    return "HTTP/1.1 " + std::to_string(status) +
           " Status\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

} // namespace mec_test
