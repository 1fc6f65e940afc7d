#include "radio_control.hpp"

#include "operations.hpp"
#include "radio_control_api.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using namespace control;

constexpr const char* nothing_loaded =
    "no scenario is loaded; load one with PUT .../radio/scenario or `mecctl scenario load FILE`";

answer refused(const error& e)
{
    const int status = e == errc::not_found ? 404 : e == errc::conflict ? 409 : 400;
    return problem(status, e.info().message);
}

ue_entry to_entry(const radio::ue_view& v)
{
    ue_entry e;
    e.name = v.ue.name;
    e.on = v.on;
    if (v.cell) e.cell = v.cell->name;
    for (const auto& c : v.secondary_cells) e.secondary_cells.push_back(c.name);
    for (const auto& a : v.ue.associate_ids) e.addresses.push_back(a.value);
    e.position = v.position;
    e.speed = v.speed;
    if (v.heard) {
        e.rsrp = v.heard->rsrp;
        e.rsrq = v.heard->rsrq;
        e.sinr = v.heard->sinr;
    }
    e.timing_advance = v.timing_advance;
    e.erabs = v.erabs;
    return e;
}

scenario_status status_of(const radio::player& p)
{
    return {p.content().name, p.state(),  p.position().count(), p.duration().count(),
            p.speed(),        p.rounds(), p.failures()};
}

/// Does something to the UE of the path and answers what has become of it.
template <class Order, class Act> answer change_ue(platform_state& s, call& c, Act act)
{
    if (!s.player) return problem(409, nothing_loaded);
    Order order;
    if (error e = json::decode(c.request.body, order, decoding(s))) return bad_body(e);
    radio::model& network = s.player->model();
    const std::string ue(c["ue"]);
    if (error e = act(network, ue, order)) return refused(e);
    return described_answer(200, to_entry(*network.find_ue(ue)));
}

answer list_ues(platform_state& s, call&)
{
    std::vector<ue_entry> all;
    if (s.player)
        for (const radio::ue_view& v : s.player->model().ues()) all.push_back(to_entry(v));
    return described_answer(200, all);
}

answer get_ue(platform_state& s, call& c)
{
    if (!s.player) return problem(409, nothing_loaded);
    const auto found = s.player->model().find_ue(std::string(c["ue"]));
    return found ? described_answer(200, to_entry(*found)) : problem(404, "there is no such UE");
}

answer move_ue(platform_state& s, call& c)
{
    return change_ue<move_order>(s, c, [](auto& network, const auto& ue, const auto& order) {
        return network.move_ue(ue, order.cell);
    });
}

answer measure_ue(platform_state& s, call& c)
{
    return change_ue<measure_order>(s, c, [](auto& network, const auto& ue, const auto& order) {
        return network.measure(ue, order.cell.value_or(""), {order.rsrp, order.rsrq, order.sinr});
    });
}

answer list_cells(platform_state& s, call&)
{
    std::vector<cell_entry> all;
    if (!s.player) return described_answer(200, all);
    const radio::model& network = s.player->model();
    const auto load = network.layer2_meas();
    std::map<std::string, std::uint32_t> served;
    for (const radio::ue_view& v : network.ues())
        if (v.cell) ++served[v.cell->name];
    for (const radio::cell& c : network.cells()) {
        cell_entry e;
        e.name = c.name;
        e.technology = c.technology;
        e.cell_id = c.cell_id;
        e.plmn = network.identity_of(c).plmn;
        e.position = c.position;
        e.ues = served[c.name];
        e.dl_usage = load.cells[all.size()].total_prb_usage.dl;
        e.ul_usage = load.cells[all.size()].total_prb_usage.ul;
        all.push_back(std::move(e));
    }
    return described_answer(200, all);
}

answer get_scenario(platform_state& s, call&)
{
    if (!s.player) return problem(404, nothing_loaded);
    return described_answer(200, status_of(*s.player));
}

answer load_scenario(platform_state& s, call& c)
{
    auto read = radio::parse_scenario(c.request.body, "of the request");
    if (!read) return problem(400, read.error().what());
    set_scenario(s, std::move(*read));
    return described_answer(200, status_of(*s.player));
}

answer change_play(platform_state& s, call& c)
{
    if (!s.player) return problem(409, nothing_loaded);
    play_order order;
    if (error e = json::decode(c.request.body, order, decoding(s))) return bad_body(e);
    const steady_time now = s.options.clock->now();
    if (order.speed)
        if (error e = s.player->set_speed(*order.speed, now)) return refused(e);
    if (order.action == play_action::play) s.player->play(now);
    if (order.action == play_action::pause) s.player->pause(now);
    if (order.action == play_action::stop) s.player->stop();
    return described_answer(200, status_of(*s.player));
}

constexpr binding bindings[] = {
    {radio_operations::list_ues.name, &list_ues},
    {radio_operations::get_ue.name, &get_ue},
    {radio_operations::move_ue.name, &move_ue},
    {radio_operations::measure_ue.name, &measure_ue},
    {radio_operations::list_cells.name, &list_cells},
    {radio_operations::get_scenario.name, &get_scenario},
    {radio_operations::load_scenario.name, &load_scenario},
    {radio_operations::play_scenario.name, &change_play},
};
static_assert(std::size(bindings) == std::size(radio_operations::all), "every operation is bound");

} // namespace

void add_radio_control(router& r) { r.add("", radio_api, bindings, access::controller); }

error no_scenario() { return {errc::conflict, "no scenario is loaded"}; }

void set_scenario(platform_state& s, radio::scenario content)
{
    if (s.player) {
        radio::model& before = s.player->model();
        for (const radio::ue_view& v : before.ues()) before.switch_ue(v.ue.name, false);
    }
    s.player = std::make_unique<radio::player>(std::move(content), [&s](const radio::event& e) {
        if (s.on_radio) s.on_radio(e);
    });
}

error play_scenario(platform_state& s, std::optional<double> speed)
{
    if (!s.player) return no_scenario();
    const steady_time now = s.options.clock->now();
    if (speed)
        if (error e = s.player->set_speed(*speed, now)) return e;
    s.player->play(now);
    return {};
}

} // namespace emulator
MEC_END_NAMESPACE
