#include <mec/rni/conversions.hpp>

#include <algorithm>
#include <cmath>

MEC_BEGIN_NAMESPACE
namespace rni {

namespace {

/// Values in equal steps. The first stands for everything below `edge`, the one after it for the first
/// step above, the last for everything above.
struct scale {
    std::int32_t first;
    std::int32_t last;
    double edge;
    double step;

    constexpr double low(std::int32_t value) const noexcept
    {
        return edge + step * (value - first - 1);
    }
    interval at(std::int32_t value) const noexcept
    {
        if (value < first || value > last) return std::nullopt;
        measured_interval i;
        if (value != first) i.low = low(value);
        if (value != last) i.high = low(value + 1);
        return i;
    }
    std::int32_t report(double measured) const noexcept
    {
        if (!(measured >= edge)) return first; // also what is not a number
        const double steps = std::floor((measured - edge) / step);
        return first + 1 + static_cast<std::int32_t>(std::min<double>(steps, last - first - 1));
    }
};

constexpr scale lte_rsrp{0, 97, -140, 1};
constexpr scale lte_rsrp_below{-17, 0, -156, 1}; // its 0 is that of lte_rsrp
constexpr scale lte_rsrq{0, 34, -19.5, 0.5};
constexpr scale lte_rsrq_below{-30, 0, -34, 0.5}; // its 0 is that of lte_rsrq
constexpr scale lte_rsrq_above{34, 46, -3, 0.5};  // its 34 is that of lte_rsrq
constexpr scale lte_sinr{0, 127, -23, 0.5};
constexpr scale nr_rsrp{0, 126, -156, 1};
constexpr scale nr_rsrq{0, 127, -43, 0.5};
constexpr scale nr_sinr{0, 127, -23, 0.5};

constexpr std::uint32_t last_timing_advance = 7690;
constexpr std::uint32_t fine_timing_advances = 2048; ///< of 2 Ts; the others are of 8 Ts

constexpr double ts_per_us = 30.72;
constexpr double metres_per_us = 299.792458; ///< speed of light
constexpr double metres_per_ts = metres_per_us / ts_per_us / 2;

constexpr double timing_advance_low(std::uint32_t value) noexcept
{
    const double beyond = value < fine_timing_advances ? 0 : value - fine_timing_advances;
    return 2.0 * std::min(value, fine_timing_advances) + 8 * beyond;
}

interval times(interval i, double factor) noexcept
{
    if (i && i->low) *i->low *= factor;
    if (i && i->high) *i->high *= factor;
    return i;
}

} // namespace

interval lte_rsrp_dbm(std::int32_t reported) noexcept
{
    return (reported < 0 ? lte_rsrp_below : lte_rsrp).at(reported);
}

interval lte_rsrq_db(std::int32_t reported) noexcept
{
    if (reported < 0) return lte_rsrq_below.at(reported);
    return (reported > lte_rsrq.last ? lte_rsrq_above : lte_rsrq).at(reported);
}

interval lte_sinr_db(std::int32_t reported) noexcept { return lte_sinr.at(reported); }
interval nr_rsrp_dbm(std::int32_t reported) noexcept { return nr_rsrp.at(reported); }
interval nr_rsrq_db(std::int32_t reported) noexcept { return nr_rsrq.at(reported); }
interval nr_sinr_db(std::int32_t reported) noexcept { return nr_sinr.at(reported); }

interval timing_advance_ts(std::uint32_t reported) noexcept
{
    if (reported > last_timing_advance) return std::nullopt;
    measured_interval i{timing_advance_low(reported), std::nullopt};
    if (reported != last_timing_advance) i.high = timing_advance_low(reported + 1);
    return i;
}

interval timing_advance_us(std::uint32_t reported) noexcept
{
    return times(timing_advance_ts(reported), 1 / ts_per_us);
}

interval timing_advance_metres(std::uint32_t reported) noexcept
{
    return times(timing_advance_ts(reported), metres_per_ts);
}

std::optional<double> fraction_of_percent(std::int32_t percent) noexcept
{
    if (percent < 0 || percent > 100) return std::nullopt;
    return percent / 100.0;
}

std::int32_t report_lte_rsrp(double dbm) noexcept { return lte_rsrp.report(dbm); }
std::int32_t report_lte_rsrq(double db) noexcept { return lte_rsrq.report(db); }
std::int32_t report_lte_sinr(double db) noexcept { return lte_sinr.report(db); }
std::int32_t report_nr_rsrp(double dbm) noexcept { return nr_rsrp.report(dbm); }
std::int32_t report_nr_rsrq(double db) noexcept { return nr_rsrq.report(db); }
std::int32_t report_nr_sinr(double db) noexcept { return nr_sinr.report(db); }

std::uint32_t report_timing_advance(double metres) noexcept
{
    const double ts = metres / metres_per_ts;
    if (!(ts > 0)) return 0;
    const double fine = timing_advance_low(fine_timing_advances);
    if (ts < fine) return static_cast<std::uint32_t>(ts / 2);
    const double coarse = fine_timing_advances + std::floor((ts - fine) / 8);
    return static_cast<std::uint32_t>(std::min<double>(coarse, last_timing_advance));
}

} // namespace rni
MEC_END_NAMESPACE
