#ifndef MEC_EMULATOR_RADIO_MODEL_IMPL_HPP
#define MEC_EMULATOR_RADIO_MODEL_IMPL_HPP

/// @file
/// The state of the radio network, for the parts that make it live. Each part is one file.

#include "model.hpp"

#include <deque>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

/// Of one UE, or of one cell, in both directions: what is asked for and what is given.
struct traffic {
    double demand = 0; ///< bit/s
    double need = 0;   ///< of the resource blocks of the cell, 1 for all
    double served = 1; ///< part of the demand that gets through
    double volume = 0; ///< bit
};
struct traffic_by_class {
    traffic gbr_dl, gbr_ul, nongbr_dl, nongbr_ul;
};

struct cell_state {
    cell config;
    cell_identity id;
    std::size_t index = 0;
    std::size_t layer = 0; ///< cells of one technology on one carrier
    traffic_by_class load;
    std::deque<milliseconds> arrivals; ///< by hand-over, of the last seconds
    std::deque<milliseconds> accesses; ///< of UEs that were switched on

    bool is_lte() const { return config.technology == technology::lte; }
};

struct bearer {
    radio::erab erab;
    s1_bearer s1;
};

struct running_hand_over {
    cell_state* target = nullptr;
    ho_outcome outcome = ho_outcome::complete;
    bool executing = false;
    milliseconds due{0};
};

/// Cells for which the condition of a report holds.
struct watch {
    std::map<std::size_t, milliseconds> since;
    std::set<std::size_t> reported;
};

struct ue_state {
    ue config;
    ue_identity id;
    std::uint32_t number = 0; ///< in order of addition
    bool on = false;
    std::optional<point> position;
    std::optional<motion> way;
    cell_state* serving = nullptr;
    std::vector<cell_state*> secondary;
    std::vector<bearer> bearers;
    std::optional<running_hand_over> hand_over;
    cell_state* better = nullptr; ///< that it will be handed over to, if that lasts
    milliseconds better_since{0};
    std::vector<watch> watches; ///< by report setting
    std::optional<std::uint32_t> timing_advance;
    std::map<std::size_t, forced_levels> forced; ///< by cell
    traffic_by_class load;
    mutable std::vector<levels> heard; ///< by cell, at the time `heard_at`
    mutable milliseconds heard_at{-1};

    bool in_lte() const { return serving && serving->is_lte(); }
};

enum class due_kind : std::uint8_t { hand_over, tick, report };

/// Something to do, in the order in which it is done.
struct due {
    milliseconds at{0};
    due_kind kind = due_kind::tick;
    std::uint32_t ue = 0;
    std::uint32_t slot = 0;

    friend bool operator<(const due& a, const due& b)
    {
        return std::tie(a.at, a.kind, a.ue, a.slot) < std::tie(b.at, b.kind, b.ue, b.slot);
    }
};

/// A neighbour as candidate, or what a report lists.
struct candidate {
    cell_state* cell;
    levels heard;
};

struct model::impl {
    explicit impl(network n, std::uint64_t s);

    template <class Event> void emit(Event e)
    {
        if (to) to(event{now, std::move(e)});
    }
    cell_state* find_cell(const std::string& name);
    ue_state* find_ue(const std::string& name);
    error find(const std::string& name, ue_state*& u);
    error find(const std::string& name, cell_state*& c);

    // model.cpp
    void advance_to(milliseconds when);
    void tick();
    void forget_dues(std::uint32_t ue);
    void attach(ue_state& u);
    void detach(ue_state& u);
    cell_state* first_cell(ue_state& u);
    point position_of(const ue_state& u) const;
    bool has_position(const ue_state& u) const { return u.way || u.position; }

    // hearing.cpp: what a UE hears
    const std::vector<levels>& hear(const ue_state& u) const;
    void hear_cells(const ue_state& u) const;
    double strength(const ue_state& u, const cell_state& c) const;
    bool is_neighbour(const ue_state& u, const cell_state& c) const;
    /// Neighbours that can be heard, the strongest first.
    std::vector<candidate> neighbours(ue_state& u, technology of);
    void update_timing_advance(ue_state& u);

    // hand_over.cpp
    error begin_hand_over(ue_state& u, cell_state& target, ho_outcome outcome);
    void next_phase(ue_state& u);
    void complete(ue_state& u, cell_state& target);
    void abandon(ue_state& u, ho_status why);
    void change(const ue_state& u, const cell_state& target, ho_status status);
    void look_for_better(ue_state& u);
    cell_state* better_cell(ue_state& u);

    // bearers.cpp
    void establish_all(ue_state& u);
    void release_all(ue_state& u, const cell_state& at);
    void switch_paths(ue_state& u);
    void make_tunnel(ue_state& u, bearer& b);
    void s1(s1_event what, const ue_state& u, const cell_state& at, std::vector<s1_bearer> list);
    void remove_all_carriers(ue_state& u);
    void reconfigured(ue_state& u, std::vector<cell_identity> added,
                      std::vector<cell_identity> removed);

    // reports.cpp
    void schedule_reports(ue_state& u);
    void report(ue_state& u, const report_setting* why);
    void report_lte(ue_state& u, const report_setting* why, int trigger);
    void report_nr(ue_state& u, const report_setting* why, int trigger);
    std::vector<carrier_measurement> carriers_of(ue_state& u);

    // triggers.cpp
    void look_for_triggers(ue_state& u);
    bool look_at(ue_state& u, const report_setting& s, watch& w);

    // snapshots.cpp
    ue_view view(const ue_state& u) const;

    // layer2.cpp
    void update_load(milliseconds passed);
    layer2_counters counters() const;

    network config;
    std::uint64_t seed;
    listener to;
    milliseconds now{0};
    std::vector<std::unique_ptr<cell_state>> cells;
    std::map<std::string, cell_state*, std::less<>> cells_by_name;
    std::map<std::pair<technology, std::uint32_t>, std::size_t> layers;
    std::map<std::uint32_t, ue_state> ues;
    std::map<std::string, std::uint32_t, std::less<>> ues_by_name;
    std::set<due> dues;
    std::uint32_t last_ue = 0;
    std::uint32_t last_tunnel = 0;
};

/// Trigger or TriggerNr of MEC 012; 0 when the technology does not know the kind.
int trigger_number(report_kind k, technology served_by) noexcept;
bool is_periodic(report_kind k) noexcept;

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE

#endif
