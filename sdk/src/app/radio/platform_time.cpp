#include "platform_time.hpp"

#include <boost/asio/bind_executor.hpp>

#include <algorithm>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

/// Clocks drift by less than a second in this time.
constexpr std::chrono::minutes believed{10};
/// Of a platform that has just failed to say.
constexpr std::chrono::seconds believed_without_answer{30};

} // namespace

platform_time::platform_time(std::shared_ptr<app_support::connection> platform,
                             asio::any_io_executor strand, mec::clock& clock, mec::logger log)
    : platform_(std::move(platform)), strand_(std::move(strand)), clock_(clock),
      log_(std::move(log))
{
}

void platform_time::async_now(std::function<void(system_time)> done)
{
    if (ahead_ && clock_.now() < ask_again_) return done(clock_.system_now() + *ahead_);
    waiting_.push_back(std::move(done));
    if (waiting_.size() > 1) return;
    platform_->async_get_current_time(asio::bind_executor(
        asio::any_completion_executor(strand_),
        [self = shared_from_this(), asked = clock_.system_now()](
            const result<app_support::current_time>& answer) { self->on_answer(asked, answer); }));
}

void platform_time::on_answer(system_time asked, const result<app_support::current_time>& answer)
{
    const system_time here = clock_.system_now();
    if (answer) {
        // The platform looked at its clock between the two.
        ahead_ = answer->stamp().to_time_point() - (asked + (here - asked) / 2);
        ask_again_ = clock_.now() + believed;
    } else {
        if (!ahead_)
            log_.write(log_level::warning, "app",
                       "deadlines of the platform are compared with this machine's clock: " +
                           answer.error().what());
        ahead_ = ahead_.value_or(system_time::duration{0});
        ask_again_ = clock_.now() + believed_without_answer;
    }
    for (auto& done : std::exchange(waiting_, {})) done(here + *ahead_);
}

time_stamp to_time_stamp(system_time t) noexcept
{
    using namespace std::chrono;
    const auto since = t.time_since_epoch();
    const auto whole = duration_cast<seconds>(since);
    if (since < nanoseconds{0}) return {};
    if (whole.count() > std::int64_t{0xffffffff}) return {0xffffffff, 0};
    return {static_cast<std::uint32_t>(whole.count()),
            static_cast<std::uint32_t>(duration_cast<nanoseconds>(since - whole).count())};
}

} // namespace internal
MEC_END_NAMESPACE
