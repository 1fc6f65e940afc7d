#include "control_command.hpp"
#include "nearest.hpp"
#include "refusal.hpp"
#include "text.hpp"

namespace mecctl {

namespace {

using control::quirk_map;

struct quirks_arguments : control_options {
    std::vector<std::string> changes;
};

struct profile_arguments : control_options {
    std::string name;
};

std::string meaning_of(const std::string& name)
{
    for (const auto& q : mec::emulator::all_quirks())
        if (q.name == name) return std::string(q.what);
    return "";
}

int show_quirks(const quirk_map& all, bool only_those_on, bool json)
{
    if (json) return show_json(all);
    table rows({"QUIRK", "STATE", "MEANING"});
    for (const auto& [name, on] : all)
        if (on || !only_those_on)
            rows.add({name, on ? cell("on", colour::yellow) : cell("off", colour::grey),
                      meaning_of(name)});
    return show_table(rows, "All quirks are off: the platform keeps to the text of the standard.");
}

quirk_map parse_changes(const std::vector<std::string>& changes, const quirk_map& known)
{
    std::vector<std::string> names;
    for (const auto& one : known) names.push_back(one.first);
    quirk_map wanted;
    for (const std::string& change : changes) {
        const auto equals = change.find('=');
        const std::string name = change.substr(0, equals);
        const std::string state = equals == change.npos ? "" : change.substr(equals + 1);
        if (state != "on" && state != "off")
            throw refusal(usage,
                          mec::internal::printable(change, 200) + ": expected NAME=on or NAME=off");
        if (known.count(name) == 0)
            throw refusal(usage, "unknown quirk " + mec::internal::printable(name, 200) +
                                     suggestion(name, names) + "\n  see `mecctl quirks`");
        wanted[name] = state == "on";
    }
    return wanted;
}

int quirks(const quirks_arguments& a, control_client& emulator)
{
    const auto known = emulator.call<quirk_map>(operations::get_quirks);
    if (a.changes.empty()) return show_quirks(known, false, a.json);
    const auto wanted = parse_changes(a.changes, known);
    const auto now = emulator.send<quirk_map>(operations::change_quirks, wanted);
    return show_quirks(now, true, a.json);
}

int set_profile(const profile_arguments& a, control_client& emulator)
{
    const auto now =
        emulator.send<quirk_map>(operations::set_profile, control::profile_order{a.name});
    return show_quirks(now, true, a.json);
}

} // namespace

void add_quirks(CLI::App& app, action& chosen)
{
    auto [command, a] = add_control_command<quirks_arguments>(
        app, "quirks", "Show how the platform deviates from the standard, or change it", chosen,
        &quirks);
    command->add_option("CHANGE", a->changes, "NAME=on or NAME=off; without any, all are listed")
        ->type_name("NAME=on|off");
    command->footer("For example:  mecctl quirks no_rules=on ready_first=on");
    auto [profile, p] = add_control_command<profile_arguments>(
        app, "profile", "Deviate as a real platform does", chosen, &set_profile);
    profile->add_option("NAME", p->name, "strict, advantedge, edgegallery or netedge")->required();
}

} // namespace mecctl
