#include "server_core.hpp"

#include <boost/asio/post.hpp>

#include <sys/socket.h>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

/// Answers are collected up to this size while more requests are at hand.
constexpr std::size_t write_batch = 64 * 1024;
/// An output buffer that grew beyond this is given back.
constexpr std::size_t keep_output = 256 * 1024;
/// After the last answer so much is read and thrown away, so that the kernel does not answer unread
/// bytes with a reset, which would destroy the answer on its way.
constexpr std::size_t most_discarded = 1024 * 1024;

} // namespace

server_connection::server_connection(std::shared_ptr<server_core> core, stream s,
                                     const peer_key& peer)
    : core_(std::move(core)), peer_(peer), stream_(std::move(s)), parser_(core_->options.limits)
{
}

void server_connection::start()
{
    lock l(mutex_);
    if (phase_ == phase::closed) return;
    enter(phase::handshaking, core_->options.handshake);
    if (core_->watch(stream_.descriptor(), *this)) advance(l);
    else close();
}

void server_connection::on_event(bool ended)
{
    lock l(mutex_);
    if (phase_ == phase::closed) return;
    ended_ = ended_ || ended;
    event_ = !suspended_;
    if (event_) return;
    suspended_ = false;
    advance(l);
}

void server_connection::advance(lock& l)
{
    while (step(l)) {
    }
}

/// Does one thing; false when there is something to wait for, or it is over.
bool server_connection::step(lock& l)
{
    switch (phase_) {
    case phase::handshaking: return handshake();
    case phase::reading: return parse(l);
    case phase::writing: return write();
    case phase::draining: return drain();
    case phase::answering:
    case phase::closed: break;
    }
    return false;
}

bool server_connection::handshake()
{
    const io_result r = stream_.handshake();
    if (r.status == io_status::want_read || r.status == io_status::want_write) return suspend();
    if (r.status != io_status::done) {
        ++core_->handshake_errors;
        if (core_->options.log.enabled(log_level::debug))
            core_->options.log.write(log_level::debug, "server", stream_.failure(r).what());
        return close();
    }
    core_->handshake_ended();
    begin_request();
    enter(phase::reading, core_->options.header);
    drained_ = !stream_.secure();
    return true;
}

void server_connection::begin_request()
{
    request_.clear();
    parser_.start(request_);
    stage_ = stage::none;
    continued_ = false;
}

/// Starts the clock of each part of a request once. The first request must come as fast as a header.
void server_connection::note_stage()
{
    const stage now = parser_.header_done() ? stage::body
                      : parser_.started()   ? stage::header
                                            : stage::idle;
    if (now == stage_) return;
    stage_ = now;
    const server_options& o = core_->options;
    const bool first = served_ == 0;
    if (now == stage::idle && first) return; // runs since the handshake
    enter(phase::reading, now == stage::body              ? o.body
                          : now == stage::header || first ? o.header
                                                          : o.idle);
}

bool server_connection::parse(lock& l)
{
    if (begin_ != end_) {
        begin_ += parser_.feed({buffer_.data() + begin_, end_ - begin_});
        if (parser_.failure()) {
            ++core_->bad_requests;
            return refuse(parser_.failure_status());
        }
        if (parser_.done()) return hand_over(l);
        if (parser_.wants_continue() && !continued_) {
            continued_ = true;
            out_ += "HTTP/1.1 100 Continue\r\n\r\n";
        }
    }
    note_stage();
    if (!out_.empty()) {
        // The stage's deadline stays: it is not longer than the one for writing plus reading.
        io_status stopped = io_status::done;
        if (!flush(stopped))
            return stopped == io_status::want_read || stopped == io_status::want_write ? suspend()
                                                                                       : close();
    }
    return receive();
}

bool server_connection::receive()
{
    if (begin_ != end_) return true;
    begin_ = end_ = 0;
    if (drained_ && !ended_) {
        drained_ = false;
        return suspend();
    }
    const io_result r = stream_.read(buffer_.data(), buffer_.size());
    switch (r.status) {
    case io_status::done:
        end_ = r.bytes;
        drained_ = r.bytes < buffer_.size() && !stream_.secure(); // TLS reads ahead
        return true;
    case io_status::want_read:
    case io_status::want_write: return suspend();
    case io_status::end: stream_.shutdown(); return close();
    case io_status::truncated:
    case io_status::failed: break;
    }
    return close();
}

bool server_connection::hand_over(lock& l)
{
    enter(phase::answering, core_->options.answer);
    answered_ = false;
    in_handler_ = true;
    ++served_;
    ++core_->requests;
    l.unlock();
    core_->handle(request_, responder(shared_from_this(), served_));
    l.lock();
    in_handler_ = false;
    if (phase_ != phase::answering) return false;
    if (answered_) return answered();
    // It will take longer: what earlier requests are owed must not wait for this one. What the socket
    // does not take now leaves together with this answer.
    io_status stopped = io_status::done;
    flush(stopped);
    return false;
}

bool server_connection::answered()
{
    begin_request();
    ++batched_;
    const bool more = begin_ != end_ && !last_ && batched_ < core_->options.pipelined &&
                      out_.size() < write_batch;
    if (more) phase_ = phase::reading;
    else enter(phase::writing, core_->options.write);
    return true;
}

void server_connection::respond(std::uint64_t request, int status, const http::fields& headers,
                                std::string_view body)
{
    lock l(mutex_);
    if (phase_ != phase::answering || request != served_ || answered_) return;
    answered_ = true;
    last_ = !parser_.keep_alive() || served_ >= core_->options.requests;
    append_response(out_, status, headers, body, !last_);
    if (in_handler_) return; // hand_over() goes on
    answered();
    asio::post(core_->executor, [self = shared_from_this()] {
        lock again(self->mutex_);
        self->advance(again);
    });
}

void server_connection::abandon(std::uint64_t request, drop how) noexcept
{
    lock l(mutex_);
    if (phase_ != phase::answering || request != served_ || answered_) return;
    io_status stopped = io_status::done;
    flush(stopped); // answers to earlier requests are not part of it
    l.unlock();
    abort(how);
}

std::optional<detached_connection> server_connection::detach(std::uint64_t request)
{
    lock l(mutex_);
    if (phase_ != phase::answering || request != served_ || answered_) return std::nullopt;
    io_status stopped = io_status::done;
    std::optional<detached_connection> taken;
    if (flush(stopped)) {
        core_->unwatch(stream_.descriptor());
        taken.emplace();
        taken->io = std::move(stream_);
        taken->unread.assign(buffer_.data() + begin_, end_ - begin_);
    }
    close();
    return taken;
}

/// Answers what is no request, and ends the connection.
bool server_connection::refuse(int status)
{
    last_ = true;
    http::fields none;
    append_response(out_, status, none, {}, false);
    enter(phase::writing, core_->options.write);
    return true;
}

/// Writes what is in out_. False when it did not get all away: `stopped` says why.
bool server_connection::flush(io_status& stopped)
{
    while (sent_ < out_.size()) {
        const io_result r = stream_.write(out_.data() + sent_, out_.size() - sent_);
        if (r.status != io_status::done) {
            stopped = r.status;
            return false;
        }
        sent_ += r.bytes;
    }
    if (out_.capacity() > keep_output) out_ = std::string();
    out_.clear();
    sent_ = 0;
    batched_ = 0;
    return true;
}

bool server_connection::write()
{
    io_status stopped = io_status::done;
    if (!flush(stopped))
        return stopped == io_status::want_read || stopped == io_status::want_write ? suspend()
                                                                                   : close();
    if (!last_) {
        phase_ = phase::reading;
        return true;
    }
    stream_.shutdown();
    enter(phase::draining, core_->options.linger);
    return true;
}

bool server_connection::drain()
{
    while (discarded_ < most_discarded) {
        const io_result r = stream_.read(buffer_.data(), buffer_.size());
        if (r.status == io_status::want_read || r.status == io_status::want_write) return suspend();
        if (r.status != io_status::done) break;
        discarded_ += r.bytes;
    }
    return close();
}

/// Events tell of changes only. One that came since the last try may be what this one waits for.
bool server_connection::suspend()
{
    suspended_ = !event_;
    event_ = false;
    return !suspended_;
}

void server_connection::enter(phase p, std::chrono::milliseconds budget)
{
    phase_ = p;
    entered_ = std::chrono::steady_clock::now();
    deadline_ = entered_ + budget;
}

std::optional<steady_time> server_connection::waiting_since(bool shaking_hands_only)
{
    lock l(mutex_);
    if (phase_ == phase::handshaking) return entered_;
    if (phase_ == phase::reading && !shaking_hands_only) return entered_;
    return std::nullopt;
}

void server_connection::check_deadline(steady_time now)
{
    lock l(mutex_);
    if (phase_ == phase::closed || now < deadline_) return;
    expire();
    advance(l);
}

void server_connection::expire()
{
    const bool in_request =
        phase_ == phase::reading && (stage_ == stage::header || stage_ == stage::body);
    const bool idle = phase_ == phase::reading && !in_request;
    if (!idle || served_ == 0) ++core_->timeouts;
    if (in_request) {
        suspended_ = false;
        refuse(408);
        return;
    }
    if (idle) stream_.shutdown();
    close();
}

void server_connection::abort(drop how) noexcept
{
    lock l(mutex_);
    if (phase_ == phase::closed) return;
    if (how == drop::reset) {
        const ::linger now{1, 0};
        ::setsockopt(stream_.descriptor(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    close();
}

bool server_connection::close() noexcept
{
    if (phase_ == phase::closed) return false;
    if (phase_ == phase::handshaking) core_->handshake_ended();
    phase_ = phase::closed;
    stream_.close();
    core_->remove(*this, peer_);
    return false;
}

} // namespace internal
MEC_END_NAMESPACE
