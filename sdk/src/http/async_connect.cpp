// The way of an async_exchange from a name to a connection.

#include "async_connecting.hpp"

#include <boost/asio/post.hpp>

#include <utility>

#include <unistd.h>

MEC_BEGIN_NAMESPACE
namespace internal {

void async_exchange::resolve(lock& l)
{
    connecting_ = std::make_unique<connecting>(core_->executor);
    enter(phase::resolve);
    auto ticket = connecting_->ticket;
    ticket->target = this;
    connecting_->timer.expires_at(steady_time::max());
    connecting_->timer.async_wait(
        [self = shared_from_this(), guard = ticket_guard(ticket)](error_code) {});

    // Literals are answered inside resolve(): the mutex must not be held then.
    const steady_time end = deadline_.load();
    l.unlock();
    core_->resolver.resolve(origin_.host, origin_.port, end, [ticket](result<address_list> a) {
        std::lock_guard still_there(ticket->mutex);
        if (ticket->target) ticket->target->resolved(std::move(a));
    });
    l.lock();
}

/// On a resolver thread, or inside resolve().
void async_exchange::resolved(result<address_list> addresses)
{
    auto self = weak_from_this().lock();
    if (!self) return;
    asio::post(core_->executor, [self = std::move(self), a = std::move(addresses)]() mutable {
        self->on_resolved(std::move(a));
    });
}

void async_exchange::on_resolved(result<address_list> addresses)
{
    lock l(mutex_);
    if (done_) return;
    if (!addresses) {
        finish(l, addresses.error());
        return;
    }
    enter(phase::connect);
    connecting_->timer.cancel();
    connecting_->attempts.resize(addresses->size());
    connecting_->decisions.emplace(std::move(*addresses), core_->options.timeouts.address_step,
                                   deadline_.load());
    follow(l, connecting_->decisions->start(core_->now()));
}

void async_exchange::follow(lock& l, connect_step step)
{
    switch (step.what) {
    case connect_step::kind::start:
        arm_connect_timer(step.wake);
        start_attempt(l, step.index);
        break;
    case connect_step::kind::wait: arm_connect_timer(step.wake); break;
    case connect_step::kind::connected: on_connected(l, step.index); break;
    case connect_step::kind::failed: finish(l, connecting_->decisions->failure()); break;
    }
}

void async_exchange::arm_connect_timer(steady_time when)
{
    connecting_->timer.expires_after(when - core_->now());
    connecting_->timer.async_wait([self = shared_from_this()](error_code ec) {
        if (ec) return;
        lock l(self->mutex_);
        if (self->done_ || self->phase_ != phase::connect) return;
        self->follow(l, self->connecting_->decisions->on_timer(self->core_->now()));
    });
}

void async_exchange::start_attempt(lock& l, std::size_t index)
{
    const resolved_address& address = connecting_->decisions->address(index);
    auto descriptor = begin_connect(address);
    if (!descriptor) {
        follow(l, connecting_->decisions->on_failed(index, descriptor.error().info().system,
                                                    core_->now()));
        return;
    }
    auto& socket = connecting_->attempts[index].emplace(core_->executor);
    const auto protocol = address.family() == AF_INET6 ? asio::ip::tcp::v6() : asio::ip::tcp::v4();
    error_code ec;
    socket.assign(protocol, *descriptor, ec);
    if (ec) {
        ::close(*descriptor);
        connecting_->attempts[index].reset();
        follow(l, connecting_->decisions->on_failed(index, ec, core_->now()));
        return;
    }
    socket.async_wait(
        asio::ip::tcp::socket::wait_write,
        [self = shared_from_this(), index](error_code waited) { self->on_attempt(index, waited); });
}

void async_exchange::on_attempt(std::size_t index, error_code waited)
{
    lock l(mutex_);
    if (done_ || phase_ != phase::connect) return;
    auto& socket = connecting_->attempts[index];
    const error_code outcome = waited ? waited : connect_outcome(socket->native_handle());
    if (outcome) {
        socket.reset();
        follow(l, connecting_->decisions->on_failed(index, outcome, core_->now()));
    } else {
        follow(l, connecting_->decisions->on_connected(index));
    }
}

void async_exchange::on_connected(lock& l, std::size_t index)
{
    error_code ignored;
    const int descriptor = connecting_->attempts[index]->release(ignored);
    tune(descriptor, core_->options.pool);
    connection_ =
        std::make_unique<http_connection>(stream(descriptor), core_->options.limits, core_->now());
    connection_->io.set_blocking(false);
    connecting_.reset();
    if (!origin_.secure()) {
        exchange(l);
        return;
    }
    enter(phase::handshake);
    auto context = core_->tls();
    auto session = context ? (*context)->connect_session(core_->tls_name(origin_), origin_.port)
                           : result<ssl_ptr>(context.error());
    if (!session) {
        finish(l, session.error());
        return;
    }
    connection_->io.use_tls(std::move(*session));
    handshake(l);
}

void async_exchange::handshake(lock& l)
{
    const io_result r = connection_->io.handshake();
    switch (r.status) {
    case io_status::done: exchange(l); break;
    case io_status::want_read: wait(false); break;
    case io_status::want_write: wait(true); break;
    default: finish(l, connection_->io.failure(r)); break;
    }
}

} // namespace internal
MEC_END_NAMESPACE
