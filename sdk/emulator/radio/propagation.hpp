#ifndef MEC_EMULATOR_RADIO_PROPAGATION_HPP
#define MEC_EMULATOR_RADIO_PROPAGATION_HPP

/// @file
/// How strong a cell is heard at a place, and how that is reported. Functions of their arguments.

#include "events.hpp"

#include <string_view>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

/// Metres.
MEC_API double distance(const point& a, const point& b) noexcept;

/// Path loss in dB by the urban macro cell model of 3GPP TR 36.942 clause 4.5.2 with antennas 15 m
/// over the roofs: 58.8 + 21 lg(f/MHz) + 37.6 lg(d/km), and at least the 70 dB of its clause 4.5.1.
MEC_API double path_loss(double metres, double frequency_mhz) noexcept;

/// RSRP in dBm: the power of one of the 12 subcarriers of each resource block behind an antenna of
/// 15 dBi, less the path loss.
MEC_API double rsrp_of(const cell& c, double metres) noexcept;

/// Thermal noise of one subcarrier (15 kHz in LTE, 30 kHz in NR) with a noise figure of 9 dB, in dBm.
MEC_API double noise_of(technology t) noexcept;

/// Bit/s per Hz at an SINR in dB: 0.6 of Shannon's bound, at most 4.4 (TR 36.942 annex A.1).
MEC_API double spectral_efficiency(double sinr_db) noexcept;

/// Standard normal noise that only depends on its arguments.
class MEC_API noise_field {
public:
    noise_field(std::uint64_t seed, std::string_view first, std::string_view second = {}) noexcept;
    /// Smooth over places: independent at 50 m (the correlation distance of TR 36.942 is that of a
    /// suburb).
    double at(const point& where) const noexcept;
    /// Smooth over time: independent after 200 ms.
    double at(milliseconds when) const noexcept;

private:
    double normal(std::int64_t a, std::int64_t b) const noexcept;
    std::uint64_t key_;
};

double to_milliwatts(double dbm) noexcept;
double to_decibels(double ratio) noexcept;

/// Levels before they become reported values.
struct levels {
    double rsrp = 0; ///< dBm
    double rsrq = 0; ///< dB
    double sinr = 0; ///< dB
};

/// @name Reported values
/// Each value stands for an interval that is closed at its lower end.
/// @{
/// 3GPP TS 36.133 tables 9.1.4-1 (RSRP), 9.1.7-1 (RSRQ), 9.1.17.1-1 (RS-SINR).
MEC_API lte_values reported_lte(const levels& l) noexcept;
/// 3GPP TS 38.133 tables 10.1.6.1-1 (SS-RSRP), 10.1.11.1-1 (SS-RSRQ), 10.1.16.1-1 (SS-SINR).
MEC_API nr_values reported_nr(const levels& l) noexcept;
/// The timing advance of a UE at that distance, in the steps of 16 Ts that base stations command
/// (TS 36.213 clause 4.2.3), as TS 36.133 table 9.1.10-1 reports it: 0..7690.
MEC_API std::uint32_t timing_advance_of(double metres) noexcept;
/// @}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE

#endif
