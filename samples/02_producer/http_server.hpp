#ifndef SAMPLES_PRODUCER_HTTP_SERVER_HPP
#define SAMPLES_PRODUCER_HTTP_SERVER_HPP

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <utility>

/// Answers requests without a body. Whoever connects can cost it little: connections are counted, a
/// request is small or refused, and whoever is slow is left. For a context that one thread runs.
class http_server {
public:
    using tcp = boost::asio::ip::tcp;
    using request = boost::beast::http::request<boost::beast::http::empty_body>;
    using response = boost::beast::http::response<boost::beast::http::string_body>;
    using handler = std::function<response(const request&)>;

    static constexpr std::size_t max_connections = 64;
    static constexpr std::uint32_t max_header = 4096;      ///< bytes
    static constexpr std::chrono::seconds patience{10};    ///< for a request, and for its answer
    static constexpr std::chrono::milliseconds pause{100}; ///< when the system lacks resources

    /// Listens; throws boost::system::system_error when that is not possible.
    http_server(boost::asio::io_context& io, const tcp::endpoint& at, handler h)
        : acceptor_(io, at), retry_(io), handler_(std::move(h))
    {
        accept();
    }

    tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }

    /// Ends all connections; the context has nothing to do for the server any more.
    void close()
    {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        retry_.cancel();
        for (const auto& c : connections_) c->stream.close();
    }

private:
    struct connection {
        explicit connection(tcp::socket s) : stream(std::move(s)) {}
        boost::beast::tcp_stream stream;
        boost::beast::flat_buffer buffer{max_header};
        std::optional<boost::beast::http::request_parser<boost::beast::http::empty_body>> parser;
        response answer;
    };
    using pointer = std::shared_ptr<connection>;

    void accept()
    {
        if (accepting_ || !acceptor_.is_open() || connections_.size() >= max_connections) return;
        accepting_ = true;
        acceptor_.async_accept([this](boost::system::error_code ec, tcp::socket s) {
            accepting_ = false;
            if (!acceptor_.is_open()) return;
            if (ec) return accept_later();
            read(*connections_.insert(std::make_shared<connection>(std::move(s))).first);
            accept();
        });
    }

    void accept_later()
    {
        retry_.expires_after(pause);
        retry_.async_wait([this](boost::system::error_code ec) {
            if (!ec) accept();
        });
    }

    void read(const pointer& c)
    {
        c->parser.emplace();
        c->parser->header_limit(max_header);
        c->stream.expires_after(patience);
        boost::beast::http::async_read(c->stream, c->buffer, *c->parser,
                                       [this, c](boost::system::error_code ec, std::size_t) {
                                           if (ec) return end(c);
                                           write(c);
                                       });
    }

    void write(const pointer& c)
    {
        const request& asked = c->parser->get();
        c->answer = handler_(asked);
        c->answer.version(asked.version());
        c->answer.keep_alive(asked.keep_alive());
        c->answer.prepare_payload();
        c->stream.expires_after(patience);
        boost::beast::http::async_write(c->stream, c->answer,
                                        [this, c](boost::system::error_code ec, std::size_t) {
                                            if (ec || !c->answer.keep_alive()) return end(c);
                                            read(c);
                                        });
    }

    void end(const pointer& c)
    {
        c->stream.close();
        connections_.erase(c);
        accept();
    }

    tcp::acceptor acceptor_;
    boost::asio::steady_timer retry_;
    const handler handler_;
    std::set<pointer> connections_;
    bool accepting_ = false;
};

#endif
