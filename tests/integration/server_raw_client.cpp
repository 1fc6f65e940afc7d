#include "server_raw_client.hpp"

#include "tls_context.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>

namespace raw {

using mec::internal::io_result;
using mec::internal::io_status;

background_io::background_io(int threads) : io_(threads), work_(io_.get_executor())
{
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { io_.run(); });
}

background_io::~background_io()
{
    work_.reset();
    io_.stop();
    for (auto& t : threads_) t.join();
}

namespace {

int connect_to(const std::string& host, std::uint16_t port)
{
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    const bool is_v4 = ::inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1;
    if (!is_v4) ::inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr);
    const int fd = ::socket(is_v4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int rc = is_v4 ? ::connect(fd, reinterpret_cast<sockaddr*>(&v4), sizeof v4)
                         : ::connect(fd, reinterpret_cast<sockaddr*>(&v6), sizeof v6);
    EXPECT_EQ(rc, 0) << "connect: " << errno;
    return fd;
}

} // namespace

client::client(const std::string& host, std::uint16_t port, const std::string& ca_pem)
    : stream_(connect_to(host, port)),
      parser_(std::make_unique<mec::internal::response_parser>(mec::http::response_limits{}))
{
    stream_.set_blocking(true);
    stream_.set_timeouts(patience, patience);
    if (ca_pem.empty()) return;
    mec::http::tls_options trust;
    trust.ca_pem = ca_pem;
    shake_hands(host, port, trust);
}

client::client(const std::string& host, std::uint16_t port, const mec::http::tls_options& tls)
    : client(host, port)
{
    shake_hands(host, port, tls);
}

void client::shake_hands(const std::string& host, std::uint16_t port,
                         const mec::http::tls_options& tls)
{
    auto context = mec::internal::tls_context::client(tls);
    if (!context) {
        ADD_FAILURE() << context.error();
        return;
    }
    auto session = (*context)->connect_session(host, port);
    if (!session) {
        ADD_FAILURE() << session.error();
        return;
    }
    stream_.use_tls(std::move(*session));
    const io_result r = stream_.handshake();
    EXPECT_EQ(r.status, io_status::done) << stream_.failure(r);
}

bool client::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const io_result r = stream_.write(bytes.data(), bytes.size());
        if (r.status != io_status::done) return false;
        bytes.remove_prefix(r.bytes);
    }
    return true;
}

io_result client::read_more()
{
    char chunk[16 * 1024];
    const io_result r = stream_.read(chunk, sizeof chunk);
    switch (r.status) {
    case io_status::done: buffer_.append(chunk, r.bytes); break;
    case io_status::end: ending_ = ending::orderly; break;
    case io_status::truncated: ending_ = ending::truncated; break;
    case io_status::failed: ending_ = ending::reset; break;
    case io_status::want_read:
    case io_status::want_write: break; // patience is over
    }
    return r;
}

mec::http::response client::receive()
{
    mec::http::response response;
    parser_->start(mec::http::method::get, response);
    for (;;) {
        buffer_.erase(0, parser_->feed(buffer_));
        if (parser_->done()) return response;
        if (parser_->failure() || read_more().status != io_status::done) break;
    }
    response.clear();
    return response;
}

mec::http::response client::exchange(std::string_view bytes)
{
    EXPECT_TRUE(send(bytes));
    return receive();
}

ending client::wait_for_end()
{
    while (ending_ == ending::still_open && read_more().status == io_status::done) {
    }
    return ending_;
}

std::string client::read_all()
{
    wait_for_end();
    return std::move(buffer_);
}

std::string request(std::string_view method, std::string_view target, std::string_view extra,
                    std::string_view body)
{
    std::string r;
    r.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: test\r\n").append(extra);
    if (!body.empty() || method == "POST" || method == "PUT")
        r.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    return r.append("\r\n").append(body);
}

} // namespace raw
