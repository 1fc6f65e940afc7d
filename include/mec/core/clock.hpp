#ifndef MEC_CORE_CLOCK_HPP
#define MEC_CORE_CLOCK_HPP

#include <mec/config.hpp>

#include <chrono>

MEC_BEGIN_NAMESPACE

using steady_time = std::chrono::steady_clock::time_point;
using system_time = std::chrono::system_clock::time_point;

/// Where the SDK reads the time, so that tests can own it. Intervals and deadlines use the steady
/// time only; the system time is used for dates that a peer sends. Thread-safe.
class MEC_API clock {
public:
    virtual ~clock();
    virtual steady_time now() const noexcept = 0;
    virtual system_time system_now() const noexcept = 0;
};

/// The clocks of the machine. Never destroyed.
MEC_API clock& machine_clock() noexcept;

MEC_END_NAMESPACE

#endif
