#ifndef MEC_DETAIL_BLOCKING_LOOP_HPP
#define MEC_DETAIL_BLOCKING_LOOP_HPP

/// @file
/// The executor of a thread that waits in `mec::sync_wait`. Whoever starts an operation with a handler
/// bound to it may block: the work is done by the waiting thread itself.

#include <mec/core/clock.hpp>

#include <boost/asio/any_completion_executor.hpp>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace detail {

/// A queue of work and one thread that drains it. post() may be called from any thread, also after
/// stop(): what comes too late is dropped.
class MEC_API blocking_loop {
public:
    /// A piece of work. While it is queued it keeps itself alive; either function ends that.
    class task {
    public:
        virtual void run() = 0;
        virtual void drop() noexcept = 0; ///< the loop ends before its turn came

    protected:
        ~task() = default;

    private:
        friend class blocking_loop;
        task* next_ = nullptr;
    };

    blocking_loop();
    ~blocking_loop();
    blocking_loop(const blocking_loop&) = delete;
    blocking_loop& operator=(const blocking_loop&) = delete;

    void post(task& work) noexcept;
    /// Runs work until stop() is called.
    void run();
    /// Runs work until `done` returns true or the time has come; false when it was the time.
    /// `done` is read after each piece of work, on this thread.
    bool run_until(steady_time deadline, bool (*done)(const void*), const void* context);
    /// Makes run() return; callable from any thread.
    void stop() noexcept;

private:
    task* pop() noexcept;
    void drop_all() noexcept;

    std::mutex mutex_;
    std::condition_variable wake_;
    task* first_ = nullptr;
    task* last_ = nullptr;
    bool stopped_ = false;
};

/// Executor of a blocking_loop. execute() always queues.
class blocking_executor {
public:
    explicit blocking_executor(std::shared_ptr<blocking_loop> loop) noexcept
        : loop_(std::move(loop))
    {
    }
    blocking_loop& loop() const noexcept { return *loop_; }

    template <class Function> void execute(Function&& function) const
    {
        struct work final : blocking_loop::task {
            std::decay_t<Function> function;
            explicit work(Function&& f) : function(std::forward<Function>(f)) {}
            void run() override
            {
                const std::unique_ptr<work> self(this);
                std::move(function)();
            }
            void drop() noexcept override { delete this; }
        };
        loop_->post(*new work(std::forward<Function>(function)));
    }

    friend bool operator==(const blocking_executor& a, const blocking_executor& b) noexcept
    {
        return a.loop_ == b.loop_;
    }
    friend bool operator!=(const blocking_executor& a, const blocking_executor& b) noexcept
    {
        return !(a == b);
    }

private:
    std::shared_ptr<blocking_loop> loop_;
};

/// The blocking executor inside an erased one, or null; it lives as long as `ex`.
inline const blocking_executor* as_blocking(const boost::asio::any_completion_executor& ex) noexcept
{
    return ex.target<blocking_executor>();
}

} // namespace detail
MEC_END_NAMESPACE

#endif
