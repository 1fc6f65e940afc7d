#include "blocking_exchange.hpp"

#include "connect_fsm.hpp"
#include "http_exchange.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include <poll.h>
#include <unistd.h>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

using std::chrono::milliseconds;

/// Time left, rounded up to 50 ms so that equal budgets give equal socket timeouts: a timeout is set
/// by a system call, and only when it changes.
milliseconds left_until(steady_time end, steady_time now) noexcept
{
    constexpr milliseconds grain{50};
    const auto left = std::chrono::ceil<milliseconds>(end - now);
    return std::max((left + grain - milliseconds{1}) / grain * grain, grain);
}

/// A thread in the pool's queue.
class waiting_thread final : public connection_pool::waiter {
public:
    void on_turn(std::unique_ptr<http_connection> connection) override
    {
        std::lock_guard lock(mutex_);
        connection_ = std::move(connection);
        given_ = true;
        wake_.notify_one();
    }
    bool on_closed() override
    {
        std::lock_guard lock(mutex_);
        closed_ = given_ = true;
        wake_.notify_one();
        return true;
    }
    void wait()
    {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return given_; });
    }
    /// False when the time came first.
    bool wait_until(steady_time end)
    {
        std::unique_lock lock(mutex_);
        return wake_.wait_until(lock, end, [this] { return given_; });
    }
    std::unique_ptr<http_connection> take() { return std::move(connection_); }
    bool closed() const noexcept { return closed_; }

private:
    std::mutex mutex_;
    std::condition_variable wake_;
    std::unique_ptr<http_connection> connection_;
    bool given_ = false;
    bool closed_ = false;
};

/// The descriptors of connection attempts; closes those that are not taken out.
class attempt_set {
public:
    explicit attempt_set(std::size_t size) : descriptors_(size, -1) {}
    ~attempt_set()
    {
        for (int d : descriptors_)
            if (d >= 0) ::close(d);
    }
    attempt_set(const attempt_set&) = delete;
    attempt_set& operator=(const attempt_set&) = delete;

    void put(std::size_t index, int descriptor) { descriptors_[index] = descriptor; }
    int take(std::size_t index) { return std::exchange(descriptors_[index], -1); }

    /// Waits for an attempt to end, at most until `end`. Nothing: it was the time.
    std::optional<std::size_t> wait(steady_time end)
    {
        std::vector<pollfd> waiting;
        std::vector<std::size_t> index;
        for (std::size_t i = 0; i < descriptors_.size(); ++i) {
            if (descriptors_[i] < 0) continue;
            waiting.push_back({descriptors_[i], POLLOUT, 0});
            index.push_back(i);
        }
        const auto left = std::chrono::ceil<milliseconds>(end - std::chrono::steady_clock::now());
        const auto timeout = std::clamp<milliseconds::rep>(left.count(), 0, 60'000);
        if (::poll(waiting.data(), waiting.size(), static_cast<int>(timeout)) <= 0)
            return std::nullopt;
        for (std::size_t i = 0; i < waiting.size(); ++i)
            if (waiting[i].revents != 0) return index[i];
        return std::nullopt;
    }

private:
    std::vector<int> descriptors_;
};

class blocking_exchange {
public:
    blocking_exchange(transport_core& core, const http::request& req, http::response& resp)
        : core_(core), request_(req), response_(resp)
    {
    }

    error run()
    {
        response_.clear();
        if (error refused = core_.check(request_.origin)) return refused;
        if (error e = take_place()) return e;
        error failure = connection_ ? exchange() : connect_and_exchange();
        if (keep_) {
            core_.pool.give_back(request_.origin, std::move(connection_));
        } else {
            if (connection_) connection_->io.shutdown();
            connection_.reset();
            core_.pool.forget(request_.origin);
        }
        return failure;
    }

private:
    error take_place()
    {
        waiting_thread me;
        auto turn = core_.pool.acquire(request_.origin, me);
        switch (turn.what) {
        case connection_pool::grant::connection: connection_ = std::move(turn.connection); break;
        case connection_pool::grant::open: break;
        case connection_pool::grant::queued:
            if (!me.wait_until(request_.deadline)) {
                if (core_.pool.leave(request_.origin, me))
                    return core_.timed_out(phase::queue, request_.deadline);
                me.wait(); // the turn is being given right now
            }
            if (me.closed())
                return connection_pool::refusal(connection_pool::grant::closed, request_.origin);
            connection_ = me.take();
            break;
        default: return connection_pool::refusal(turn.what, request_.origin);
        }
        return {};
    }

    error connect_and_exchange()
    {
        if (error e = connect()) return e;
        if (request_.origin.secure())
            if (error e = handshake()) return e;
        return exchange();
    }

    error connect()
    {
        auto addresses =
            core_.resolver.resolve_until(request_.origin.host, request_.origin.port,
                                         core_.phase_end(phase::resolve, request_.deadline));
        if (!addresses) return addresses.error();
        attempt_set attempts(addresses->size());
        connect_fsm decisions(std::move(*addresses), core_.options.timeouts.address_step,
                              core_.phase_end(phase::connect, request_.deadline));
        connect_step step = decisions.start(core_.now());
        for (;;) {
            switch (step.what) {
            case connect_step::kind::start: step = begin(decisions, attempts, step); break;
            case connect_step::kind::wait: step = await(decisions, attempts, step.wake); break;
            case connect_step::kind::failed: return decisions.failure();
            case connect_step::kind::connected: {
                const int descriptor = attempts.take(step.index);
                tune(descriptor, core_.options.pool);
                connection_ = std::make_unique<http_connection>(stream(descriptor),
                                                                core_.options.limits, core_.now());
                return {};
            }
            }
        }
    }

    connect_step begin(connect_fsm& decisions, attempt_set& attempts, const connect_step& step)
    {
        auto descriptor = begin_connect(decisions.address(step.index));
        if (!descriptor)
            return decisions.on_failed(step.index, descriptor.error().info().system, core_.now());
        attempts.put(step.index, *descriptor);
        return await(decisions, attempts, step.wake);
    }

    connect_step await(connect_fsm& decisions, attempt_set& attempts, steady_time wake)
    {
        const auto index = attempts.wait(wake);
        if (!index) return decisions.on_timer(core_.now());
        const int descriptor = attempts.take(*index);
        if (error_code ec = connect_outcome(descriptor)) {
            ::close(descriptor);
            return decisions.on_failed(*index, ec, core_.now());
        }
        attempts.put(*index, descriptor);
        return decisions.on_connected(*index);
    }

    error handshake()
    {
        auto context = core_.tls();
        if (!context) return context.error();
        auto session =
            (*context)->connect_session(core_.tls_name(request_.origin), request_.origin.port);
        if (!session) return session.error();
        connection_->io.use_tls(std::move(*session));
        const steady_time end = core_.phase_end(phase::handshake, request_.deadline);
        for (;;) {
            prepare_to_block(end);
            const io_result r = connection_->io.handshake();
            if (r.status == io_status::done) return {};
            if (r.status != io_status::want_read && r.status != io_status::want_write)
                return connection_->io.failure(r);
            if (core_.now() >= end) return core_.timed_out(phase::handshake, request_.deadline);
        }
    }

    error exchange()
    {
        response_.reused_connection = !connection_->fresh;
        http_exchange http(*connection_, request_, response_, core_.options.user_agent);
        steady_time end = core_.phase_end(phase::first_byte, request_.deadline);
        std::size_t seen = 0;
        for (;;) {
            prepare_to_block(end);
            if (http.advance() == http_exchange::next::finished) break;
            if (core_.now() < end) continue;
            const phase p = http.received() != 0 ? phase::body : phase::first_byte;
            if (core_.now() >= request_.deadline || http.received() == seen)
                return core_.timed_out(p, request_.deadline);
            seen = http.received();
            end = core_.phase_end(phase::body, request_.deadline);
        }
        keep_ = http.reusable() && !http.failure();
        return http.failure();
    }

    void prepare_to_block(steady_time end)
    {
        const milliseconds left = left_until(end, core_.now());
        connection_->io.set_blocking(true);
        connection_->io.set_timeouts(left, left);
        connection_->io.set_end(end);
    }

    transport_core& core_;
    const http::request& request_;
    http::response& response_;
    std::unique_ptr<http_connection> connection_;
    bool keep_ = false;
};

} // namespace

error exchange_blocking(transport_core& core, const http::request& req, http::response& resp)
{
    return blocking_exchange(core, req, resp).run();
}

} // namespace internal
MEC_END_NAMESPACE
