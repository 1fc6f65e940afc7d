#ifndef MEC_INTERNAL_PLATFORM_TIME_HPP
#define MEC_INTERNAL_PLATFORM_TIME_HPP

#include <mec/app_support/connection.hpp>
#include <mec/core/clock.hpp>
#include <mec/core/log.hpp>
#include <mec/core/time.hpp>

#include <functional>
#include <memory>
#include <optional>

MEC_BEGIN_NAMESPACE
namespace internal {

/// The platform's clock: what it says about deadlines is meant by that one, which may be minutes away
/// from this machine's. Used on one strand, where the answers come, too.
class MEC_API platform_time : public std::enable_shared_from_this<platform_time> {
public:
    platform_time(std::shared_ptr<app_support::connection> platform, asio::any_io_executor strand,
                  mec::clock& clock, mec::logger log);

    /// Asks the platform, unless it was asked lately. A platform that gives no time is taken to have
    /// this machine's, with a warning. `done` may be called inside this function.
    void async_now(std::function<void(system_time)> done);

private:
    void on_answer(system_time asked, const result<app_support::current_time>& answer);

    const std::shared_ptr<app_support::connection> platform_;
    const asio::any_io_executor strand_;
    mec::clock& clock_;
    const mec::logger log_;
    std::optional<system_time::duration> ahead_; ///< of this machine
    steady_time ask_again_{};
    std::vector<std::function<void(system_time)>> waiting_;
};

/// Rounded down to what a time stamp can say; between 1970 and 2106.
time_stamp to_time_stamp(system_time t) noexcept;

} // namespace internal
MEC_END_NAMESPACE

#endif
