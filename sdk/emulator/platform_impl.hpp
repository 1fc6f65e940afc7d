#ifndef MEC_EMULATOR_PLATFORM_IMPL_HPP
#define MEC_EMULATOR_PLATFORM_IMPL_HPP

/// @file
/// The running platform: the server, the notifier and the timers around the state.

#include "dispatcher.hpp"
#include "notifier.hpp"
#include "server.hpp"
#include "settings.hpp"

#include <boost/asio/steady_timer.hpp>

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

MEC_BEGIN_NAMESPACE
namespace emulator {

struct platform::impl : std::enable_shared_from_this<impl> {
    using timer = std::shared_ptr<asio::steady_timer>;
    class visit;
    struct held_answer {
        outcome what;
        internal::responder to;
        timer latest;
    };

    impl(asio::any_io_executor ex, platform_options o);

    error start();
    void stop() noexcept;
    void end() noexcept;
    error make_certificate();
    error make_notifier();
    error listen();
    void set_addresses();
    void on_request(const internal::received_request& request, internal::responder r);
    void answer_later(outcome o, internal::responder r);
    void answer_after_notification(outcome o, internal::responder r);
    void release_answer(const std::string& subscription_id);
    void deliver(outcome o, internal::responder r);
    logged_request record(const internal::received_request& request, const outcome& o,
                          steady_time begun);
    void record(sent_notification n);
    void let_time_pass();
    void send_notices();
    void arm();
    url root(std::string_view path) const;

    template <class Log, class Condition>
    bool wait_for(const Log& log, const Condition& holds, std::chrono::milliseconds timeout);

    const asio::any_io_executor executor;
    platform_options options; ///< not changed after start()
    const std::shared_ptr<websocket_hub> sockets;

    mutable std::mutex mutex; ///< guards what follows
    mutable std::condition_variable changed;
    platform_state state;
    router routes; ///< not changed after construction
    const secret_string control_token;
    std::optional<certificate_authority> authority;
    issued_certificate certificate;
    std::uint16_t port = 0;
    bool rules_read = false;
    std::unique_ptr<internal::server> server;
    std::shared_ptr<emulator::notifier> notifier;
    platform_counters counters;
    std::uint64_t last_sequence = 0;
    std::uint64_t log_version = 0;
    std::set<timer> delayed;
    std::map<std::string, held_answer> held; ///< by the subscription whose notification comes first
    asio::steady_timer clockwork;            ///< looks at the clock for what is due
    bool ticking = false;
    bool ended =
        false; ///< the platform is gone, and the clock may be: handlers that come late leave
};

/// Access to the state: locked, with everything done that is due by the clock. What comes of it, and
/// of the visit, is sent at its end.
class platform::impl::visit {
public:
    explicit visit(impl& p) : impl_(p), lock_(p.mutex) { impl_.let_time_pass(); }
    ~visit()
    {
        impl_.send_notices();
        impl_.arm();
    }
    visit(const visit&) = delete;
    visit& operator=(const visit&) = delete;

    platform_state* operator->() const noexcept { return &impl_.state; }
    platform_state& operator*() const noexcept { return impl_.state; }

private:
    impl& impl_;
    std::lock_guard<std::mutex> lock_;
};

template <class Log, class Condition> bool
platform::impl::wait_for(const Log& log, const Condition& holds, std::chrono::milliseconds timeout)
{
    using record_type = typename Log::value_type;
    const auto until = std::chrono::steady_clock::now() + timeout;
    std::unique_lock<std::mutex> l(mutex);
    for (;;) {
        const std::uint64_t seen = log_version;
        const std::vector<record_type> copy(log.begin(), log.end());
        l.unlock(); // the condition may ask the platform
        if (holds(copy)) return true;
        l.lock();
        if (!changed.wait_until(l, until, [&] { return log_version != seen; })) return false;
    }
}

} // namespace emulator
MEC_END_NAMESPACE

#endif
