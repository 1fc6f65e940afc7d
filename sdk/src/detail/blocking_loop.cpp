#include <mec/detail/blocking_loop.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace detail {

blocking_loop::blocking_loop() = default;

blocking_loop::~blocking_loop() { drop_all(); }

void blocking_loop::drop_all() noexcept
{
    for (;;) {
        std::unique_lock lock(mutex_);
        task* late = pop();
        lock.unlock(); // what is dropped may look back at this loop
        if (!late) return;
        late->drop();
    }
}

void blocking_loop::post(task& work) noexcept
{
    {
        std::unique_lock lock(mutex_);
        if (stopped_) { // too late; kept in the queue it might keep this loop alive, for ever
            lock.unlock();
            work.drop();
            return;
        }
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
    lock.unlock();
    drop_all();
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
