#ifndef MEC_INTERNAL_DEADLINE_LIST_HPP
#define MEC_INTERNAL_DEADLINE_LIST_HPP

#include <mec/core/clock.hpp>
#include <mec/core/error.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <mutex>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Something that ends at a time. Moving the deadline later costs nothing: the list looks again when
/// the old one has come.
class expiring {
public:
    virtual ~expiring() = default;
    /// The time has come. May be called on any thread of the executor.
    virtual void on_deadline() = 0;
    /// Ends it before its time.
    virtual void abort(error why) = 0;
    /// Read under the list's lock.
    virtual steady_time deadline() const noexcept = 0;

private:
    friend class deadline_list;
    expiring* previous_ = nullptr;
    expiring* next_ = nullptr;
    steady_time listed_{};
    std::weak_ptr<void> alive_;
    bool in_list_ = false;
};

/// One timer for all exchanges of a transport, in place of a timer per operation: arming and
/// cancelling a timer costs system calls, and nearly no deadline is ever reached.
///
/// A list that was empty arms the timer for `linger` only; an exchange that outlives it is waited for
/// exactly. So a short exchange arms nothing, at the price that the executor's run() returns up to
/// `linger` after the last one.
class deadline_list : public std::enable_shared_from_this<deadline_list> {
public:
    deadline_list(boost::asio::any_io_executor executor, const mec::clock& clock);

    /// `alive` keeps `item`; an item whose owner is gone is skipped.
    void add(expiring& item, std::weak_ptr<void> alive);
    void remove(expiring& item) noexcept;
    /// Aborts everything that is listed, or added later, and stops the timer.
    void close(const error& why);

private:
    using owned = std::pair<std::shared_ptr<void>, expiring*>;

    void insert(expiring& item);
    void unlink(expiring& item) noexcept;
    void arm(steady_time when);
    void on_timer();

    static constexpr std::chrono::milliseconds linger{20};

    const mec::clock& clock_;
    std::mutex mutex_;
    boost::asio::steady_timer timer_;
    expiring* first_ = nullptr;
    expiring* last_ = nullptr;
    bool armed_ = false;
    bool lingering_ = false;
    error closed_; ///< why, once it is
    steady_time armed_for_{};
};

} // namespace internal
MEC_END_NAMESPACE

#endif
