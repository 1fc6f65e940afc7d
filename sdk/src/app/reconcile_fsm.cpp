// What is next. What has come of it is in reconcile_events.cpp.

#include "reconcile_fsm.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {

using kind = reconcile_task::kind;
using std::chrono::milliseconds;

namespace {

/// So many creations in a row without an answer: look before making more of them.
constexpr int silence = 3;
/// Attempts to find out what is there, of an application that leaves.
constexpr int last_attempts = 3;

bool is_there(reconcile_fsm::status s)
{
    return s == reconcile_fsm::status::present || s == reconcile_fsm::status::outdated;
}

} // namespace

// ---- what is declared

std::size_t reconcile_fsm::declare(collection where, std::string id)
{
    resource r{where, std::move(id)};
    r.fixed = !r.id.empty();
    resources_.push_back(std::move(r));
    const std::size_t key = resources_.size() - 1;
    at(where).used = true;
    at(where).open.insert(key);
    return key;
}

void reconcile_fsm::change(std::size_t key)
{
    resource& r = resources_[key];
    r.again = {};
    r.changed = true;
    set(key, r.is == status::present ? status::outdated : r.is);
}

void reconcile_fsm::withdraw(std::size_t key)
{
    resources_[key].wanted = false;
    resources_[key].again = {};
    at(resources_[key].where).open.insert(key);
}

void reconcile_fsm::start(steady_time now)
{
    started_ = true;
    ready_deadline_ = now + options_.ready_retry;
    ready_ = !options_.leading;
    if (options_.leading)
        at(collection::services).used = true; // an earlier life may have left some
}

std::vector<std::pair<std::size_t, error>> reconcile_fsm::take_refusals()
{
    return std::exchange(refusals_, {});
}

/// The only place where a status changes.
void reconcile_fsm::set(std::size_t key, status s)
{
    resource& r = resources_[key];
    place& p = at(r.where);
    if (r.is == status::unknown) --p.unknown;
    if (s == status::unknown) ++p.unknown;
    r.is = s;
    // A platform that has restarted may give the same id to something else.
    if (!is_there(s) && !r.fixed) {
        if (const auto it = p.owner.find(r.id); it != p.owner.end() && it->second == key)
            p.owner.erase(it);
        r.id.clear();
    }
    p.open.insert(key);
}

std::vector<std::size_t> reconcile_fsm::remaining() const
{
    std::vector<std::size_t> keys;
    for (std::size_t key = 0; key < resources_.size(); ++key)
        if (is_there(resources_[key].is)) keys.push_back(key);
    return keys;
}

std::size_t reconcile_fsm::may_remain() const noexcept
{
    std::size_t count = doing_.what == kind::create;
    for (const resource& r : resources_) count += r.is != status::absent;
    return count;
}

bool reconcile_fsm::unsettled() const noexcept
{
    return failures_ < last_attempts && std::any_of(places_.begin(), places_.end(),
                                                    [](const place& p) { return p.unknown != 0; });
}

// ---- what is next

reconcile_task reconcile_fsm::begin(reconcile_task t)
{
    const bool changes = t.what == kind::create || t.what == kind::update;
    if (state_ == application_state::starting || (changes && state_ == application_state::active))
        if (t.what != kind::confirm_ready) state_ = application_state::converging;
    if (changes) resources_[t.key].changed = false;
    doing_ = std::move(t);
    return doing_;
}

reconcile_task reconcile_fsm::next(steady_time now)
{
    if (state_ == application_state::recovering && now >= lost_at_)
        state_ = application_state::lost;
    wake_ = never;
    if (!started_ || busy() || (leaving_ ? !unsettled() : static_cast<bool>(fatal_))) return {};
    if (now < not_before_) {
        wake_ = not_before_;
        return {};
    }
    if (!ready_ && !leaving_) return begin({kind::confirm_ready});
    for (std::size_t i = 0; i < collection_count; ++i)
        if (reconcile_task t = task_in(static_cast<collection>(i), now); t.what != kind::none)
            return begin(std::move(t));
    if (leaving_) return {};
    const steady_time again = first_retry();
    if (again == never && state_ != application_state::active) become_active(now);
    if (now >= audit_due_) return audit(now);
    wake_ = std::min(audit_due_, again);
    return {};
}

void reconcile_fsm::become_active(steady_time now)
{
    state_ = application_state::active;
    was_active_ = true;
    vouched_ = false;
    failures_ = refused_ = swallowed_ = 0;
    reason_ = {};
    lost_at_ = never;
    // What is changed all the time is audited all the same.
    audit_due_ = std::min(audit_due_, after_audit(now));
}

reconcile_task reconcile_fsm::audit(steady_time now)
{
    audit_due_ = after_audit(now);
    if (std::none_of(places_.begin(), places_.end(), [](const place& p) { return p.used; }))
        return {};
    do {
        audited_ = (audited_ + 1) % collection_count;
    } while (!places_[audited_].used);
    return begin({kind::list, static_cast<collection>(audited_)});
}

steady_time reconcile_fsm::after_audit(steady_time now) const
{
    return now + std::chrono::duration_cast<milliseconds>(options_.audit * (0.9 + 0.2 * jitter_));
}

/// When something that was refused is tried again.
steady_time reconcile_fsm::first_retry() const noexcept
{
    steady_time when = never;
    for (const place& p : places_)
        for (const std::size_t key : p.open) when = std::min(when, resources_[key].again);
    return when;
}

steady_time reconcile_fsm::wakeup() const noexcept
{
    const steady_time when = busy() ? never : wake_;
    const bool counts = state_ == application_state::recovering && !leaving_ && !fatal_;
    return counts ? std::min(when, lost_at_) : when;
}

reconcile_task reconcile_fsm::task_in(collection c, steady_time now)
{
    place& p = at(c);
    if (!p.used || (leaving_ && p.unknown == 0)) return {};
    if (!p.seen) return {kind::list, c};
    if (!p.to_inspect.empty())
        return {kind::inspect, c, reconcile_task::no_key, p.to_inspect.back()};
    const bool settle = p.unknown != 0 && (leaving_ || unanswered_ >= silence);
    for (auto it = p.open.begin(); it != p.open.end() && !settle;) {
        const resource& r = resources_[*it];
        kind need = kind::none;
        if (!r.wanted) need = is_there(r.is) ? kind::remove : kind::none;
        else if (r.is == status::absent) need = kind::create;
        else if (r.is == status::outdated) need = kind::update;
        if (need != kind::none && r.again <= now) return {need, c, *it, r.id};
        const bool later = need != kind::none && r.again != never;
        it = later ? std::next(it) : p.open.erase(it);
    }
    if (p.unknown != 0) return {kind::list, c}; // one look settles all of them
    if (!p.to_remove.empty()) return {kind::remove, c, reconcile_task::no_key, p.to_remove.back()};
    return {};
}

} // namespace internal
MEC_END_NAMESPACE
