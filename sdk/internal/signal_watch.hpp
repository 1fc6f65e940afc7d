#ifndef MEC_INTERNAL_SIGNAL_WATCH_HPP
#define MEC_INTERNAL_SIGNAL_WATCH_HPP

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/signal_set.hpp>

#include <mec/config.hpp>

#include <functional>
#include <memory>

MEC_BEGIN_NAMESPACE
namespace internal {

/// SIGTERM and SIGINT, from wait() to close().
class signal_watch : public std::enable_shared_from_this<signal_watch> {
public:
    explicit signal_watch(const boost::asio::any_io_executor& executor);
    /// Calls `on_signal` for each that comes.
    void wait(std::function<void()> on_signal);
    /// The signals have their former effect again.
    void close() noexcept;

private:
    void wait_for_next();

    boost::asio::signal_set signals_;
    std::function<void()> on_signal_;
    bool closed_ = false;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
