#ifndef MEC_HTTP_MESSAGE_READER_HPP
#define MEC_HTTP_MESSAGE_READER_HPP

/// @file
/// What reading requests and reading responses have in common: unit_scanner cuts the bytes, Beast
/// parses them, http_guard judges what came out. Nothing is allocated in steady state but a growing
/// body.

#include "http_guard.hpp"
#include "text.hpp"

#include <mec/http/message.hpp>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Appends a piece to a body. A declared size is a claim, not a reason to allocate: grows by what
/// came, at most by 64 KiB for bodies up to 4 MiB, beyond that by a 64th, which keeps the cost
/// linear.
inline void append_body(std::string& body, std::string_view piece)
{
    constexpr std::size_t step = 64 * 1024;
    const std::size_t needed = body.size() + piece.size();
    if (needed > body.capacity()) {
        std::string larger; // reserve() of a string in use may double it
        larger.reserve(needed + std::max(std::min(needed, step), needed / 64));
        larger.append(body);
        body.swap(larger);
    }
    body.append(piece);
}

/// Where a message goes. Requests have a method and a target, responses a status.
struct message_parts {
    http::fields* headers = nullptr;
    std::string* body = nullptr;
    std::string* method = nullptr;
    std::string* target = nullptr;
    int* status = nullptr;
};

/// Beast's parser, storing into message_parts and asking http_guard.
template <bool IsRequest> class beast_parser final
    : public boost::beast::http::basic_parser<IsRequest> {
    using base = boost::beast::http::basic_parser<IsRequest>;
    using text = boost::beast::string_view;
    using code = boost::beast::error_code;

public:
    beast_parser(http_guard& guard, const refusal& why, const message_parts& out)
        : guard_(guard), refusal_(why), out_(out)
    {
        // The limits are http_guard's: it has more of them, and tells them apart.
        this->header_limit(std::numeric_limits<std::uint32_t>::max());
        this->body_limit(boost::none);
    }

    /// Bytes of the current chunk that are still to come.
    std::uint64_t chunk_left() const noexcept { return chunk_left_; }

private:
    static std::string_view view(text t) noexcept { return {t.data(), t.size()}; }
    /// The guard has kept the reason; Beast only has to stop.
    void stop_if_refused(code& ec) const
    {
        if (refusal_) ec = boost::beast::http::error::bad_field;
    }

    void on_request_impl(boost::beast::http::verb, text method, text target, int version,
                         code& ec) override
    {
        guard_.request_line(view(method), view(target), version);
        stop_if_refused(ec);
        if (ec) return;
        out_.method->assign(method.data(), method.size());
        out_.target->assign(target.data(), target.size());
    }
    void on_response_impl(int status, text, int version, code& ec) override
    {
        guard_.status_line(status, version);
        stop_if_refused(ec);
        if (!ec) *out_.status = status;
    }
    void on_field_impl(boost::beast::http::field id, text name, text value, code& ec) override
    {
        if (in_trailers_) return; // a header must not come after the body it describes
        guard_.field(view(name), view(value));
        stop_if_refused(ec);
        if (ec) return;
        if (id == boost::beast::http::field::connection)
            close_ = close_ || boost::beast::http::token_list{value}.exists("close");
        out_.headers->append(view(name), view(value));
    }
    void on_header_impl(code& ec) override
    {
        guard_.header_end(close_);
        stop_if_refused(ec);
    }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, code&) override {}
    std::size_t on_body_impl(text piece, code& ec) override
    {
        guard_.content(piece.size());
        stop_if_refused(ec);
        if (!ec) append_body(*out_.body, view(piece));
        return piece.size();
    }
    void on_chunk_header_impl(std::uint64_t size, text, code& ec) override
    {
        in_trailers_ = size == 0;
        chunk_left_ = size;
        guard_.chunk(size);
        stop_if_refused(ec);
    }
    std::size_t on_chunk_body_impl(std::uint64_t, text piece, code& ec) override
    {
        chunk_left_ -= piece.size();
        return on_body_impl(piece, ec);
    }
    void on_finish_impl(code&) override {}

    http_guard& guard_;
    const refusal& refusal_;
    const message_parts& out_;
    std::uint64_t chunk_left_ = 0;
    bool close_ = false;
    bool in_trailers_ = false;
};

/// Reads one message after another. Not movable: the parts refer to each other.
template <bool IsRequest> class message_reader {
    static constexpr message_kind kind = IsRequest ? message_kind::request : message_kind::response;

public:
    explicit message_reader(const message_limits& limits)
        : guard_(kind, limits, refusal_), scanner_(kind, limits, refusal_)
    {
    }
    message_reader(const message_reader&) = delete;
    message_reader& operator=(const message_reader&) = delete;

    void start(const message_parts& out)
    {
        out_ = out;
        refusal_.clear();
        guard_.start();
        scanner_.start();
        parser_.emplace(guard_, refusal_, out_);
        carry_.clear();
        between_chunks_ = false;
    }

    std::size_t feed(std::string_view bytes)
    {
        std::size_t used = 0;
        while (used < bytes.size() && !done() && !refusal_) {
            const auto rest = bytes.substr(used);
            used += in_data() ? feed_data(rest) : feed_unit(rest);
        }
        return used;
    }

    /// The connection ended.
    /// @param orderly  in a way that nobody but the peer can cause
    void end(bool orderly)
    {
        if (done() || refusal_) return;
        if (header_done() && guard_.until_close() && orderly) {
            boost::beast::error_code ec;
            parser_->put_eof(ec);
            if (!ec) return;
        }
        if (header_done())
            refusal_.set(errc::truncated, 400,
                         "expected the whole body, got the end of the connection after " +
                             std::to_string(guard_.received()) + " bytes" + declared());
        else
            refusal_.set(errc::connection_lost, 400,
                         scanner_.begun()
                             ? "expected a whole header, got the end of the connection in it"
                             : "expected a message, got the end of the connection");
    }

    /// Refuses the message for a reason that is the caller's.
    void refuse(errc code, int answer, std::string message)
    {
        refusal_.set(code, answer, std::move(message));
    }

    bool begun() const noexcept { return parser_ && scanner_.begun(); }
    bool start_line_done() const noexcept { return parser_ && scanner_.start_line_done(); }
    bool header_done() const noexcept { return parser_ && parser_->is_header_done() && !refusal_; }
    bool body_begun() const noexcept
    {
        return !carry_.empty() || between_chunks_ || guard_.received() != 0;
    }
    bool done() const noexcept { return parser_ && parser_->is_done() && !refusal_; }
    const http_guard& guard() const noexcept { return guard_; }
    const refusal& why() const noexcept { return refusal_; }

private:
    /// The next bytes are content, not framing.
    bool in_data() const noexcept
    {
        return parser_->is_header_done() && (!guard_.chunked() || parser_->chunk_left() != 0);
    }

    std::size_t feed_data(std::string_view bytes)
    {
        const std::size_t used = put(bytes);
        if (!done() && guard_.chunked() && parser_->chunk_left() == 0) {
            between_chunks_ = true;
            scanner_.next_chunk(true);
        }
        return used;
    }

    /// Beast wants a unit in one piece. It mostly is; if not, it is put together in carry_.
    std::size_t feed_unit(std::string_view bytes)
    {
        const std::size_t used = scanner_.scan(bytes);
        if (refusal_) return used;
        auto unit = bytes.substr(0, used);
        if (!carry_.empty() || !scanner_.complete()) unit = carry_.append(unit);
        if (!scanner_.complete()) return used;
        parse(unit);
        carry_.clear();
        return used;
    }

    void parse(std::string_view unit)
    {
        const bool header = !parser_->is_header_done();
        // RFC 9112 clause 2.2: one empty line before a request is skipped. The scanner let it pass.
        if (header && unit.substr(0, 2) == "\r\n") unit.remove_prefix(2);
        if (put(unit) != unit.size() && !refusal_)
            refusal_.set(
                errc::protocol_error, 400,
                "expected a header or chunk that ends at its empty line, got an earlier end");
        if (header && guard_.chunked() && !done() && !refusal_) scanner_.next_chunk(false);
    }

    std::size_t put(std::string_view bytes)
    {
        boost::beast::error_code ec;
        const std::size_t used =
            parser_->put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
        if (ec) refuse(ec, bytes);
        return used;
    }

    /// Beast found it, or stopped because http_guard did; then the first reason stays.
    void refuse(const boost::beast::error_code& ec, std::string_view unit)
    {
        namespace http = boost::beast::http;
        // A unit is whole: Beast asks for more when a line lacks something.
        const auto what = ec == http::error::need_more ? "incomplete line" : ec.message();
        const bool in_status_line = !IsRequest && guard_.status() == 0;
        const auto line = unit.substr(0, unit.find('\r'));
        if (IsRequest && ec == http::error::bad_version && ends_in_version(line))
            refusal_.set(errc::protocol_error, 505,
                         "expected HTTP/1.1, got another version of HTTP");
        else if (in_status_line)
            refusal_.set(errc::protocol_error, 400,
                         "expected a status line `HTTP/1.1 NNN reason`, got " + quoted(line) +
                             ": " + what);
        else refusal_.set(errc::protocol_error, 400, "expected valid HTTP/1.1, got: " + what);
    }

    /// The line is a request line, of whatever version.
    static bool ends_in_version(std::string_view line)
    {
        constexpr std::size_t size = std::string_view(" HTTP/1.1").size();
        if (line.size() < size || std::count(line.begin(), line.end(), ' ') != 2) return false;
        const auto v = line.substr(line.size() - size);
        return v.substr(0, 6) == " HTTP/" && is_digit(v[6]) && v[7] == '.' && is_digit(v[8]);
    }

    std::string declared() const
    {
        return guard_.content_length() ? " of " + std::to_string(guard_.content_length())
                                       : std::string();
    }

    refusal refusal_;
    http_guard guard_;
    unit_scanner scanner_;
    message_parts out_;
    std::optional<beast_parser<IsRequest>> parser_;
    std::string carry_; ///< begun unit; keeps its memory
    bool between_chunks_ = false;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
