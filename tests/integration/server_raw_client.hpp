#ifndef MEC_TESTS_INTEGRATION_SERVER_RAW_CLIENT_HPP
#define MEC_TESTS_INTEGRATION_SERVER_RAW_CLIENT_HPP

/// @file
/// A client that sends exactly the bytes it is told to, and an event loop on a thread.

#include "parsers.hpp"
#include "stream.hpp"

#include <mec/core/url.hpp>
#include <mec/http/options.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace raw {

/// Long enough for the slowest sanitizer build; only failures wait for it.
constexpr std::chrono::seconds patience{20};

/// Runs an io_context on its own threads until the end of the scope.
class background_io {
public:
    explicit background_io(int threads = 1);
    ~background_io();
    boost::asio::io_context& context() { return io_; }
    boost::asio::any_io_executor executor() { return io_.get_executor(); }

private:
    boost::asio::io_context io_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    std::vector<std::thread> threads_;
};

/// How a connection ended.
enum class ending { orderly, truncated, reset, still_open };

/// A blocking connection. A failure to connect or to shake hands fails the test.
class client {
public:
    /// @param ca_pem  not empty: TLS with this CA
    client(const std::string& host, std::uint16_t port, const std::string& ca_pem = {});
    client(const std::string& host, std::uint16_t port, const mec::http::tls_options& tls);
    client(const mec::origin& at, const std::string& ca_pem) : client(at.host, at.port, ca_pem) {}

    /// Sends all of it; false when the peer does not take it.
    bool send(std::string_view bytes);
    /// The next response; status 0 when none came.
    mec::http::response receive();
    mec::http::response exchange(std::string_view bytes);
    /// Reads until the peer ends the connection.
    ending wait_for_end();
    /// Bytes that came without being asked for as a response.
    std::string read_all();

    mec::internal::stream& stream() { return stream_; }

private:
    void shake_hands(const std::string& host, std::uint16_t port,
                     const mec::http::tls_options& tls);
    mec::internal::io_result read_more();

    mec::internal::stream stream_;
    std::unique_ptr<mec::internal::response_parser> parser_;
    std::string buffer_;
    ending ending_ = ending::still_open;
};

/// `GET target` and the fields that every request has; `extra` is whole lines with CRLF.
std::string request(std::string_view method, std::string_view target, std::string_view extra = {},
                    std::string_view body = {});

} // namespace raw

#endif
