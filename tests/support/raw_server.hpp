#ifndef MEC_TESTS_RAW_SERVER_HPP
#define MEC_TESTS_RAW_SERVER_HPP

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace mec_test {

/// One accepted connection of a raw_server. Every call is bounded by 5 s.
class raw_connection {
public:
    explicit raw_connection(int descriptor) : descriptor_(descriptor) {}
    ~raw_connection() { close(); }
    raw_connection(const raw_connection&) = delete;
    raw_connection& operator=(const raw_connection&) = delete;

    /// Reads up to the end of one request (header and Content-Length); empty when the peer left.
    std::string read_request();
    /// Reads so many bytes; fewer when the peer left.
    std::string read(std::size_t size);
    /// Writes all of it; false when the peer does not take it.
    bool write(std::string_view bytes);
    /// Writes one byte after the other, `pace` apart, until the peer closes.
    void drip(std::string_view bytes, std::chrono::milliseconds pace);
    /// Blocks until the peer closes.
    void wait_for_close();
    void close(); ///< FIN
    void reset(); ///< RST

private:
    int descriptor_;
    std::string buffer_;
};

/// A TCP server on 127.0.0.1 that plays a script on every connection: the tool for answers that no
/// real server would give.
class raw_server {
public:
    /// Called on a thread of its own for each connection, with its number from 0.
    using script = std::function<void(raw_connection&, int number)>;

    explicit raw_server(script play);
    ~raw_server();

    std::uint16_t port() const noexcept { return port_; }
    int connections() const noexcept { return connections_; }
    std::string url(std::string_view path = "") const;

private:
    void accept_all();

    script play_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> connections_{0};
    std::mutex mutex_;
    std::vector<std::thread> threads_;
    std::vector<int> open_;
    std::thread acceptor_;
};

/// `HTTP/1.1 200 OK` with Content-Type and Content-Length.
std::string json_response(std::string_view body, int status = 200);

} // namespace mec_test

#endif
