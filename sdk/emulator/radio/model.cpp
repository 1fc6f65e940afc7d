#include "model_impl.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

namespace {

ue_identity identity_of(const ue& u)
{
    ue_identity id;
    id.name = u.name;
    id.temp_ue_id = u.temp_ue_id;
    const auto add = [&](associate_id_type t, const std::string& value) {
        if (!value.empty()) id.associate_ids.push_back({t, value});
    };
    add(associate_id_type::ue_ipv4_address, u.ipv4);
    add(associate_id_type::ue_ipv6_address, u.ipv6);
    add(associate_id_type::nated_ip_address, u.nated_ip);
    add(associate_id_type::gtp_teid, u.gtp_teid);
    return id;
}

std::string made_up_address(std::size_t index)
{
    return "10.255." + std::to_string(index / 250) + '.' + std::to_string(index % 250 + 1);
}

} // namespace

model::impl::impl(network n, std::uint64_t s) : config(std::move(n)), seed(s)
{
    config.tick_ms = std::clamp(config.tick_ms, 10u, 10'000u);
    dues.insert({now, due_kind::tick, 0, 0});
}

error model::impl::find(const std::string& name, ue_state*& u)
{
    u = find_ue(name);
    return u ? error() : error(errc::not_found, "there is no such UE");
}

error model::impl::find(const std::string& name, cell_state*& c)
{
    c = find_cell(name);
    return c ? error() : error(errc::not_found, "there is no such cell");
}

cell_state* model::impl::find_cell(const std::string& name)
{
    const auto found = cells_by_name.find(name);
    return found == cells_by_name.end() ? nullptr : found->second;
}

ue_state* model::impl::find_ue(const std::string& name)
{
    const auto found = ues_by_name.find(name);
    return found == ues_by_name.end() ? nullptr : &ues.at(found->second);
}

point model::impl::position_of(const ue_state& u) const
{
    return u.way ? u.way->at(now) : *u.position;
}

void model::impl::advance_to(milliseconds when)
{
    while (!dues.empty() && dues.begin()->at <= when) {
        const due next = *dues.begin();
        dues.erase(dues.begin());
        now = next.at;
        if (next.kind == due_kind::tick) {
            tick();
            dues.insert({now + milliseconds(config.tick_ms), due_kind::tick, 0, 0});
            continue;
        }
        ue_state& u = ues.at(next.ue);
        if (next.kind == due_kind::hand_over) {
            next_phase(u);
            continue;
        }
        const report_setting& s = u.config.reports[next.slot];
        dues.insert({now + milliseconds(s.interval_ms), due_kind::report, next.ue, next.slot});
        if (u.on && trigger_number(s.kind, u.serving->config.technology) != 0) report(u, &s);
    }
    now = std::max(now, when);
}

void model::impl::tick()
{
    for (auto& entry : ues) {
        ue_state& u = entry.second;
        if (!u.on) continue;
        update_timing_advance(u);
        look_for_triggers(u);
        look_for_better(u);
    }
    update_load(milliseconds(config.tick_ms));
}

void model::impl::forget_dues(std::uint32_t ue)
{
    for (auto i = dues.begin(); i != dues.end();)
        i = i->kind != due_kind::tick && i->ue == ue ? dues.erase(i) : std::next(i);
}

// LTE first: a UE comes to NR by hand-over.
cell_state* model::impl::first_cell(ue_state& u)
{
    if (cell_state* named = find_cell(u.config.cell)) return named;
    cell_state* best = nullptr;
    double rsrp = 0;
    for (const auto& c : cells) {
        const double heard = strength(u, *c);
        const bool other = best && best->is_lte() != c->is_lte();
        if (best && (other ? best->is_lte() : heard <= rsrp)) continue;
        best = c.get();
        rsrp = heard;
    }
    return best;
}

void model::impl::attach(ue_state& u)
{
    u.serving = first_cell(u);
    u.on = true;
    u.heard_at = milliseconds{-1};
    u.serving->accesses.push_back(now);
    if (!u.in_lte()) return;
    establish_all(u);
    std::vector<cell_identity> added;
    for (const std::string& name : u.config.secondary_cells) {
        cell_state* const c = find_cell(name);
        if (!c || c == u.serving) continue;
        u.secondary.push_back(c);
        added.push_back(c->id);
    }
    if (!added.empty()) reconfigured(u, std::move(added), {});
}

void model::impl::detach(ue_state& u)
{
    if (u.hand_over && !u.hand_over->executing) abandon(u, ho_status::cancelled);
    if (u.hand_over) dues.erase({u.hand_over->due, due_kind::hand_over, u.number, 0});
    u.hand_over.reset();
    remove_all_carriers(u);
    if (u.in_lte()) release_all(u, *u.serving);
    u.on = false;
    u.serving = nullptr;
    u.better = nullptr;
    u.timing_advance.reset();
    u.load = {};
    for (watch& w : u.watches) w = {};
}

model::model(network n, std::uint64_t seed) : impl_(std::make_unique<impl>(std::move(n), seed)) {}
model::~model() = default;
model::model(model&&) noexcept = default;
model& model::operator=(model&&) noexcept = default;

void model::listen(listener l) { impl_->to = std::move(l); }
milliseconds model::now() const noexcept { return impl_->now; }
milliseconds model::next_due() const noexcept { return impl_->dues.begin()->at; }
void model::advance_to(milliseconds when) { impl_->advance_to(when); }

error model::add_cell(cell c)
{
    if (c.name.empty()) return {errc::config_invalid, "a cell needs a name"};
    if (impl_->find_cell(c.name)) return {errc::conflict, "there is a cell of that name"};
    if (impl_->cells.size() >= most_cells)
        return {errc::limit_exceeded, "there are at most 500 cells"};
    auto state = std::make_unique<cell_state>();
    state->index = impl_->cells.size();
    state->layer = impl_->layers.emplace(std::pair(c.technology, c.carrier), impl_->layers.size())
                       .first->second;
    state->id = identity_of(c);
    if (c.s1_address.empty()) c.s1_address = made_up_address(state->index);
    state->config = std::move(c);
    for (auto& entry : impl_->ues) entry.second.heard_at = milliseconds{-1};
    impl_->cells_by_name.emplace(state->config.name, state.get());
    impl_->cells.push_back(std::move(state));
    return {};
}

error model::add_ue(ue u, std::shared_ptr<const route> way)
{
    if (u.name.empty()) return {errc::config_invalid, "a UE needs a name"};
    if (impl_->find_ue(u.name)) return {errc::conflict, "there is a UE of that name"};
    if (impl_->ues.size() >= most_ues)
        return {errc::limit_exceeded, "there are at most 10,000 UEs"};
    if (impl_->cells.empty()) return {errc::conflict, "there is no cell that could serve the UE"};
    if (!u.cell.empty() && !impl_->find_cell(u.cell))
        return {errc::not_found, "there is no such cell"};
    ue_state state;
    state.number = ++impl_->last_ue;
    state.id = radio::identity_of(u);
    state.position = u.position;
    const bool on = u.on;
    const std::string name = u.name;
    std::vector<erab> erabs = std::move(u.erabs);
    std::vector<report_setting> reports = std::move(u.reports);
    u.erabs.clear();
    u.reports.clear();
    state.config = std::move(u);
    impl_->ues_by_name.emplace(name, state.number);
    impl_->ues.emplace(state.number, std::move(state));
    error e = way ? follow(name, std::move(way)) : error();
    for (std::size_t i = 0; i < erabs.size() && !e; ++i) e = establish_rab(name, erabs[i]);
    if (!e) e = set_reports(name, std::move(reports));
    if (!e && on) e = switch_ue(name, true);
    if (e) remove_ue(name);
    return e;
}

error model::remove_ue(const std::string& ue)
{
    ue_state* u = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    if (u->on) impl_->detach(*u);
    const std::uint32_t number = u->number;
    impl_->forget_dues(number);
    impl_->ues_by_name.erase(ue);
    impl_->ues.erase(number);
    return {};
}

error model::switch_ue(const std::string& ue, bool on)
{
    ue_state* u = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    if (u->on == on) return {};
    if (on) impl_->attach(*u);
    else impl_->detach(*u);
    return {};
}

error model::place_ue(const std::string& ue, const point& where)
{
    ue_state* u = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    u->way.reset();
    u->position = where;
    u->heard_at = milliseconds{-1};
    return {};
}

error model::follow(const std::string& ue, std::shared_ptr<const route> way)
{
    ue_state* u = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    if (!way || way->points.size() < 2 || !(way->speed > 0))
        return {errc::config_invalid, "a route needs two points and a positive speed"};
    u->way.emplace(std::move(way), impl_->now);
    u->heard_at = milliseconds{-1};
    return {};
}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE
