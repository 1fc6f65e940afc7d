#include "rni_filters.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

bool is_cell(const rni::ecgi& wanted, const radio::cell_identity& cell)
{
    return wanted.cell_id == cell.cell_id && wanted.plmn.mcc == cell.plmn.mcc &&
           wanted.plmn.mnc == cell.plmn.mnc;
}

bool is_ue(const rni::associate_id& wanted, const radio::ue_identity& ue)
{
    return std::any_of(ue.associate_ids.begin(), ue.associate_ids.end(),
                       [&](const radio::associate_id& has) {
                           return wanted.type == static_cast<rni::associate_id_type>(has.type) &&
                                  wanted.value == has.value;
                       });
}

namespace {

template <class List, class Holds> bool any_or_empty(const List& wanted, Holds holds)
{
    return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), holds);
}

bool wants(const std::vector<rni::associate_id>& wanted, const radio::ue_identity& ue)
{
    return any_or_empty(wanted, [&](const auto& w) { return is_ue(w, ue); });
}

bool wants(const std::vector<rni::ecgi>& wanted, const radio::cell_identity& cell)
{
    return any_or_empty(wanted, [&](const auto& w) { return is_cell(w, cell); });
}

bool wants(const std::vector<rni::ecgi>& wanted, const std::vector<radio::cell_identity>& cells)
{
    return any_or_empty(wanted, [&](const auto& w) {
        return std::any_of(cells.begin(), cells.end(),
                           [&](const auto& cell) { return is_cell(w, cell); });
    });
}

bool wants(const std::vector<rni::nrcgi>& wanted, const radio::cell_identity& cell)
{
    return any_or_empty(wanted, [&](const auto& w) {
        return is_cell({w.plmn, w.nr_cell_id}, cell);
    });
}

template <class E> bool wants(const std::vector<open_enum<E>>& wanted, E has)
{
    return any_or_empty(wanted, [&](const auto& w) { return w == has; });
}

bool concerns(const rni::cell_change_subscription& s, const radio::cell_change& e)
{
    const auto& f = s.filter_criteria;
    std::vector<radio::cell_identity> cells = e.targets;
    cells.push_back(e.source);
    return wants(f.associate_id, e.ue) && wants(f.ecgi, cells) &&
           wants(f.ho_status, static_cast<rni::ho_status>(e.status));
}

bool concerns(const rni::rab_est_subscription& s, const radio::rab_established& e)
{
    const auto& f = s.filter_criteria;
    return f.qci == e.erab.qci && wants(f.ecgi, e.cell);
}

bool concerns(const rni::rab_mod_subscription& s, const radio::rab_modified& e)
{
    const auto& f = s.filter_criteria;
    return f.erab_id == e.erab.erab_id && (f.qci == e.erab.qci || f.qci == e.previous_qci) &&
           wants(f.ecgi, e.cell);
}

bool concerns(const rni::rab_rel_subscription& s, const radio::rab_released& e)
{
    const auto& f = s.filter_criteria;
    return f.erab_id == e.erab.erab_id && f.qci == e.erab.qci && wants(f.ecgi, e.cell);
}

bool concerns(const rni::meas_rep_ue_subscription& s, const radio::measurement_report& e)
{
    const auto& f = s.filter_criteria;
    return wants(f.trigger, static_cast<rni::trigger>(e.trigger)) && wants(f.ecgi, e.cell) &&
           wants(f.associate_id, e.ue);
}

bool concerns(const rni::nr_meas_rep_ue_subscription& s, const radio::nr_measurement_report& e)
{
    const auto& f = s.filter_criteria;
    return wants(f.trigger_nr, static_cast<rni::trigger_nr>(e.trigger)) && wants(f.nrcgi, e.cell) &&
           wants(f.associate_id, e.ue);
}

bool concerns(const rni::meas_ta_subscription& s, const radio::timing_advance_changed& e)
{
    const auto& f = s.filter_criteria;
    return wants(f.ecgi, e.cell) && wants(f.associate_id, e.ue);
}

bool concerns(const rni::ca_reconf_subscription& s, const radio::carriers_reconfigured& e)
{
    const auto& f = s.filter_criteria;
    return wants(f.ecgi, e.cell) && wants(f.associate_id, e.ue);
}

bool concerns(const rni::s1_bearer_subscription& s, const radio::s1_bearers_changed& e)
{
    const auto& f = s.filter_criteria;
    const auto has = [&](std::int32_t id) {
        return std::any_of(e.bearers.begin(), e.bearers.end(),
                           [&](const auto& b) { return b.erab_id == id; });
    };
    return wants(s.event_type, static_cast<rni::s1_event>(e.what)) && wants(f.ecgi, e.cells) &&
           any_or_empty(f.erab_id, has) && wants(f.associate_id, e.ue);
}

/// Of different types.
template <class Subscription, class Event> bool concerns(const Subscription&, const Event&)
{
    return false;
}

} // namespace

bool matches(const rni::subscription& wanted, const radio::event& e)
{
    return std::visit([](const auto& s, const auto& what) { return concerns(s, what); }, wanted,
                      e.what);
}

} // namespace emulator
MEC_END_NAMESPACE
