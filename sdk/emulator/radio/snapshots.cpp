#include "model_impl.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

ue_view model::impl::view(const ue_state& u) const
{
    ue_view v;
    v.ue = u.id;
    v.on = u.on;
    if (has_position(u)) v.position = position_of(u);
    if (u.way) v.speed = u.way->speed(now);
    for (const bearer& b : u.bearers) v.erabs.push_back(b.erab);
    if (!u.on) return v;
    v.cell = u.serving->id;
    for (const cell_state* c : u.secondary) v.secondary_cells.push_back(c->id);
    v.heard = hear(u)[u.serving->index];
    v.timing_advance = u.timing_advance;
    return v;
}

cell_identity model::identity_of(const cell& c) const
{
    cell_identity id;
    id.technology = c.technology;
    const auto& plmns = impl_->config.plmns;
    if (c.plmn) id.plmn = *c.plmn;
    else if (!plmns.empty()) id.plmn = plmns.front();
    id.cell_id = c.cell_id;
    id.name = c.name;
    return id;
}

std::vector<plmn> model::plmn_info() const { return impl_->config.plmns; }

std::vector<cell_rabs> model::rab_info() const
{
    std::vector<cell_rabs> all(impl_->cells.size());
    for (const auto& c : impl_->cells) all[c->index].cell = c->id;
    for (const auto& entry : impl_->ues) {
        const ue_state& u = entry.second;
        if (!u.in_lte() || u.bearers.empty()) continue;
        ue_rabs r{u.id, {}};
        for (const bearer& b : u.bearers) r.erabs.push_back(b.erab);
        all[u.serving->index].ues.push_back(std::move(r));
    }
    std::vector<cell_rabs> used;
    for (cell_rabs& c : all)
        if (!c.ues.empty()) used.push_back(std::move(c));
    return used;
}

std::vector<ue_s1_bearers> model::s1_bearer_info() const
{
    std::vector<ue_s1_bearers> all;
    for (const auto& entry : impl_->ues) {
        const ue_state& u = entry.second;
        if (!u.in_lte() || u.bearers.empty()) continue;
        ue_s1_bearers r{u.id, {u.serving->id}, {}};
        for (const bearer& b : u.bearers) r.bearers.push_back(b.s1);
        all.push_back(std::move(r));
    }
    return all;
}

layer2_counters model::layer2_meas() const { return impl_->counters(); }

std::vector<cell> model::cells() const
{
    std::vector<cell> all;
    for (const auto& c : impl_->cells) all.push_back(c->config);
    return all;
}

std::vector<ue_view> model::ues() const
{
    std::vector<ue_view> all;
    for (const auto& entry : impl_->ues) all.push_back(impl_->view(entry.second));
    return all;
}

std::optional<ue_view> model::find_ue(const std::string& ue) const
{
    const ue_state* u = impl_->find_ue(ue);
    if (!u) return std::nullopt;
    return impl_->view(*u);
}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE
