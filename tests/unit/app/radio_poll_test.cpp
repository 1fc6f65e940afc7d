#include "radio_poll.hpp"

#include <gtest/gtest.h>

namespace {

namespace rni = mec::rni;
using mec::internal::radio_poll;

rni::associate_id address(std::string text)
{
    return {rni::associate_id_type::ue_ipv4_address, std::move(text)};
}
rni::ecgi cell(std::string id) { return {{"001", "01"}, std::move(id)}; }

rni::erab_info bearer(std::int32_t id, std::int32_t qci, std::int64_t rate = 0)
{
    rni::erab_qos_parameters qos;
    qos.qci = qci;
    if (rate != 0) qos.qos_information = rni::qos_information{rate, rate, rate, rate};
    return {id, qos};
}

/// One UE with its bearers in one cell.
void add(rni::rab_info& to, const std::string& where, const std::string& who,
         std::vector<rni::erab_info> bearers)
{
    rni::cell_user_info c;
    c.ecgi = cell(where);
    c.ue_info.push_back({{address(who)}, std::move(bearers)});
    to.cell_user_info.push_back(std::move(c));
}

rni::rab_info one(const std::string& where, std::vector<rni::erab_info> bearers)
{
    rni::rab_info all;
    all.time_stamp = mec::time_stamp{7, 0};
    add(all, where, "10.0.0.1", std::move(bearers));
    return all;
}

template <class Notification> const Notification& only(const std::vector<rni::notification>& all)
{
    EXPECT_EQ(all.size(), 1u);
    return std::get<Notification>(all.at(0));
}

TEST(radio_poll, says_nothing_about_what_was_there_before)
{
    radio_poll poll{rni::cell_change_subscription{}};
    EXPECT_TRUE(poll.compare(one("1", {bearer(5, 9)})).empty());
    EXPECT_TRUE(poll.compare(one("1", {bearer(5, 9)})).empty());
}

TEST(radio_poll, tells_a_cell_change_with_both_cells)
{
    radio_poll poll{rni::cell_change_subscription{}};
    poll.compare(one("1", {bearer(5, 9)}));
    const auto news = poll.compare(one("2", {bearer(5, 9)}));
    const auto& n = only<rni::cell_change_notification>(news);
    EXPECT_EQ(n.src_ecgi, cell("1"));
    EXPECT_EQ(n.trg_ecgi, std::vector<rni::ecgi>{cell("2")});
    EXPECT_EQ(n.ho_status, rni::ho_status::completed);
    EXPECT_EQ(n.associate_id, std::vector<rni::associate_id>{address("10.0.0.1")});
    EXPECT_EQ(n.time_stamp, (mec::time_stamp{7, 0}));
}

TEST(radio_poll, follows_a_ue_whatever_the_order_of_its_ids)
{
    radio_poll poll{rni::cell_change_subscription{}};
    auto before = one("1", {bearer(5, 9)});
    before.cell_user_info[0].ue_info[0].associate_id.push_back(address("10.0.0.2"));
    auto after = one("2", {bearer(5, 9)});
    auto& ids = after.cell_user_info[0].ue_info[0].associate_id;
    ids.insert(ids.begin(), address("10.0.0.2"));
    poll.compare(before);
    EXPECT_EQ(poll.compare(after).size(), 1u);
}

TEST(radio_poll, keeps_to_the_criteria_of_cell_changes)
{
    rni::cell_change_subscription elsewhere;
    elsewhere.filter_criteria.ecgi = {cell("3")};
    rni::cell_change_subscription somebody_else;
    somebody_else.filter_criteria.associate_id = {address("10.0.0.9")};
    rni::cell_change_subscription rejected;
    rejected.filter_criteria.ho_status = {rni::ho_status::rejected};
    rni::cell_change_subscription away_from;
    away_from.filter_criteria.ecgi = {cell("1")};
    const auto told = [](const rni::subscription& s) {
        radio_poll poll{s};
        poll.compare(one("1", {bearer(5, 9)}));
        return poll.compare(one("2", {bearer(5, 9)})).size();
    };
    EXPECT_EQ(told(elsewhere), 0u);
    EXPECT_EQ(told(somebody_else), 0u);
    EXPECT_EQ(told(rejected), 0u);
    EXPECT_EQ(told(away_from), 1u);
}

TEST(radio_poll, tells_bearers_that_come_change_and_go)
{
    rni::rab_est_subscription est;
    est.filter_criteria.qci = 1;
    rni::rab_mod_subscription mod;
    mod.filter_criteria.qci = 1;
    mod.filter_criteria.erab_id = 6;
    rni::rab_rel_subscription rel;
    rel.filter_criteria.qci = 1;
    rel.filter_criteria.erab_id = 6;
    radio_poll comes{est};
    radio_poll changes{mod};
    radio_poll goes{rel};
    const rni::rab_info steps[] = {
        one("1", {bearer(5, 9)}),
        one("1", {bearer(5, 9), bearer(6, 1, 1000), bearer(7, 2)}),
        one("1", {bearer(5, 8), bearer(6, 1, 2000), bearer(7, 2)}),
        one("1", {bearer(5, 8)}),
    };
    std::vector<std::vector<rni::notification>> came;
    std::vector<std::vector<rni::notification>> changed;
    std::vector<std::vector<rni::notification>> gone;
    for (const auto& step : steps) {
        came.push_back(comes.compare(step));
        changed.push_back(changes.compare(step));
        gone.push_back(goes.compare(step));
    }
    EXPECT_EQ(only<rni::rab_est_notification>(came[1]).erab_id, 6);
    EXPECT_EQ(only<rni::rab_mod_notification>(changed[2])
                  .erab_qos_parameters->qos_information->erab_gbr_dl,
              2000);
    EXPECT_EQ(only<rni::rab_rel_notification>(gone[3]).erab_release_info.erab_id, 6);
    EXPECT_TRUE(came[2].empty() && came[3].empty());
    EXPECT_TRUE(changed[1].empty() && changed[3].empty());
    EXPECT_TRUE(gone[1].empty() && gone[2].empty());
}

TEST(radio_poll, tells_the_bearers_of_a_ue_that_has_gone)
{
    rni::rab_rel_subscription rel;
    rel.filter_criteria.erab_id = 5;
    rel.filter_criteria.qci = 9;
    radio_poll poll{rel};
    poll.compare(one("1", {bearer(5, 9)}));
    const auto news = poll.compare(rni::rab_info{});
    EXPECT_EQ(only<rni::rab_rel_notification>(news).ecgi, cell("1"));
}

rni::s1_bearer_info s1(const std::string& gateway)
{
    rni::s1_bearer_info all;
    rni::s1_ue_info u;
    u.associate_id = {address("10.0.0.1")};
    u.ecgi = {cell("1")};
    if (!gateway.empty())
        u.s1_bearer_info_detailed.push_back({5, {"192.0.2.1", "1"}, {gateway, "2"}});
    all.s1_ue_info.push_back(std::move(u));
    return all;
}

TEST(radio_poll, tells_s1_bearers_by_the_events_that_are_wanted)
{
    using event = rni::s1_event;
    const auto told = [](std::vector<mec::open_enum<event>> wanted) {
        rni::s1_bearer_subscription s;
        s.event_type = std::move(wanted);
        radio_poll poll{s};
        std::vector<event> events;
        for (const char* gateway : {"", "192.0.2.8", "192.0.2.9", ""})
            for (const auto& n : poll.compare(s1(gateway)))
                events.push_back(*std::get<rni::s1_bearer_notification>(n).s1_event.get());
        return events;
    };
    EXPECT_EQ(told({event::s1_bearer_establish, event::s1_bearer_modify, event::s1_bearer_release}),
              (std::vector{event::s1_bearer_establish, event::s1_bearer_modify,
                           event::s1_bearer_release}));
    EXPECT_EQ(told({event::s1_bearer_modify}), std::vector{event::s1_bearer_modify});
}

TEST(radio_poll, knows_which_query_tells_something)
{
    using query = radio_poll::query;
    EXPECT_EQ(radio_poll::query_for(rni::cell_change_subscription{}), query::rab_info);
    EXPECT_EQ(radio_poll::query_for(rni::rab_est_subscription{}), query::rab_info);
    EXPECT_EQ(radio_poll::query_for(rni::rab_mod_subscription{}), query::rab_info);
    EXPECT_EQ(radio_poll::query_for(rni::rab_rel_subscription{}), query::rab_info);
    EXPECT_EQ(radio_poll::query_for(rni::s1_bearer_subscription{}), query::s1_bearer_info);
    EXPECT_EQ(radio_poll::query_for(rni::meas_rep_ue_subscription{}), query::none);
    EXPECT_EQ(radio_poll::query_for(rni::nr_meas_rep_ue_subscription{}), query::none);
    EXPECT_EQ(radio_poll::query_for(rni::meas_ta_subscription{}), query::none);
    EXPECT_EQ(radio_poll::query_for(rni::ca_reconf_subscription{}), query::none);
}

} // namespace
