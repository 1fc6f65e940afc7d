#include <mec/testing/manual_clock.hpp>

MEC_BEGIN_NAMESPACE
namespace testing {
namespace {

constexpr steady_time steady_start{std::chrono::hours(1)};
constexpr system_time system_start{std::chrono::seconds(1'704'067'200)};

} // namespace

manual_clock::manual_clock() noexcept
    : steady_(steady_start.time_since_epoch().count()),
      system_(system_start.time_since_epoch().count())
{
}

steady_time manual_clock::now() const noexcept
{
    return steady_time{steady_time::duration{steady_.load()}};
}

system_time manual_clock::system_now() const noexcept
{
    return system_time{system_time::duration{system_.load()}};
}

void manual_clock::advance(std::chrono::nanoseconds duration) noexcept
{
    steady_ += std::chrono::duration_cast<steady_time::duration>(duration).count();
    system_ += std::chrono::duration_cast<system_time::duration>(duration).count();
}

void manual_clock::set_system(system_time time) noexcept
{
    system_ = time.time_since_epoch().count();
}

} // namespace testing
MEC_END_NAMESPACE
