#ifndef MEC_TESTING_MANUAL_CLOCK_HPP
#define MEC_TESTING_MANUAL_CLOCK_HPP

#include <mec/core/clock.hpp>

#include <atomic>

MEC_BEGIN_NAMESPACE
namespace testing {

/// A clock that stands still until the test moves it. Thread-safe.
class MEC_API manual_clock final : public clock {
public:
    /// Begins at 2024-01-01 00:00:00 UTC.
    manual_clock() noexcept;

    steady_time now() const noexcept override;
    system_time system_now() const noexcept override;

    /// Lets time pass on both clocks.
    void advance(std::chrono::nanoseconds duration) noexcept;
    /// Sets the system time alone, as a correction by NTP or by hand does.
    void set_system(system_time time) noexcept;

private:
    std::atomic<steady_time::rep> steady_;
    std::atomic<system_time::rep> system_;
};

} // namespace testing
MEC_END_NAMESPACE

#endif
