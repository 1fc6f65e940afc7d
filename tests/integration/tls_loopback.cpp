#include "tls_loopback.hpp"

#include <gtest/gtest.h>

#include <openssl/pem.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace tls_test {
namespace {

using namespace std::chrono_literals;
constexpr auto patience = 10s;

int checked(int result)
{
    if (result < 0) throw std::system_error(errno, std::generic_category());
    return result;
}

bool pending(const io_result& r)
{
    return r.status == io_status::want_read || r.status == io_status::want_write;
}

pollfd interest(const stream& s, const io_result& r)
{
    const short events = r.status == io_status::want_write ? POLLOUT : POLLIN;
    return {pending(r) ? s.descriptor() : -1, events, 0};
}

void advance(stream& s, io_result& r)
{
    if (!pending(r)) return;
    r = s.handshake();
    if (r.status == io_status::failed)
        s.shutdown(); // whoever waits at the other end must not wait for ever
}

} // namespace

connected_pair connect_pair()
{
    stream listener(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    checked(::bind(listener.descriptor(), generic, size));
    checked(::listen(listener.descriptor(), 1));
    checked(::getsockname(listener.descriptor(), generic, &size));
    stream client(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    checked(::connect(client.descriptor(), generic, size));
    stream server(checked(::accept4(listener.descriptor(), nullptr, nullptr, SOCK_CLOEXEC)));
    for (stream* s : {&client, &server}) {
        const int on = 1;
        checked(::setsockopt(s->descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
        if (s->set_blocking(false))
            throw std::runtime_error("cannot make a descriptor non-blocking");
    }
    return {std::move(client), std::move(server)};
}

const certificate_authority& trusted_ca()
{
    static const certificate_authority ca = certificate_authority::create().value();
    return ca;
}

mec::http::tls_options trusting(const certificate_authority& ca)
{
    mec::http::tls_options options;
    options.ca_pem = ca.ca_pem();
    return options;
}

certificate_request for_localhost()
{
    certificate_request request;
    request.common_name = "test server";
    request.dns_names = {"localhost"};
    request.addresses = {"127.0.0.1"};
    return request;
}

issued_certificate issue(const certificate_request& request, const certificate_authority& ca)
{
    return ca.issue(request).value();
}

std::shared_ptr<tls_context> client_context(const mec::http::tls_options& options)
{
    return tls_context::client(options).value();
}

std::shared_ptr<tls_context> server_context(const issued_certificate& certificate,
                                            const std::string& client_ca_pem)
{
    return tls_context::server({certificate.certificate_pem, certificate.key_pem, client_ca_pem})
        .value();
}

mec::internal::ssl_ctx_ptr foreign_server(const issued_certificate& certificate,
                                          const std::function<void(SSL_CTX*)>& adjust)
{
    mec::internal::ssl_ctx_ptr context(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), 0);
    const auto pem = mec::internal::memory_bio(certificate.certificate_pem);
    const mec::internal::x509_ptr leaf(PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr));
    const auto key_pem = mec::internal::memory_bio(certificate.key_pem.reveal());
    const mec::internal::evp_pkey_ptr key(
        PEM_read_bio_PrivateKey(key_pem.get(), nullptr, nullptr, nullptr));
    if (SSL_CTX_use_certificate(context.get(), leaf.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context.get(), key.get()) != 1)
        throw std::runtime_error("the foreign server cannot use its certificate");
    if (adjust) adjust(context.get());
    return context;
}

session shake_hands(connected_pair ends)
{
    session s{std::move(ends)};
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        advance(s.ends.client, s.client);
        advance(s.ends.server, s.server);
        if (!pending(s.client) && !pending(s.server)) return s;
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("the TLS handshake does not end");
        pollfd waiting[] = {interest(s.ends.client, s.client), interest(s.ends.server, s.server)};
        checked(::poll(waiting, 2, 1000));
    }
}

session connect(tls_context& client, tls_context& server, std::string_view host, std::uint16_t port)
{
    connected_pair ends = connect_pair();
    ends.client.use_tls(client.connect_session(host, port).value());
    ends.server.use_tls(server.accept_session().value());
    return shake_hands(std::move(ends));
}

session connect(tls_context& client, SSL_CTX* server, std::string_view host)
{
    connected_pair ends = connect_pair();
    ends.client.use_tls(client.connect_session(host, 443).value());
    ssl_ptr accepting(SSL_new(server));
    SSL_set_accept_state(accepting.get());
    ends.server.use_tls(std::move(accepting));
    return shake_hands(std::move(ends));
}

session connect_to(const issued_certificate& certificate, std::string_view host,
                   const mec::http::tls_options& options)
{
    return connect(*client_context(options), *server_context(certificate), host);
}

void wait_readable(const stream& s)
{
    pollfd waiting{s.descriptor(), POLLIN, 0};
    if (checked(::poll(&waiting, 1,
                       static_cast<int>(std::chrono::milliseconds(patience).count()))) != 1)
        throw std::runtime_error("nothing arrives");
}

io_result read_some(stream& s, void* data, std::size_t size)
{
    for (;;) {
        const io_result r = s.read(data, size);
        if (r.status != io_status::want_read) return r;
        wait_readable(s);
    }
}

void take_tickets(session& s)
{
    // A byte that the server sends after them: when it is there, they are.
    char mark = 0;
    EXPECT_EQ(s.ends.server.write("x", 1).status, io_status::done);
    const io_result r = read_some(s.ends.client, &mark, 1);
    EXPECT_EQ(r.status, io_status::done) << s.ends.client.failure(r);
}

temporary_directory::temporary_directory()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "mec-tls-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::system_error(errno, std::generic_category());
    path_ = pattern;
}

temporary_directory::~temporary_directory()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string temporary_directory::path(std::string_view name) const
{
    return path_ + '/' + std::string(name);
}

std::string temporary_directory::write(std::string_view name, std::string_view text,
                                       unsigned mode) const
{
    const std::string file = path(name);
    std::ofstream(file, std::ios::binary) << text;
    checked(::chmod(file.c_str(), mode));
    return file;
}

mec::http::tls_options with_identity(const temporary_directory& files,
                                     const issued_certificate& certificate)
{
    mec::http::tls_options options = trusting();
    options.cert_file = files.write("client.pem", certificate.certificate_pem, 0644);
    options.key_file = files.write("client.key", certificate.key_pem.reveal());
    return options;
}

certificate_request for_client()
{
    certificate_request request;
    request.common_name = "test app";
    request.purpose = mec::emulator::certificate_purpose::client;
    return request;
}

} // namespace tls_test
