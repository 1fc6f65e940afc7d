#include "signal_watch.hpp"

#include <csignal>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

signal_watch::signal_watch(const boost::asio::any_io_executor& executor)
    : signals_(executor, SIGTERM, SIGINT)
{
}

void signal_watch::wait(std::function<void()> on_signal)
{
    on_signal_ = std::move(on_signal);
    wait_for_next();
}

void signal_watch::wait_for_next()
{
    signals_.async_wait([self = shared_from_this()](boost::system::error_code ec, int) {
        if (ec || self->closed_) return;
        self->on_signal_();
        if (!self->closed_) self->wait_for_next();
    });
}

void signal_watch::close() noexcept
{
    closed_ = true;
    boost::system::error_code ignored;
    signals_.clear(ignored); // gives the signals back, but lets the wait go on
    signals_.cancel(ignored);
}

} // namespace internal
MEC_END_NAMESPACE
