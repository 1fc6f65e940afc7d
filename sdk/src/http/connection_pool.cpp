#include "connection_pool.hpp"

#include <algorithm>

#include <sys/socket.h>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

// A connection that carried a request just now is taken as alive: the look costs a system call, and
// a peer does not close what it has just answered on.
constexpr std::chrono::milliseconds surely_alive{50};

/// True when the peer has closed, or has sent something nobody asked for.
bool readable_or_closed(int descriptor) noexcept
{
    char byte;
    return ::recv(descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 ||
           (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

} // namespace

connection_pool::connection_pool(const http::pool_options& options, const mec::clock& clock)
    : options_(options), clock_(clock)
{
}

error connection_pool::refusal(grant what, const mec::origin& origin)
{
    if (what == grant::closed) return {errc::shutting_down, "the client was closed"};
    return {errc::resource_exhausted,
            "too many calls are waiting for a connection to " + origin.authority()};
}

connection_pool::host& connection_pool::find(const mec::origin& origin)
{
    for (auto& h : hosts_)
        if (h->origin == origin) return *h;
    hosts_.push_back(std::make_unique<host>());
    hosts_.back()->origin = origin;
    return *hosts_.back();
}

bool connection_pool::usable(http_connection& c, steady_time now) const
{
    if (now - c.used > options_.idle || now - c.opened > options_.age) return false;
    return now - c.used < surely_alive || !readable_or_closed(c.io.descriptor());
}

std::unique_ptr<http_connection> connection_pool::take_idle(host& h)
{
    const steady_time now = clock_.now();
    // The least recently used are in front. Looked at when there is work to do: a transport that
    // rests needs no timer.
    auto old = h.idle.begin();
    while (old != h.idle.end() && now - (*old)->used > options_.idle) ++old;
    h.open -= static_cast<std::size_t>(old - h.idle.begin());
    h.idle.erase(h.idle.begin(), old);
    while (!h.idle.empty()) {
        auto c = std::move(h.idle.back());
        h.idle.pop_back();
        if (usable(*c, now)) return c;
        --h.open;
    }
    return nullptr;
}

connection_pool::answer connection_pool::acquire(const mec::origin& origin, waiter& who)
{
    std::lock_guard lock(mutex_);
    if (closed_) return {grant::closed, nullptr};
    host& h = find(origin);
    if (auto c = take_idle(h)) return {grant::connection, std::move(c)};
    if (h.open < options_.connections) {
        ++h.open;
        return {grant::open, nullptr};
    }
    if (h.queue.size() >= options_.pending) return {grant::full, nullptr};
    h.queue.push_back(&who);
    return {grant::queued, nullptr};
}

bool connection_pool::leave(const mec::origin& origin, waiter& who)
{
    std::lock_guard lock(mutex_);
    auto& queue = find(origin).queue;
    auto place = std::find(queue.begin(), queue.end(), &who);
    if (place == queue.end()) return false;
    queue.erase(place);
    return true;
}

void connection_pool::give_back(const mec::origin& origin,
                                std::unique_ptr<http_connection> connection)
{
    const steady_time now = clock_.now();
    connection->used = now;
    waiter* next = nullptr;
    {
        std::lock_guard lock(mutex_);
        host& h = find(origin);
        if (!h.queue.empty()) {
            next = h.queue.front();
            h.queue.pop_front();
        } else if (!closed_ && now - connection->opened <= options_.age) {
            h.idle.push_back(std::move(connection));
        } else {
            --h.open;
        }
    }
    if (next) next->on_turn(std::move(connection));
}

void connection_pool::forget(const mec::origin& origin)
{
    waiter* next = nullptr;
    {
        std::lock_guard lock(mutex_);
        host& h = find(origin);
        if (h.queue.empty()) {
            --h.open;
        } else {
            next = h.queue.front();
            h.queue.pop_front();
        }
    }
    if (next) next->on_turn(nullptr);
}

void connection_pool::close()
{
    std::vector<std::unique_ptr<http_connection>> closing;
    std::lock_guard lock(mutex_);
    closed_ = true;
    for (auto& h : hosts_) {
        h->open -= h->idle.size();
        std::move(h->idle.begin(), h->idle.end(), std::back_inserter(closing));
        h->idle.clear();
        h->queue.remove_if([](waiter* w) { return w->on_closed(); });
    }
}

} // namespace internal
MEC_END_NAMESPACE
