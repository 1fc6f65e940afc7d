#ifndef MEC_EMULATOR_RADIO_TYPES_HPP
#define MEC_EMULATOR_RADIO_TYPES_HPP

/// @file
/// What the radio network is made of: plain values, as a scenario file states them and as events and
/// snapshots name them. Nothing here knows HTTP or the messages of MEC 012.

#include <mec/config.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

using std::chrono::milliseconds;

enum class technology : std::uint8_t { lte, nr };

struct plmn {
    std::string mcc; ///< 3 digits
    std::string mnc; ///< 2 or 3 digits

    friend bool operator==(const plmn& a, const plmn& b)
    {
        return a.mcc == b.mcc && a.mnc == b.mnc;
    }
};

/// Metres, on a flat world.
struct point {
    double x = 0;
    double y = 0;
};

/// Numbers as in MEC 012.
enum class associate_id_type : std::uint8_t {
    ue_ipv4_address = 1,
    ue_ipv6_address = 2,
    nated_ip_address = 3,
    gtp_teid = 4
};

struct associate_id {
    associate_id_type type = associate_id_type::ue_ipv4_address;
    std::string value;
};

struct temp_ue_id {
    std::string mmec;  ///< 2 hexadecimal digits
    std::string mtmsi; ///< 8 hexadecimal digits
};

/// Bit/s.
struct bit_rates {
    std::int64_t mbr_dl = 0;
    std::int64_t mbr_ul = 0;
    std::int64_t gbr_dl = 0;
    std::int64_t gbr_ul = 0;
};

struct erab {
    std::int32_t erab_id = 0; ///< 0..15
    std::int32_t qci = 9;
    std::optional<bit_rates> rates;

    bool guaranteed() const { return rates && (rates->gbr_dl > 0 || rates->gbr_ul > 0); }
};

/// One end of a GTP-U tunnel.
struct tunnel_end {
    std::string address;
    std::string tunnel_id; ///< 8 hexadecimal digits
};

/// The S1 bearer under an E-RAB.
struct s1_bearer {
    std::int32_t erab_id = 0;
    tunnel_end enb;
    tunnel_end sgw;
};

/// When a UE reports what it hears. The entering and leaving conditions are those of 3GPP TS 36.331
/// (LTE) and TS 38.331 (NR) clause 5.5.4, on RSRP. Kinds that a technology does not know rest while
/// the UE is served by it.
enum class report_kind : std::uint8_t {
    periodic,
    periodic_son,
    periodic_cgi,
    intra_periodic,
    intra_periodic_cgi,
    inter_rat_periodic,
    inter_rat_cgi,
    event_a1, ///< the serving cell is better than the threshold
    event_a2, ///< the serving cell is worse than the threshold
    event_a3, ///< a neighbour is better than the serving cell, by the offset
    event_a4, ///< a neighbour is better than the threshold
    event_a5, ///< serving worse than the threshold, a neighbour better than the second threshold
    event_a6, ///< a neighbour is better than a secondary cell, by the offset
    event_b1, ///< a neighbour of the other technology is better than the threshold
    event_b2 ///< serving worse than the threshold, one of the other technology better than the second
};

struct report_setting {
    report_kind kind = report_kind::periodic;
    std::uint32_t interval_ms = 1000; ///< of the periodic kinds; 10..3,600,000
    double threshold_dbm = -100;
    double threshold2_dbm = -100;
    double offset_db = 0;
    double hysteresis_db = 1;
    std::uint32_t time_to_trigger_ms = 0;
};

struct cell {
    std::string name;
    radio::technology technology = technology::lte;
    std::string cell_id;             ///< 28 bits (LTE) or 36 bits (NR) in hexadecimal digits
    std::optional<radio::plmn> plmn; ///< absent: the first of the network
    /// Absent: nothing is known of distances, and the cell is heard at nominal values.
    std::optional<point> position;
    double power_dbm = 46;       ///< of the whole carrier, before the antenna
    double frequency_mhz = 1800; ///< for the path loss
    std::uint32_t carrier = 0;   ///< EARFCN or NR-ARFCN; cells of one carrier disturb each other
    std::uint32_t resource_blocks = 100;
    /// Names of the cells that are reported and handed over to from here; empty: all others.
    std::vector<std::string> neighbours;
    std::string s1_address; ///< of the base station; empty: made up
};

struct ue {
    std::string name;
    std::string ipv4;
    std::string ipv6;
    std::string nated_ip;
    std::string gtp_teid;
    std::optional<radio::temp_ue_id> temp_ue_id;
    std::optional<point> position;
    std::optional<std::int32_t> height; ///< metres over sea level
    std::string cell;                   ///< that serves at first; empty: the strongest
    std::string route;                  ///< name; empty: stands still
    bool on = true;
    std::vector<erab> erabs;
    std::vector<std::string> secondary_cells;
    std::vector<report_setting> reports;
};

struct hand_over_settings {
    bool automatic = true; ///< to a neighbour that is better by the hysteresis for long enough
    double hysteresis_db = 3;
    /// UEs go over to NR cells that they hear better than this, and back to LTE when they hear their
    /// NR cell worse than this less twice the hysteresis. Absent: only when told to.
    std::optional<double> nr_threshold_dbm;
    std::uint32_t time_to_trigger_ms = 160;
    std::uint32_t preparation_ms = 60;
    std::uint32_t execution_ms = 40;
};

struct network {
    std::vector<plmn> plmns;
    hand_over_settings hand_over;
    double shadowing_db = 0;     ///< standard deviation over places; 0: none
    double fading_db = 0;        ///< standard deviation over time; 0: none
    std::uint32_t tick_ms = 100; ///< how often UEs measure; 10..10,000
    std::string sgw_address = "10.254.0.1";
};

struct route {
    std::string name;
    std::vector<point> points;
    double speed = 13.9; ///< m/s
    bool loop = false;   ///< from the last point straight to the first, for ever
};

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE

#endif
