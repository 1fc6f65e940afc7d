#ifndef MEC_RNI_CONVERSIONS_HPP
#define MEC_RNI_CONVERSIONS_HPP

/// @file
/// What reported values of radio measurements stand for. MEC 012 carries the values as UEs report
/// them; 3GPP TS 36.133 and TS 38.133 say in tables which interval of dBm or dB each stands for. The
/// raw values stay what the notifications hold: nothing is lost by not calling these functions.
///
/// Where a comment says so, the number of a table is from memory; the values are not: they agree with
/// what protocol analysers print for the same fields.

#include <mec/config.hpp>

#include <cstdint>
#include <optional>

MEC_BEGIN_NAMESPACE
namespace rni {

/// What a reported value stands for: from `low`, inclusive, to `high`, exclusive. The first and the
/// last value of a table are open at one end. Unit: that of the function that gave it.
struct measured_interval {
    std::optional<double> low;
    std::optional<double> high;

    /// The middle, or the end that there is: for sorting and drawing, not a measured value.
    double middle() const noexcept
    {
        if (!low || !high) return low ? *low : high.value_or(0);
        return (*low + *high) / 2;
    }
    friend bool operator==(const measured_interval& a, const measured_interval& b) noexcept
    {
        return a.low == b.low && a.high == b.high;
    }
    friend bool operator!=(const measured_interval& a, const measured_interval& b) noexcept
    {
        return !(a == b);
    }
};

/// All functions below give nothing for a value that is not in the table.
using interval = std::optional<measured_interval>;

/// LTE RSRP in dBm (TS 36.133 table 9.1.4-1): `rsrp` 0..97, and `rsrpEx` -17..-1.
MEC_API interval lte_rsrp_dbm(std::int32_t reported) noexcept;
/// LTE RSRQ in dB (TS 36.133 table 9.1.7-1): `rsrq` 0..34, and `rsrqEx` -30..-1 and 35..46.
MEC_API interval lte_rsrq_db(std::int32_t reported) noexcept;
/// LTE RS-SINR in dB (TS 36.133 clause 9.1.17; the table's number was not checked): `sinr` 0..127.
MEC_API interval lte_sinr_db(std::int32_t reported) noexcept;

/// The extended value says more than the plain one, when there is one that is in the table.
template <class Conversion> interval extended_or_plain(Conversion convert, std::int32_t plain,
                                                       std::optional<std::int32_t> extended)
{
    const interval better = extended ? convert(*extended) : std::nullopt;
    return better ? better : convert(plain);
}

/// NR SS-RSRP and CSI-RSRP in dBm (TS 38.133 table 10.1.6.1-1): 0..126. 127 stands for infinity, which
/// thresholds use and no measurement gives.
MEC_API interval nr_rsrp_dbm(std::int32_t reported) noexcept;
/// NR SS-RSRQ and CSI-RSRQ in dB (TS 38.133 table 10.1.11.1-1): 0..127.
MEC_API interval nr_rsrq_db(std::int32_t reported) noexcept;
/// NR SS-SINR and CSI-SINR in dB (TS 38.133 table 10.1.16.1-1): 0..127. Also for the members whose
/// names end in `Rssi`.
MEC_API interval nr_sinr_db(std::int32_t reported) noexcept;

/// LTE timing advance in units of Ts = 1/30.72 us (TS 36.133 clause 10.3; the clause's number was not
/// checked): 0..7690, in steps of 2 Ts up to 4096 Ts, then of 8 Ts.
MEC_API interval timing_advance_ts(std::uint32_t reported) noexcept;
/// The same in microseconds: the time to the cell and back.
MEC_API interval timing_advance_us(std::uint32_t reported) noexcept;
/// The same as the distance to the cell in metres: half the way that light goes in that time.
/// Reflections make it longer than it is on a map.
MEC_API interval timing_advance_metres(std::uint32_t reported) noexcept;

/// A percentage of layer 2 measurements as a fraction: 0..100 gives 0..1 (TS 36.314; the clause was
/// not checked).
MEC_API std::optional<double> fraction_of_percent(std::int32_t percent) noexcept;

/// The other way, for those who play the platform: the value that reports a measurement. What is
/// beyond the table becomes its first or last value.
MEC_API std::int32_t report_lte_rsrp(double dbm) noexcept;
MEC_API std::int32_t report_lte_rsrq(double db) noexcept;
MEC_API std::int32_t report_lte_sinr(double db) noexcept;
MEC_API std::int32_t report_nr_rsrp(double dbm) noexcept; ///< at most 126
MEC_API std::int32_t report_nr_rsrq(double db) noexcept;
MEC_API std::int32_t report_nr_sinr(double db) noexcept;
/// @param metres  distance to the cell.
MEC_API std::uint32_t report_timing_advance(double metres) noexcept;

} // namespace rni
MEC_END_NAMESPACE

#endif
