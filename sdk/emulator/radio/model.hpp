#ifndef MEC_EMULATOR_RADIO_MODEL_HPP
#define MEC_EMULATOR_RADIO_MODEL_HPP

/// @file
/// A radio network that lives: UEs move, measure, report and are handed over. Time comes from
/// outside, and the same calls at the same times give the same events, whatever the steps.

#include "events.hpp"
#include "motion.hpp"
#include "propagation.hpp"

#include <mec/core/error.hpp>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <tuple>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

enum class ho_outcome : std::uint8_t { complete, reject, cancel };

/// Levels that count instead of what the path-loss model says; those that are absent do not.
struct forced_levels {
    std::optional<double> rsrp; ///< dBm
    std::optional<double> rsrq; ///< dB
    std::optional<double> sinr; ///< dB
};

/// A UE now, for people.
struct ue_view {
    ue_identity ue;
    bool on = false;
    std::optional<cell_identity> cell; ///< absent when it is off
    std::vector<cell_identity> secondary_cells;
    std::optional<point> position;
    double speed = 0; ///< m/s
    std::vector<erab> erabs;
    std::optional<levels> heard; ///< of the serving cell
    std::optional<std::uint32_t> timing_advance;
};

/// Not thread-safe. Functions that give an error have then changed nothing: errc::not_found for a
/// name that is unknown, errc::conflict when the state forbids it, errc::config_invalid for values
/// that are not possible, errc::limit_exceeded.
class MEC_API model {
public:
    using listener = std::function<void(const event&)>;

    static constexpr std::size_t most_cells = 500;
    static constexpr std::size_t most_ues = 10'000;
    static constexpr std::size_t most_erabs = 11;          ///< of a UE (TS 36.300: 11 bearers)
    static constexpr std::size_t most_secondary_cells = 4; ///< of a UE (carrier aggregation)
    static constexpr std::size_t most_reports = 16;        ///< settings of a UE
    static constexpr std::size_t most_neighbours = 8; ///< in a report (TS 36.331 maxCellReport)

    explicit model(network n = {}, std::uint64_t seed = 1);
    ~model();
    model(model&&) noexcept;
    model& operator=(model&&) noexcept;

    /// Called for every event, in order, within the function that causes it. It must not call the
    /// model's functions that change something. The one there was before is forgotten.
    void listen(listener l);

    /// @name Time
    /// @{
    milliseconds now() const noexcept;
    /// When something is due next.
    milliseconds next_due() const noexcept;
    /// Lets everything happen that is due until then, in order. A time that is past changes nothing.
    void advance_to(milliseconds when);
    /// @}

    /// @name Cells and UEs
    /// @{
    error add_cell(cell c);
    /// @param way  route of the UE, from now on; null: it stands still
    error add_ue(ue u, std::shared_ptr<const route> way = nullptr);
    /// Switches it off first.
    error remove_ue(const std::string& ue);
    /// Off: its E-RABs and S1 bearers are released. On: it attaches, and gets them again.
    error switch_ue(const std::string& ue, bool on);
    /// Takes it off its route.
    error place_ue(const std::string& ue, const point& where);
    error follow(const std::string& ue, std::shared_ptr<const route> way);
    /// @}

    /// @name Hand-over
    /// @{
    /// As the network does it: prepared and carried out in the times of its settings.
    error hand_over(const std::string& ue, const std::string& cell,
                    ho_outcome outcome = ho_outcome::complete);
    /// The one that is being prepared.
    error cancel_hand_over(const std::string& ue);
    /// Carries it there: it leaves its route and stands 50 m from the cell, if that has a position;
    /// all phases of the hand-over happen now.
    error move_ue(const std::string& ue, const std::string& cell);
    /// @}

    /// @name Bearers and carriers
    /// @{
    /// A new E-RAB, or one that is there with other QoS.
    error set_rab(const std::string& ue, const erab& wanted);
    error establish_rab(const std::string& ue, const erab& wanted);
    error modify_rab(const std::string& ue, const erab& wanted);
    error release_rab(const std::string& ue, std::int32_t erab_id);
    /// Another serving gateway for the bearer under the E-RAB.
    error modify_s1_bearer(const std::string& ue, std::int32_t erab_id, tunnel_end sgw);
    error add_secondary_cell(const std::string& ue, const std::string& cell);
    error remove_secondary_cell(const std::string& ue, const std::string& cell);
    /// @}

    /// @name Measurements
    /// @{
    /// From now on the UE hears the cell (empty: whichever serves it now) like this, and it reports
    /// at once. Nothing forced: what the model says counts again.
    error measure(const std::string& ue, const std::string& cell, const forced_levels& heard);
    /// Replaces all settings.
    error set_reports(const std::string& ue, std::vector<report_setting> settings);
    /// @}

    /// @name What there is
    /// @{
    std::vector<plmn> plmn_info() const;
    std::vector<cell_rabs> rab_info() const;
    std::vector<ue_s1_bearers> s1_bearer_info() const;
    layer2_counters layer2_meas() const;

    std::vector<cell> cells() const;
    std::vector<ue_view> ues() const;
    std::optional<ue_view> find_ue(const std::string& ue) const;
    cell_identity identity_of(const cell& c) const;
    /// @}

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE

#endif
