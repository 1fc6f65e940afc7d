#include "inbox.hpp"

#include "notification_type.hpp"
#include "text.hpp"

#include <boost/asio/defer.hpp>

#include <algorithm>
#include <exception>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

/// So many handler calls before others on the executor get their turn, or as many as there were waiting:
/// with fewer than come in while the others have theirs, the queue would grow.
constexpr std::size_t deliver_batch = 64;
/// So many objects are kept for reuse, none of which held more than a usual notification.
constexpr std::size_t most_spare = 64;
constexpr std::size_t usual_body = 4 * 1024;

json::decode_options decoding_for(const notify::receiver_options& o)
{
    json::decode_options d;
    d.strict = o.strict;
    d.limits.size = o.limits.body;
    return d;
}

} // namespace

receiver_base::receiver_base(asio::any_io_executor delivery_executor, notify::receiver_options o)
    : delivery(std::move(delivery_executor)), options(std::move(o)), decoding(decoding_for(options))
{
}

notify::receiver_counters receiver_base::counters() const
{
    notify::receiver_counters c;
    c.accepted = accepted;
    c.delivered = delivered;
    c.duplicates = duplicates;
    c.refused = refused;
    c.bad_bodies = bad_bodies;
    c.unknown = unknown;
    c.late = late;
    c.tests = tests;
    c.exceptions = exceptions;
    return c;
}

inbox::inbox(std::shared_ptr<receiver_base> base, notify::detail::sink s)
    : base_(std::move(base)), type_(*s.type), make_(s.make), reset_(s.reset),
      overwritten_(overwritten_by_decoding(type_)),
      may_have_time_(may_have_time_stamp(type_)), functions_{std::move(s.deliver),
                                                             std::move(s.on_gap)}
{
}

/// Why a notification cannot be taken now.
std::optional<intake> inbox::objection(const std::optional<dedupe_window::key>& key,
                                       steady_time now, std::size_t bytes)
{
    if (closed_) return intake::closed;
    if (key && window_.contains(*key, now)) return intake::duplicate;
    const notify::receiver_limits& most = base_->options.limits;
    // An empty queue takes everything, so that a task reports whatever is refused.
    const bool room =
        queue_.empty() || (queue_.size() < most.queue && bytes_ + bytes <= most.queue_bytes);
    if (room) return std::nullopt;
    note_missing({1});
    return intake::full;
}

void inbox::note_missing(const notify::gap& missing) noexcept
{
    if (!missing_) missing_.emplace();
    missing_->refused += missing.refused;
}

void inbox::report(const notify::gap& missing)
{
    lock l(mutex_);
    note_missing(missing);
    deliver_later(std::move(l));
}

// Decoding is done without the lock: it takes longer than all the rest, and delivery goes on meanwhile.
intake inbox::take(std::string_view body, error& why)
{
    std::optional<dedupe_window::key> key;
    steady_time now{};
    if (may_have_time_) {
        key = dedupe_window::key_of(body);
        now = base_->options.clock->now();
    }
    lock l(mutex_);
    if (const auto reason = objection(key, now, body.size())) return *reason;
    item fresh{nullptr, body.size(), std::nullopt};
    if (!spare_.empty()) {
        fresh.notification = std::move(spare_.back());
        spare_.pop_back();
    }
    l.unlock();
    fresh.notification = decode(body, std::move(fresh.notification), why);
    const bool test = why && is_test_notification(body);
    l.lock();
    if (why) {
        recycle(fresh);
        return test ? intake::test : intake::malformed;
    }
    if (const auto reason = objection(key, now, body.size())) return *reason;
    if (key && has_time_stamp(type_, fresh.notification.get())) window_.insert(*key, now);
    bytes_ += fresh.bytes;
    fresh.missing = std::exchange(missing_, std::nullopt);
    queue_.push_back(std::move(fresh));
    deliver_later(std::move(l));
    return intake::accepted;
}

auto inbox::decode(std::string_view body, object spare, error& why) const -> object
{
    if (!spare) spare = make_();
    else if (!overwritten_) reset_(spare.get());
    why = json::decode(body, spare.get(), type_, base_->decoding);
    return spare;
}

void inbox::recycle(item& used)
{
    if (used.notification && used.bytes <= usual_body && spare_.size() < most_spare)
        spare_.push_back(std::move(used.notification));
    used = {};
}

void inbox::activate()
{
    lock l(mutex_);
    active_ = true;
    deliver_later(std::move(l));
}

void inbox::close() noexcept
{
    // Destroyed after the lock is released: they hold what is the application's.
    functions released;
    std::deque<item> dropped;
    std::vector<object> unused;
    const lock l(mutex_);
    closed_ = true;
    dropped.swap(queue_);
    unused.swap(spare_);
    bytes_ = 0;
    if (!running_) std::swap(released, functions_);
}

void inbox::deliver_later(lock l)
{
    const bool something = !queue_.empty() || missing_;
    if (!active_ || scheduled_ || closed_ || !something) return;
    scheduled_ = true;
    l.unlock();
    // After the answers to what has already come, which are sent by the tasks in front of this one.
    asio::defer(base_->delivery, [self = shared_from_this()] { self->deliver_some(); });
}

void inbox::deliver_some()
{
    item current;
    functions released;
    lock l(mutex_);
    std::size_t batch = std::max(queue_.size(), deliver_batch);
    l.unlock();
    for (; batch != 0; --batch) {
        if (!next(current)) return;
        hand_over(current);
    }
    l.lock();
    recycle(current);
    scheduled_ = running_ = false;
    if (closed_) std::swap(released, functions_);
    deliver_later(std::move(l));
}

/// False when there is nothing to deliver; the task ends then.
bool inbox::next(item& current)
{
    functions released; // outlives the lock
    const lock l(mutex_);
    running_ = true;
    recycle(current);
    if (closed_ || (queue_.empty() && !missing_)) {
        scheduled_ = running_ = false;
        if (closed_) std::swap(released, functions_);
        return false;
    }
    if (queue_.empty()) {
        current.missing = std::exchange(missing_, std::nullopt);
        return true;
    }
    current = std::move(queue_.front());
    queue_.pop_front();
    bytes_ -= current.bytes;
    return true;
}

void inbox::hand_over(const item& current)
{
    if (current.missing && functions_.on_gap) call([&] { functions_.on_gap(*current.missing); });
    if (!current.notification || closed_) return;
    base_->delivered.fetch_add(1, std::memory_order_relaxed);
    call([&] { functions_.deliver(current.notification.get()); });
}

template <class Call> void inbox::call(Call f) noexcept
{
    std::string what;
    try {
        return f();
    } catch (const std::exception& e) {
        what = printable(e.what(), 256);
    } catch (...) {
        what = "something that is no std::exception";
    }
    base_->options.log.write(log_level::error, "notify", "a notification handler threw: " + what);
    ++base_->exceptions;
}

} // namespace internal
MEC_END_NAMESPACE
