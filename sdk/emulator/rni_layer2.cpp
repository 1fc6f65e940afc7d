#include "rni_layer2.hpp"

#include "rni_mapping.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using quantity = rni::layer2_quantity;

bool is_wanted(const rni::layer2_meas_query& q, quantity one)
{
    return q.quantities.empty() || q.quantities.count(one) != 0;
}

/// The table of quantities has the uplink after the downlink.
quantity uplink_of(quantity downlink)
{
    return static_cast<quantity>(static_cast<int>(downlink) + 1);
}

/// Fills the members that are wanted, and says whether there was one.
template <class Info> class filler {
public:
    filler(Info& out, const rni::layer2_meas_query& q) : out_(out), q_(q) {}

    template <class Number>
    void put(quantity one, std::optional<Number> Info::*member, std::int64_t value)
    {
        if (!is_wanted(q_, one)) return;
        out_.*member = static_cast<Number>(value);
        any_ = true;
    }
    template <class Number> void put(quantity downlink, std::optional<Number> Info::*dl,
                                     std::optional<Number> Info::*ul, const radio::both_ways& value)
    {
        put(downlink, dl, value.dl);
        put(uplink_of(downlink), ul, value.ul);
    }
    bool any() const { return any_; }

private:
    Info& out_;
    const rni::layer2_meas_query& q_;
    bool any_ = false;
};

std::optional<rni::cell_info> info_of(const radio::cell_counters& c,
                                      const rni::layer2_meas_query& q)
{
    using info = rni::cell_info;
    using n = quantity;
    info out;
    out.ecgi = to_ecgi(c.cell);
    filler<info> f(out, q);
    f.put(n::dl_gbr_prb_usage_cell, &info::dl_gbr_prb_usage_cell, &info::ul_gbr_prb_usage_cell,
          c.gbr_prb_usage);
    f.put(n::dl_nongbr_prb_usage_cell, &info::dl_nongbr_prb_usage_cell,
          &info::ul_nongbr_prb_usage_cell, c.nongbr_prb_usage);
    f.put(n::dl_total_prb_usage_cell, &info::dl_total_prb_usage_cell,
          &info::ul_total_prb_usage_cell, c.total_prb_usage);
    f.put(n::received_dedicated_preambles_cell, &info::received_dedicated_preambles_cell,
          c.received_dedicated_preambles);
    f.put(n::received_randomly_selected_preambles_low_range_cell,
          &info::received_randomly_selected_preambles_low_range_cell,
          c.received_random_preambles_low);
    f.put(n::received_randomly_selected_preambles_high_range_cell,
          &info::received_randomly_selected_preambles_high_range_cell,
          c.received_random_preambles_high);
    f.put(n::number_of_active_ue_dl_gbr_cell, &info::number_of_active_ue_dl_gbr_cell,
          &info::number_of_active_ue_ul_gbr_cell, c.active_ues_gbr);
    f.put(n::number_of_active_ue_dl_nongbr_cell, &info::number_of_active_ue_dl_nongbr_cell,
          &info::number_of_active_ue_ul_nongbr_cell, c.active_ues_nongbr);
    f.put(n::dl_gbr_pdr_cell, &info::dl_gbr_pdr_cell, &info::ul_gbr_pdr_cell, c.gbr_pdr);
    f.put(n::dl_nongbr_pdr_cell, &info::dl_nongbr_pdr_cell, &info::ul_nongbr_pdr_cell,
          c.nongbr_pdr);
    if (!f.any()) return std::nullopt;
    return out;
}

std::optional<rni::cell_ue_info> info_of(const radio::ue_counters& u,
                                         const rni::layer2_meas_query& q)
{
    using info = rni::cell_ue_info;
    using n = quantity;
    info out;
    out.ecgi = to_ecgi(u.cell);
    out.associate_id = to_rni(u.ue.associate_ids).front();
    filler<info> f(out, q);
    f.put(n::dl_gbr_delay_ue, &info::dl_gbr_delay_ue, &info::ul_gbr_delay_ue, u.gbr_delay);
    f.put(n::dl_nongbr_delay_ue, &info::dl_nongbr_delay_ue, &info::ul_nongbr_delay_ue,
          u.nongbr_delay);
    f.put(n::dl_gbr_pdr_ue, &info::dl_gbr_pdr_ue, &info::ul_gbr_pdr_ue, u.gbr_pdr);
    f.put(n::dl_nongbr_pdr_ue, &info::dl_nongbr_pdr_ue, &info::ul_nongbr_pdr_ue, u.nongbr_pdr);
    f.put(n::dl_gbr_throughput_ue, &info::dl_gbr_throughput_ue, &info::ul_gbr_throughput_ue,
          u.gbr_throughput);
    f.put(n::dl_nongbr_throughput_ue, &info::dl_nongbr_throughput_ue,
          &info::ul_nongbr_throughput_ue, u.nongbr_throughput);
    f.put(n::dl_gbr_data_volume_ue, &info::dl_gbr_data_volume_ue, &info::ul_gbr_data_volume_ue,
          u.gbr_data_volume);
    f.put(n::dl_nongbr_data_volume_ue, &info::dl_nongbr_data_volume_ue,
          &info::ul_nongbr_data_volume_ue, u.nongbr_data_volume);
    if (!f.any()) return std::nullopt;
    return out;
}

bool has(const std::vector<std::string>& wanted, const std::string& value)
{
    return std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

bool names_ue(const rni::ue_filter& q)
{
    return !(q.ue_ipv4_address.empty() && q.ue_ipv6_address.empty() && q.nated_ip_address.empty() &&
             q.gtp_teid.empty());
}

} // namespace

bool accepts_cell(const rni::ue_filter& q, const radio::cell_identity& cell)
{
    return q.cell_id.empty() || has(q.cell_id, cell.cell_id) ||
           has(q.cell_id, cell.plmn.mcc + cell.plmn.mnc + cell.cell_id);
}

bool accepts_ue(const rni::ue_filter& q, const radio::ue_identity& ue)
{
    using type = radio::associate_id_type;
    const auto accepts = [&](const std::vector<std::string>& wanted, type kind) {
        return wanted.empty() ||
               std::any_of(ue.associate_ids.begin(), ue.associate_ids.end(), [&](const auto& id) {
                   return id.type == kind && has(wanted, id.value);
               });
    };
    return accepts(q.ue_ipv4_address, type::ue_ipv4_address) &&
           accepts(q.ue_ipv6_address, type::ue_ipv6_address) &&
           accepts(q.nated_ip_address, type::nated_ip_address) &&
           accepts(q.gtp_teid, type::gtp_teid);
}

rni::l2_meas layer2_of(const radio::layer2_counters& counters, const rni::layer2_meas_query& q)
{
    const auto is_there = [&](const radio::cell_identity& cell) {
        return cell.technology == radio::technology::lte && accepts_cell(q, cell);
    };
    rni::l2_meas all;
    // Who names UEs asks about them, not about all cells.
    if (!names_ue(q) || !q.cell_id.empty())
        for (const auto& c : counters.cells)
            if (is_there(c.cell))
                if (auto info = info_of(c, q)) all.cell_info.push_back(std::move(*info));
    for (const auto& u : counters.ues)
        if (is_there(u.cell) && accepts_ue(q, u.ue) && !u.ue.associate_ids.empty())
            if (auto info = info_of(u, q)) all.cell_ue_info.push_back(std::move(*info));
    return all;
}

} // namespace emulator
MEC_END_NAMESPACE
