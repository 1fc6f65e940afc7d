#include "deadline_list.hpp"

#include <boost/asio/post.hpp>

#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

deadline_list::deadline_list(boost::asio::any_io_executor executor, const mec::clock& clock)
    : clock_(clock), timer_(std::move(executor))
{
}

void deadline_list::add(expiring& item, std::weak_ptr<void> alive)
{
    std::lock_guard lock(mutex_);
    if (closed_) { // not from here: the caller may hold a lock that abort() wants
        boost::asio::post(timer_.get_executor(), [&item, alive = std::move(alive), why = closed_] {
            if (const auto owner = alive.lock()) item.abort(why);
        });
        return;
    }
    item.alive_ = std::move(alive);
    item.listed_ = item.deadline();
    insert(item);
    const steady_time soon = clock_.now() + linger;
    if (!armed_) {
        lingering_ = item.listed_ > soon;
        arm(lingering_ ? soon : item.listed_);
    } else if (item.listed_ < armed_for_) {
        lingering_ = false;
        arm(item.listed_);
    }
}

void deadline_list::remove(expiring& item) noexcept
{
    std::lock_guard lock(mutex_);
    if (!item.in_list_) return;
    unlink(item);
    // A lingering timer runs out by itself; one that waits for a far deadline would keep run() alive.
    if (!first_ && armed_ && !lingering_) {
        timer_.cancel();
        armed_ = false;
    }
}

void deadline_list::close(const error& why)
{
    std::vector<owned> listed;
    {
        std::lock_guard lock(mutex_);
        closed_ = why;
        while (first_) {
            expiring& item = *first_;
            unlink(item);
            if (auto owner = item.alive_.lock()) listed.emplace_back(std::move(owner), &item);
        }
        timer_.cancel();
        armed_ = false;
    }
    for (auto& [owner, item] : listed) item->abort(why);
}

void deadline_list::insert(expiring& item)
{
    // Deadlines are mostly the same budget counted from now, so the place is mostly at the end.
    expiring* after = last_;
    while (after && after->listed_ > item.listed_) after = after->previous_;
    item.previous_ = after;
    item.next_ = after ? after->next_ : first_;
    (item.previous_ ? item.previous_->next_ : first_) = &item;
    (item.next_ ? item.next_->previous_ : last_) = &item;
    item.in_list_ = true;
}

void deadline_list::unlink(expiring& item) noexcept
{
    (item.previous_ ? item.previous_->next_ : first_) = item.next_;
    (item.next_ ? item.next_->previous_ : last_) = item.previous_;
    item.previous_ = item.next_ = nullptr;
    item.in_list_ = false;
}

void deadline_list::arm(steady_time when)
{
    armed_ = true;
    armed_for_ = when;
    timer_.expires_after(when - clock_.now());
    timer_.async_wait([self = weak_from_this()](const boost::system::error_code& ec) {
        if (ec) return;
        if (auto list = self.lock()) list->on_timer();
    });
}

void deadline_list::on_timer()
{
    std::vector<owned> due;
    {
        std::lock_guard lock(mutex_);
        if (closed_) return;
        armed_ = lingering_ = false;
        const steady_time now = clock_.now();
        while (first_ && first_->listed_ <= now) {
            expiring& item = *first_;
            unlink(item);
            if (item.deadline() > now) { // it was moved meanwhile
                item.listed_ = item.deadline();
                insert(item);
            } else if (auto owner = item.alive_.lock()) {
                due.emplace_back(std::move(owner), &item);
            }
        }
        if (first_) arm(first_->listed_);
    }
    for (auto& [owner, item] : due) item->on_deadline();
}

} // namespace internal
MEC_END_NAMESPACE
