#ifndef MEC_EMULATOR_RADIO_SCENARIO_HPP
#define MEC_EMULATOR_RADIO_SCENARIO_HPP

/// @file
/// A scenario: a network, who is in it, and what happens when.

#include "model.hpp"

#include <mec/core/result.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

/// Many UEs of one kind. The name of each is that of the group with a number of three or more digits;
/// their addresses and identities count up from the first.
struct ue_group {
    std::string name;
    std::uint32_t count = 1;
    std::optional<point> center;
    double radius = 100;  ///< metres; they are spread evenly over the circle
    std::string ipv4;     ///< of the first
    std::string mmec;     ///< of all
    std::string mtmsi;    ///< of the first, 8 hexadecimal digits
    std::string gtp_teid; ///< of the first, 8 hexadecimal digits
    std::vector<erab> erabs;
    std::vector<report_setting> reports;
};

enum class action : std::uint8_t {
    establish_rab,
    modify_rab,
    release_rab,
    hand_over,
    cancel_hand_over,
    move,
    measure,
    set_reports,
    add_secondary_cell,
    remove_secondary_cell,
    modify_s1_bearer,
    switch_on,
    switch_off,
    follow
};

/// What happens at a time. Which of the optional members there must be follows from the action.
struct timed_action {
    double at = 0; ///< seconds since the beginning
    radio::action action = radio::action::hand_over;
    std::string ue;
    std::optional<std::string> cell;
    std::optional<radio::erab> erab;
    std::optional<std::int32_t> erab_id;
    std::optional<ho_outcome> outcome;
    std::optional<double> rsrp; ///< dBm
    std::optional<double> rsrq; ///< dB
    std::optional<double> sinr; ///< dB
    std::optional<std::vector<report_setting>> reports;
    std::optional<std::string> sgw_address;
    std::optional<std::string> tunnel_id;
    std::optional<std::string> route;
};

struct scenario {
    std::string schema; ///< `$schema`, for editors
    std::string name;
    std::string description;
    std::uint64_t seed = 1;
    double duration = 60; ///< seconds
    bool repeat = false;  ///< begin anew at the end
    radio::network network;
    std::vector<cell> cells;
    std::vector<route> routes;
    std::vector<ue> ues;
    std::vector<ue_group> groups;
    std::vector<timed_action> events; ///< in any order
};

/// Reads and checks a scenario.
/// @param name  of the file, for errors
/// @return errc::json_syntax, errc::json_schema, errc::limit_exceeded or errc::config_invalid. The
///   endpoint of the error is `file NAME, line L, column C`, its pointer leads to what is wrong, and
///   its message says what was expected and what was there.
MEC_API result<scenario> parse_scenario(std::string_view text, const std::string& name);

/// The same for a file of at most 4 MiB; also errc::storage_error.
MEC_API result<scenario> read_scenario(const std::string& path);

/// The UEs of a group, one by one.
std::vector<ue> members_of(const ue_group& g);

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE

#endif
