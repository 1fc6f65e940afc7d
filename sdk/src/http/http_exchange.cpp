#include "http_exchange.hpp"

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

http_exchange::http_exchange(http_connection& connection, const http::request& req,
                             http::response& resp, std::string_view user_agent)
    : connection_(connection), response_(resp)
{
    connection_.out.clear();
    failure_ = append_request(connection_.out, req, user_agent);
    connection_.parser.start(req.method, resp);
}

http_exchange::next http_exchange::advance()
{
    if (failure_) return next::finished;
    return reading_ ? read_response() : write_request();
}

http_exchange::next http_exchange::write_request()
{
    while (written_ < connection_.out.size()) {
        const io_result r = connection_.io.write(connection_.out.data() + written_,
                                                 connection_.out.size() - written_);
        switch (r.status) {
        case io_status::done:
            written_ += r.bytes;
            response_.progress = http::progress::request_sent;
            break;
        case io_status::want_read: return next::wait_readable;
        case io_status::want_write: return next::wait_writable;
        default:
            write_failure_ = lost(r);
            if (written_ == 0) return finish(write_failure_);
            reading_ = true; // an early answer, such as 413, may already be here
            return next::wait_readable;
        }
    }
    reading_ = true; // the answer takes a while: a read now would be a wasted system call
    return next::wait_readable;
}

http_exchange::next http_exchange::read_response()
{
    response_parser& parser = connection_.parser;
    for (;;) {
        const io_result r = connection_.io.read(connection_.in.data(), connection_.in.size());
        switch (r.status) {
        case io_status::done: {
            received_ += r.bytes;
            const std::size_t used = parser.feed({connection_.in.data(), r.bytes});
            if (parser.done()) {
                // Nothing may be left over, neither here nor inside TLS: it would be the next answer.
                reusable_ = used == r.bytes && parser.keep_alive() && !write_failure_ &&
                            !connection_.io.pending();
                return finish({});
            }
            if (parser.failure()) return finish(parser.failure());
            break;
        }
        case io_status::want_read: return next::wait_readable;
        case io_status::want_write: return next::wait_writable;
        case io_status::end:
        case io_status::truncated:
            parser.end(r.status == io_status::end);
            if (parser.done()) return finish({});
            return finish(write_failure_ ? write_failure_ : parser.failure());
        case io_status::failed: return finish(write_failure_ ? write_failure_ : lost(r));
        }
    }
}

http_exchange::next http_exchange::finish(error failure)
{
    failure_ = std::move(failure);
    connection_.fresh = false;
    return next::finished;
}

error http_exchange::lost(const io_result& r) const { return connection_.io.failure(r); }

} // namespace internal
MEC_END_NAMESPACE
