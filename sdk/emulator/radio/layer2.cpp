#include "model_impl.hpp"

#include <algorithm>
#include <cmath>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

namespace {

using way = traffic traffic_by_class::*;
constexpr way ways[] = {&traffic_by_class::gbr_dl, &traffic_by_class::nongbr_dl,
                        &traffic_by_class::gbr_ul, &traffic_by_class::nongbr_ul};

/// What somebody without a guarantee asks for, in bit/s.
constexpr double appetite_dl = 2e6;
constexpr double appetite_ul = 5e5;
/// Of the uplink, in parts of the downlink: UEs send with less power.
constexpr double uplink_efficiency = 0.6;
/// How long accesses to a cell count.
constexpr milliseconds access_window{10'000};

std::int64_t percent(double part) { return std::llround(std::clamp(part, 0.0, 1.0) * 100); }

void add_demand(traffic_by_class& t, const erab& e)
{
    if (e.guaranteed()) {
        t.gbr_dl.demand += static_cast<double>(e.rates->gbr_dl);
        t.gbr_ul.demand += static_cast<double>(e.rates->gbr_ul);
        return;
    }
    const auto limited = [](double wanted, std::int64_t most) {
        return most > 0 ? std::min(wanted, static_cast<double>(most)) : wanted;
    };
    t.nongbr_dl.demand += limited(appetite_dl, e.rates ? e.rates->mbr_dl : 0);
    t.nongbr_ul.demand += limited(appetite_ul, e.rates ? e.rates->mbr_ul : 0);
}

/// Bit/s of all resource blocks at an SINR.
double capacity(const cell_state& c, double sinr)
{
    const double block = c.is_lte() ? 180e3 : 360e3; // Hz: 12 subcarriers of 15 or 30 kHz
    // A UE at the very edge still gets something through.
    return c.config.resource_blocks * block * std::max(spectral_efficiency(sinr), 0.02);
}

/// Guaranteed traffic first, the other shares what is left.
void share(traffic& gbr, traffic& nongbr)
{
    gbr.served = gbr.need > 1 ? 1 / gbr.need : 1;
    const double left = 1 - std::min(gbr.need, 1.0);
    nongbr.served = nongbr.need > left ? left / nongbr.need : 1;
}

double used(const traffic& t) { return t.need * t.served; }

std::int64_t delay(double idle, double load)
{
    return std::llround(idle / (1 - 0.95 * std::min(load, 1.0)));
}

void forget_old(std::deque<milliseconds>& times, milliseconds now)
{
    while (!times.empty() && times.front() + access_window < now) times.pop_front();
}

/// Packets that are not served in time: those of guaranteed traffic are of no use later, the others
/// mostly wait.
std::int64_t discarded(const traffic& t, bool guaranteed)
{
    return percent((1 - t.served) * (guaranteed ? 1 : 0.1));
}

std::int64_t kilo(double bits) { return std::llround(bits / 1000); }

} // namespace

void model::impl::update_load(milliseconds passed)
{
    const double seconds = static_cast<double>(passed.count()) / 1000;
    std::vector<traffic_by_class> sums(cells.size());
    for (auto& entry : ues) {
        ue_state& u = entry.second;
        if (!u.on) continue;
        for (const way w : ways) (u.load.*w).demand = 0;
        for (const bearer& b : u.bearers) add_demand(u.load, b.erab);
        const double all = capacity(*u.serving, hear(u)[u.serving->index].sinr);
        traffic_by_class& sum = sums[u.serving->index];
        for (const way w : ways) {
            traffic& t = u.load.*w;
            const bool up = w == &traffic_by_class::gbr_ul || w == &traffic_by_class::nongbr_ul;
            t.need = t.demand / (up ? all * uplink_efficiency : all);
            (sum.*w).demand += t.demand;
            (sum.*w).need += t.need;
        }
    }
    for (const auto& c : cells) {
        traffic_by_class& t = sums[c->index];
        share(t.gbr_dl, t.nongbr_dl);
        share(t.gbr_ul, t.nongbr_ul);
        c->load = t;
        forget_old(c->arrivals, now);
        forget_old(c->accesses, now);
    }
    for (auto& entry : ues) {
        ue_state& u = entry.second;
        if (!u.on) continue;
        for (const way w : ways) {
            (u.load.*w).served = (u.serving->load.*w).served;
            (u.load.*w).volume += (u.load.*w).demand * (u.load.*w).served * seconds;
        }
    }
}

layer2_counters model::impl::counters() const
{
    layer2_counters out;
    for (const auto& c : cells) {
        const traffic_by_class& t = c->load;
        cell_counters n;
        n.cell = c->id;
        n.gbr_prb_usage = {percent(used(t.gbr_dl)), percent(used(t.gbr_ul))};
        n.nongbr_prb_usage = {percent(used(t.nongbr_dl)), percent(used(t.nongbr_ul))};
        n.total_prb_usage = {percent(used(t.gbr_dl) + used(t.nongbr_dl)),
                             percent(used(t.gbr_ul) + used(t.nongbr_ul))};
        // One preamble in a hundred opportunities for each UE that comes; small messages, of which
        // there are most, use the low range.
        const auto hundredth = [](std::size_t count) {
            return percent(static_cast<double>(count) / 100);
        };
        n.received_dedicated_preambles = hundredth(c->arrivals.size());
        n.received_random_preambles_low = hundredth(c->accesses.size());
        n.received_random_preambles_high = hundredth(c->accesses.size() / 4);
        n.gbr_pdr = {discarded(t.gbr_dl, true), discarded(t.gbr_ul, true)};
        n.nongbr_pdr = {discarded(t.nongbr_dl, false), discarded(t.nongbr_ul, false)};
        out.cells.push_back(std::move(n));
    }
    for (const auto& entry : ues) {
        const ue_state& u = entry.second;
        if (!u.on) continue;
        const traffic_by_class& t = u.load;
        const traffic_by_class& all = u.serving->load;
        const double dl = used(all.gbr_dl) + used(all.nongbr_dl);
        const double ul = used(all.gbr_ul) + used(all.nongbr_ul);
        cell_counters& sum = out.cells[u.serving->index];
        sum.active_ues_gbr.dl += t.gbr_dl.demand > 0;
        sum.active_ues_gbr.ul += t.gbr_ul.demand > 0;
        sum.active_ues_nongbr.dl += t.nongbr_dl.demand > 0;
        sum.active_ues_nongbr.ul += t.nongbr_ul.demand > 0;
        ue_counters n;
        n.cell = u.serving->id;
        n.ue = u.id;
        n.gbr_delay = {delay(8, dl), delay(12, ul)};
        n.nongbr_delay = {delay(20, dl), delay(30, ul)};
        n.gbr_pdr = {discarded(t.gbr_dl, true), discarded(t.gbr_ul, true)};
        n.nongbr_pdr = {discarded(t.nongbr_dl, false), discarded(t.nongbr_ul, false)};
        const auto rate = [](const traffic& x) { return kilo(x.demand * x.served); };
        n.gbr_throughput = {rate(t.gbr_dl), rate(t.gbr_ul)};
        n.nongbr_throughput = {rate(t.nongbr_dl), rate(t.nongbr_ul)};
        n.gbr_data_volume = {kilo(t.gbr_dl.volume), kilo(t.gbr_ul.volume)};
        n.nongbr_data_volume = {kilo(t.nongbr_dl.volume), kilo(t.nongbr_ul.volume)};
        out.ues.push_back(std::move(n));
    }
    return out;
}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE
