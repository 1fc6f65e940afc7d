#include "model_impl.hpp"

#include <algorithm>
#include <cstdio>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

namespace {

bearer* find_bearer(ue_state& u, std::int32_t erab_id)
{
    for (bearer& b : u.bearers)
        if (b.erab.erab_id == erab_id) return &b;
    return nullptr;
}

std::vector<s1_bearer> s1_bearers_of(const ue_state& u)
{
    std::vector<s1_bearer> all;
    for (const bearer& b : u.bearers) all.push_back(b.s1);
    return all;
}

error check(const erab& e)
{
    if (e.erab_id < 0 || e.erab_id > 15)
        return {errc::config_invalid, "the id of an E-RAB must be 0 to 15"};
    if (e.qci < 0 || e.qci > 255) return {errc::config_invalid, "a QCI must be 0 to 255"};
    if (!e.rates) return {};
    for (const std::int64_t rate :
         {e.rates->mbr_dl, e.rates->mbr_ul, e.rates->gbr_dl, e.rates->gbr_ul})
        if (rate < 0 || rate > 10'000'000'000)
            return {errc::config_invalid, "a bit rate must be 0 to 10,000,000,000 bit/s"};
    return {};
}

error no_rab() { return {errc::not_found, "the UE has no E-RAB of that id"}; }

} // namespace

void model::impl::make_tunnel(ue_state& u, bearer& b)
{
    const auto hex = [](std::uint32_t n) {
        char text[9];
        std::snprintf(text, sizeof text, "%08x", n);
        return std::string(text);
    };
    b.s1.erab_id = b.erab.erab_id;
    b.s1.enb = {u.serving->config.s1_address, hex(++last_tunnel)};
    if (b.s1.sgw.address.empty()) b.s1.sgw = {config.sgw_address, hex(++last_tunnel)};
}

void model::impl::s1(s1_event what, const ue_state& u, const cell_state& at,
                     std::vector<s1_bearer> list)
{
    if (!list.empty()) emit(s1_bearers_changed{what, u.id, {at.id}, std::move(list)});
}

void model::impl::establish_all(ue_state& u)
{
    for (bearer& b : u.bearers) {
        make_tunnel(u, b);
        emit(rab_established{u.id, u.serving->id, b.erab});
    }
    s1(s1_event::establish, u, *u.serving, s1_bearers_of(u));
}

void model::impl::release_all(ue_state& u, const cell_state& at)
{
    for (bearer& b : u.bearers) emit(rab_released{u.id, at.id, b.erab});
    s1(s1_event::release, u, at, s1_bearers_of(u));
    for (bearer& b : u.bearers) b.s1 = {};
}

void model::impl::switch_paths(ue_state& u)
{
    for (bearer& b : u.bearers) make_tunnel(u, b);
    s1(s1_event::modify, u, *u.serving, s1_bearers_of(u));
}

void model::impl::reconfigured(ue_state& u, std::vector<cell_identity> added,
                               std::vector<cell_identity> removed)
{
    emit(carriers_reconfigured{u.id, u.serving->id, std::move(added), std::move(removed),
                               carriers_of(u)});
}

void model::impl::remove_all_carriers(ue_state& u)
{
    if (u.secondary.empty()) return;
    std::vector<cell_identity> removed;
    for (const cell_state* c : u.secondary) removed.push_back(c->id);
    u.secondary.clear();
    if (u.in_lte()) reconfigured(u, {}, std::move(removed));
}

error model::set_rab(const std::string& ue, const erab& wanted)
{
    ue_state* u = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    return find_bearer(*u, wanted.erab_id) ? modify_rab(ue, wanted) : establish_rab(ue, wanted);
}

error model::establish_rab(const std::string& ue, const erab& wanted)
{
    ue_state* u = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    if (error e = check(wanted)) return e;
    if (find_bearer(*u, wanted.erab_id))
        return {errc::conflict, "the UE has an E-RAB of that id already"};
    if (u->bearers.size() >= most_erabs)
        return {errc::limit_exceeded, "a UE has at most 11 E-RABs"};
    u->bearers.push_back({wanted, {}});
    if (!u->in_lte()) return {};
    bearer& b = u->bearers.back();
    impl_->make_tunnel(*u, b);
    impl_->emit(rab_established{u->id, u->serving->id, wanted});
    impl_->s1(s1_event::establish, *u, *u->serving, {b.s1});
    return {};
}

error model::modify_rab(const std::string& ue, const erab& wanted)
{
    ue_state* u = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    if (error e = check(wanted)) return e;
    bearer* b = find_bearer(*u, wanted.erab_id);
    if (!b) return no_rab();
    const std::int32_t before = b->erab.qci;
    b->erab = wanted;
    if (u->in_lte()) impl_->emit(rab_modified{u->id, u->serving->id, wanted, before});
    return {};
}

error model::release_rab(const std::string& ue, std::int32_t erab_id)
{
    ue_state* u = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    bearer* b = find_bearer(*u, erab_id);
    if (!b) return no_rab();
    const bearer gone = *b;
    u->bearers.erase(u->bearers.begin() + (b - u->bearers.data()));
    if (!u->in_lte()) return {};
    impl_->emit(rab_released{u->id, u->serving->id, gone.erab});
    impl_->s1(s1_event::release, *u, *u->serving, {gone.s1});
    return {};
}

error model::modify_s1_bearer(const std::string& ue, std::int32_t erab_id, tunnel_end sgw)
{
    ue_state* u = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    bearer* b = find_bearer(*u, erab_id);
    if (!b) return no_rab();
    if (!u->in_lte()) return {errc::conflict, "the UE is not served by LTE: it has no S1 bearers"};
    b->s1.sgw = std::move(sgw);
    impl_->s1(s1_event::modify, *u, *u->serving, {b->s1});
    return {};
}

error model::add_secondary_cell(const std::string& ue, const std::string& cell)
{
    ue_state* u = nullptr;
    cell_state* c = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    if (error e = impl_->find(cell, c)) return e;
    if (!u->in_lte())
        return {errc::conflict, "only a UE that LTE serves can be given secondary cells"};
    const auto& all = u->secondary;
    if (c == u->serving || std::find(all.begin(), all.end(), c) != all.end())
        return {errc::conflict, "the cell serves the UE already"};
    if (c->layer == u->serving->layer)
        return {errc::conflict, "a secondary cell must be on another carrier than the primary"};
    if (all.size() >= most_secondary_cells)
        return {errc::limit_exceeded, "a UE has at most 4 secondary cells"};
    u->secondary.push_back(c);
    impl_->reconfigured(*u, {c->id}, {});
    return {};
}

error model::remove_secondary_cell(const std::string& ue, const std::string& cell)
{
    ue_state* u = nullptr;
    cell_state* c = nullptr;
    if (error e = impl_->find(ue, u)) return e;
    if (error e = impl_->find(cell, c)) return e;
    const auto at = std::find(u->secondary.begin(), u->secondary.end(), c);
    if (at == u->secondary.end()) return {errc::conflict, "it is no secondary cell of the UE"};
    u->secondary.erase(at);
    impl_->reconfigured(*u, {}, {c->id});
    return {};
}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE
