#include <mec/detail/blocking_loop.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace detail {

blocking_loop::blocking_loop() = default;

blocking_loop::~blocking_loop()
{
    while (task* late = pop()) late->drop();
}

void blocking_loop::post(task& work) noexcept
{
    {
        std::lock_guard lock(mutex_);
        (last_ ? last_->next_ : first_) = &work;
        last_ = &work;
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

blocking_loop::task* blocking_loop::pop() noexcept
{
    task* head = first_;
    if (head) {
        first_ = std::exchange(head->next_, nullptr);
        if (!first_) last_ = nullptr;
    }
    return head;
}

void blocking_loop::run()
{
    std::unique_lock lock(mutex_);
    while (!stopped_) {
        if (task* work = pop()) {
            lock.unlock();
            work->run();
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
        if (task* work = pop()) {
            lock.unlock();
            work->run();
            lock.lock();
        } else if (wake_.wait_until(lock, deadline) == std::cv_status::timeout) {
            return done(context);
        }
    }
    return true;
}

} // namespace detail
MEC_END_NAMESPACE
