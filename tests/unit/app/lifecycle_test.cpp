// The departure and its phases.

#include "life.hpp"

namespace app_test {
namespace {

TEST(lifecycle, stops_in_order)
{
    auto l = life::active(2);
    l.leave(termination_cause::application, 9s);
    EXPECT_EQ(l.fsm.state(), application_state::stopping);
    const auto told = l.expect(act::announce);
    EXPECT_EQ(told.until, l.fsm.leave().drain_until());
    l.expect(act::none);
    l.fsm.drained();
    const auto first = l.expect(act::withdraw);
    const auto second = l.expect(act::withdraw);
    EXPECT_NE(first.task.key, second.task.key);
    EXPECT_EQ(first.task.id, "s-0");
    l.expect(act::none);
    l.fsm.on_withdrawn(second.task.key, {});
    l.expect(act::none);
    l.fsm.on_withdrawn(first.task.key, errc::not_found);
    EXPECT_FALSE(l.finished());
}

TEST(lifecycle, tells_the_platform_last)
{
    auto l = life::active(1);
    l.leave(termination_cause::platform, 10s, operation::stopping);
    l.drained();
    l.withdraw();
    EXPECT_EQ(l.fsm.leave().action(), operation::stopping);
    l.confirm();
    EXPECT_FALSE(l.finished());
}

TEST(lifecycle, withdraws_when_the_application_takes_too_long)
{
    auto l = life::active(1);
    l.leave(termination_cause::application, 9s);
    l.expect(act::announce);
    l.sleep();
    EXPECT_EQ(l.now, l.fsm.leave().drain_until());
    l.withdraw();
    l.fsm.drained();
    EXPECT_FALSE(l.finished());
}

TEST(lifecycle, a_second_announcement_begins_the_work_anew_and_one_event_ends_both)
{
    auto l = life::active(0);
    l.leave(termination_cause::platform, 60s, operation::stopping);
    l.expect(act::announce);
    l.leave(termination_cause::platform, 60s, operation::terminating);
    l.expect(act::announce);
    l.expect(act::none);
    l.fsm.drained(); // told once, when both notices are gone
    l.confirm();
    EXPECT_FALSE(l.finished());
}

TEST(lifecycle, nothing_is_made_while_the_application_drains)
{
    auto l = life::active(1);
    l.leave(termination_cause::application, 9s);
    l.expect(act::announce);
    l.fsm.want().declare(collection::services);
    l.fsm.want().change(0);
    l.expect(act::none);
    l.fsm.drained();
    l.withdraw();
    EXPECT_FALSE(l.finished());
}

TEST(lifecycle, does_not_withdraw_everything_at_once)
{
    auto l = life::active(100);
    l.leave(termination_cause::platform, 10s);
    l.drained();
    std::vector<std::size_t> under_way;
    std::size_t gone = 0;
    for (;;) {
        const auto a = l.next();
        if (a.what == act::confirm_termination) break;
        if (a.what == act::withdraw) {
            under_way.push_back(a.task.key);
            ASSERT_LE(under_way.size(), 8u);
            continue;
        }
        ASSERT_EQ(a.what, act::none);
        ASSERT_FALSE(under_way.empty());
        l.fsm.on_withdrawn(under_way.back(), {});
        under_way.pop_back();
        ++gone;
    }
    EXPECT_EQ(gone, 100u);
}

TEST(lifecycle, a_silent_platform_is_told_all_the_same)
{
    auto l = life::active(2);
    l.leave(termination_cause::platform, 10s);
    l.drained();
    l.expect(act::withdraw);
    l.expect(act::withdraw);
    l.sleep();
    EXPECT_EQ(l.now, l.fsm.leave().withdraw_until());
    l.expect(act::confirm_termination);
    l.sleep();
    EXPECT_EQ(l.now, l.fsm.leave().end());
    EXPECT_EQ(l.finished(), errc::deadline_exceeded);
}

TEST(lifecycle, says_what_may_have_stayed)
{
    auto l = life::active(2);
    l.leave(termination_cause::application, 9s);
    l.drained();
    l.withdraw();
    l.expect(act::withdraw);
    l.sleep();
    EXPECT_EQ(l.now, l.fsm.leave().end());
    const auto outcome = l.finished();
    EXPECT_EQ(outcome, errc::deadline_exceeded);
    EXPECT_NE(outcome.what().find(": 1"), std::string::npos) << outcome.what();
}

TEST(lifecycle, a_withdrawal_that_is_refused_is_the_outcome)
{
    auto l = life::active(1);
    l.leave(termination_cause::application, 9s);
    l.drained();
    l.withdraw(errc::forbidden);
    EXPECT_EQ(l.finished(), errc::forbidden);
}

TEST(lifecycle, lets_the_call_under_way_end_first)
{
    life l(2);
    l.ready();
    l.list();
    l.expect(kind::create);
    l.leave(termination_cause::application, 9s);
    l.drained();
    l.expect(act::none);
    l.fsm.want().on_created({}, "s", l.now, l.u);
    l.withdraw();
    EXPECT_FALSE(l.finished());
}

TEST(lifecycle, settles_an_unknown_creation_before_it_leaves)
{
    life l(1);
    l.ready();
    l.list();
    l.expect(kind::create);
    l.leave(termination_cause::application, 9s);
    l.drained();
    l.fsm.want().on_created(errc::outcome_unknown, {}, l.now, l.u);
    l.expect(kind::list);
    l.fsm.want().on_listed(errc::service_unavailable, {}, l.now, l.u);
    l.sleep();
    l.list({{"s", 0u}});
    l.withdraw();
    EXPECT_FALSE(l.finished());
}

TEST(lifecycle, says_that_something_unknown_may_have_stayed)
{
    life l(1);
    l.ready();
    l.list();
    l.expect(kind::create);
    l.leave(termination_cause::application, 9s);
    l.drained();
    l.fsm.want().on_created(errc::outcome_unknown, {}, l.now, l.u);
    l.expect(kind::list);
    l.sleep();
    EXPECT_EQ(l.now, l.fsm.leave().end());
    EXPECT_EQ(l.finished(), errc::deadline_exceeded);
}

TEST(lifecycle, does_not_withdraw_what_is_being_changed_until_that_is_over)
{
    auto l = life::active(1);
    l.fsm.want().change(0);
    l.expect(kind::update);
    l.leave(termination_cause::application, 9s);
    l.drained();
    l.expect(act::none);
    l.fsm.want().on_updated({}, l.now, l.u);
    l.withdraw();
    EXPECT_FALSE(l.finished());
}

TEST(lifecycle, stops_while_it_waits_for_the_platform)
{
    life l(1);
    l.expect(kind::confirm_ready);
    l.fsm.want().on_ready(errc::connect_refused, l.now, l.u);
    l.leave(termination_cause::application, 9s);
    l.drained();
    EXPECT_FALSE(l.finished());
}

TEST(lifecycle, withdraws_what_was_made_when_a_later_one_is_refused)
{
    life l(3);
    l.ready();
    l.list();
    l.create("s");
    l.expect(kind::create);
    l.fsm.want().on_created(errc::outcome_unknown, {}, l.now, l.u);
    l.expect(kind::create);
    l.fsm.want().on_created(errc::bad_request, {}, l.now, l.u);
    l.list({{"s"}, {"t", 1u}}); // it was made
    l.withdraw();
    l.withdraw();
    EXPECT_EQ(l.finished(), errc::bad_request);
}

TEST(lifecycle, the_platform_is_told_again_when_it_could_not_be_reached)
{
    auto l = life::active(0);
    l.leave(termination_cause::platform, 10s);
    l.drained();
    for (const errc passing :
         {errc::service_unavailable, errc::connect_refused, errc::outcome_unknown}) {
        l.confirm(passing);
        l.sleep();
    }
    l.confirm(errc::conflict);
    EXPECT_FALSE(l.finished());
}

TEST(lifecycle, a_refused_confirmation_is_the_outcome)
{
    auto l = life::active(0);
    l.leave(termination_cause::platform, 10s);
    l.drained();
    l.confirm(errc::bad_request);
    EXPECT_EQ(l.finished(), errc::bad_request);
}

TEST(lifecycle, a_stronger_notice_wants_a_confirmation_of_its_own)
{
    auto l = life::active(0);
    l.leave(termination_cause::platform, 10s, operation::stopping);
    l.drained();
    l.expect(act::confirm_termination);
    l.leave(termination_cause::platform, 10s, operation::terminating);
    l.expect(act::none);
    l.fsm.on_termination_confirmed({}, l.now);
    l.confirm();
    EXPECT_FALSE(l.finished());
}

TEST(lifecycle, a_notice_of_the_platform_shortens_a_stop_and_is_confirmed)
{
    auto l = life::active(1);
    l.leave(termination_cause::application, 9s);
    l.drained();
    l.expect(act::withdraw);
    l.leave(termination_cause::platform, 1s);
    EXPECT_EQ(l.fsm.leave().end(), l.now + 750ms);
    l.sleep();
    l.confirm();
    EXPECT_FALSE(l.finished());
}

TEST(lifecycle, a_platform_that_gives_no_time_is_told_at_once)
{
    auto l = life::active(3);
    l.leave(termination_cause::platform, 0s);
    l.expect(act::announce);
    l.confirm();
    EXPECT_FALSE(l.finished());
}

} // namespace
} // namespace app_test
