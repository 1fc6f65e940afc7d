#include <mec/detail/blocking_loop.hpp>

MEC_BEGIN_NAMESPACE
namespace detail {

blocking_loop::task::~task() = default;

blocking_loop::blocking_loop() = default;

blocking_loop::~blocking_loop()
{
    while (pop()) {
    }
}

void blocking_loop::post(std::unique_ptr<task> work) noexcept
{
    {
        std::lock_guard lock(mutex_);
        task* added = work.release();
        (last_ ? last_->next_ : first_) = added;
        last_ = added;
    }
    wake_.notify_one();
}

void blocking_loop::stop() noexcept
{
    {
        std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    wake_.notify_one();
}

std::unique_ptr<blocking_loop::task> blocking_loop::pop() noexcept
{
    task* head = first_;
    if (head) {
        first_ = head->next_;
        if (!first_) last_ = nullptr;
    }
    return std::unique_ptr<task>(head);
}

void blocking_loop::run()
{
    std::unique_lock lock(mutex_);
    while (!stopped_) {
        if (auto work = pop()) {
            lock.unlock();
            work->run();
            work.reset();
            lock.lock();
        } else {
            wake_.wait(lock);
        }
    }
}

bool blocking_loop::run_until(steady_time deadline, bool (*done)(const void*), const void* context)
{
    std::unique_lock lock(mutex_);
    while (!done(context)) {
        if (auto work = pop()) {
            lock.unlock();
            work->run();
            work.reset();
            lock.lock();
        } else if (wake_.wait_until(lock, deadline) == std::cv_status::timeout) {
            return done(context);
        }
    }
    return true;
}

} // namespace detail
MEC_END_NAMESPACE
