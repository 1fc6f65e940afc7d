#include "model_impl.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

namespace {

/// Where a distance is not known, in dBm.
constexpr double nominal_serving = -85;
constexpr double nominal_neighbour = -97;

/// Below, a cell is not even found.
double weakest(technology t) { return t == technology::lte ? -140 : -156; }

/// Reference signals are 2 of the 12 subcarriers; the others carry traffic as the load says.
constexpr double always_on = 1.0 / 6;

double load_of(const cell_state& c)
{
    return std::min(1.0, c.load.gbr_dl.need + c.load.nongbr_dl.need);
}

} // namespace

double model::impl::strength(const ue_state& u, const cell_state& c) const
{
    if (!has_position(u) || !c.config.position)
        return &c == u.serving ? nominal_serving : nominal_neighbour;
    const point where = position_of(u);
    double rsrp = rsrp_of(c.config, distance(where, *c.config.position));
    if (config.shadowing_db > 0)
        rsrp += config.shadowing_db * noise_field(seed, c.config.name).at(where);
    return rsrp;
}

// RSRQ and SINR see what the other cells of the carrier send at the same time.
void model::impl::hear_cells(const ue_state& u) const
{
    std::vector<double> power(cells.size());
    std::vector<double> received(layers.size(), 0);
    std::vector<double> disturbing(layers.size(), 0);
    const auto interference = [](const cell_state& c) { return 0.1 + 0.9 * load_of(c); };
    u.heard.resize(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const cell_state& c = *cells[i];
        double rsrp = strength(u, c);
        if (config.fading_db > 0)
            rsrp += config.fading_db * noise_field(seed, c.config.name, u.config.name).at(now);
        u.heard[i].rsrp = rsrp;
        power[i] = to_milliwatts(rsrp);
        received[c.layer] += power[i] * (always_on + (1 - always_on) * load_of(c));
        disturbing[c.layer] += power[i] * interference(c);
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const cell_state& c = *cells[i];
        const double noise = to_milliwatts(noise_of(c.config.technology));
        const double others = std::max(disturbing[c.layer] - power[i] * interference(c), 0.0);
        u.heard[i].rsrq = to_decibels(power[i] / (12 * (received[c.layer] + noise)));
        u.heard[i].sinr = to_decibels(power[i] / (others + noise));
    }
    for (const auto& [index, forced] : u.forced) {
        levels& l = u.heard[index];
        l.rsrp = forced.rsrp.value_or(l.rsrp);
        l.rsrq = forced.rsrq.value_or(l.rsrq);
        l.sinr = forced.sinr.value_or(l.sinr);
    }
}

const std::vector<levels>& model::impl::hear(const ue_state& u) const
{
    if (u.heard_at != now) hear_cells(u);
    u.heard_at = now;
    return u.heard;
}

bool model::impl::is_neighbour(const ue_state& u, const cell_state& c) const
{
    if (&c == u.serving) return false;
    const auto& listed = u.serving->config.neighbours;
    return listed.empty() || std::find(listed.begin(), listed.end(), c.config.name) != listed.end();
}

std::vector<candidate> model::impl::neighbours(ue_state& u, technology of)
{
    const auto& heard = hear(u);
    std::vector<candidate> all;
    for (const auto& c : cells) {
        const levels& l = heard[c->index];
        if (c->config.technology == of && l.rsrp >= weakest(of) && is_neighbour(u, *c))
            all.push_back({c.get(), l});
    }
    std::stable_sort(all.begin(), all.end(), [](const candidate& a, const candidate& b) {
        return a.heard.rsrp > b.heard.rsrp;
    });
    return all;
}

void model::impl::update_timing_advance(ue_state& u)
{
    if (!u.in_lte() || !has_position(u) || !u.serving->config.position) {
        u.timing_advance.reset();
        return;
    }
    const auto value = timing_advance_of(distance(position_of(u), *u.serving->config.position));
    if (u.timing_advance == value) return;
    u.timing_advance = value;
    emit(timing_advance_changed{u.id, u.serving->id, value});
}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE
