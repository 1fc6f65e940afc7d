// Commands for the scenario that the radio network plays.

#include "control_command.hpp"
#include "radio_control_api.hpp"
#include "refusal.hpp"
#include "regular_file.hpp"
#include "text.hpp"

namespace mecctl {

namespace {

namespace radio = mec::emulator::radio;
namespace radio_operations = mec::emulator::control::radio_operations;
using control::play_action;
using control::scenario_status;

struct file_arguments : control_options {
    std::string file;
};
struct play_arguments : control_options {
    std::optional<double> speed;
};

int show_status(bool json, const scenario_status& s)
{
    if (json) return show_json(s);
    const auto seconds = [](std::int64_t ms) {
        return std::to_string(ms / 1000) + '.' + std::to_string(ms / 100 % 10) + " s";
    };
    std::string speed = std::to_string(s.speed);
    speed.erase(speed.find_last_not_of('0') + 1);
    if (speed.back() == '.') speed.pop_back();
    std::string out = mec::internal::printable(s.name, 200) + ": " +
                      std::string(mec::json::to_string(s.state)) + " at " + seconds(s.position_ms) +
                      " of " + seconds(s.duration_ms) + ", speed " + speed + '\n';
    for (const std::string& f : s.failures) out += "  " + mec::internal::printable(f, 300) + '\n';
    return show(out);
}

radio::scenario read_file(const std::string& path)
{
    auto s = radio::read_scenario(path);
    if (!s) throw refusal(usage, s.error().what());
    return std::move(*s);
}

int check(const file_arguments& a)
{
    const radio::scenario s = read_file(a.file);
    std::size_t ues = s.ues.size();
    for (const radio::ue_group& g : s.groups) ues += g.count;
    return show(mec::internal::printable(a.file) + ": good; " + std::to_string(s.cells.size()) +
                " cells, " + std::to_string(ues) + " UEs, " + std::to_string(s.events.size()) +
                " events\n");
}

int load(const file_arguments& a, control_client& emulator)
{
    // Read here first, so that a mistake is told with the name of the file.
    const radio::scenario s = read_file(a.file);
    return show_status(a.json, emulator.send<scenario_status>(radio_operations::load_scenario, s));
}

int status(const control_options& a, control_client& emulator)
{
    return show_status(a.json, emulator.call<scenario_status>(radio_operations::get_scenario));
}

template <play_action Action> int play(const play_arguments& a, control_client& emulator)
{
    const control::play_order order{Action, a.speed};
    return show_status(a.json,
                       emulator.send<scenario_status>(radio_operations::play_scenario, order));
}

int set_speed(const play_arguments& a, control_client& emulator)
{
    const control::play_order order{std::nullopt, a.speed};
    return show_status(a.json,
                       emulator.send<scenario_status>(radio_operations::play_scenario, order));
}

} // namespace

void add_scenario(CLI::App& app, action& chosen)
{
    CLI::App* const scenario =
        app.add_subcommand("scenario", "Check a radio scenario, or let a running emulator play it");
    scenario->require_subcommand(1);

    auto checked = std::make_shared<file_arguments>();
    CLI::App* const command =
        scenario->add_subcommand("check", "Say what is wrong with a scenario file, and where");
    command->add_option("FILE", checked->file, "JSON file")->required();
    command->callback([checked, &chosen] { chosen = [checked] { return check(*checked); }; });

    auto [loading, l] = add_control_command<file_arguments>(
        *scenario, "load", "Put its network in the place of the one there is", chosen, &load);
    loading->add_option("FILE", l->file, "JSON file")->required();
    add_control_command<control_options>(*scenario, "status", "Say where it is", chosen, &status);
    auto [playing, p] = add_control_command<play_arguments>(*scenario, "play", "Play it, or go on",
                                                            chosen, &play<play_action::play>);
    playing->add_option("--speed", p->speed, "So many times as fast as in reality, 0.01 to 1000")
        ->type_name("N");
    add_control_command<play_arguments>(*scenario, "pause", "Stand still", chosen,
                                        &play<play_action::pause>);
    add_control_command<play_arguments>(*scenario, "stop", "Go back to the beginning", chosen,
                                        &play<play_action::stop>);
    auto [speeding, sp] = add_control_command<play_arguments>(
        *scenario, "speed", "Change the speed", chosen, &set_speed);
    speeding->add_option("N", sp->speed, "So many times as fast as in reality, 0.01 to 1000")
        ->required();
}

} // namespace mecctl
