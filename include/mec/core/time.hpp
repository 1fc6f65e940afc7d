#ifndef MEC_CORE_TIME_HPP
#define MEC_CORE_TIME_HPP

#include <mec/config.hpp>

#include <chrono>
#include <cstdint>

MEC_BEGIN_NAMESPACE

/// TimeStamp of MEC 011 and MEC 012: Unix time, UTC.
struct time_stamp {
    std::uint32_t seconds = 0;
    std::uint32_t nanoseconds = 0; ///< 0 .. 999,999,999

    std::chrono::system_clock::time_point to_time_point() const noexcept
    {
        using namespace std::chrono;
        return system_clock::time_point{duration_cast<system_clock::duration>(
            std::chrono::seconds{seconds} + std::chrono::nanoseconds{nanoseconds})};
    }
    friend bool operator==(const time_stamp& a, const time_stamp& b) noexcept
    {
        return a.seconds == b.seconds && a.nanoseconds == b.nanoseconds;
    }
    friend bool operator!=(const time_stamp& a, const time_stamp& b) noexcept { return !(a == b); }
};

MEC_END_NAMESPACE

#endif
