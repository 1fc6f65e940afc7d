#include "model_impl.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

void model::impl::change(const ue_state& u, const cell_state& target, ho_status status)
{
    emit(cell_change{u.id, u.serving->id, {target.id}, status});
}

error model::impl::begin_hand_over(ue_state& u, cell_state& target, ho_outcome outcome)
{
    if (!u.on) return {errc::conflict, "the UE is switched off"};
    if (&target == u.serving) return {errc::conflict, "the cell serves the UE already"};
    if (u.hand_over) return {errc::conflict, "the UE is being handed over already"};
    u.hand_over = running_hand_over{&target, outcome, false,
                                    now + milliseconds(config.hand_over.preparation_ms)};
    dues.insert({u.hand_over->due, due_kind::hand_over, u.number, 0});
    change(u, target, ho_status::in_preparation);
    return {};
}

void model::impl::next_phase(ue_state& u)
{
    running_hand_over& h = *u.hand_over;
    if (h.executing) {
        cell_state& target = *h.target;
        u.hand_over.reset();
        return complete(u, target);
    }
    if (h.outcome == ho_outcome::reject) return abandon(u, ho_status::rejected);
    if (h.outcome == ho_outcome::cancel) return abandon(u, ho_status::cancelled);
    h.executing = true;
    h.due = now + milliseconds(config.hand_over.execution_ms);
    dues.insert({h.due, due_kind::hand_over, u.number, 0});
    change(u, *h.target, ho_status::in_execution);
}

void model::impl::abandon(ue_state& u, ho_status why)
{
    const running_hand_over h = *u.hand_over;
    dues.erase({h.due, due_kind::hand_over, u.number, 0});
    u.hand_over.reset();
    u.better = nullptr;
    change(u, *h.target, why);
}

void model::impl::complete(ue_state& u, cell_state& target)
{
    cell_state& source = *u.serving;
    remove_all_carriers(u);
    change(u, target, ho_status::completed);
    // E-RABs and S1 bearers are of LTE: NR has flows in their place, of which MEC 012 knows nothing.
    if (source.is_lte() && !target.is_lte()) release_all(u, source);
    u.serving = &target;
    u.better = nullptr;
    u.timing_advance.reset();
    u.load = {};
    u.heard_at = milliseconds{-1};
    for (watch& w : u.watches) w = {};
    target.arrivals.push_back(now);
    if (target.is_lte()) {
        if (source.is_lte()) switch_paths(u);
        else establish_all(u);
    }
    update_timing_advance(u);
}

// The strongest cell to which the network's rule leads.
cell_state* model::impl::better_cell(ue_state& u)
{
    const hand_over_settings& rule = config.hand_over;
    const levels& own = hear(u)[u.serving->index];
    const auto strongest = [&](technology t, double above) -> cell_state* {
        const auto all = neighbours(u, t);
        return !all.empty() && all.front().heard.rsrp > above ? all.front().cell : nullptr;
    };
    if (rule.nr_threshold_dbm) {
        const double threshold = *rule.nr_threshold_dbm;
        if (u.in_lte()) {
            if (cell_state* c = strongest(technology::nr, threshold)) return c;
        } else if (own.rsrp < threshold - 2 * rule.hysteresis_db) {
            cell_state* same = strongest(technology::nr, threshold);
            if (!same) return strongest(technology::lte, -140);
        }
    }
    return strongest(u.serving->config.technology, own.rsrp + rule.hysteresis_db);
}

void model::impl::look_for_better(ue_state& u)
{
    if (!config.hand_over.automatic || u.hand_over) return;
    cell_state* const found = better_cell(u);
    if (found != u.better) {
        u.better = found;
        u.better_since = now;
    }
    if (found && now - u.better_since >= milliseconds(config.hand_over.time_to_trigger_ms))
        begin_hand_over(u, *found, ho_outcome::complete);
}

error model::hand_over(const std::string& ue, const std::string& cell, ho_outcome outcome)
{
    ue_state* u = nullptr;
    cell_state* c = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    if (error e = impl_->find(cell, c)) return e;
    return impl_->begin_hand_over(*u, *c, outcome);
}

error model::cancel_hand_over(const std::string& ue)
{
    ue_state* u = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    if (!u->hand_over || u->hand_over->executing)
        return {errc::conflict, "no hand-over of the UE is being prepared"};
    impl_->abandon(*u, ho_status::cancelled);
    return {};
}

error model::move_ue(const std::string& ue, const std::string& cell)
{
    constexpr double beside = 50; // m
    ue_state* u = nullptr;
    cell_state* c = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    if (error e = impl_->find(cell, c)) return e;
    if (!u->on) return {errc::conflict, "the UE is switched off"};
    if (u->hand_over && !u->hand_over->executing) impl_->abandon(*u, ho_status::cancelled);
    else if (u->hand_over) {
        impl_->dues.erase({u->hand_over->due, due_kind::hand_over, u->number, 0});
        impl_->next_phase(*u);
    }
    u->way.reset();
    u->position = c->config.position;
    if (u->position) u->position->x += beside;
    u->heard_at = milliseconds{-1};
    if (c == u->serving) return impl_->update_timing_advance(*u), error();
    impl_->change(*u, *c, ho_status::in_preparation);
    impl_->change(*u, *c, ho_status::in_execution);
    impl_->complete(*u, *c);
    return {};
}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE
