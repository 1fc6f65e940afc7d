#ifndef MEC_TESTS_APP_LIFE_HPP
#define MEC_TESTS_APP_LIFE_HPP

#include "machines.hpp"

namespace app_test {

using mec::termination_cause;
using mec::internal::lifecycle_action;
using mec::internal::lifecycle_fsm;
using act = lifecycle_action::kind;
using operation = mec::app_support::operation_action;

/// A lifecycle_fsm whose platform does what it is asked, unless a test says otherwise.
struct life {
    explicit life(std::size_t services)
    {
        for (std::size_t i = 0; i < services; ++i) fsm.want().declare(collection::services);
        fsm.want().start(now);
    }

    lifecycle_action next() { return fsm.next(now); }
    lifecycle_action expect(act what)
    {
        lifecycle_action a = next();
        EXPECT_EQ(static_cast<int>(a.what), static_cast<int>(what)) << "unexpected action";
        return a;
    }
    reconcile_task expect(kind what)
    {
        const auto a = expect(act::reconcile);
        EXPECT_EQ(static_cast<int>(a.task.what), static_cast<int>(what)) << "unexpected task";
        return a.task;
    }
    void ready()
    {
        expect(kind::confirm_ready);
        fsm.want().on_ready({}, now, u);
    }
    void list(std::vector<listed> all = {})
    {
        expect(kind::list);
        fsm.want().on_listed({}, all, now, u);
    }
    void create(std::string id)
    {
        expect(kind::create);
        fsm.want().on_created({}, id, now, u);
    }
    static life active(std::size_t services)
    {
        life l(services);
        l.ready();
        l.list();
        for (std::size_t i = 0; i < services; ++i) l.create("s-" + std::to_string(i));
        l.expect(act::none);
        EXPECT_EQ(l.fsm.state(), application_state::active);
        return l;
    }
    void leave(termination_cause cause, std::chrono::milliseconds budget,
               operation action = operation::terminating)
    {
        fsm.begin_departure(cause, action, budget, now);
    }
    void drained()
    {
        expect(act::announce);
        fsm.drained();
    }
    void withdraw(const error& e = {})
    {
        const auto a = expect(act::withdraw);
        EXPECT_EQ(static_cast<int>(a.task.what), static_cast<int>(kind::remove));
        fsm.on_withdrawn(a.task.key, e);
    }
    void confirm(const error& e = {})
    {
        expect(act::confirm_termination);
        fsm.on_termination_confirmed(e, now);
    }
    error finished()
    {
        const auto a = expect(act::finish);
        EXPECT_EQ(fsm.state(), application_state::stopped);
        EXPECT_EQ(static_cast<int>(next().what), static_cast<int>(act::none));
        EXPECT_EQ(fsm.wakeup(), steady_time::max());
        return a.outcome;
    }
    void sleep()
    {
        expect(act::none);
        EXPECT_GT(fsm.wakeup(), now);
        now = fsm.wakeup();
    }

    steady_time now = t0;
    double u = 0.5;
    lifecycle_fsm fsm{reconcile_options{}};
};

} // namespace app_test

#endif
