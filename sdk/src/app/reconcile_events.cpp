// What has come of the tasks of reconcile_fsm.

#include "reconcile_fsm.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

MEC_BEGIN_NAMESPACE
namespace internal {

using std::chrono::milliseconds;

namespace {

/// The platform, or the way to it, may be better later. What is repeated here may be repeated.
bool passing(const error& e)
{
    return e == condition::retryable || e == condition::timeout || e == errc::outcome_unknown;
}

/// An answer that a platform gives when it does not know the instance, or not as ready.
bool instance_unknown(const error& e) { return e == errc::forbidden || e == errc::not_found; }

/// The platform, or the program itself, has said no to this very request.
bool is_refusal(const error& e)
{
    return e == errc::bad_request || e == errc::forbidden || e == errc::not_found ||
           e == errc::conflict || e == errc::not_supported || e == errc::http_status;
}

/// The platform does not have the operation.
bool unsupported(const error& e)
{
    return e == errc::not_supported || e.info().http_status == 405 || e.info().http_status == 501;
}

/// Between half and all of it: never at once, never all applications of a host together.
milliseconds jittered(milliseconds span, double u)
{
    return std::chrono::duration_cast<milliseconds>(span * (0.5 + 0.5 * u));
}

void take_out(std::vector<std::string>& all, const std::string& id)
{
    all.erase(std::remove(all.begin(), all.end(), id), all.end());
}

} // namespace

void reconcile_fsm::on_ready(const error& failure, steady_time now, double u)
{
    doing_ = {};
    if (!failure) {
        succeed();
        ready_ = vouched_ = true;
        return;
    }
    // 409: the platform has not finished setting up the instance (clause 5.2.2 step 4).
    const bool may_change = failure == errc::conflict || may_pass(failure);
    if (!was_active_ && (!may_change || now >= ready_deadline_)) {
        fatal_ = failure;
        return;
    }
    if (may_change) back_off(failure, options_.longest_delay, now, u);
    else wait(failure, options_.refused_delay, refused_, now, u);
    if (!was_active_) not_before_ = std::min(not_before_, ready_deadline_);
}

void reconcile_fsm::on_listed(const error& failure, const std::vector<listed>& all, steady_time now,
                              double u)
{
    const collection c = doing_.where;
    doing_ = {};
    jitter_ = u;
    place& p = at(c);
    // Some platforms have no list when there is nothing to be listed.
    const bool empty = failure == errc::not_found && p.listable && (vouched_ || !options_.leading);
    if (failure && !empty) return on_not_listed(c, failure, now, u);
    succeed();
    p.seen = p.listable = true;
    p.to_inspect.clear();
    p.to_remove.clear();
    compare(c, all, now);
    if (p.to_inspect.empty()) settle_unknown(c, now, u);
}

void reconcile_fsm::compare(collection c, const std::vector<listed>& all, steady_time now)
{
    place& p = at(c);
    std::unordered_set<std::string_view> ids;
    for (const listed& one : all) ids.insert(one.id);
    std::size_t expected = 0;
    std::size_t missing = 0;
    for (std::size_t key = 0; key < resources_.size(); ++key) {
        const resource& r = resources_[key];
        if (r.where != c || r.fixed || (r.is != status::present && r.is != status::outdated))
            continue;
        expected += r.wanted;
        if (ids.count(r.id) != 0) continue;
        set(key, status::absent);
        missing += r.wanted;
    }
    if (missing != 0) {
        begin_recovery({errc::not_found, "the platform has lost " + std::to_string(missing) +
                                             " of " + std::to_string(expected) + " resources"},
                       now);
        // Right after ready everything is being looked at anyway.
        if (!vouched_) doubt_everything();
        if (!vouched_ && missing == expected) distrust_ready();
        for (place& other : places_) other.foreign.clear(); // ids may be given anew
        p.seen = true;
    }
    for (const listed& one : all) {
        if (p.owner.count(one.id) != 0) continue;
        // Something of unknown outcome may be any of them.
        if (p.unknown == 0 && p.foreign.count(one.id) != 0) continue;
        if (one.known) claim(c, one, now);
        else p.to_inspect.push_back(one.id);
    }
    for (auto it = p.foreign.begin(); it != p.foreign.end();)
        it = ids.count(*it) != 0 ? std::next(it) : p.foreign.erase(it);
}

void reconcile_fsm::on_not_listed(collection c, const error& failure, steady_time now, double u)
{
    place& p = at(c);
    p.seen = false;
    if (may_pass(failure)) return back_off(failure, options_.longest_delay, now, u);
    if (options_.leading && p.listable && instance_unknown(failure) && !vouched_) {
        distrust_ready(); // it answers: asking again need not wait
        return back_off(failure, options_.first_delay, now, u);
    }
    if (p.listable && !unsupported(failure))
        return wait(failure, options_.refused_delay, refused_, now, u);
    p.seen = true; // a platform without listing: creating will show the rest
    settle_unknown(c, now, u);
}

void reconcile_fsm::on_inspected(const error& failure, const listed& one, steady_time now, double u)
{
    const collection c = doing_.where;
    const std::string id = doing_.id;
    doing_ = {};
    jitter_ = u;
    if (failure && may_pass(failure)) return back_off(failure, options_.longest_delay, now, u);
    succeed();
    place& p = at(c);
    take_out(p.to_inspect, id);
    if (!failure) {
        if (one.match || one.stale) claim(c, one, now);
        else p.foreign.insert(id);
    }
    if (p.seen && p.to_inspect.empty()) settle_unknown(c, now, u);
}

void reconcile_fsm::on_created(const error& failure, const std::string& id, steady_time now,
                               double u)
{
    const std::size_t key = doing_.key;
    doing_ = {};
    resource& r = resources_[key];
    if (!failure && !id.empty()) {
        unanswered_ = 0;
        progress();
        return found(key, id, !r.changed, now);
    }
    // An answer of success that cannot be read is one, too.
    const bool made = failure.info().http_status / 100 == 2;
    if (!failure || made || failure == errc::outcome_unknown) {
        ++unanswered_;
        vouched_ = false;
        return set(key, status::unknown);
    }
    if (may_pass(failure)) return back_off(failure, options_.longest_delay, now, u);
    refuse(key, failure, now, u);
}

void reconcile_fsm::on_updated(const error& failure, steady_time now, double u)
{
    const std::size_t key = doing_.key;
    doing_ = {};
    const resource& r = resources_[key];
    if (!failure) {
        // A heartbeat may have shown meanwhile that it is gone.
        if (r.is == status::outdated && !r.changed) set(key, status::present);
        return progress();
    }
    if (may_pass(failure)) return back_off(failure, options_.longest_delay, now, u);
    if (failure == errc::not_found && !r.fixed) return on_lost(key, failure, now);
    refuse(key, failure, now, u);
}

void reconcile_fsm::on_removed(const error& failure, steady_time now, double u)
{
    const reconcile_task done = std::exchange(doing_, {});
    if (failure && may_pass(failure)) return back_off(failure, options_.longest_delay, now, u);
    // Gone, or the platform does not let it go: nothing more can be done about it.
    const bool kept = failure && failure != errc::not_found;
    place& p = at(done.where);
    if (done.key != reconcile_task::no_key) set(done.key, status::absent);
    else take_out(p.to_remove, done.id);
    if (kept) p.foreign.insert(done.id);
    progress();
}

void reconcile_fsm::on_lost(std::size_t key, const error& reason, steady_time now)
{
    const resource& r = resources_[key];
    if (r.is != status::present && r.is != status::outdated) return;
    set(key, status::absent);
    begin_recovery(reason, now);
    doubt_everything();
}

void reconcile_fsm::suspect() noexcept
{
    if (was_active_) audit_due_ = steady_time::min();
}

// ---- the parts of these

/// It is there, with this id.
void reconcile_fsm::found(std::size_t key, const std::string& id, bool current, steady_time now)
{
    resource& r = resources_[key];
    set(key, current ? status::present : status::outdated);
    r.id = id;
    if (r.fixed) return;
    // An id that is given anew: the platform has forgotten what had it before.
    const auto before = at(r.where).owner.find(id);
    if (before != at(r.where).owner.end() && before->second != key)
        on_lost(before->second, {errc::not_found, "the platform has given its id to another"}, now);
    at(r.where).owner[id] = key;
}

/// Takes over what is ours: by a request without an answer, or of an earlier life.
void reconcile_fsm::claim(collection c, const listed& one, steady_time now)
{
    if (one.match) {
        resource& r = resources_[*one.match];
        if (r.fixed) {
            if (one.current) r.again = {};
            if (one.current || r.wanted)
                return set(*one.match, one.current ? status::present : status::outdated);
            return set(*one.match, status::absent);
        }
        if (r.is == status::absent || r.is == status::unknown) {
            return found(*one.match, one.id, one.current, now);
        }
    }
    if (one.stale) at(c).to_remove.push_back(one.id);
}

/// What was not found was not made. It is made again, though not at once: something swallows answers.
void reconcile_fsm::settle_unknown(collection c, steady_time now, double u)
{
    if (at(c).unknown == 0) return;
    for (std::size_t key = 0; key < resources_.size(); ++key)
        if (resources_[key].where == c && resources_[key].is == status::unknown)
            set(key, status::absent);
    wait({errc::outcome_unknown, "a request had no answer, and was not carried out"},
         options_.longest_delay, swallowed_, now, u);
}

void reconcile_fsm::succeed() noexcept
{
    // Whoever could not be reached may have forgotten something meanwhile.
    if (std::exchange(troubled_, false)) doubt_everything();
}

/// The platform does what it is asked: looking alone does not show that.
void reconcile_fsm::progress() noexcept
{
    succeed();
    failures_ = refused_ = swallowed_ = 0;
}

/// A platform that has restarted knows no token either, and takes its time to give new ones.
bool reconcile_fsm::may_pass(const error& e) const
{
    return passing(e) || (was_active_ && e == errc::auth_failed);
}

void reconcile_fsm::back_off(const error& failure, milliseconds longest, steady_time now, double u)
{
    wait(failure, longest, failures_, now, u);
}

void reconcile_fsm::wait(const error& failure, milliseconds longest, int& in_a_row, steady_time now,
                         double u)
{
    begin_recovery(failure, now);
    troubled_ = true;
    vouched_ = false;
    milliseconds span = options_.first_delay;
    for (int i = 0; i < in_a_row && span < longest; ++i) span *= 2;
    ++in_a_row;
    milliseconds delay = jittered(std::min(span, longest), u);
    // Whoever counts requests counts the refused ones, too; some say how long to wait.
    if (failure == errc::rate_limited && !failure.info().retry_after)
        delay = std::max(delay, jittered(options_.rate_limited_delay, u));
    not_before_ = now + std::max(delay, failure.info().retry_after.value_or(delay));
}

void reconcile_fsm::begin_recovery(const error& reason, steady_time now)
{
    reason_ = reason;
    if (state_ == application_state::recovering || state_ == application_state::lost) return;
    state_ = application_state::recovering;
    lost_at_ = now + options_.lost_after;
    if (!was_active_) return;
    for (std::size_t key = 0; key < resources_.size(); ++key) {
        if (resources_[key].again == steady_time{}) continue;
        resources_[key].again = {};
        at(resources_[key].where).open.insert(key);
    }
}

void reconcile_fsm::doubt_everything() noexcept
{
    for (place& p : places_) p.seen = false;
}

void reconcile_fsm::distrust_ready() noexcept
{
    ready_ = !options_.leading;
    vouched_ = false;
    for (place& p : places_) p.foreign.clear();
    doubt_everything();
}

void reconcile_fsm::refuse(std::size_t key, const error& failure, steady_time now, double u)
{
    resource& r = resources_[key];
    if (!r.wanted) return;
    if (options_.leading && instance_unknown(failure) && !vouched_) {
        distrust_ready(); // it answers: asking again need not wait
        return back_off(failure, options_.first_delay, now, u);
    }
    // What is there stays there, though it cannot be changed for now.
    if (!options_.leading && r.is == status::outdated) {
        r.again = now + jittered(options_.refused_delay, u);
        return;
    }
    if (r.where != collection::services && is_refusal(failure)) {
        r.again = never;
        refusals_.emplace_back(key, failure);
        return;
    }
    if (!was_active_ && options_.leading) {
        fatal_ = failure;
        return;
    }
    begin_recovery(failure, now); // and the rest goes on
    r.again = now + std::max(jittered(options_.refused_delay, u),
                             failure.info().retry_after.value_or(milliseconds{0}));
}

} // namespace internal
MEC_END_NAMESPACE
