// What sets the connections of a server in motion: their sockets, and the time.

#include "server_core.hpp"

#include <sys/epoll.h>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

/// So many connections are served before others on the executor get their turn.
constexpr std::size_t event_batch = 64;

} // namespace

/// Registers a connection, once and for all: each change is reported once.
bool server_core::watch(int descriptor, server_connection& c)
{
    const std::lock_guard<std::mutex> l(mutex);
    if (closed_) return false;
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = &c;
    return ::epoll_ctl(poller_->native_handle(), EPOLL_CTL_ADD, descriptor, &event) == 0;
}

/// For a descriptor that lives on: one that is closed is forgotten by itself.
void server_core::unwatch(int descriptor) noexcept
{
    const std::lock_guard<std::mutex> l(mutex);
    if (!closed_) ::epoll_ctl(poller_->native_handle(), EPOLL_CTL_DEL, descriptor, nullptr);
}

void server_core::wait_for_events()
{
    const std::lock_guard<std::mutex> l(mutex);
    if (!closed_) arm();
}

void server_core::arm()
{
    poller_->async_wait(asio::posix::descriptor_base::wait_read,
                        [self = shared_from_this()](error_code e) {
                            if (!e) self->on_events();
                        });
}

void server_core::on_events()
{
    std::array<epoll_event, event_batch> events;
    std::array<std::shared_ptr<server_connection>, event_batch> ready;
    std::size_t count = 0;
    {
        const std::lock_guard<std::mutex> l(mutex);
        if (closed_) return;
        const int got =
            ::epoll_wait(poller_->native_handle(), events.data(), static_cast<int>(event_batch), 0);
        count = got < 0 ? 0 : static_cast<std::size_t>(got);
        for (std::size_t i = 0; i < count; ++i) {
            // One that has gone meanwhile is found no more.
            const auto found =
                connections.find(static_cast<server_connection*>(events[i].data.ptr));
            if (found != connections.end()) ready[i] = found->second;
        }
        arm(); // now, so that other threads can take what comes while this one is busy
    }
    for (std::size_t i = 0; i < count; ++i)
        if (ready[i])
            ready[i]->on_event((events[i].events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0);
}

void server_core::schedule_sweep()
{
    sweeping_ = true;
    sweeper_->expires_after(options.sweep);
    sweeper_->async_wait([self = shared_from_this()](error_code e) {
        if (!e) self->sweep();
    });
}

void server_core::sweep()
{
    std::vector<std::shared_ptr<server_connection>> all;
    {
        std::lock_guard<std::mutex> l(mutex);
        sweeping_ = false;
        if (closed_ || connections.empty()) return; // the next connection starts it again
        all.reserve(connections.size());
        for (const auto& c : connections) all.push_back(c.second);
        schedule_sweep();
    }
    const steady_time now = std::chrono::steady_clock::now();
    for (const auto& c : all) c->check_deadline(now);
}

} // namespace internal
MEC_END_NAMESPACE
