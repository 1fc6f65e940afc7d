#include "model_impl.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

namespace {

struct numbers {
    int lte;
    int nr;
    bool periodic;
};

constexpr numbers table[] = {
    {1, 1, true},    // periodic
    {2, 0, true},    // periodic_son
    {3, 2, true},    // periodic_cgi
    {4, 0, true},    // intra_periodic
    {5, 0, true},    // intra_periodic_cgi
    {0, 20, true},   // inter_rat_periodic
    {0, 21, true},   // inter_rat_cgi
    {10, 10, false}, // event_a1
    {11, 11, false}, {12, 12, false}, {13, 13, false},
    {14, 14, false}, {15, 15, false}, {20, 30, false}, // event_b1
    {21, 31, false},                                   // event_b2
};

const numbers& of(report_kind k) { return table[static_cast<std::size_t>(k)]; }

/// Whether a level is above, or below, a border: true and false with the hysteresis on either side,
/// and neither in between.
struct condition {
    bool entering = true;
    bool leaving = false;

    void and_above(double level, double border, double hysteresis)
    {
        entering = entering && level - hysteresis > border;
        leaving = leaving || level + hysteresis < border;
    }
    void and_below(double level, double border, double hysteresis)
    {
        and_above(-level, -border, hysteresis);
    }
};

bool of_other_technology(report_kind k)
{
    return k == report_kind::event_b1 || k == report_kind::event_b2;
}

// TS 36.331 clauses 5.5.4.2 to 5.5.4.8, TS 38.331 clauses 5.5.4.2 to 5.5.4.9.
condition look(const report_setting& s, double serving, double neighbour, double secondary)
{
    condition c;
    const double h = s.hysteresis_db;
    switch (s.kind) {
    case report_kind::event_a1: c.and_above(serving, s.threshold_dbm, h); break;
    case report_kind::event_a2: c.and_below(serving, s.threshold_dbm, h); break;
    case report_kind::event_a3: c.and_above(neighbour, serving + s.offset_db, h); break;
    case report_kind::event_a4:
    case report_kind::event_b1: c.and_above(neighbour, s.threshold_dbm, h); break;
    case report_kind::event_a5:
    case report_kind::event_b2:
        c.and_below(serving, s.threshold_dbm, h);
        c.and_above(neighbour, s.threshold2_dbm, h);
        break;
    case report_kind::event_a6: c.and_above(neighbour, secondary + s.offset_db, h); break;
    default: c.entering = false;
    }
    return c;
}

} // namespace

int trigger_number(report_kind k, technology served_by) noexcept
{
    return served_by == technology::lte ? of(k).lte : of(k).nr;
}

bool is_periodic(report_kind k) noexcept { return of(k).periodic; }

// Whether a cell has just come to fulfil the condition, for the time to trigger.
bool model::impl::look_at(ue_state& u, const report_setting& s, watch& w)
{
    const auto& heard = hear(u);
    const double own = heard[u.serving->index].rsrp;
    std::set<std::size_t> seen;
    bool news = false;
    const auto visit = [&](std::size_t key, const condition& c) {
        seen.insert(key);
        if (w.reported.count(key) != 0) {
            if (c.leaving) w.reported.erase(key);
        } else if (!c.entering) {
            w.since.erase(key);
        } else if (now - w.since.emplace(key, now).first->second >=
                   milliseconds(s.time_to_trigger_ms)) {
            w.since.erase(key);
            w.reported.insert(key);
            news = true;
        }
    };
    if (s.kind == report_kind::event_a1 || s.kind == report_kind::event_a2) {
        visit(u.serving->index, look(s, own, 0, 0));
        return news;
    }
    const bool lte = u.in_lte() != of_other_technology(s.kind);
    for (const candidate& n : neighbours(u, lte ? technology::lte : technology::nr)) {
        if (s.kind != report_kind::event_a6) {
            visit(n.cell->index, look(s, own, n.heard.rsrp, 0));
            continue;
        }
        for (const cell_state* secondary : u.secondary)
            if (secondary != n.cell && secondary->layer == n.cell->layer)
                visit(n.cell->index, look(s, own, n.heard.rsrp, heard[secondary->index].rsrp));
    }
    // What is not heard any more has left.
    for (auto i = w.reported.begin(); i != w.reported.end();)
        i = seen.count(*i) != 0 ? std::next(i) : w.reported.erase(i);
    for (auto i = w.since.begin(); i != w.since.end();)
        i = seen.count(i->first) != 0 ? std::next(i) : w.since.erase(i);
    return news;
}

void model::impl::look_for_triggers(ue_state& u)
{
    for (std::size_t i = 0; i < u.config.reports.size(); ++i) {
        const report_setting& s = u.config.reports[i];
        if (is_periodic(s.kind) || trigger_number(s.kind, u.serving->config.technology) == 0)
            continue;
        if (look_at(u, s, u.watches[i])) report(u, &s);
    }
}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE
