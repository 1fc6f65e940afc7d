#ifndef MEC_EMULATOR_RADIO_EVENTS_HPP
#define MEC_EMULATOR_RADIO_EVENTS_HPP

/// @file
/// What happens in the radio network. Each event holds everything that the notification of MEC 012
/// for it says, in the values of the standard; signal levels are the reported values of 3GPP
/// TS 36.133 (LTE) and TS 38.133 (NR).

#include "types.hpp"

#include <variant>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

/// An Ecgi or an NRcgi.
struct cell_identity {
    radio::technology technology = technology::lte;
    radio::plmn plmn;
    std::string cell_id;
    std::string name; ///< in the scenario
};

struct ue_identity {
    std::string name; ///< in the scenario
    std::vector<associate_id> associate_ids;
    std::optional<radio::temp_ue_id> temp_ue_id;
};

/// Numbers as in MEC 012.
enum class ho_status : std::uint8_t {
    in_preparation = 1,
    in_execution = 2,
    completed = 3,
    rejected = 4,
    cancelled = 5
};
enum class s1_event : std::uint8_t { establish = 1, modify = 2, release = 3 };

/// What a UE hears of an LTE cell. The extended values are there only outside the range of the
/// others.
struct lte_values {
    int rsrp = 0; ///< 0..97
    std::optional<int> rsrp_ex;
    int rsrq = 0; ///< 0..34
    std::optional<int> rsrq_ex;
    int sinr = 0; ///< 0..127
};

/// What a UE hears of an NR cell; each 0..127.
struct nr_values {
    int rsrp = 0;
    int rsrq = 0;
    int sinr = 0;
};

/// A beam of an NR cell.
struct ssb_values {
    int index = 0; ///< 0..63
    nr_values values;
};

struct lte_neighbour {
    cell_identity cell;
    lte_values values;
};
struct nr_neighbour {
    cell_identity cell;
    nr_values values;
    std::vector<ssb_values> beams;
};

/// An LTE secondary cell and the best neighbour on its carrier.
struct carrier_measurement {
    cell_identity secondary;
    lte_values values;
    std::optional<lte_neighbour> neighbour;
};

/// An NR secondary cell of a UE that is served by LTE, and the best neighbour on its carrier.
struct nr_carrier_measurement {
    std::uint32_t carrier = 0; ///< NR-ARFCN
    nr_neighbour secondary;
    std::optional<nr_neighbour> neighbour;
};

/// An NR serving cell (the primary first) and the best neighbour on its carrier.
struct nr_serving_cell {
    nr_neighbour cell;
    std::optional<nr_neighbour> neighbour;
};

struct cell_change {
    ue_identity ue;
    cell_identity source;
    std::vector<cell_identity> targets; ///< one when in execution or completed, at least one else
    ho_status status = ho_status::completed;
};

struct rab_established {
    ue_identity ue;
    cell_identity cell;
    radio::erab erab;
};
struct rab_modified {
    ue_identity ue;
    cell_identity cell;
    radio::erab erab;              ///< as it is now
    std::int32_t previous_qci = 0; ///< filters may name either
};
struct rab_released {
    ue_identity ue;
    cell_identity cell;
    radio::erab erab; ///< as it was; the notification says the id only, filters ask for the QCI
};

/// From a UE that LTE serves.
struct measurement_report {
    ue_identity ue;
    cell_identity cell; ///< primary
    int trigger = 0;    ///< Trigger of MEC 012; 0 for a report that was asked for by hand
    lte_values values;
    std::optional<int> height;
    std::vector<lte_neighbour> neighbours; ///< the strongest first
    std::vector<carrier_measurement> carriers;
    std::vector<nr_carrier_measurement> nr_carriers;
    std::vector<nr_neighbour> nr_neighbours; ///< the strongest first
};

/// From a UE that NR serves. Only one of the lists of neighbours has elements.
struct nr_measurement_report {
    ue_identity ue;
    cell_identity cell; ///< primary
    int trigger = 0;    ///< TriggerNr of MEC 012; 0 for a report that was asked for by hand
    std::vector<nr_serving_cell> serving;
    std::vector<nr_neighbour> neighbours;      ///< the strongest first
    std::vector<lte_neighbour> lte_neighbours; ///< the strongest first
};

/// LTE only.
struct timing_advance_changed {
    ue_identity ue;
    cell_identity cell;
    std::uint32_t timing_advance = 0; ///< 0..7690, 3GPP TS 36.133 table 9.1.10-1
};

struct carriers_reconfigured {
    ue_identity ue;
    cell_identity cell; ///< primary
    std::vector<cell_identity> added;
    std::vector<cell_identity> removed;
    std::vector<carrier_measurement> carriers; ///< of the secondary cells that there are now
};

struct s1_bearers_changed {
    s1_event what = s1_event::establish;
    ue_identity ue;
    std::vector<cell_identity> cells;
    std::vector<s1_bearer> bearers;
};

struct event {
    milliseconds at{0}; ///< since the model began
    std::variant<cell_change, rab_established, rab_modified, rab_released, measurement_report,
                 nr_measurement_report, timing_advance_changed, carriers_reconfigured,
                 s1_bearers_changed>
        what;
};

/// @name What queries ask for
/// @{
struct ue_rabs {
    ue_identity ue;
    std::vector<erab> erabs;
};
struct cell_rabs {
    cell_identity cell;
    std::vector<ue_rabs> ues;
};

struct ue_s1_bearers {
    ue_identity ue;
    std::vector<cell_identity> cells;
    std::vector<s1_bearer> bearers;
};

/// A value for downlink and uplink.
struct both_ways {
    std::int64_t dl = 0;
    std::int64_t ul = 0;
};

/// Counters of 3GPP TS 36.314; in percent where nothing else is said.
struct cell_counters {
    cell_identity cell;
    both_ways gbr_prb_usage;
    both_ways nongbr_prb_usage;
    both_ways total_prb_usage;
    std::int64_t received_dedicated_preambles = 0;
    std::int64_t received_random_preambles_low = 0;
    std::int64_t received_random_preambles_high = 0;
    both_ways active_ues_gbr; ///< UEs
    both_ways active_ues_nongbr;
    both_ways gbr_pdr; ///< packet discard rate
    both_ways nongbr_pdr;
};

struct ue_counters {
    cell_identity cell;
    ue_identity ue;
    both_ways gbr_delay; ///< ms
    both_ways nongbr_delay;
    both_ways gbr_pdr;
    both_ways nongbr_pdr;
    both_ways gbr_throughput; ///< kbit/s
    both_ways nongbr_throughput;
    both_ways gbr_data_volume; ///< kbit since the UE came to the cell
    both_ways nongbr_data_volume;
};

struct layer2_counters {
    std::vector<cell_counters> cells;
    std::vector<ue_counters> ues;
};
/// @}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE

#endif
