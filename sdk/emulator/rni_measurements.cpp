#include "rni_measurements.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

rni::nrcgi to_nrcgi(const radio::cell_identity& c) { return {to_rni(c.plmn), c.cell_id}; }

rni::meas_quantity_results_nr levels_of(const radio::nr_values& v)
{
    return {v.rsrp, v.rsrq, v.sinr};
}

std::optional<rni::rs_index_results> beams_of(const radio::nr_neighbour& cell)
{
    if (cell.beams.empty()) return std::nullopt;
    rni::rs_index_results all;
    for (const auto& b : cell.beams)
        all.results_ssb_indexes.results_per_ssb_index.push_back({b.index, levels_of(b.values)});
    return all;
}

void measure(rni::nr_cell_meas& out, const radio::nr_neighbour& cell)
{
    out.meas_quantity_results_ssb_cell = levels_of(cell.values);
    out.rs_index_results = beams_of(cell);
}

rni::eutran_neighbour_cell_meas_info neighbour(const radio::lte_neighbour& n)
{
    const radio::lte_values& v = n.values;
    return {to_ecgi(n.cell), v.rsrp, v.rsrp_ex, v.rsrq, v.rsrq_ex, v.sinr};
}

rni::carrier_aggregation_meas_info carrier(const radio::carrier_measurement& c)
{
    rni::carrier_aggregation_meas_info m;
    m.cell_id_srv = c.secondary.cell_id;
    m.rsrp_srv = c.values.rsrp;
    m.rsrp_srv_ex = c.values.rsrp_ex;
    m.rsrq_srv = c.values.rsrq;
    m.rsrq_srv_ex = c.values.rsrq_ex;
    m.sinr_srv = c.values.sinr;
    if (!c.neighbour) return m;
    const radio::lte_values& v = c.neighbour->values;
    m.cell_id_nei = c.neighbour->cell.cell_id;
    m.rsrp_nei = v.rsrp;
    m.rsrp_nei_ex = v.rsrp_ex;
    m.rsrq_nei = v.rsrq;
    m.rsrq_nei_ex = v.rsrq_ex;
    m.sinr_nei = v.sinr;
    return m;
}

std::vector<rni::plmn> plmns_of(const radio::nr_neighbour& cell)
{
    return {to_rni(cell.cell.plmn)};
}

rni::new_radio_meas_info nr_carrier(const radio::nr_carrier_measurement& c)
{
    rni::new_radio_meas_info m;
    m.nr_carrier_freq = c.carrier;
    m.nr_scs.nr_s_cell_info.push_back({plmns_of(c.secondary), c.secondary.cell.cell_id});
    m.nr_scs.nr_s_cell_rsrp = c.secondary.values.rsrp;
    m.nr_scs.nr_s_cell_rsrq = c.secondary.values.rsrq;
    m.nr_scs.nr_s_cell_rssi = c.secondary.values.sinr;
    if (!c.neighbour) return m;
    m.nr_bncs.emplace();
    m.nr_bncs->nr_bn_cell_info.push_back({plmns_of(*c.neighbour), c.neighbour->cell.cell_id});
    m.nr_bncs->nr_bn_cell_rsrp = c.neighbour->values.rsrp;
    m.nr_bncs->nr_bn_cell_rsrq = c.neighbour->values.rsrq;
    m.nr_bncs->nr_bn_cell_rssi = c.neighbour->values.sinr;
    return m;
}

rni::new_radio_meas_nei_info nr_neighbour(const radio::nr_neighbour& n)
{
    rni::new_radio_meas_nei_info m;
    m.nr_n_cell_info.push_back({plmns_of(n), n.cell.cell_id});
    m.nr_n_cell_rsrp = n.values.rsrp;
    m.nr_n_cell_rsrq = n.values.rsrq;
    m.nr_n_cell_rssi = n.values.sinr;
    m.rs_index_results = beams_of(n);
    return m;
}

rni::serv_cell_meas_info serving(const radio::nr_serving_cell& s)
{
    rni::serv_cell_meas_info m;
    m.nrcgi = to_nrcgi(s.cell.cell);
    measure(m.s_cell, s.cell);
    if (s.neighbour) measure(m.n_cell.emplace(), *s.neighbour);
    return m;
}

} // namespace

rni::meas_rep_ue_notification measurements_of(const radio::measurement_report& e)
{
    rni::meas_rep_ue_notification n;
    n.ecgi = to_ecgi(e.cell);
    n.associate_id = to_rni(e.ue.associate_ids);
    n.rsrp = e.values.rsrp;
    n.rsrp_ex = e.values.rsrp_ex;
    n.rsrq = e.values.rsrq;
    n.rsrq_ex = e.values.rsrq_ex;
    n.sinr = e.values.sinr;
    n.trigger = static_cast<rni::trigger>(e.trigger);
    n.height_ue = e.height;
    for (const auto& one : e.neighbours)
        n.eutran_neighbour_cell_meas_info.push_back(neighbour(one));
    for (const auto& one : e.carriers) n.carrier_aggregation_meas_info.push_back(carrier(one));
    for (const auto& one : e.nr_carriers) n.new_radio_meas_info.push_back(nr_carrier(one));
    for (const auto& one : e.nr_neighbours) n.new_radio_meas_nei_info.push_back(nr_neighbour(one));
    return n;
}

rni::nr_meas_rep_ue_notification measurements_of(const radio::nr_measurement_report& e)
{
    rni::nr_meas_rep_ue_notification n;
    n.associate_id = to_rni(e.ue.associate_ids);
    n.trigger_nr = static_cast<rni::trigger_nr>(e.trigger);
    for (const auto& one : e.serving) n.serv_cell_meas_info.push_back(serving(one));
    for (const auto& one : e.neighbours) {
        rni::nr_neigh_cell_meas_info m;
        m.nrcgi = to_nrcgi(one.cell);
        measure(m, one);
        n.nr_neigh_cell_meas_info.push_back(std::move(m));
    }
    for (const auto& one : e.lte_neighbours)
        n.eutra_neigh_cell_meas_info.push_back(
            {to_ecgi(one.cell), one.values.rsrp, one.values.rsrq, one.values.sinr});
    return n;
}

} // namespace emulator
MEC_END_NAMESPACE
