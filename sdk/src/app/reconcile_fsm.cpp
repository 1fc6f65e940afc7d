#include "reconcile_fsm.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {

using kind = reconcile_task::kind;
using std::chrono::milliseconds;

namespace {

/// The platform, or the way to it, may be better later.
bool passing(const error& e) { return e == condition::retryable || e == condition::timeout; }

/// An answer that a platform gives when it does not know the instance, or not as ready.
bool instance_unknown(const error& e) { return e == errc::forbidden || e == errc::not_found; }

/// The platform does not have the operation.
bool unsupported(const error& e)
{
    return e == errc::not_supported || e.info().http_status == 405 || e.info().http_status == 501;
}

milliseconds scaled(milliseconds span, double factor)
{
    return std::chrono::duration_cast<milliseconds>(span * factor);
}

} // namespace

// ---- what is declared

std::size_t reconcile_fsm::declare(collection where, std::string id)
{
    resource r{where, std::move(id)};
    r.fixed = !r.id.empty();
    resources_.push_back(std::move(r));
    at(where).used = true;
    return resources_.size() - 1;
}

void reconcile_fsm::change(std::size_t key)
{
    resource& r = resources_[key];
    r.refused = false;
    if (r.is == status::present) r.is = status::outdated;
    r.changed = doing_.key == key; // what is under way has the former content
}

void reconcile_fsm::withdraw(std::size_t key) { resources_[key].wanted = false; }

void reconcile_fsm::start(steady_time now)
{
    started_ = true;
    ready_deadline_ = now + options_.ready_retry;
    at(collection::services).used = true; // an earlier life may have left some
}

std::vector<std::pair<std::size_t, error>> reconcile_fsm::take_refusals()
{
    return std::exchange(refusals_, {});
}

// ---- what is next

std::vector<std::size_t> reconcile_fsm::remaining() const
{
    std::vector<std::size_t> keys;
    for (std::size_t key = 0; key < resources_.size(); ++key)
        if (resources_[key].is == status::present || resources_[key].is == status::outdated)
            keys.push_back(key);
    return keys;
}

reconcile_task reconcile_fsm::begin(reconcile_task t)
{
    const bool changes = t.what == kind::create || t.what == kind::update;
    if (state_ == application_state::starting || (changes && state_ == application_state::active))
        if (t.what != kind::confirm_ready) state_ = application_state::converging;
    doing_ = std::move(t);
    return doing_;
}

reconcile_task reconcile_fsm::next(steady_time now)
{
    if (state_ == application_state::recovering && now >= lost_at_)
        state_ = application_state::lost;
    if (!started_ || busy() || fatal_ || now < not_before_) return {};
    if (!ready_) return leaving_ ? reconcile_task{} : begin({kind::confirm_ready});
    for (std::size_t i = 0; i < collection_count; ++i)
        if (reconcile_task t = task_in(static_cast<collection>(i)); t.what != kind::none)
            return begin(std::move(t));
    if (leaving_) return {};
    if (state_ != application_state::active) {
        state_ = application_state::active;
        was_active_ = true;
        reason_ = {};
        lost_at_ = steady_time::max();
        audit_due_ = now + scaled(options_.audit, 0.9 + 0.2 * jitter_);
    }
    if (now < audit_due_) return {};
    audit_due_ = now + scaled(options_.audit, 0.9 + 0.2 * jitter_);
    do {
        audited_ = (audited_ + 1) % collection_count;
    } while (!places_[audited_].used);
    return begin({kind::list, static_cast<collection>(audited_)});
}

steady_time reconcile_fsm::wakeup() const noexcept
{
    if (!started_ || fatal_) return steady_time::max();
    steady_time when = state_ == application_state::recovering ? lost_at_ : steady_time::max();
    if (!busy())
        when = std::min(when, state_ == application_state::active ? audit_due_ : not_before_);
    return when;
}

kind reconcile_fsm::need_of(const resource& r) const noexcept
{
    const bool there = r.is == status::present || r.is == status::outdated;
    if (!r.wanted) return there ? kind::remove : kind::none;
    if (r.refused) return kind::none;
    if (r.is == status::absent) return kind::create;
    return r.is == status::outdated ? kind::update : kind::none;
}

reconcile_task reconcile_fsm::task_in(collection c)
{
    place& p = at(c);
    if (!p.used) return {};
    bool unknown = false;
    for (const resource& r : resources_)
        unknown = unknown || (r.where == c && r.is == status::unknown);
    if (leaving_ && !unknown) return {};
    if (!p.seen) return {kind::list, c};
    if (!p.to_inspect.empty())
        return {kind::inspect, c, reconcile_task::no_key, p.to_inspect.back()};
    for (std::size_t key = 0; key < resources_.size() && !leaving_; ++key) {
        const resource& r = resources_[key];
        if (r.where != c) continue;
        if (const kind need = need_of(r); need != kind::none) return {need, c, key, r.id};
    }
    if (unknown) return {kind::list, c}; // one look settles all of them
    if (!p.to_remove.empty()) return {kind::remove, c, reconcile_task::no_key, p.to_remove.back()};
    return {};
}

// ---- what has come of it

void reconcile_fsm::on_ready(const error& failure, steady_time now, double u)
{
    doing_ = {};
    if (!failure) {
        ready_ = true;
        succeed();
        return;
    }
    // 409: the platform has not finished setting up the instance (clause 5.2.2 step 4).
    const bool may_change = failure == errc::conflict || passing(failure);
    if (!was_active_ && (!may_change || now >= ready_deadline_)) {
        fatal_ = failure;
        return;
    }
    back_off(failure, may_change ? options_.longest_delay : options_.refused_delay, now, u);
    if (!was_active_) not_before_ = std::min(not_before_, ready_deadline_);
}

void reconcile_fsm::on_listed(const error& failure, const std::vector<listed>& all, steady_time now,
                              double u)
{
    const collection c = doing_.where;
    doing_ = {};
    jitter_ = u;
    if (failure) return on_not_listed(c, failure, now, u);
    succeed();
    place& p = at(c);
    p.seen = true;
    p.to_inspect.clear();
    p.to_remove.clear();
    const auto there = static_cast<std::size_t>(
        std::count_if(resources_.begin(), resources_.end(),
                      [&](const resource& r) { return r.where == c && is_own(c, r.id); }));
    const std::size_t missing = mark_missing(c, all);
    for (const listed& one : all) {
        if (is_own(c, one.id)) continue;
        if (one.known) claim(c, one);
        else if (p.foreign.count(one.id) == 0) p.to_inspect.push_back(one.id);
    }
    if (missing != 0) {
        begin_recovery({errc::not_found, "the platform has lost " + std::to_string(missing) +
                                             " of " + std::to_string(there) + " resources"},
                       now);
        doubt_everything();
        p.seen = true;
        if (missing == there) ready_ = false;
    }
    if (p.to_inspect.empty()) settle_unknown(c, now, u);
}

void reconcile_fsm::on_not_listed(collection c, const error& failure, steady_time now, double u)
{
    if (passing(failure)) return back_off(failure, options_.longest_delay, now, u);
    if (was_active_ && instance_unknown(failure)) {
        doubt_everything();
        ready_ = false;
        return back_off(failure, options_.longest_delay, now, u);
    }
    if (was_active_ && !unsupported(failure))
        return back_off(failure, options_.refused_delay, now, u);
    at(c).seen = true; // a platform without listing: creating will show the rest
    settle_unknown(c, now, u);
}

void reconcile_fsm::on_inspected(const error& failure, const listed& one, steady_time now, double u)
{
    const collection c = doing_.where;
    const std::string id = doing_.id;
    doing_ = {};
    jitter_ = u;
    if (failure && passing(failure)) return back_off(failure, options_.longest_delay, now, u);
    succeed();
    place& p = at(c);
    p.to_inspect.erase(std::remove(p.to_inspect.begin(), p.to_inspect.end(), id),
                       p.to_inspect.end());
    if (!failure) {
        if (one.match || one.stale) claim(c, one);
        else p.foreign.insert(id);
    }
    if (p.to_inspect.empty()) settle_unknown(c, now, u);
}

void reconcile_fsm::on_created(const error& failure, const std::string& id, steady_time now,
                               double u)
{
    const std::size_t key = doing_.key;
    doing_ = {};
    resource& r = resources_[key];
    const bool changed = std::exchange(r.changed, false);
    if (!failure && !id.empty()) {
        r.is = changed ? status::outdated : status::present;
        r.id = id;
        return succeed();
    }
    if (!failure || failure == errc::outcome_unknown) {
        r.is = status::unknown;
        return;
    }
    if (passing(failure)) return back_off(failure, options_.longest_delay, now, u);
    refuse(key, failure, now, u);
}

void reconcile_fsm::on_updated(const error& failure, steady_time now, double u)
{
    const std::size_t key = doing_.key;
    doing_ = {};
    resource& r = resources_[key];
    const bool changed = std::exchange(r.changed, false);
    if (!failure) {
        r.is = changed ? status::outdated : status::present;
        return succeed();
    }
    if (passing(failure)) return back_off(failure, options_.longest_delay, now, u);
    if (failure == errc::not_found && !r.fixed) return on_lost(key, failure, now);
    refuse(key, failure, now, u);
}

void reconcile_fsm::on_removed(const error& failure, steady_time now, double u)
{
    const reconcile_task done = std::exchange(doing_, {});
    if (failure && passing(failure)) return back_off(failure, options_.longest_delay, now, u);
    // Gone, or the platform does not let it go: nothing more can be done about it.
    if (done.key != reconcile_task::no_key) {
        resources_[done.key].is = status::absent;
    } else {
        auto& all = at(done.where).to_remove;
        all.erase(std::remove(all.begin(), all.end(), done.id), all.end());
        if (failure && failure != errc::not_found) at(done.where).foreign.insert(done.id);
    }
    succeed();
}

void reconcile_fsm::on_lost(std::size_t key, const error& reason, steady_time now)
{
    resource& r = resources_[key];
    if (r.is != status::present && r.is != status::outdated) return;
    r.is = status::absent;
    begin_recovery(reason, now);
    doubt_everything();
}

void reconcile_fsm::suspect() noexcept
{
    if (state_ == application_state::active) audit_due_ = steady_time::min();
}

// ---- the parts of these

bool reconcile_fsm::is_own(collection c, const std::string& id) const
{
    return std::any_of(resources_.begin(), resources_.end(), [&](const resource& r) {
        return r.where == c && !r.fixed && r.id == id &&
               (r.is == status::present || r.is == status::outdated);
    });
}

/// Takes over what is ours: by a request without an answer, or of an earlier life.
void reconcile_fsm::claim(collection c, const listed& one)
{
    if (one.match) {
        resource& r = resources_[*one.match];
        if (r.is == status::absent || r.is == status::unknown || r.fixed) {
            r.is = one.current ? status::present : status::outdated;
            r.id = one.id;
            return;
        }
    }
    if (one.stale) at(c).to_remove.push_back(one.id);
}

/// What should be there and is not; gives how many.
std::size_t reconcile_fsm::mark_missing(collection c, const std::vector<listed>& all)
{
    std::size_t missing = 0;
    for (resource& r : resources_) {
        if (r.where != c || r.fixed || (r.is != status::present && r.is != status::outdated))
            continue;
        const bool there =
            std::any_of(all.begin(), all.end(), [&](const listed& one) { return one.id == r.id; });
        if (there) continue;
        r.is = status::absent;
        missing += r.wanted;
    }
    return missing;
}

/// What was not found was not made. It is made again, though not at once: something swallows answers.
void reconcile_fsm::settle_unknown(collection c, steady_time now, double u)
{
    bool any = false;
    for (resource& r : resources_) {
        if (r.where != c || r.is != status::unknown) continue;
        r.is = status::absent;
        any = true;
    }
    if (any)
        back_off({errc::outcome_unknown, "a request had no answer, and was not carried out"},
                 options_.longest_delay, now, u);
}

void reconcile_fsm::succeed() noexcept
{
    // Whoever could not be reached may have forgotten something meanwhile.
    if (failures_ != 0 && was_active_) doubt_everything();
    failures_ = 0;
}

void reconcile_fsm::back_off(const error& failure, milliseconds longest, steady_time now, double u)
{
    begin_recovery(failure, now);
    milliseconds span = options_.first_delay;
    for (int i = 0; i < failures_ && span < longest; ++i) span *= 2;
    ++failures_;
    // Between half and all of it: never at once, never all applications of a host together.
    const milliseconds delay = scaled(std::min(span, longest), 0.5 + 0.5 * u);
    not_before_ = now + std::max(delay, failure.info().retry_after.value_or(delay));
}

void reconcile_fsm::begin_recovery(const error& reason, steady_time now)
{
    reason_ = reason;
    if (state_ == application_state::recovering || state_ == application_state::lost) return;
    state_ = application_state::recovering;
    lost_at_ = now + options_.lost_after;
    if (!was_active_) return;
    for (resource& r : resources_) r.refused = false;
}

void reconcile_fsm::doubt_everything() noexcept
{
    for (place& p : places_) p.seen = false;
}

void reconcile_fsm::refuse(std::size_t key, const error& failure, steady_time now, double u)
{
    resource& r = resources_[key];
    if (r.where == collection::services && !was_active_) {
        fatal_ = failure;
        return;
    }
    if (was_active_ && (instance_unknown(failure) || r.where == collection::services)) {
        ready_ = ready_ && !instance_unknown(failure);
        return back_off(failure, options_.refused_delay, now, u);
    }
    r.refused = true;
    refusals_.emplace_back(key, failure);
}

} // namespace internal
MEC_END_NAMESPACE
