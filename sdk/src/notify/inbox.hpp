#ifndef MEC_SRC_NOTIFY_INBOX_HPP
#define MEC_SRC_NOTIFY_INBOX_HPP

#include "dedupe_window.hpp"

#include <mec/json/codec.hpp>
#include <mec/notify/receiver.hpp>

#include <atomic>
#include <deque>
#include <mutex>

MEC_BEGIN_NAMESPACE
namespace internal {

/// What all channels of a receiver share.
struct receiver_base {
    using counter = std::atomic<std::uint64_t>;

    receiver_base(asio::any_io_executor delivery_executor, notify::receiver_options o);

    /// All but the number of connections.
    notify::receiver_counters counters() const;

    const asio::any_io_executor delivery;
    const notify::receiver_options options;
    const json::decode_options decoding;
    counter accepted{0}, delivered{0}, duplicates{0}, refused{0}, bad_bodies{0}, unknown{0},
        late{0}, tests{0}, exceptions{0};
};

/// What happens to a notification.
enum class intake : std::uint8_t { accepted, duplicate, test, full, closed, malformed };

/// The notifications of one channel: from a body to the handler. Decodes at once, keeps what is
/// decoded in a bounded queue, and empties that on the delivery executor in one task at a time. The
/// handler is called without the lock, so it may do to this channel, and to the receiver, what it likes.
class inbox : public std::enable_shared_from_this<inbox> {
public:
    inbox(std::shared_ptr<receiver_base> base, notify::detail::sink s);

    /// @param why  set for intake::malformed
    intake take(std::string_view body, error& why);
    /// There is a gap behind what has been taken so far.
    void report(const notify::gap& missing);
    void activate();
    void close() noexcept;

private:
    using lock = std::unique_lock<std::mutex>;
    using object = std::shared_ptr<void>;
    struct item {
        object notification; ///< none: nothing but the gap
        std::size_t bytes = 0;
        std::optional<notify::gap> missing; ///< between the item before and this one
    };
    struct functions {
        std::function<void(const void*)> deliver;
        std::function<void(const notify::gap&)> on_gap;
    };

    std::optional<intake> objection(const std::optional<dedupe_window::key>& key, steady_time now,
                                    std::size_t bytes);
    void note_missing(const notify::gap& missing) noexcept;
    object decode(std::string_view body, object spare, error& why) const;
    void recycle(item& used);
    bool next(item& current);
    void hand_over(const item& current);
    void deliver_later(lock l);
    void deliver_some();
    template <class Call> void call(Call f) noexcept;

    const std::shared_ptr<receiver_base> base_;
    const json::type_desc& type_;
    object (*const make_)();
    void (*const reset_)(void*);
    const bool overwritten_; ///< decoding leaves nothing of what an object held before
    const bool may_have_time_;

    std::mutex mutex_; ///< guards what follows
    functions functions_;
    std::deque<item> queue_;
    std::size_t bytes_ = 0;              ///< of the bodies in the queue
    std::optional<notify::gap> missing_; ///< since the last item of the queue
    std::vector<object> spare_;
    dedupe_window window_;
    bool active_ = false;
    bool scheduled_ = false;          ///< a task is on its way, or running
    bool running_ = false;            ///< ... and may be using functions_
    std::atomic<bool> closed_{false}; ///< written under the lock
};

} // namespace internal
MEC_END_NAMESPACE

#endif
