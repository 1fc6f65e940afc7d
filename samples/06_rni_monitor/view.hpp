#ifndef SAMPLES_RNI_MONITOR_VIEW_HPP
#define SAMPLES_RNI_MONITOR_VIEW_HPP

#include <mec/rni/conversions.hpp>
#include <mec/rni/queries.hpp>
#include <mec/rni/types.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

struct bearer {
    std::int32_t qci = 0;
    std::optional<mec::rni::qos_information> rates; ///< of guaranteed bit rate bearers
};

/// What is known about one UE. What nobody has told yet is empty.
struct ue_state {
    std::string cell;
    std::set<std::string> secondary_cells;
    std::optional<double> rsrp;     ///< dBm
    std::optional<double> rsrq;     ///< dB
    std::optional<double> distance; ///< metres to the cell, from the timing advance
    std::map<std::int32_t, bearer> bearers;
    std::string last_change;
    std::chrono::steady_clock::time_point changed{};
};

/// What one notification has changed.
struct change {
    std::string type; ///< `CellChangeNotification`
    std::string ue;   ///< empty: the notification does not say which
    std::string what; ///< for people
    /// The bearer that it is about.
    std::optional<std::int32_t> erab_id;
    std::optional<std::int32_t> qci;
};

/// What the notifications and the queries have told so far. What comes from the platform may be
/// anything: texts are made printable, and there are at most `most_ues`.
class view {
public:
    static constexpr std::size_t most_ues = 1000;

    change apply(const mec::rni::notification& n);
    /// All bearers there are, which replaces what was known about them.
    void learn(const mec::rni::rab_info& all);

    const std::map<std::string, ue_state>& ues() const noexcept { return ues_; }

private:
    std::map<std::string, ue_state> ues_;
    ue_state nobody_; ///< for what is about UEs beyond `most_ues`, or about none

    ue_state& at(const std::string& ue);
};

/// Counts what comes, and what comes twice.
class tally {
public:
    void count(const mec::rni::notification& n);
    void missed(std::uint64_t n) noexcept { missed_ += n; }
    void subscribed_again() noexcept { ++again_; }

    std::int64_t received() const noexcept { return received_; }
    std::int64_t duplicated() const noexcept { return duplicated_; }
    std::int64_t missed() const noexcept { return static_cast<std::int64_t>(missed_); }
    std::int64_t again() const noexcept { return again_; }
    std::string text() const;

private:
    std::int64_t received_ = 0;
    std::int64_t duplicated_ = 0;
    std::uint64_t missed_ = 0;
    std::int64_t again_ = 0;
    std::unordered_set<std::size_t> seen_; ///< hashes of the last ones
    std::deque<std::size_t> order_;
};

/// Without control characters, and not endless: safe for a terminal.
std::string printable(std::string text);

#endif
