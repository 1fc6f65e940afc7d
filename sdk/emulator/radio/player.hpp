#ifndef MEC_EMULATOR_RADIO_PLAYER_HPP
#define MEC_EMULATOR_RADIO_PLAYER_HPP

/// @file
/// Plays a scenario: a model, and what shall happen in it at which time.

#include "scenario.hpp"

#include <mec/core/clock.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

enum class play_state : std::uint8_t { stopped, playing, paused, ended };

/// Not thread-safe, owns no timer: its owner asks it now and then to catch up with a clock, or tells
/// it how far to go. The events are the same in the same order either way.
class MEC_API player {
public:
    /// So much of the scenario's time, at most, is made up for at once. What is later is skipped in
    /// real time: the scenario goes on a little later.
    static constexpr milliseconds most_catch_up{2'000};

    /// Everybody is where the scenario begins.
    /// @param s  has passed check_scenario().
    /// @param l  see listen(); it is also told of what is there from the beginning
    explicit player(scenario s, radio::model::listener l = {});

    /// Called for every event of the model; see model::listen().
    void listen(radio::model::listener l);

    /// @name By the clock
    /// @{
    void play(steady_time now); ///< also after a pause; from the beginning when it has ended
    void pause(steady_time now);
    void stop(); ///< and back to the beginning, with all that is in the scenario as it was
    /// Scenario time goes so much faster; 0.01..1000.
    /// @return errc::config_invalid.
    error set_speed(double factor, steady_time now);
    /// Lets everything happen that is due by now.
    void catch_up(steady_time now);
    /// When to call catch_up() next; absent when nothing moves.
    std::optional<steady_time> next_wake() const;
    /// @}

    /// By hand: so much scenario time passes at once, whatever the state.
    void advance(milliseconds how_much);

    play_state state() const noexcept { return state_; }
    double speed() const noexcept { return speed_; }
    milliseconds position() const noexcept; ///< within the scenario
    milliseconds duration() const noexcept;
    std::uint64_t rounds() const noexcept { return rounds_; } ///< that were played to their end
    const scenario& content() const noexcept { return scenario_; }
    /// What could not be done of the scenario's events, the newest last; at most 100.
    const std::vector<std::string>& failures() const noexcept { return failures_; }

    /// For queries and for orders by hand. Anew after each round and each stop.
    radio::model& model() noexcept { return model_; }
    const radio::model& model() const noexcept { return model_; }

private:
    void begin();
    void advance_to(milliseconds when);
    void carry_out(const timed_action& a);
    error order(const timed_action& a);
    std::shared_ptr<const route> find_route(const std::string& name) const;

    scenario scenario_;
    std::vector<std::shared_ptr<const route>> routes_;
    radio::model model_;
    radio::model::listener listener_;
    std::size_t next_action_ = 0;
    play_state state_ = play_state::stopped;
    double speed_ = 1;
    steady_time since_{}; ///< when the scenario was at `base_`
    milliseconds base_{0};
    std::uint64_t rounds_ = 0;
    std::vector<std::string> failures_;
};

} // namespace radio

} // namespace emulator
MEC_END_NAMESPACE

#endif
