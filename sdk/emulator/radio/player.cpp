#include "player.hpp"

#include <algorithm>
#include <cmath>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

namespace {

constexpr std::size_t most_failures = 100;

milliseconds to_milliseconds(double seconds) { return milliseconds(std::llround(seconds * 1000)); }

bool is_earlier(const timed_action& a, const timed_action& b)
{
    return to_milliseconds(a.at) < to_milliseconds(b.at);
}

} // namespace

player::player(scenario s, radio::model::listener l)
    : scenario_(std::move(s)), listener_(std::move(l))
{
    auto& events = scenario_.events;
    std::stable_sort(events.begin(), events.end(), is_earlier);
    for (const route& r : scenario_.routes) routes_.push_back(std::make_shared<const route>(r));
    begin();
}

std::shared_ptr<const route> player::find_route(const std::string& name) const
{
    for (const auto& r : routes_)
        if (r->name == name) return r;
    return nullptr;
}

// To those who listen, all UEs leave the network before they are again where the scenario begins: no UE
// is ever somewhere else without a reason.
void player::begin()
{
    for (const ue_view& u : model_.ues()) model_.switch_ue(u.ue.name, false);
    model_ = radio::model(scenario_.network, scenario_.seed);
    if (listener_) model_.listen(listener_);
    next_action_ = 0;
    const auto note = [&](const error& e, const std::string& name) {
        if (e) failures_.push_back(name + ": " + e.info().message);
    };
    for (const cell& c : scenario_.cells) note(model_.add_cell(c), c.name);
    for (const ue& u : scenario_.ues) note(model_.add_ue(u, find_route(u.route)), u.name);
    for (const ue_group& g : scenario_.groups)
        for (ue& u : members_of(g)) note(model_.add_ue(u), u.name);
}

void player::listen(radio::model::listener l)
{
    listener_ = std::move(l);
    model_.listen(listener_);
}

milliseconds player::duration() const noexcept { return to_milliseconds(scenario_.duration); }
milliseconds player::position() const noexcept { return model_.now(); }

void player::play(steady_time now)
{
    if (state_ == play_state::playing) return;
    if (state_ == play_state::ended) begin();
    state_ = play_state::playing;
    since_ = now;
    base_ = position();
}

void player::pause(steady_time now)
{
    if (state_ != play_state::playing) return;
    catch_up(now);
    if (state_ == play_state::playing) state_ = play_state::paused;
}

void player::stop()
{
    state_ = play_state::stopped;
    rounds_ = 0;
    failures_.clear();
    begin();
}

error player::set_speed(double factor, steady_time now)
{
    if (!(factor >= 0.01 && factor <= 1000))
        return {errc::config_invalid, "the speed of a scenario must be 0.01 to 1000"};
    if (state_ == play_state::playing) catch_up(now);
    speed_ = factor;
    since_ = now;
    base_ = position();
    return {};
}

void player::catch_up(steady_time now)
{
    if (state_ != play_state::playing) return;
    const std::chrono::duration<double, std::milli> real = now - since_;
    // A little more than it is, so that rounding never makes less than next_wake() has promised.
    const double passed = real.count() * speed_ + 1e-6;
    const auto target = base_ + milliseconds(static_cast<std::int64_t>(passed));
    const auto most = std::max(milliseconds(static_cast<std::int64_t>(
                                   static_cast<double>(most_catch_up.count()) * speed_)),
                               milliseconds(1));
    const milliseconds due = target - position();
    if (due < milliseconds{0}) return;
    if (due > most) { // the machine was asleep, or is too slow
        advance(most);
        since_ = now;
        base_ = position();
        return;
    }
    const std::uint64_t round = rounds_;
    advance(due);
    if (rounds_ == round) return;
    since_ = now;
    base_ = position();
}

std::optional<steady_time> player::next_wake() const
{
    if (state_ != play_state::playing) return std::nullopt;
    milliseconds next = std::min(model_.next_due(), duration());
    if (next_action_ < scenario_.events.size())
        next = std::min(next, to_milliseconds(scenario_.events[next_action_].at));
    const double real = static_cast<double>((next - base_).count()) / speed_;
    return since_ + std::chrono::ceil<std::chrono::milliseconds>(
                        std::chrono::duration<double, std::milli>(real));
}

void player::advance(milliseconds how_much)
{
    if (state_ == play_state::ended) return;
    do {
        const milliseconds step = std::min(how_much, duration() - position());
        advance_to(position() + step);
        how_much -= step;
        if (position() < duration()) return;
        ++rounds_;
        if (!scenario_.repeat) {
            state_ = play_state::ended;
            return;
        }
        begin();
    } while (how_much > milliseconds{0});
}

// At one time: first what is due by itself, then what the scenario orders.
void player::advance_to(milliseconds when)
{
    const auto& events = scenario_.events;
    while (next_action_ < events.size() && to_milliseconds(events[next_action_].at) <= when) {
        const timed_action& a = events[next_action_++];
        model_.advance_to(to_milliseconds(a.at));
        carry_out(a);
    }
    model_.advance_to(when);
}

void player::carry_out(const timed_action& a)
{
    const error e = order(a);
    if (!e) return;
    if (failures_.size() >= most_failures) failures_.erase(failures_.begin());
    failures_.push_back("at " + std::to_string(to_milliseconds(a.at).count()) + " ms, UE " + a.ue +
                        ": " + e.info().message);
}

error player::order(const timed_action& a)
{
    using radio::action;
    switch (a.action) {
    case action::establish_rab: return model_.establish_rab(a.ue, *a.erab);
    case action::modify_rab: return model_.modify_rab(a.ue, *a.erab);
    case action::release_rab: return model_.release_rab(a.ue, *a.erab_id);
    case action::hand_over:
        return model_.hand_over(a.ue, *a.cell, a.outcome.value_or(ho_outcome::complete));
    case action::cancel_hand_over: return model_.cancel_hand_over(a.ue);
    case action::move: return model_.move_ue(a.ue, *a.cell);
    case action::measure:
        return model_.measure(a.ue, a.cell.value_or(""), {a.rsrp, a.rsrq, a.sinr});
    case action::set_reports: return model_.set_reports(a.ue, *a.reports);
    case action::add_secondary_cell: return model_.add_secondary_cell(a.ue, *a.cell);
    case action::remove_secondary_cell: return model_.remove_secondary_cell(a.ue, *a.cell);
    case action::modify_s1_bearer:
        return model_.modify_s1_bearer(a.ue, *a.erab_id, {*a.sgw_address, *a.tunnel_id});
    case action::switch_on: return model_.switch_ue(a.ue, true);
    case action::switch_off: return model_.switch_ue(a.ue, false);
    case action::follow: return model_.follow(a.ue, find_route(*a.route));
    }
    return {errc::not_supported, "the action is unknown"};
}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE
