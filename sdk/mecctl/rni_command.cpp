// Queries of radio network information, as an application makes them.

#include "radio_access.hpp"
#include "rni_watch.hpp"

#include <mec/rni/describe.hpp>

namespace mecctl {

namespace {

namespace rni = mec::rni;

struct query_arguments : control_options {
    std::vector<std::string> cells;
    std::vector<std::string> ues;
    std::optional<std::int32_t> qci;
    std::optional<std::int32_t> erab_id;
};

/// The filter that all but one query have.
template <class Query> Query filtered(const query_arguments& a)
{
    Query q;
    q.cell_id = a.cells;
    for (const std::string& address : a.ues)
        (address.find(':') == address.npos ? q.ue_ipv4_address : q.ue_ipv6_address)
            .push_back(address);
    return q;
}

template <class Number> std::string number(const std::optional<Number>& n, const char* unit = "")
{
    return n ? std::to_string(*n) + unit : "-";
}

int rab(const query_arguments& a)
{
    auto q = filtered<rni::rab_info_query>(a);
    q.qci = a.qci;
    q.erab_id = a.erab_id;
    const auto all = radio_access(a).ask<rni::rab_info>(
        [&](const rni::client& c) { return c.async_get_rab_info(std::move(q)); });
    if (a.json) return show_json(all.value_or(rni::rab_info()));
    table rows({"CELL", "UE", "E-RAB", "QCI", "GUARANTEED DOWN", "UP", "MOST DOWN", "UP"});
    if (!all) return show_table(rows, no_bearers);
    for (const auto& cell : all->cell_user_info)
        for (const auto& ue : cell.ue_info)
            for (const auto& e : ue.erab_info) {
                const auto& qos = e.erab_qos_parameters;
                const auto rate = [&](std::int64_t rni::qos_information::*of) {
                    return qos && qos->qos_information ? readable_rate((*qos->qos_information).*of)
                                                       : std::string("-");
                };
                rows.add({cell.ecgi.cell_id, ue_of(ue.associate_id), std::to_string(e.erab_id),
                          qos ? std::to_string(qos->qci) : "-",
                          rate(&rni::qos_information::erab_gbr_dl),
                          rate(&rni::qos_information::erab_gbr_ul),
                          rate(&rni::qos_information::erab_mbr_dl),
                          rate(&rni::qos_information::erab_mbr_ul)});
            }
    return show_table(rows, no_bearers);
}

int plmn(const control_options& a)
{
    const auto all = radio_access(a).ask<std::vector<rni::plmn_info>>(
        [](const rni::client& c) { return c.async_get_plmn_info(); });
    if (a.json) return show_json(all.value_or(std::vector<rni::plmn_info>()));
    table rows({"APPLICATION", "MCC", "MNC"});
    if (all)
        for (const auto& info : *all)
            for (const auto& p : info.plmn) rows.add({info.app_instance_id, p.mcc, p.mnc});
    return show_table(rows, "The application is not associated with a network.");
}

int s1(const query_arguments& a)
{
    auto q = filtered<rni::s1_bearer_info_query>(a);
    if (a.erab_id) q.erab_id.push_back(*a.erab_id);
    const auto all = radio_access(a).ask<rni::s1_bearer_info>(
        [&](const rni::client& c) { return c.async_get_s1_bearer_info(std::move(q)); });
    if (a.json) return show_json(all.value_or(rni::s1_bearer_info()));
    table rows({"UE", "CELL", "E-RAB", "ENODEB", "TUNNEL", "GATEWAY", "TUNNEL"});
    if (all)
        for (const auto& ue : all->s1_ue_info)
            for (const auto& b : ue.s1_bearer_info_detailed)
                rows.add({ue_of(ue.associate_id), ue.ecgi.empty() ? "-" : ue.ecgi.front().cell_id,
                          std::to_string(b.erab_id), b.enb_info.ip_address, b.enb_info.tunnel_id,
                          b.s_gw_info.ip_address, b.s_gw_info.tunnel_id});
    return show_table(rows, no_bearers);
}

int l2(const query_arguments& a)
{
    auto q = filtered<rni::layer2_meas_query>(a);
    const auto all = radio_access(a).ask<rni::l2_meas>(
        [&](const rni::client& c) { return c.async_get_layer2_meas(std::move(q)); });
    if (a.json) return show_json(all.value_or(rni::l2_meas()));
    table cells({"CELL", "DOWNLINK USED", "UPLINK USED", "ACTIVE UES DOWN", "UP"});
    table ues({"CELL", "UE", "DOWNLINK", "UPLINK", "DELAY DOWN", "UP", "LOST DOWN", "UP"});
    if (!all || (all->cell_info.empty() && all->cell_ue_info.empty()))
        return show("There are no measurements that are asked for.\n");
    const auto sum = [](const auto& gbr, const auto& other) {
        return gbr && other ? std::optional(*gbr + *other) : gbr ? gbr : other;
    };
    for (const auto& c : all->cell_info)
        cells.add(
            {c.ecgi.cell_id, number(c.dl_total_prb_usage_cell, " %"),
             number(c.ul_total_prb_usage_cell, " %"),
             number(sum(c.number_of_active_ue_dl_gbr_cell, c.number_of_active_ue_dl_nongbr_cell)),
             number(sum(c.number_of_active_ue_ul_gbr_cell, c.number_of_active_ue_ul_nongbr_cell))});
    const auto rate = [&](const auto& gbr, const auto& other) {
        const auto kbit = sum(gbr, other);
        return kbit ? readable_rate(*kbit * 1000) : std::string("-");
    };
    // Of the two kinds of bearers the better known: a guaranteed one, when there is one.
    const auto either = [](const auto& gbr, const auto& other, const char* unit) {
        return number(gbr ? gbr : other, unit);
    };
    for (const auto& u : all->cell_ue_info)
        ues.add({u.ecgi.cell_id, ue_of({u.associate_id}),
                 rate(u.dl_gbr_throughput_ue, u.dl_nongbr_throughput_ue),
                 rate(u.ul_gbr_throughput_ue, u.ul_nongbr_throughput_ue),
                 either(u.dl_gbr_delay_ue, u.dl_nongbr_delay_ue, " ms"),
                 either(u.ul_gbr_delay_ue, u.ul_nongbr_delay_ue, " ms"),
                 either(u.dl_gbr_pdr_ue, u.dl_nongbr_pdr_ue, " %"),
                 either(u.ul_gbr_pdr_ue, u.ul_nongbr_pdr_ue, " %")});
    const output_style style = standard_output();
    const std::string both = cells.take(style) + (ues.empty() ? "" : '\n' + ues.take(style));
    return show(both);
}

/// Adds a command that does not need an emulator.
template <class Arguments, class Run> std::pair<CLI::App*, std::shared_ptr<Arguments>>
add_query(CLI::App& parent, const char* name, const char* what, action& chosen, Run run)
{
    auto arguments = std::make_shared<Arguments>();
    CLI::App* const command = parent.add_subcommand(name, what);
    add_control_options(*command, *arguments);
    command->callback(
        [arguments, run, &chosen] { chosen = [arguments, run] { return run(*arguments); }; });
    return {command, std::move(arguments)};
}

void add_filter(CLI::App& command, query_arguments& a)
{
    command.add_option("--cell", a.cells, "Only this cell identity; may be repeated")
        ->type_name("ID");
    command.add_option("--ue", a.ues, "Only the UE with this IP address; may be repeated")
        ->type_name("ADDRESS");
}

} // namespace

void add_rni(CLI::App& app, action& chosen)
{
    CLI::App* const group = app.add_subcommand(
        "rni", "Ask for radio network information (ETSI GS MEC 012), as an application does");
    group->require_subcommand(1);
    group->footer(
        "The application is an instance of its own at the emulator of --control or "
        "MEC_EMULATOR_URL;\notherwise the one that MEC_* variables describe; otherwise an "
        "instance of its own at the\nemulator that you run.");
    const auto add = [&](const char* name, const char* what, auto run) {
        auto added = add_query<query_arguments>(*group, name, what, chosen, run);
        add_filter(*added.first, *added.second);
        return added;
    };
    const auto add_erab = [](auto& added) {
        added.first->add_option("--erab", added.second->erab_id, "Only bearers of this number")
            ->type_name("N")
            ->check(CLI::Range(0, 15));
    };
    auto bearers = add("rab", "List radio access bearers", &rab);
    add_erab(bearers);
    bearers.first->add_option("--qci", bearers.second->qci, "Only bearers of this class")
        ->type_name("N")
        ->check(CLI::Range(0, 255));
    add_query<control_options>(*group, "plmn", "List the mobile networks of the application",
                               chosen, &plmn);
    auto tunnels = add("s1", "List S1 bearers", &s1);
    add_erab(tunnels);
    add("l2", "Show layer 2 measurements of cells and UEs", &l2);
    auto [watching, w] = add_query<watch_arguments>(
        *group, "watch", "Show what happens in the radio network, until Ctrl-C", chosen, &watch);
    watching->add_option("--qci", w->qci, "Classes of bearers to be told of; may be repeated")
        ->type_name("N")
        ->check(CLI::Range(0, 255))
        ->capture_default_str();
    watching->footer("With --json every notification is a line, as the platform has sent it.");
}

} // namespace mecctl
