#ifndef MEC_INTERNAL_WEBSOCKET_STREAM_HPP
#define MEC_INTERNAL_WEBSOCKET_STREAM_HPP

/// @file
/// What Beast's websocket needs to run over a stream: an AsyncStream that tries first and waits for
/// readiness when it must.

#include "stream.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace asio = boost::asio;

namespace internal {

class websocket_stream {
public:
    using executor_type = asio::any_io_executor;

    websocket_stream(const executor_type& executor, stream s, std::string unread)
        : watch_(executor), io_(std::move(s)), unread_(std::move(unread))
    {
        io_.set_blocking(false);
        error_code ignored; // an unregistered socket fails at its first wait
        watch_.assign(asio::ip::tcp::v4(), io_.descriptor(), ignored);
    }
    ~websocket_stream() { close(); }
    websocket_stream(const websocket_stream&) = delete;
    websocket_stream& operator=(const websocket_stream&) = delete;

    executor_type get_executor() noexcept { return watch_.get_executor(); }

    /// Fails with asio::error::message_size when more is read.
    void limit_reads(std::size_t bytes) noexcept { allowance_ = bytes; }
    /// Why the connection ended; no error when that is not known.
    const error& failure() const noexcept { return failure_; }

    /// Ends what is under way with asio::error::operation_aborted.
    void close() noexcept
    {
        error_code ignored;
        if (watch_.is_open()) watch_.release(ignored);
        io_.close();
    }
    void shutdown() noexcept { io_.shutdown(); }

    template <class Buffers, class Handler>
    auto async_read_some(const Buffers& buffers, Handler&& handler)
    {
        const asio::mutable_buffer first = first_of<asio::mutable_buffer>(buffers);
        return start(transfer{this, first.data(), nullptr, first.size()},
                     std::forward<Handler>(handler));
    }

    /// A frame's header and its payload come in two pieces, and leave together.
    template <class Buffers, class Handler>
    auto async_write_some(const Buffers& buffers, Handler&& handler)
    {
        asio::const_buffer all = first_of<asio::const_buffer>(buffers);
        const std::size_t size = asio::buffer_size(buffers);
        if (size > all.size()) {
            out_.resize(std::min(size, most_gathered));
            asio::buffer_copy(asio::buffer(out_), buffers);
            all = asio::buffer(std::as_const(out_));
        }
        return start(transfer{this, nullptr, all.data(), all.size()},
                     std::forward<Handler>(handler));
    }

private:
    static constexpr std::size_t most_gathered = 64 * 1024;

    template <class Buffer, class Buffers> static Buffer first_of(const Buffers& buffers)
    {
        const auto end = asio::buffer_sequence_end(buffers);
        for (auto i = asio::buffer_sequence_begin(buffers); i != end; ++i)
            if (const Buffer b(*i); b.size() != 0) return b;
        return Buffer();
    }

    /// One read or write, as a composed operation.
    struct transfer {
        websocket_stream* io;
        void* to;
        const void* from;
        std::size_t size;
        bool begun = false;
        bool done = false;
        error_code code{};
        std::size_t bytes = 0;

        template <class Self> void operator()(Self& self, error_code waited = {})
        {
            const bool inside_initiation = !std::exchange(begun, true);
            if (!done && waited) finish(waited, 0);
            if (!done) {
                const io_result r = io->attempt(*this);
                const bool wants_write = r.status == io_status::want_write;
                if (wants_write || r.status == io_status::want_read)
                    return io->watch_.async_wait(wants_write ? asio::ip::tcp::socket::wait_write
                                                             : asio::ip::tcp::socket::wait_read,
                                                 std::move(self));
                finish(io->code_of(r), r.bytes);
            }
            if (inside_initiation) return asio::post(io->get_executor(), std::move(self));
            self.complete(code, bytes);
        }
        void finish(error_code e, std::size_t moved) noexcept
        {
            done = true;
            code = e;
            bytes = moved;
        }
    };

    template <class Handler> auto start(const transfer& t, Handler&& handler)
    {
        return asio::async_compose<Handler, void(error_code, std::size_t)>(transfer(t), handler,
                                                                           get_executor());
    }

    io_result attempt(const transfer& t)
    {
        if (!io_.is_open()) return {io_status::failed, 0, asio::error::operation_aborted};
        if (t.from) return io_.write(t.from, t.size);
        if (allowance_ == 0 && t.size != 0)
            return {io_status::failed, 0, asio::error::message_size};
        const std::size_t most = std::min(t.size, allowance_);
        io_result r{io_status::done, std::min(most, unread_.size())};
        if (unread_.empty()) r = io_.read(t.to, most);
        else {
            std::memcpy(t.to, unread_.data(), r.bytes);
            unread_.erase(0, r.bytes);
        }
        if (allowance_ != unlimited) allowance_ -= r.bytes;
        return r;
    }

    error_code code_of(const io_result& r)
    {
        if (r.status == io_status::done) return {};
        if (io_.is_open() && r.system != asio::error::message_size) failure_ = io_.failure(r);
        return r.system ? r.system : error_code(asio::error::eof);
    }

    static constexpr std::size_t unlimited = static_cast<std::size_t>(-1);

    asio::ip::tcp::socket watch_; ///< waits; the descriptor is the stream's
    stream io_;
    std::string unread_;
    std::string out_;
    std::size_t allowance_ = unlimited;
    error failure_;
};

// Found by Beast through argument-dependent lookup.

inline void beast_close_socket(websocket_stream& s) noexcept { s.close(); }

template <class Handler>
void async_teardown(boost::beast::role_type, websocket_stream& s, Handler&& handler)
{
    s.shutdown();
    asio::post(s.get_executor(),
               [h = std::forward<Handler>(handler)]() mutable { h(error_code()); });
}

} // namespace internal
MEC_END_NAMESPACE

#endif
