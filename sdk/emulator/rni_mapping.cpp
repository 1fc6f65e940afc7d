#include "rni_mapping.hpp"

#include "rni_measurements.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

rni::plmn to_rni(const radio::plmn& p) { return {p.mcc, p.mnc}; }

rni::ecgi to_ecgi(const radio::cell_identity& c) { return {to_rni(c.plmn), c.cell_id}; }

std::vector<rni::ecgi> to_ecgis(const std::vector<radio::cell_identity>& cells)
{
    std::vector<rni::ecgi> all;
    for (const auto& c : cells) all.push_back(to_ecgi(c));
    return all;
}

std::vector<rni::associate_id> to_rni(const std::vector<radio::associate_id>& ids)
{
    std::vector<rni::associate_id> all;
    for (const auto& id : ids)
        all.push_back({static_cast<rni::associate_id_type>(id.type), id.value});
    return all;
}

std::optional<rni::temp_ue_id> to_rni(const std::optional<radio::temp_ue_id>& id)
{
    if (!id) return std::nullopt;
    return rni::temp_ue_id{id->mmec, id->mtmsi};
}

rni::erab_qos_parameters qos_of(const radio::erab& e)
{
    rni::erab_qos_parameters q;
    q.qci = e.qci;
    if (e.rates)
        q.qos_information = {e.rates->mbr_dl, e.rates->mbr_ul, e.rates->gbr_dl, e.rates->gbr_ul};
    return q;
}

rni::s1_bearer to_rni(const radio::s1_bearer& b)
{
    return {b.erab_id, {b.enb.address, b.enb.tunnel_id}, {b.sgw.address, b.sgw.tunnel_id}};
}

namespace {

std::vector<rni::secondary_cell> to_secondary(const std::vector<radio::cell_identity>& cells)
{
    std::vector<rni::secondary_cell> all;
    for (const auto& c : cells) all.push_back({to_ecgi(c)});
    return all;
}

rni::notification map(const radio::cell_change& e)
{
    rni::cell_change_notification n;
    n.associate_id = to_rni(e.ue.associate_ids);
    n.src_ecgi = to_ecgi(e.source);
    n.trg_ecgi = to_ecgis(e.targets);
    n.ho_status = static_cast<rni::ho_status>(e.status);
    n.temp_ue_id = to_rni(e.ue.temp_ue_id);
    return n;
}

rni::notification map(const radio::rab_established& e)
{
    rni::rab_est_notification n;
    n.ecgi = to_ecgi(e.cell);
    n.associate_id = to_rni(e.ue.associate_ids);
    n.erab_id = e.erab.erab_id;
    n.erab_qos_parameters = qos_of(e.erab);
    n.temp_ue_id = to_rni(e.ue.temp_ue_id);
    return n;
}

rni::notification map(const radio::rab_modified& e)
{
    rni::rab_mod_notification n;
    n.ecgi = to_ecgi(e.cell);
    n.associate_id = to_rni(e.ue.associate_ids);
    n.erab_id = e.erab.erab_id;
    n.erab_qos_parameters = qos_of(e.erab);
    return n;
}

rni::notification map(const radio::rab_released& e)
{
    rni::rab_rel_notification n;
    n.ecgi = to_ecgi(e.cell);
    n.associate_id = to_rni(e.ue.associate_ids);
    n.erab_release_info.erab_id = e.erab.erab_id;
    return n;
}

rni::notification map(const radio::measurement_report& e) { return measurements_of(e); }
rni::notification map(const radio::nr_measurement_report& e) { return measurements_of(e); }

rni::notification map(const radio::timing_advance_changed& e)
{
    rni::meas_ta_notification n;
    n.ecgi = to_ecgi(e.cell);
    n.associate_id = to_rni(e.ue.associate_ids);
    n.timing_advance = e.timing_advance;
    return n;
}

rni::notification map(const radio::carriers_reconfigured& e)
{
    rni::ca_reconf_notification n;
    n.ecgi = to_ecgi(e.cell);
    n.associate_id = to_rni(e.ue.associate_ids);
    n.secondary_cell_add = to_secondary(e.added);
    n.secondary_cell_remove = to_secondary(e.removed);
    for (const auto& c : e.carriers) {
        // The standard has no measurement here without a neighbour.
        if (!c.neighbour) continue;
        const auto number = [](int value) { return static_cast<std::uint32_t>(value); };
        n.carrier_aggregation_meas_info.push_back({c.secondary.cell_id, number(c.values.rsrp),
                                                   number(c.values.rsrq), c.neighbour->cell.cell_id,
                                                   number(c.neighbour->values.rsrp),
                                                   number(c.neighbour->values.rsrq)});
    }
    return n;
}

rni::notification map(const radio::s1_bearers_changed& e)
{
    rni::s1_bearer_notification n;
    n.s1_event = static_cast<rni::s1_event>(e.what);
    n.s1_ue_info.temp_ue_id = to_rni(e.ue.temp_ue_id);
    n.s1_ue_info.associate_id = to_rni(e.ue.associate_ids);
    n.s1_ue_info.ecgi = to_ecgis(e.cells);
    for (const auto& b : e.bearers) n.s1_ue_info.s1_bearer_info.push_back(to_rni(b));
    return n;
}

} // namespace

rni::notification notification_of(const radio::event& e)
{
    return std::visit([](const auto& what) { return map(what); }, e.what);
}

} // namespace emulator
MEC_END_NAMESPACE
