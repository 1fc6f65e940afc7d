#ifndef SAMPLES_ADAPTIVE_BITRATE_PLAYER_HPP
#define SAMPLES_ADAPTIVE_BITRATE_PLAYER_HPP

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <string>
#include <utility>

constexpr double segment_length = 2; ///< seconds of video

/// Plays a live stream, segment after segment over one connection, through a radio link: it takes no more
/// from its socket than the link lets through. All times in seconds of the scenario, which go by `speed`
/// times as fast as real ones.
class player {
public:
    using tcp = boost::asio::ip::tcp;
    using error_code = boost::system::error_code;
    static constexpr double enough = 8;   ///< in the buffer
    static constexpr double to_start = 4; ///< in the buffer, at the beginning and after a stall

    int stalls = 0;
    double stalled = 0;
    double played = 0;

    /// @param link  what the link lets through now, in bit/s
    player(boost::asio::io_context& io, std::string path, std::function<double()> link,
           double speed)
        : socket_(io), timer_(io), path_(std::move(path)), link_(std::move(link)), speed_(speed)
    {
    }

    /// Failures leave the context's run(): the server is in this program.
    void start(const tcp::endpoint& server)
    {
        socket_.connect(server);
        last_ = std::chrono::steady_clock::now();
        tick();
    }
    void close()
    {
        closed_ = true;
        timer_.cancel();
        error_code ignored;
        socket_.close(ignored);
    }
    /// Mean of the segments, in bit/s.
    double rate() const { return segments_ == 0 ? 0 : bytes_ * 8 / (segments_ * segment_length); }

private:
    bool over(error_code ec) const
    {
        if (ec && !closed_) throw boost::system::system_error(ec, path_);
        return closed_;
    }

    void tick()
    {
        const auto now = std::chrono::steady_clock::now();
        const double passed = std::chrono::duration<double>(now - last_).count() * speed_;
        last_ = now;
        play(passed);
        // What the link had to spare is not saved for later.
        const double through = link_() / 8 * passed;
        allowance_ = std::min(through + (receiving_ ? allowance_ : 0), 4 * through);
        if (!receiving_ && buffer_ + segment_length <= enough) request();
        read();
        timer_.expires_after(std::chrono::milliseconds(2));
        timer_.async_wait([this](error_code ec) {
            if (!over(ec)) tick();
        });
    }

    void play(double passed)
    {
        if (!playing_) {
            if (begun_) stalled += passed;
            if (buffer_ >= to_start) playing_ = begun_ = true;
            return;
        }
        played += std::min(passed, buffer_);
        buffer_ = std::max(buffer_ - passed, 0.0);
        if (buffer_ > 0) return;
        playing_ = false;
        ++stalls;
    }

    void request()
    {
        receiving_ = true;
        text_.clear();
        const std::string head = "GET " + path_ + " HTTP/1.1\r\nHost: video\r\n\r\n";
        boost::asio::write(socket_, boost::asio::buffer(head));
        boost::asio::async_read_until(socket_, boost::asio::dynamic_buffer(text_, 4096), "\r\n\r\n",
                                      [this](error_code ec, std::size_t size) {
                                          if (!over(ec)) on_header(size);
                                      });
    }

    void on_header(std::size_t size)
    {
        boost::beast::http::response_parser<boost::beast::http::empty_body> header;
        header.skip(true);
        error_code ec;
        header.put(boost::asio::buffer(text_.data(), size), ec);
        if (over(ec)) return;
        left_ = static_cast<std::size_t>(header.content_length().value());
        bytes_ += static_cast<double>(left_);
        take(text_.size() - size);
    }

    void read()
    {
        if (reading_ || left_ == 0 || allowance_ < 1) return;
        reading_ = true;
        const auto most = static_cast<std::size_t>(std::min(allowance_, 65536.0));
        socket_.async_read_some(boost::asio::buffer(chunk_, std::min(most, left_)),
                                [this](error_code ec, std::size_t n) {
                                    reading_ = false;
                                    if (!over(ec)) take(n), read();
                                });
    }

    void take(std::size_t n)
    {
        allowance_ -= static_cast<double>(n);
        left_ -= std::min(n, left_);
        if (left_ != 0) return;
        receiving_ = false;
        ++segments_;
        buffer_ += segment_length;
    }

    tcp::socket socket_;
    boost::asio::steady_timer timer_;
    const std::string path_;
    const std::function<double()> link_;
    const double speed_;
    std::chrono::steady_clock::time_point last_{};
    std::string text_; ///< of a header, and what comes with it
    std::array<char, 65536> chunk_{};
    std::size_t left_ = 0; ///< bytes of the segment that comes
    double allowance_ = 0; ///< bytes that the link has let through
    double buffer_ = 0;    ///< seconds of video
    double bytes_ = 0;
    int segments_ = 0;
    bool receiving_ = false;
    bool reading_ = false;
    bool begun_ = false;
    bool playing_ = false;
    bool closed_ = false;
};

#endif
