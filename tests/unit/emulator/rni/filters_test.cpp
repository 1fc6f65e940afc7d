#include "emulator/rni_filters.hpp"
#include "events.hpp"

namespace {

using namespace rni_test;
using mec::emulator::matches;

struct criteria {
    const char* type;
    const char* name; ///< of the member with the criteria
    const char* base; ///< what must be in it in any case
    const char* more; ///< beside it
};
const criteria all_criteria[] = {
    {"CellChangeSubscription", "filterCriteriaAssocHo", "", ""},
    {"RabEstSubscription", "filterCriteriaQci", R"("qci":1)", ""},
    {"RabModSubscription", "filterCriteriaQci", R"("qci":1,"erabId":7)", ""},
    {"RabRelSubscription", "filterCriteriaQci", R"("qci":1,"erabId":7)", ""},
    {"MeasRepUeSubscription", "filterCriteriaAssocTri", "", ""},
    {"NrMeasRepUeSubscription", "filterCriteriaNrMrs", "", ""},
    {"MeasTaSubscription", "filterCriteriaAssoc", "", ""},
    {"CaReconfSubscription", "filterCriteriaAssoc", "", ""},
    {"S1BearerSubscription", "S1BearerSubscriptionCriteria", "", R"("eventType":[1,2,3],)"}};

rni::subscription subscription_with(std::size_t type, const std::string& filter)
{
    const criteria& c = all_criteria[type];
    std::string inner = c.base;
    if (!inner.empty() && !filter.empty()) inner += ',';
    return wanting(c.type, c.more + ('"' + std::string(c.name)) + "\":{" + inner + filter + '}');
}

/// Whether an event of that type matches with these criteria.
bool match(std::size_t type, const std::string& filter)
{
    return matches(subscription_with(type, filter), every_event()[type]);
}

enum type { change, est, mod, rel, lte, nr, ta, ca, s1_bearer, types };

TEST(rni_filters, without_criteria_take_their_own_type_and_no_other)
{
    const auto events = every_event();
    for (std::size_t s = 0; s < types; ++s)
        for (std::size_t e = 0; e < types; ++e)
            EXPECT_EQ(matches(subscription_with(s, ""), events[e]), s == e) << s << ' ' << e;
}

TEST(rni_filters, know_ues_by_each_of_their_identities)
{
    for (const std::size_t t : {change, lte, nr, ta, ca, s1_bearer}) {
        EXPECT_TRUE(match(t, R"("associateId":[{"type":1,"value":"10.0.0.1"}])")) << t;
        EXPECT_TRUE(match(t, R"("associateId":[{"type":4,"value":"0000abcd"}])")) << t;
        EXPECT_TRUE(match(t, R"("associateId":[{"type":1,"value":"10.0.0.9"},)"
                             R"({"type":1,"value":"10.0.0.1"}])"))
            << t << ": one of the list is enough";
        EXPECT_FALSE(match(t, R"("associateId":[{"type":1,"value":"10.0.0.9"}])")) << t;
        EXPECT_FALSE(match(t, R"("associateId":[{"type":3,"value":"10.0.0.1"}])"))
            << t << ": the same text of another kind";
    }
}

TEST(rni_filters, know_cells_with_their_network)
{
    const auto cell = [](const char* mnc, const char* id) {
        return R"({"plmn":{"mcc":"001","mnc":")" + std::string(mnc) + R"("},"cellId":")" + id +
               "\"}";
    };
    for (const std::size_t t : {change, est, mod, rel, lte, ta, ca, s1_bearer}) {
        EXPECT_TRUE(match(t, R"("ecgi":[)" + cell("01", "000000A") + ']')) << t;
        EXPECT_TRUE(
            match(t, R"("ecgi":[)" + cell("01", "0000009") + ',' + cell("01", "000000A") + ']'))
            << t;
        EXPECT_FALSE(match(t, R"("ecgi":[)" + cell("01", "0000009") + ']')) << t;
        EXPECT_FALSE(match(t, R"("ecgi":[)" + cell("001", "000000A") + ']'))
            << t << ": 01 and 001 are two networks";
    }
    EXPECT_TRUE(match(change, R"("ecgi":[)" + cell("01", "000000B") + ']')) << "the target";
    EXPECT_TRUE(match(nr, R"("nrcgi":[{"plmn":{"mcc":"001","mnc":"01"},"nrCellId":"00000000E"}])"));
    EXPECT_FALSE(
        match(nr, R"("nrcgi":[{"plmn":{"mcc":"001","mnc":"01"},"nrCellId":"00000000F"}])"));
}

TEST(rni_filters, want_all_members_to_hold)
{
    const std::string good_ue = R"("associateId":[{"type":1,"value":"10.0.0.1"}])";
    const std::string bad_ue = R"("associateId":[{"type":1,"value":"10.0.0.9"}])";
    const std::string good_cell =
        R"("ecgi":[{"plmn":{"mcc":"001","mnc":"01"},"cellId":"000000A"}])";
    const std::string bad_cell = R"("ecgi":[{"plmn":{"mcc":"001","mnc":"01"},"cellId":"0000009"}])";
    for (const std::size_t t : {change, lte, ta, ca, s1_bearer}) {
        EXPECT_TRUE(match(t, good_ue + ',' + good_cell)) << t;
        EXPECT_FALSE(match(t, bad_ue + ',' + good_cell)) << t;
        EXPECT_FALSE(match(t, good_ue + ',' + bad_cell)) << t;
    }
}

TEST(rni_filters, know_the_state_of_a_hand_over)
{
    const auto only = [](const char* list) {
        return wanting("CellChangeSubscription",
                       R"("filterCriteriaAssocHo":{"hoStatus":)" + std::string(list) + '}');
    };
    for (int status = 1; status <= 5; ++status) {
        const auto e = hand_over(static_cast<radio::ho_status>(status));
        EXPECT_EQ(matches(only("[3]"), e), status == 3);
        EXPECT_EQ(matches(only("[1,5]"), e), status == 1 || status == 5);
    }
}

TEST(rni_filters, know_bearers_by_id_and_qci)
{
    const auto rab = [](const char* type, int id, int qci) {
        return wanting(type, R"("filterCriteriaQci":{"erabId":)" + std::to_string(id) +
                                 R"(,"qci":)" + std::to_string(qci) + '}');
    };
    EXPECT_TRUE(matches(rab("RabEstSubscription", 0, 1), establishment()));
    EXPECT_FALSE(matches(rab("RabEstSubscription", 0, 9), establishment()));
    EXPECT_TRUE(matches(rab("RabModSubscription", 7, 1), modification()));
    EXPECT_TRUE(matches(rab("RabModSubscription", 7, 9), modification())) << "the QCI before";
    EXPECT_FALSE(matches(rab("RabModSubscription", 7, 5), modification()));
    EXPECT_FALSE(matches(rab("RabModSubscription", 6, 1), modification()));
    EXPECT_TRUE(matches(rab("RabRelSubscription", 7, 1), release()));
    EXPECT_FALSE(matches(rab("RabRelSubscription", 7, 9), release()));
    EXPECT_FALSE(matches(rab("RabRelSubscription", 6, 1), release()));
}

TEST(rni_filters, know_what_made_a_ue_report)
{
    const auto lte_on =
        wanting("MeasRepUeSubscription", R"("filterCriteriaAssocTri":{"trigger":[1,12]})");
    EXPECT_TRUE(matches(lte_on, report(12)));
    EXPECT_TRUE(matches(lte_on, report(1)));
    EXPECT_FALSE(matches(lte_on, report(10)));
    EXPECT_FALSE(matches(lte_on, report(0)));
    const auto nr_on =
        wanting("NrMeasRepUeSubscription", R"("filterCriteriaNrMrs":{"triggerNr":[20,30]})");
    EXPECT_TRUE(matches(nr_on, nr_report(20)));
    EXPECT_TRUE(matches(nr_on, nr_report(30)));
    EXPECT_FALSE(matches(nr_on, nr_report(12)));
}

TEST(rni_filters, know_what_happened_to_which_s1_bearer)
{
    const auto on = [](const char* events, const char* filter) {
        return wanting("S1BearerSubscription", R"("eventType":)" + std::string(events) +
                                                   R"(,"S1BearerSubscriptionCriteria":)" + filter);
    };
    for (int what = 1; what <= 3; ++what) {
        const auto e = s1(static_cast<radio::s1_event>(what));
        EXPECT_EQ(matches(on("[1,3]", "{}"), e), what != 2);
        EXPECT_EQ(matches(on("[2]", "{}"), e), what == 2);
        EXPECT_EQ(matches(on("[2]", R"({"erabId":[6,7]})"), e), what == 2);
        EXPECT_FALSE(matches(on("[1,2,3]", R"({"erabId":[6]})"), e));
    }
}

TEST(rni_filters, do_not_know_whose_application_a_ue_uses)
{
    EXPECT_TRUE(match(ta, R"("appInstanceId":"anything")"));
}

} // namespace
