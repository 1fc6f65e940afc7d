#ifndef MEC_INTERNAL_DEADLINE_HPP
#define MEC_INTERNAL_DEADLINE_HPP

#include <mec/core/clock.hpp>

#include <chrono>

MEC_BEGIN_NAMESPACE
namespace internal {

/// `from + budget`, or the end of time: a budget of milliseconds::max() means none.
inline steady_time deadline_after(steady_time from, std::chrono::milliseconds budget) noexcept
{
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(steady_time::max() - from);
    return budget < left ? from + budget : steady_time::max();
}

} // namespace internal
MEC_END_NAMESPACE

#endif
