#include "resolver.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {
namespace {

constexpr std::size_t max_waiting = 1024; ///< requests of one pool, all names together
constexpr std::chrono::seconds idle_time{5};

/// One name that is being, or is to be, looked up, and who asked for it.
struct question {
    struct waiter {
        steady_time deadline;
        resolver_pool::handler done;
    };
    std::string host;
    std::uint16_t port;
    std::vector<waiter> waiters;

    bool wanted(steady_time now) const noexcept
    {
        return std::any_of(waiters.begin(), waiters.end(),
                           [now](const waiter& w) { return w.deadline > now; });
    }
};
using question_ptr = std::shared_ptr<question>;

error resolver_error(errc code, const std::string& host, const char* message)
{
    error_info info;
    info.message = message;
    info.endpoint = host;
    return {code, std::move(info)};
}

error late_error(const std::string& host)
{
    return resolver_error(errc::name_temporary, host,
                          "the name server did not answer in time; check that it can be reached");
}

/// The application's signal handlers shall not run on a thread that it does not know.
class signals_blocked {
public:
    signals_blocked() noexcept
    {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~signals_blocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    signals_blocked(const signals_blocked&) = delete;
    signals_blocked& operator=(const signals_blocked&) = delete;

private:
    sigset_t before_{};
};

/// The pool whose handlers this thread is calling: close() must not wait for itself.
thread_local const void* delivering_pool = nullptr;

} // namespace

/// Shared with the workers, which may outlive the pool.
struct resolver_pool::state : std::enable_shared_from_this<state> {
    state(std::size_t limit, lookup function)
        : worker_limit(std::max<std::size_t>(limit, 1)), ask(std::move(function))
    {
    }

    bool start_worker();
    void work();
    result<address_list> look_up(const question& q) const;
    void answer(const question_ptr& q, const result<address_list>& addresses);
    question_ptr find(const std::string& host, std::uint16_t port) const;

    const std::size_t worker_limit;
    const lookup ask;

    std::mutex mutex;
    std::condition_variable work_to_do;
    std::condition_variable delivered;
    std::vector<question_ptr> open; ///< queued and being looked up
    std::deque<question_ptr> queued;
    std::size_t waiting = 0; ///< waiters of all open questions
    std::size_t workers = 0;
    std::size_t idle = 0;
    std::size_t delivering = 0; ///< workers that are calling handlers
    bool closed = false;
};

/// @pre the mutex is held
bool resolver_pool::state::start_worker()
{
    const signals_blocked blocked;
    try {
        std::thread([self = shared_from_this()] { self->work(); }).detach();
    } catch (const std::system_error&) {
        return workers > 0; // those will come to it
    }
    ++workers;
    return true;
}

/// @pre the mutex is held
question_ptr resolver_pool::state::find(const std::string& host, std::uint16_t port) const
{
    for (const auto& q : open)
        if (q->port == port && q->host == host) return q;
    return nullptr;
}

void resolver_pool::state::work()
{
    std::unique_lock lock(mutex);
    for (;;) {
        ++idle;
        work_to_do.wait_for(lock, idle_time, [this] { return closed || !queued.empty(); });
        --idle;
        if (closed || queued.empty()) break;

        const question_ptr q = queued.front();
        queued.pop_front();
        const bool wanted = q->wanted(std::chrono::steady_clock::now());
        lock.unlock();
        answer(q, wanted ? look_up(*q) : late_error(q->host));
        lock.lock();
    }
    --workers;
}

result<address_list> resolver_pool::state::look_up(const question& q) const
{
    try {
        const result<address_list> found = ask(q.host, q.port);
        return found ? result<address_list>(interleaved(*found)) : found;
    } catch (const std::bad_alloc&) {
        return error{errc::resource_exhausted};
    }
}

void resolver_pool::state::answer(const question_ptr& q, const result<address_list>& addresses)
{
    std::unique_lock lock(mutex);
    if (closed) return; // close() has answered
    auto waiters = std::exchange(q->waiters, {});
    waiting -= waiters.size();
    open.erase(std::remove(open.begin(), open.end(), q), open.end());
    ++delivering;
    lock.unlock();
    delivering_pool = this;
    for (const auto& w : waiters) w.done(addresses);
    waiters.clear(); // what the handlers hold must be gone as well when close() returns
    delivering_pool = nullptr;
    lock.lock();
    --delivering;
    delivered.notify_all();
}

resolver_pool::resolver_pool(std::size_t workers, lookup ask)
    : state_(std::make_shared<state>(workers, std::move(ask)))
{
}

resolver_pool::~resolver_pool() { close(); }

void resolver_pool::resolve(std::string host, std::uint16_t port, steady_time deadline,
                            handler done)
{
    if (auto local = resolve_locally(host, port)) return done(std::move(*local));
    state& s = *state_;
    errc refused{};
    {
        const std::lock_guard lock(s.mutex);
        question_ptr q = s.find(host, port);
        const bool is_new = !q;
        if (s.closed) {
            refused = errc::shutting_down;
        } else if (s.waiting >= max_waiting) {
            refused = errc::resource_exhausted;
        } else if (is_new && s.idle <= s.queued.size() && s.workers < s.worker_limit &&
                   !s.start_worker()) {
            refused = errc::resource_exhausted;
        } else {
            if (is_new) {
                q = std::make_shared<question>(question{std::move(host), port, {}});
                s.open.push_back(q);
                s.queued.push_back(q);
                s.work_to_do.notify_one();
            }
            q->waiters.push_back({deadline, std::move(done)});
            ++s.waiting;
            return;
        }
    }
    done(resolver_error(refused, host, "no place for another name to resolve"));
}

result<address_list> resolver_pool::resolve_until(std::string host, std::uint16_t port,
                                                  steady_time deadline)
{
    struct slot {
        std::mutex mutex;
        std::condition_variable filled;
        std::optional<result<address_list>> value;
    };
    // Shared: the answer may come after this function has returned.
    const auto answer = std::make_shared<slot>();
    const error late = late_error(host);
    resolve(std::move(host), port, deadline, [answer](result<address_list> addresses) {
        const std::lock_guard lock(answer->mutex);
        answer->value.emplace(std::move(addresses));
        answer->filled.notify_one();
    });
    std::unique_lock lock(answer->mutex);
    const auto ready = [&] { return answer->value.has_value(); };
    if (!answer->filled.wait_until(lock, deadline, ready)) return late;
    return std::move(*answer->value);
}

void resolver_pool::close() noexcept
{
    state& s = *state_;
    std::vector<question_ptr> abandoned;
    {
        std::unique_lock lock(s.mutex);
        s.closed = true;
        abandoned.swap(s.open);
        s.queued.clear();
        s.waiting = 0;
        s.work_to_do.notify_all();
        // Handlers reach into what the caller is about to destroy; lookups do not.
        const std::size_t own = delivering_pool == &s ? 1 : 0;
        s.delivered.wait(lock, [&] { return s.delivering <= own; });
    }
    for (const auto& q : abandoned)
        for (const auto& w : q->waiters) w.done(error{errc::shutting_down});
}

} // namespace internal
MEC_END_NAMESPACE
