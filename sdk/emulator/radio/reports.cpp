#include "model_impl.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

namespace {

nr_neighbour nr_entry(const cell_state& c, const levels& heard)
{
    // The cell's value is that of its strongest beam; the ones beside it are weaker.
    const int beams = 8;
    const int strongest = static_cast<int>(c.index % static_cast<std::size_t>(beams));
    levels side = heard;
    side.rsrp -= 6;
    side.sinr -= 6;
    const nr_values values = reported_nr(heard);
    return {c.id, values, {{strongest, values}, {(strongest + 1) % beams, reported_nr(side)}}};
}

lte_neighbour lte_entry(const cell_state& c, const levels& heard)
{
    return {c.id, reported_lte(heard)};
}

template <class Entry, class Make>
void list(std::vector<Entry>& out, const std::vector<candidate>& from, Make make)
{
    const std::size_t count = std::min(from.size(), model::most_neighbours);
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) out.push_back(make(*from[i].cell, from[i].heard));
}

void keep_layer(std::vector<candidate>& all, std::size_t layer)
{
    all.erase(std::remove_if(all.begin(), all.end(),
                             [&](const candidate& c) { return c.cell->layer != layer; }),
              all.end());
}

const candidate* best_beside(const std::vector<candidate>& all, const cell_state& c)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const candidate& n) {
        return n.cell != &c && n.cell->layer == c.layer;
    });
    return found == all.end() ? nullptr : &*found;
}

bool same_carrier_only(report_kind k)
{
    return k == report_kind::intra_periodic || k == report_kind::intra_periodic_cgi;
}

bool is_inter_rat(report_kind k)
{
    return k == report_kind::inter_rat_periodic || k == report_kind::inter_rat_cgi ||
           k == report_kind::event_b1 || k == report_kind::event_b2;
}

} // namespace

std::vector<carrier_measurement> model::impl::carriers_of(ue_state& u)
{
    std::vector<carrier_measurement> all;
    if (u.secondary.empty()) return all;
    const auto around = neighbours(u, technology::lte);
    for (const cell_state* c : u.secondary) {
        if (!c->is_lte()) continue;
        carrier_measurement m{c->id, reported_lte(hear(u)[c->index]), {}};
        if (const candidate* best = best_beside(around, *c))
            m.neighbour = lte_entry(*best->cell, best->heard);
        all.push_back(std::move(m));
    }
    return all;
}

void model::impl::report_lte(ue_state& u, const report_setting* why, int trigger)
{
    measurement_report r;
    r.ue = u.id;
    r.cell = u.serving->id;
    r.trigger = trigger;
    r.values = reported_lte(hear(u)[u.serving->index]);
    r.height = u.config.height;
    auto around = neighbours(u, technology::lte);
    const auto nr = neighbours(u, technology::nr);
    r.carriers = carriers_of(u);
    for (const cell_state* c : u.secondary) {
        if (c->is_lte()) continue;
        nr_carrier_measurement m{c->config.carrier, nr_entry(*c, hear(u)[c->index]), {}};
        if (const candidate* best = best_beside(nr, *c))
            m.neighbour = nr_entry(*best->cell, best->heard);
        r.nr_carriers.push_back(std::move(m));
    }
    const bool intra = why && same_carrier_only(why->kind);
    if (intra) keep_layer(around, u.serving->layer);
    list(r.neighbours, around, lte_entry);
    if (!intra) list(r.nr_neighbours, nr, nr_entry);
    emit(std::move(r));
}

void model::impl::report_nr(ue_state& u, const report_setting* why, int trigger)
{
    nr_measurement_report r;
    r.ue = u.id;
    r.cell = u.serving->id;
    r.trigger = trigger;
    const auto around = neighbours(u, technology::nr);
    r.serving.push_back({nr_entry(*u.serving, hear(u)[u.serving->index]), {}});
    if (const candidate* best = best_beside(around, *u.serving))
        r.serving.back().neighbour = nr_entry(*best->cell, best->heard);
    if (why && is_inter_rat(why->kind))
        list(r.lte_neighbours, neighbours(u, technology::lte), lte_entry);
    else list(r.neighbours, around, nr_entry);
    emit(std::move(r));
}

void model::impl::report(ue_state& u, const report_setting* why)
{
    const int trigger = why ? trigger_number(why->kind, u.serving->config.technology) : 0;
    if (u.in_lte()) report_lte(u, why, trigger);
    else report_nr(u, why, trigger);
}

// The UEs of a scenario report at different times, as those of a network do.
void model::impl::schedule_reports(ue_state& u)
{
    for (std::uint32_t slot = 0; slot < u.config.reports.size(); ++slot) {
        const report_setting& s = u.config.reports[slot];
        if (!is_periodic(s.kind)) continue;
        const std::uint64_t spread = ((u.number + slot) * 40'503u) & 0xffffu;
        const milliseconds offset(1 + ((s.interval_ms * spread) >> 16));
        dues.insert({now + offset, due_kind::report, u.number, slot});
    }
}

error model::set_reports(const std::string& ue, std::vector<report_setting> settings)
{
    ue_state* u = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    if (settings.size() > most_reports)
        return {errc::limit_exceeded, "a UE has at most 16 report settings"};
    for (const report_setting& s : settings)
        if (is_periodic(s.kind) && (s.interval_ms < 10 || s.interval_ms > 3'600'000))
            return {errc::config_invalid, "the interval of reports must be 10 to 3,600,000 ms"};
    auto& dues = impl_->dues;
    for (auto i = dues.begin(); i != dues.end();)
        i = i->kind == due_kind::report && i->ue == u->number ? dues.erase(i) : std::next(i);
    u->config.reports = std::move(settings);
    u->watches.assign(u->config.reports.size(), {});
    impl_->schedule_reports(*u);
    return {};
}

error model::measure(const std::string& ue, const std::string& cell, const forced_levels& heard)
{
    ue_state* u = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    if (!u->on) return {errc::conflict, "the UE is switched off"};
    cell_state* c = u->serving;
    if (!cell.empty())
        if (error e = impl_->find(cell, c)) return e;
    for (const auto& level : {heard.rsrp, heard.rsrq, heard.sinr})
        if (level && !(*level >= -200 && *level <= 100))
            return {errc::config_invalid, "a level must be -200 to 100 dBm or dB"};
    if (heard.rsrp || heard.rsrq || heard.sinr) u->forced[c->index] = heard;
    else u->forced.erase(c->index);
    u->heard_at = milliseconds{-1};
    impl_->report(*u, nullptr);
    impl_->look_for_triggers(*u);
    return {};
}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE
