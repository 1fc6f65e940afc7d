#ifndef MEC_INTERNAL_ASYNC_CONNECTING_HPP
#define MEC_INTERNAL_ASYNC_CONNECTING_HPP

#include "async_exchange.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Way back from a resolver thread. The thread may come after the exchange, and after the event loop,
/// have gone: it finds null then.
struct resolver_ticket {
    std::mutex mutex;
    async_exchange* target = nullptr;
};

/// Part of the wait that owns the exchange: an event loop that ends destroys it, and so waits for a
/// resolver thread that is handing over just then.
class ticket_guard {
public:
    explicit ticket_guard(std::shared_ptr<resolver_ticket> ticket) : ticket_(std::move(ticket)) {}
    ticket_guard(ticket_guard&&) noexcept = default;
    ticket_guard& operator=(ticket_guard&&) = delete;
    ~ticket_guard()
    {
        if (!ticket_) return;
        std::lock_guard lock(ticket_->mutex);
        ticket_->target = nullptr;
    }

private:
    std::shared_ptr<resolver_ticket> ticket_;
};

/// What an exchange needs only until it has a connection.
struct async_exchange::connecting {
    explicit connecting(const asio::any_io_executor& executor)
        : ticket(std::make_shared<resolver_ticket>()), timer(executor)
    {
    }
    std::shared_ptr<resolver_ticket> ticket;
    /// Its pending wait owns the exchange while a resolver thread works for it.
    asio::steady_timer timer;
    std::optional<connect_fsm> decisions;
    std::vector<std::optional<asio::ip::tcp::socket>> attempts;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
