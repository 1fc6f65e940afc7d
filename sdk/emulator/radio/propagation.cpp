#include "propagation.hpp"

#include <algorithm>
#include <cmath>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

namespace {

constexpr double antenna_gain = 15;
constexpr double least_coupling_loss = 70;
constexpr double shadow_grid = 50;  // m
constexpr double fading_grid = 200; // ms

// The finaliser of SplitMix64: every bit of the argument moves every bit of the result.
std::uint64_t mixed(std::uint64_t z) noexcept
{
    z += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

std::uint64_t mixed(std::uint64_t key, std::string_view text) noexcept
{
    for (const char c : text) key = mixed(key ^ static_cast<unsigned char>(c));
    return mixed(key ^ text.size());
}

// In (0, 1).
double uniform(std::uint64_t bits) noexcept
{
    return (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53;
}

// Number of the step that a value is in, where step 0 begins at `first`.
int step_of(double value, double first, double step) noexcept
{
    // Tenths of a decibel that arithmetic makes a little smaller than they are stay in their step.
    return static_cast<int>(std::floor((value - first) / step + 1e-9));
}

int reported(double value, double first, double step, int most) noexcept
{
    const double bound = std::clamp(value, first - 1000, first + 1000);
    return std::clamp(step_of(bound, first, step) + 1, 0, most);
}

} // namespace

double to_milliwatts(double dbm) noexcept { return std::pow(10.0, dbm / 10); }
double to_decibels(double ratio) noexcept { return 10 * std::log10(ratio); }

double distance(const point& a, const point& b) noexcept
{
    return std::hypot(a.x - b.x, a.y - b.y);
}

double path_loss(double metres, double frequency_mhz) noexcept
{
    const double kilometres = std::max(metres, 1.0) / 1000;
    const double loss = 58.83 + 21 * std::log10(frequency_mhz) + 37.6 * std::log10(kilometres);
    return std::max(loss, least_coupling_loss);
}

double rsrp_of(const cell& c, double metres) noexcept
{
    const double subcarriers = 12.0 * c.resource_blocks;
    return c.power_dbm - to_decibels(subcarriers) + antenna_gain -
           path_loss(metres, c.frequency_mhz);
}

double noise_of(technology t) noexcept
{
    return -174 + to_decibels(t == technology::lte ? 15e3 : 30e3) + 9;
}

double spectral_efficiency(double sinr_db) noexcept
{
    return std::min(0.6 * std::log2(1 + to_milliwatts(sinr_db)), 4.4);
}

noise_field::noise_field(std::uint64_t seed, std::string_view first,
                         std::string_view second) noexcept
    : key_(mixed(mixed(mixed(seed), first), second))
{
}

double noise_field::normal(std::int64_t a, std::int64_t b) const noexcept
{
    const std::uint64_t bits =
        mixed(mixed(key_ ^ static_cast<std::uint64_t>(a)) ^ static_cast<std::uint64_t>(b));
    // Box and Muller.
    return std::sqrt(-2 * std::log(uniform(bits))) *
           std::cos(6.283185307179586 * uniform(mixed(bits)));
}

double noise_field::at(const point& where) const noexcept
{
    const double x = std::floor(where.x / shadow_grid);
    const double y = std::floor(where.y / shadow_grid);
    const double u = where.x / shadow_grid - x;
    const double v = where.y / shadow_grid - y;
    const auto i = static_cast<std::int64_t>(x);
    const auto j = static_cast<std::int64_t>(y);
    const double weights[] = {(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v};
    const double values[] = {normal(i, j), normal(i + 1, j), normal(i, j + 1),
                             normal(i + 1, j + 1)};
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < 4; ++k) {
        sum += weights[k] * values[k];
        squares += weights[k] * weights[k];
    }
    return sum / std::sqrt(squares); // else it would be weaker between the points of the grid
}

double noise_field::at(milliseconds when) const noexcept
{
    const double t = static_cast<double>(when.count()) / fading_grid;
    const double before = std::floor(t);
    const double w = t - before;
    const auto i = static_cast<std::int64_t>(before);
    return ((1 - w) * normal(i, -1) + w * normal(i + 1, -1)) / std::sqrt((1 - w) * (1 - w) + w * w);
}

lte_values reported_lte(const levels& l) noexcept
{
    lte_values v;
    v.rsrp = reported(l.rsrp, -140, 1, 97);
    if (l.rsrp < -140) v.rsrp_ex = std::max(step_of(std::max(l.rsrp, -200.0), -140, 1), -17);
    v.rsrq = reported(l.rsrq, -19.5, 0.5, 34);
    if (l.rsrq < -19.5) v.rsrq_ex = std::max(step_of(std::max(l.rsrq, -100.0), -19.5, 0.5), -30);
    else if (l.rsrq >= -3) v.rsrq_ex = std::min(35 + step_of(std::min(l.rsrq, 50.0), -3, 0.5), 46);
    v.sinr = reported(l.sinr, -23, 0.5, 127);
    return v;
}

nr_values reported_nr(const levels& l) noexcept
{
    // 127 of RSRP stands for infinity, which is never measured.
    return {reported(l.rsrp, -156, 1, 126), reported(l.rsrq, -43, 0.5, 127),
            reported(l.sinr, -23, 0.5, 127)};
}

std::uint32_t timing_advance_of(double metres) noexcept
{
    constexpr double speed_of_light = 299'792'458;
    constexpr double ts_per_second = 15'000.0 * 2048;
    constexpr double command = 16;
    const double round_trip = 2 * std::clamp(metres, 0.0, 1e6) / speed_of_light * ts_per_second;
    const auto ts = static_cast<std::uint32_t>(std::floor(round_trip / command) * command);
    if (ts < 4096) return ts / 2;
    return std::min(2048 + (ts - 4096) / 8, 7690u);
}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE
