// Commands for the UEs and cells of the radio network.

#include "control_command.hpp"
#include "radio_control_api.hpp"
#include "text.hpp"

#include <cmath>

namespace mecctl {

namespace {

namespace radio_operations = mec::emulator::control::radio_operations;
using control::cell_entry;
using control::ue_entry;

struct ue_arguments : control_options {
    std::string ue;
    std::string cell;
    std::optional<double> rsrp;
    std::optional<double> rsrq;
    std::optional<double> sinr;
};

std::string rounded(const std::optional<double>& value, const char* unit)
{
    return value ? std::to_string(std::lround(*value)) + unit : "-";
}

std::string place_of(const std::optional<mec::emulator::radio::point>& p)
{
    return p ? rounded(p->x, "") + ", " + rounded(p->y, " m") : "-";
}

int list_ues(const control_options& a, control_client& emulator)
{
    const auto all = emulator.call<std::vector<ue_entry>>(radio_operations::list_ues);
    if (a.json) return show_json(all);
    table rows({"UE", "CELL", "RSRP", "SINR", "PLACE", "SPEED", "E-RABS", "ADDRESS"});
    for (const ue_entry& u : all)
        rows.add({u.name, u.on ? cell(u.cell.value_or("-")) : cell("off", colour::yellow),
                  rounded(u.rsrp, " dBm"), rounded(u.sinr, " dB"), place_of(u.position),
                  rounded(u.speed, " m/s"), std::to_string(u.erabs.size()),
                  u.addresses.empty() ? "-" : u.addresses.front()});
    return show_table(rows, "There are no UEs. Load a scenario with `mecctl scenario load FILE`, "
                            "or start the emulator with --scenario FILE.");
}

int list_cells(const control_options& a, control_client& emulator)
{
    const auto all = emulator.call<std::vector<cell_entry>>(radio_operations::list_cells);
    if (a.json) return show_json(all);
    table rows({"CELL", "KIND", "PLMN", "CELL ID", "PLACE", "UES", "DOWNLINK", "UPLINK"});
    for (const cell_entry& c : all)
        rows.add({c.name, std::string(mec::json::to_string(c.technology)),
                  c.plmn.mcc + '-' + c.plmn.mnc, c.cell_id, place_of(c.position),
                  std::to_string(c.ues), std::to_string(c.dl_usage) + " %",
                  std::to_string(c.ul_usage) + " %"});
    return show_table(rows, "There are no cells. Load a scenario with `mecctl scenario load FILE`, "
                            "or start the emulator with --scenario FILE.");
}

int show_ue(const ue_arguments& a, const ue_entry& u)
{
    if (a.json) return show_json(u);
    std::string out;
    const auto line = [&](const char* name, const std::string& value) {
        out += std::string(name) + mec::internal::printable(value, 200) + '\n';
    };
    line("UE              ", u.name);
    line("cell            ", u.on ? u.cell.value_or("-") : "off");
    for (const std::string& c : u.secondary_cells) line("secondary cell  ", c);
    for (const std::string& address : u.addresses) line("identity        ", address);
    line("place           ", place_of(u.position));
    line("speed           ", rounded(u.speed, " m/s"));
    line("RSRP            ", rounded(u.rsrp, " dBm"));
    line("RSRQ            ", rounded(u.rsrq, " dB"));
    line("SINR            ", rounded(u.sinr, " dB"));
    if (u.timing_advance) line("timing advance  ", std::to_string(*u.timing_advance));
    for (const auto& e : u.erabs)
        line("E-RAB           ", std::to_string(e.erab_id) + ", QCI " + std::to_string(e.qci));
    return show(out);
}

int get_ue(const ue_arguments& a, control_client& emulator)
{
    return show_ue(a, emulator.call<ue_entry>(radio_operations::get_ue, a.ue));
}

int move_ue(const ue_arguments& a, control_client& emulator)
{
    const control::move_order order{a.cell};
    return show_ue(a, emulator.send<ue_entry>(radio_operations::move_ue, order, a.ue));
}

int measure_ue(const ue_arguments& a, control_client& emulator)
{
    control::measure_order order{std::nullopt, a.rsrp, a.rsrq, a.sinr};
    if (!a.cell.empty()) order.cell = a.cell;
    return show_ue(a, emulator.send<ue_entry>(radio_operations::measure_ue, order, a.ue));
}

} // namespace

void add_radio(CLI::App& app, action& chosen)
{
    CLI::App* const ue = app.add_subcommand("ue", "Show and change the UEs of the radio network");
    ue->require_subcommand(1);
    add_control_command<control_options>(*ue, "ls", "List them", chosen, &list_ues);
    const auto add = [&](const char* name, const char* what, auto run) {
        auto added = add_control_command<ue_arguments>(*ue, name, what, chosen, run);
        added.first->add_option("UE", added.second->ue, "Its name in the scenario")->required();
        return added;
    };
    add("show", "Show one", &get_ue);
    auto [move, moved] =
        add("move", "Hand one over to a cell, near which it then stands", &move_ue);
    move->add_option("CELL", moved->cell, "Name of the cell")->required();
    auto [measure, m] = add(
        "measure", "Let one hear a cell like this, and report it; without levels, as it is again",
        &measure_ue);
    measure->add_option("--cell", m->cell, "Name of the cell, if not the one that serves the UE")
        ->type_name("CELL");
    measure->add_option("--rsrp", m->rsrp, "-200 to 100 dBm")->type_name("DBM");
    measure->add_option("--rsrq", m->rsrq, "dB")->type_name("DB");
    measure->add_option("--sinr", m->sinr, "dB")->type_name("DB");

    CLI::App* const cells = app.add_subcommand("cell", "Show the cells of the radio network");
    cells->require_subcommand(1);
    add_control_command<control_options>(*cells, "ls", "List them", chosen, &list_cells);
}

} // namespace mecctl
