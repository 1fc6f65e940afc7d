#include "rni_filters.hpp"
#include "rni_handlers.hpp"
#include "rni_layer2.hpp"
#include "rni_mapping.hpp"
#include "rni_query.hpp"

#include <mec/rni/describe.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

time_stamp now(const platform_state& s) { return to_time_stamp(s.options.clock->system_now()); }

/// There may be no network yet.
const radio::model& network_of(const platform_state& s)
{
    static const radio::model nothing;
    return s.player ? s.player->model() : nothing;
}

/// Of the query's `app_ins_id`, which may only be the caller's own.
std::optional<answer> refuse_instance(platform_state& s, const call& c, const std::string& id)
{
    const application* app = s.find_application(id);
    if (!app) return problem(404, "app_ins_id: there is no application instance of that id");
    if (!s.may_speak_for(c.caller, *app))
        return problem(403, "app_ins_id: belongs to another application");
    return std::nullopt;
}

template <class Query> constexpr bool names_one_application =
    std::is_same_v<Query, rni::rab_info_query> || std::is_same_v<Query, rni::layer2_meas_query>;

template <class Query> std::optional<answer> read(platform_state& s, const call& c, Query& q)
{
    if (error e = read_query(q, c.query, refuses_unknown_queries(s)))
        return problem(400, e.info().message);
    if constexpr (names_one_application<Query>)
        if (q.app_ins_id && s.options.strict) return refuse_instance(s, c, *q.app_ins_id);
    return std::nullopt;
}

template <class T> bool accepts(const std::optional<T>& wanted, std::int64_t has)
{
    return !wanted || *wanted == has;
}

bool accepts(const rni::rab_info_query& q, const radio::erab& e)
{
    const radio::bit_rates rates = e.rates.value_or(radio::bit_rates());
    return accepts(q.erab_id, e.erab_id) && accepts(q.qci, e.qci) &&
           accepts(q.erab_mbr_dl, rates.mbr_dl) && accepts(q.erab_mbr_ul, rates.mbr_ul) &&
           accepts(q.erab_gbr_dl, rates.gbr_dl) && accepts(q.erab_gbr_ul, rates.gbr_ul);
}

std::optional<rni::ue_info> info_of(const rni::rab_info_query& q, const radio::ue_rabs& ue)
{
    if (!accepts_ue(q, ue.ue)) return std::nullopt;
    rni::ue_info info;
    info.associate_id = to_rni(ue.ue.associate_ids);
    for (const radio::erab& e : ue.erabs)
        if (accepts(q, e)) info.erab_info.push_back({e.erab_id, qos_of(e)});
    if (info.erab_info.empty()) return std::nullopt;
    return info;
}

bool is_wanted(const rni::s1_bearer_info_query& q, const radio::ue_s1_bearers& ue)
{
    const auto is_its = [&](const std::string& id) {
        return ue.ue.temp_ue_id && (id == ue.ue.temp_ue_id->mtmsi ||
                                    id == ue.ue.temp_ue_id->mmec + ue.ue.temp_ue_id->mtmsi);
    };
    const bool here = std::any_of(ue.cells.begin(), ue.cells.end(),
                                  [&](const auto& cell) { return accepts_cell(q, cell); });
    return here && accepts_ue(q, ue.ue) &&
           (q.temp_ue_id.empty() || std::any_of(q.temp_ue_id.begin(), q.temp_ue_id.end(), is_its));
}

std::optional<rni::s1_ue_info> info_of(const rni::s1_bearer_info_query& q,
                                       const radio::ue_s1_bearers& ue)
{
    if (!is_wanted(q, ue) || ue.ue.associate_ids.empty()) return std::nullopt;
    rni::s1_ue_info info;
    info.temp_ue_id = to_rni(ue.ue.temp_ue_id);
    info.associate_id = to_rni(ue.ue.associate_ids);
    info.ecgi = to_ecgis(ue.cells);
    for (const radio::s1_bearer& b : ue.bearers)
        if (q.erab_id.empty() ||
            std::find(q.erab_id.begin(), q.erab_id.end(), b.erab_id) != q.erab_id.end())
            info.s1_bearer_info_detailed.push_back(to_rni(b));
    if (info.s1_bearer_info_detailed.empty()) return std::nullopt;
    return info;
}

answer nothing_found() { return problem(404, "there is no such cell, UE or bearer"); }

} // namespace

answer get_rab_info(platform_state& s, call& c)
{
    rni::rab_info_query q;
    if (auto refused = read(s, c, q)) return std::move(*refused);
    rni::rab_info all;
    all.time_stamp = now(s);
    all.app_instance_id = q.app_ins_id.value_or(c.caller);
    all.request_id = std::to_string(s.next_revision());
    for (const radio::cell_rabs& cell : network_of(s).rab_info()) {
        if (!accepts_cell(q, cell.cell)) continue;
        rni::cell_user_info here;
        here.ecgi = to_ecgi(cell.cell);
        for (const radio::ue_rabs& ue : cell.ues)
            if (auto info = info_of(q, ue)) here.ue_info.push_back(std::move(*info));
        if (!here.ue_info.empty()) all.cell_user_info.push_back(std::move(here));
    }
    if (all.cell_user_info.empty() && s.quirks.unknown_cells_are_404) return nothing_found();
    return described_answer(200, all);
}

answer get_plmn_info(platform_state& s, call& c)
{
    rni::plmn_info_query q;
    if (auto refused = read(s, c, q)) return std::move(*refused);
    std::vector<rni::plmn> plmns;
    for (const radio::plmn& p : network_of(s).plmn_info()) plmns.push_back(to_rni(p));
    std::vector<rni::plmn_info> all;
    for (const std::string& id : q.app_ins_id) {
        if (s.options.strict)
            if (auto refused = refuse_instance(s, c, id)) return std::move(*refused);
        if (!plmns.empty()) all.push_back({now(s), id, plmns});
    }
    return described_answer(200, all);
}

answer get_s1_bearer_info(platform_state& s, call& c)
{
    rni::s1_bearer_info_query q;
    if (auto refused = read(s, c, q)) return std::move(*refused);
    rni::s1_bearer_info all;
    all.time_stamp = now(s);
    for (const radio::ue_s1_bearers& ue : network_of(s).s1_bearer_info())
        if (auto info = info_of(q, ue)) all.s1_ue_info.push_back(std::move(*info));
    // There must be at least one (clause 6.2.4).
    if (all.s1_ue_info.empty()) return nothing_found();
    return described_answer(200, all);
}

answer get_layer2_meas(platform_state& s, call& c)
{
    rni::layer2_meas_query q;
    if (auto refused = read(s, c, q)) return std::move(*refused);
    rni::l2_meas all = layer2_of(network_of(s).layer2_meas(), q);
    if (all.cell_info.empty() && all.cell_ue_info.empty() && s.quirks.unknown_cells_are_404)
        return nothing_found();
    all.time_stamp = now(s);
    return described_answer(200, all);
}

} // namespace emulator
MEC_END_NAMESPACE
