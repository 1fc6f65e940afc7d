#include "async_connecting.hpp"

#include <mec/detail/complete.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/post.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

async_exchange::async_exchange(std::shared_ptr<transport_core> core, const http::request& req,
                               http::response& resp, handler done)
    : core_(std::move(core)), request_(&req), response_(&resp), origin_(req.origin),
      handler_(std::move(done)),
      work_(asio::prefer(
          asio::any_completion_executor(asio::get_associated_executor(*handler_, core_->executor)),
          asio::execution::outstanding_work.tracked)),
      deadline_(req.deadline)
{
    resp.clear();
}

async_exchange::~async_exchange()
{
    core_->deadlines->remove(*this);
    connection_.reset();
    if (holds_place_) core_->pool.forget(origin_);
}

void async_exchange::start_taking(stream& taken)
{
    taken_ = &taken;
    start();
}

void async_exchange::start()
{
    lock l(mutex_);
    if (error refused = core_->check(origin_)) {
        finish(l, std::move(refused));
        return;
    }
    listen_for_cancellation();
    auto turn = core_->pool.acquire(origin_, *this);
    switch (turn.what) {
    case connection_pool::grant::connection:
    case connection_pool::grant::open:
        holds_place_ = true;
        connection_ = std::move(turn.connection);
        take_turn(l);
        break;
    case connection_pool::grant::queued:
        self_ = shared_from_this();
        enter(phase::queue);
        break;
    default: finish(l, connection_pool::refusal(turn.what, origin_)); return;
    }
    starting_ = false;
}

void async_exchange::listen_for_cancellation()
{
    auto slot = asio::get_associated_cancellation_slot(*handler_);
    if (!slot.is_connected()) return;
    slot.assign([weak = weak_from_this()](asio::cancellation_type type) {
        const auto self = weak.lock();
        if (self && (type & (asio::cancellation_type::terminal |
                             asio::cancellation_type::partial)) != asio::cancellation_type::none)
            self->abort(errc::cancelled);
    });
}

void async_exchange::abort(error why)
{
    lock l(mutex_);
    if (!done_) cut_short(l, std::move(why));
}

void async_exchange::on_deadline()
{
    lock l(mutex_);
    if (!done_) cut_short(l, core_->timed_out(phase_, request_->deadline));
}

void async_exchange::cut_short(lock& l, error why)
{
    starting_ = true; // whoever aborts must not find itself inside the handler
    if (self_ && core_->pool.leave(origin_, *this)) self_.reset();
    finish(l, std::move(why));
}

/// Called by whoever freed the place; goes on from the executor. The place is taken here already: an
/// event loop that ends before the next step must give it on to the next in the queue.
void async_exchange::on_turn(std::unique_ptr<http_connection> connection)
{
    std::shared_ptr<async_exchange> self;
    {
        lock l(mutex_);
        self = std::move(self_);
        holds_place_ = true;
        connection_ = std::move(connection);
    }
    asio::post(core_->executor, [self = std::move(self)] {
        lock l(self->mutex_);
        self->take_turn(l);
    });
}

void async_exchange::take_turn(lock& l)
{
    if (!done_) {
        if (connection_) exchange(l);
        else resolve(l);
        return;
    }
    if (!std::exchange(holds_place_, false)) return;
    auto unused = std::move(connection_); // the turn came too late
    l.unlock();
    if (unused) core_->pool.give_back(origin_, std::move(unused));
    else core_->pool.forget(origin_);
}

void async_exchange::enter(phase p)
{
    phase_ = p;
    const steady_time end = core_->phase_end(p, request_->deadline);
    const bool earlier = end < deadline_.load();
    deadline_ = end;
    if (listed_ && !earlier) return; // the list looks again when the old time has come
    core_->deadlines->remove(*this);
    core_->deadlines->add(*this, weak_from_this());
    listed_ = true;
}

// ---- request and response

void async_exchange::exchange(lock& l)
{
    connection_->io.set_blocking(false);
    if (taken_) {
        *taken_ = std::move(connection_->io);
        finish(l, {});
        return;
    }
    response_->reused_connection = !connection_->fresh;
    http_.emplace(*connection_, *request_, *response_, core_->options.user_agent);
    enter(phase::first_byte);
    go_on(l);
}

void async_exchange::go_on(lock& l)
{
    switch (http_->advance()) {
    case http_exchange::next::wait_readable: wait(false); break;
    case http_exchange::next::wait_writable: wait(true); break;
    case http_exchange::next::finished: finish(l, http_->failure()); break;
    }
}

void async_exchange::wait(bool writable)
{
    using socket = asio::ip::tcp::socket;
    connection_->watch(core_->executor)
        .async_wait(writable ? socket::wait_write : socket::wait_read,
                    [self = shared_from_this()](error_code ec) { self->on_ready(ec); });
}

void async_exchange::on_ready(error_code waited)
{
    lock l(mutex_);
    if (done_) return;
    if (waited) { // the event loop does not take the descriptor
        error_info info;
        info.system = waited;
        finish(l, {errc::resource_exhausted, std::move(info)});
        return;
    }
    if (phase_ == phase::handshake) {
        handshake(l);
        return;
    }
    if (response_->progress >= http::progress::response_begun) enter(phase::body);
    go_on(l);
}

// ---- end

void async_exchange::finish(lock& l, error failure)
{
    done_ = true;
    const bool later = starting_;
    handler done(std::move(*handler_));
    handler_.reset();
    const auto work = std::exchange(work_, asio::any_completion_executor());
    auto connection = std::move(connection_);
    const auto attempts = std::move(connecting_); // closes what is under way, outside the mutex
    const bool keep = http_ && http_->reusable() && !failure;
    const bool held = std::exchange(holds_place_, false);
    http_.reset();
    l.unlock();

    core_->deadlines->remove(*this);
    if (keep) {
        core_->pool.give_back(origin_, std::move(connection));
    } else if (held) {
        if (connection) connection->io.shutdown();
        connection.reset();
        core_->pool.forget(origin_);
    }
    if (later) detail::complete_later(core_->executor, std::move(done), std::move(failure));
    else work.execute(detail::completion<handler, error>{std::move(done), std::move(failure)});
}

} // namespace internal
MEC_END_NAMESPACE
