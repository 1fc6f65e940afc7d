#ifndef MEC_EMULATOR_RADIO_CONTROL_API_HPP
#define MEC_EMULATOR_RADIO_CONTROL_API_HPP

/// @file
/// The operations of the control interface that concern the radio network, and their bodies.

#include "control_api.hpp"
#include "radio/scenario_tables.hpp"

#include "radio/player.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace control {

struct ue_entry {
    std::string name;
    bool on = false;
    std::optional<std::string> cell; ///< names of cells are those in the scenario
    std::vector<std::string> secondary_cells;
    std::vector<std::string> addresses;
    std::optional<radio::point> position;
    double speed = 0;           ///< m/s
    std::optional<double> rsrp; ///< dBm, of the serving cell
    std::optional<double> rsrq; ///< dB
    std::optional<double> sinr; ///< dB
    std::optional<std::uint32_t> timing_advance;
    std::vector<radio::erab> erabs;
};

struct cell_entry {
    std::string name;
    radio::technology technology = radio::technology::lte;
    std::string cell_id;
    radio::plmn plmn;
    std::optional<radio::point> position;
    std::uint32_t ues = 0;
    std::int64_t dl_usage = 0; ///< percent of the resource blocks
    std::int64_t ul_usage = 0;
};

struct move_order {
    std::string cell;
};

/// Nothing but a cell, or nothing at all: what the model says counts again.
struct measure_order {
    std::optional<std::string> cell; ///< absent: the one that serves the UE
    std::optional<double> rsrp;
    std::optional<double> rsrq;
    std::optional<double> sinr;
};

struct scenario_status {
    std::string name;
    radio::play_state state = radio::play_state::stopped;
    std::int64_t position_ms = 0;
    std::int64_t duration_ms = 0;
    double speed = 1;
    std::uint64_t rounds = 0;
    std::vector<std::string> failures;
};

enum class play_action { play, pause, stop };

struct play_order {
    std::optional<play_action> action;
    std::optional<double> speed;
};

} // namespace control
} // namespace emulator

namespace json {

template <> struct describe<emulator::control::ue_entry> {
    using type = emulator::control::ue_entry;
    static constexpr auto value = object(
        "UeState", field<&type::name>("name"), field<&type::on>("on"), field<&type::cell>("cell"),
        field<&type::secondary_cells>("secondaryCells"), field<&type::addresses>("addresses"),
        field<&type::position>("position"), field<&type::speed>("speed"),
        field<&type::rsrp>("rsrpDbm"), field<&type::rsrq>("rsrqDb"), field<&type::sinr>("sinrDb"),
        field<&type::timing_advance>("timingAdvance"), field<&type::erabs>("erabs"));
};

template <> struct describe<emulator::control::cell_entry> {
    using type = emulator::control::cell_entry;
    static constexpr auto value =
        object("CellState", field<&type::name>("name"), field<&type::technology>("technology"),
               field<&type::cell_id>("cellId"), field<&type::plmn>("plmn"),
               field<&type::position>("position"), field<&type::ues>("ues"),
               field<&type::dl_usage>("dlUsagePercent"), field<&type::ul_usage>("ulUsagePercent"));
};

template <> struct describe<emulator::control::move_order> {
    static constexpr auto value =
        object("MoveOrder", field<&emulator::control::move_order::cell>("cell"));
};

template <> struct describe<emulator::control::measure_order> {
    using type = emulator::control::measure_order;
    static constexpr auto value =
        object("MeasureOrder", field<&type::cell>("cell"), field<&type::rsrp>("rsrpDbm"),
               field<&type::rsrq>("rsrqDb"), field<&type::sinr>("sinrDb"));
};

template <> struct describe<emulator::radio::play_state> {
    using e = emulator::radio::play_state;
    static constexpr auto value = enumeration(
        "PlayState", json::value(e::stopped, "STOPPED"), json::value(e::playing, "PLAYING"),
        json::value(e::paused, "PAUSED"), json::value(e::ended, "ENDED"));
};

template <> struct describe<emulator::control::scenario_status> {
    using type = emulator::control::scenario_status;
    static constexpr auto value =
        object("ScenarioStatus", field<&type::name>("name"), field<&type::state>("state"),
               field<&type::position_ms>("positionMilliseconds"),
               field<&type::duration_ms>("durationMilliseconds"), field<&type::speed>("speed"),
               field<&type::rounds>("rounds"), field<&type::failures>("failures"));
};

template <> struct describe<emulator::control::play_action> {
    using e = emulator::control::play_action;
    static constexpr auto value =
        enumeration("PlayAction", json::value(e::play, "PLAY"), json::value(e::pause, "PAUSE"),
                    json::value(e::stop, "STOP"));
};

template <> struct describe<emulator::control::play_order> {
    using type = emulator::control::play_order;
    static constexpr auto value =
        object("PlayOrder", field<&type::action>("action"), field<&type::speed>("speed"));
};

} // namespace json

namespace emulator {
namespace control {
namespace radio_operations {

using m = http::method;
using operations::body_of;

inline constexpr auto list_ues = operation("emulator.list_ues", m::get, "/radio/ues", 200, nullptr,
                                           body_of<std::vector<ue_entry>>);
inline constexpr auto get_ue =
    operation("emulator.get_ue", m::get, "/radio/ues/{ue}", 200, nullptr, body_of<ue_entry>);
inline constexpr auto move_ue = operation("emulator.move_ue", m::put, "/radio/ues/{ue}/cell", 200,
                                          body_of<move_order>, body_of<ue_entry>);
inline constexpr auto measure_ue =
    operation("emulator.measure_ue", m::put, "/radio/ues/{ue}/measurement", 200,
              body_of<measure_order>, body_of<ue_entry>);
inline constexpr auto list_cells = operation("emulator.list_cells", m::get, "/radio/cells", 200,
                                             nullptr, body_of<std::vector<cell_entry>>);
inline constexpr auto get_scenario = operation("emulator.get_scenario", m::get, "/radio/scenario",
                                               200, nullptr, body_of<scenario_status>);
inline constexpr auto load_scenario =
    operation("emulator.load_scenario", m::put, "/radio/scenario", 200, body_of<radio::scenario>,
              body_of<scenario_status>);
inline constexpr auto play_scenario =
    operation("emulator.play_scenario", m::patch, "/radio/scenario", 200, body_of<play_order>,
              body_of<scenario_status>);

inline constexpr http::operation all[] = {list_ues,   get_ue,       move_ue,       measure_ue,
                                          list_cells, get_scenario, load_scenario, play_scenario};

} // namespace radio_operations

inline constexpr http::api radio_api{control_base, radio_operations::all,
                                     std::size(radio_operations::all)};

} // namespace control
} // namespace emulator
MEC_END_NAMESPACE

#endif
