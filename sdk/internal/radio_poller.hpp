#ifndef MEC_INTERNAL_RADIO_POLLER_HPP
#define MEC_INTERNAL_RADIO_POLLER_HPP

#include "declared_radio.hpp"
#include "radio_poll.hpp"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Asks a query again and again, and tells what has changed. Used on the application's strand.
class radio_poller : public std::enable_shared_from_this<radio_poller> {
public:
    using handler = std::function<void(const rni::notification&)>;
    /// @pre radio_poll::query_for(what) is a query.
    radio_poller(std::shared_ptr<radio_context> radio, rni::subscription what,
                 std::chrono::milliseconds interval, handler on_notification);

    void start() { ask(); }
    void close() noexcept;

private:
    void ask();
    template <class Answer> auto answered();
    void on_failure(const error& e);
    void ask_later();

    const std::shared_ptr<radio_context> radio_;
    const radio_poll::query query_;
    const std::chrono::milliseconds interval_;
    const handler on_notification_;
    radio_poll poll_;
    asio::steady_timer timer_;
    bool failing_ = false;
    bool closed_ = false;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
