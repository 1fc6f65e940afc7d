#ifndef MEC_TESTS_APP_MACHINES_HPP
#define MEC_TESTS_APP_MACHINES_HPP

#include "lifecycle_fsm.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace app_test {

using namespace std::chrono_literals;
using mec::application_state;
using mec::errc;
using mec::error;
using mec::steady_time;
using mec::internal::collection;
using mec::internal::listed;
using mec::internal::reconcile_fsm;
using mec::internal::reconcile_options;
using mec::internal::reconcile_task;
using kind = reconcile_task::kind;
using status = reconcile_fsm::status;

inline const steady_time t0 = steady_time{} + std::chrono::hours{1};

inline error with_status(errc code, int http_status)
{
    mec::error_info info;
    info.http_status = http_status;
    return {code, std::move(info)};
}
inline error with_retry_after(errc code, std::chrono::milliseconds after)
{
    mec::error_info info;
    info.retry_after = after;
    return {code, std::move(info)};
}
inline listed not_looked_at(std::string id)
{
    listed one{std::move(id)};
    one.known = false;
    return one;
}
inline listed stale(std::string id)
{
    listed one{std::move(id)};
    one.stale = true;
    return one;
}

/// A reconcile_fsm, the time, and what tests do with both again and again.
struct machine {
    explicit machine(reconcile_options o = {}) : options(o), fsm(o) {}

    reconcile_task next() { return fsm.next(now); }
    /// The next task, checked to be of this kind.
    reconcile_task expect(kind what)
    {
        const reconcile_task t = next();
        EXPECT_EQ(static_cast<int>(t.what), static_cast<int>(what)) << "unexpected task";
        return t;
    }
    reconcile_task expect(kind what, collection where)
    {
        const reconcile_task t = expect(what);
        EXPECT_EQ(static_cast<int>(t.where), static_cast<int>(where)) << "unexpected collection";
        return t;
    }
    void ready(const error& e = {})
    {
        expect(kind::confirm_ready);
        fsm.on_ready(e, now, u);
    }
    void list(collection where, std::vector<listed> all = {})
    {
        expect(kind::list, where);
        fsm.on_listed({}, all, now, u);
    }
    void not_listed(collection where, const error& e)
    {
        expect(kind::list, where);
        fsm.on_listed(e, {}, now, u);
    }
    bool creates(std::size_t key)
    {
        const reconcile_task t = expect(kind::create);
        EXPECT_EQ(t.key, key);
        return t.what == kind::create;
    }
    void create(std::size_t key, std::string id)
    {
        if (creates(key)) fsm.on_created({}, id, now, u);
    }
    void not_created(std::size_t key, const error& e)
    {
        if (creates(key)) fsm.on_created(e, {}, now, u);
    }
    /// Nothing to do before wakeup(); time passes until then.
    std::chrono::nanoseconds sleep()
    {
        expect(kind::none);
        const auto span = fsm.wakeup() - now;
        EXPECT_GT(span, 0ns);
        EXPECT_LT(span, 24h);
        now += span;
        return span;
    }
    /// What is on the platform, of one collection.
    std::vector<listed> own(collection where) const
    {
        std::vector<listed> all;
        for (std::size_t key = 0; key < fsm.size(); ++key)
            if (fsm.where(key) == where && !fsm.id_of(key).empty()) all.push_back({fsm.id_of(key)});
        return all;
    }
    /// A platform without faults, until there is nothing more to do.
    void settle()
    {
        for (int i = 0; i < 1000; ++i) {
            const reconcile_task t = next();
            switch (t.what) {
            case kind::none: return;
            case kind::confirm_ready: fsm.on_ready({}, now, u); break;
            case kind::list: fsm.on_listed({}, own(t.where), now, u); break;
            case kind::inspect: fsm.on_inspected({}, {t.id}, now, u); break;
            case kind::create: fsm.on_created({}, "made-" + std::to_string(++made), now, u); break;
            case kind::update: fsm.on_updated({}, now, u); break;
            case kind::remove: fsm.on_removed({}, now, u); break;
            }
        }
        ADD_FAILURE() << "it does not come to rest";
    }

    reconcile_options options;
    reconcile_fsm fsm;
    steady_time now = t0;
    double u = 0.5;
    int made = 0;
};

} // namespace app_test

#endif
