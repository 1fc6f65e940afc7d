#include "emulator_fixture.hpp"

#include <mec/app_support/describe.hpp>

namespace {

using namespace emulator_test;
using mec::emulator::subscription_kind;

/// The same tests for both kinds.
struct kind {
    const char* api;
    const char* type;
    subscription_kind as;
    bool names_the_instance;
};

struct emulated_subscriptions : emulator, testing::WithParamInterface<kind> {
    std::string path(const std::string& id = {}) const
    {
        return std::string("/") + GetParam().api + "/v1/applications/" + app.app_instance_id +
               "/subscriptions" + (id.empty() ? id : "/" + id);
    }
    std::string body(const std::string& more = {},
                     const std::string& callback = "http://127.0.0.1:9/x")
    {
        std::string text = std::string(R"({"subscriptionType":")") + GetParam().type +
                           R"(","callbackReference":")" + callback + '"';
        if (GetParam().names_the_instance)
            text += R"(,"appInstanceId":")" + app.app_instance_id + '"';
        return text + more + '}';
    }
    std::string make()
    {
        const auto r = call("POST", path(), body());
        EXPECT_EQ(r.status, 201) << r.body;
        return mec::id_of(r.headers.find("Location"));
    }
};

std::string name_of(const testing::TestParamInfo<kind>& info) { return info.param.api; }

INSTANTIATE_TEST_SUITE_P(
    of, emulated_subscriptions,
    testing::Values(kind{"mec_app_support", "AppTerminationNotificationSubscription",
                         subscription_kind::app_termination, true},
                    kind{"mec_service_mgmt", "SerAvailabilityNotificationSubscription",
                         subscription_kind::service_availability, false}),
    name_of);

TEST_P(emulated_subscriptions, are_made_with_an_absolute_link_to_themselves)
{
    start();
    const auto r = call("POST", path(), body(R"(,"_links":{"self":{"href":"http://elsewhere/"}})"));
    ASSERT_EQ(r.status, 201) << r.body;
    const std::string location(r.headers.find("Location"));
    const std::string id = mec::id_of(location);
    EXPECT_EQ(location, p->api_root().to_string() + path(id));
    EXPECT_NE(r.body.find("\"self\":{\"href\":\"" + location + "\"}"), std::string::npos)
        << "what a request has in _links does not count: " << r.body;
    EXPECT_NE(r.body.find("\"callbackReference\":\"http://127.0.0.1:9/x\""), std::string::npos);

    const auto one = call("GET", path(id));
    EXPECT_EQ(one.status, 200);
    EXPECT_EQ(one.body, r.body);
    const auto seen = p->subscriptions();
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].id, id);
    EXPECT_EQ(seen[0].app_instance_id, app.app_instance_id);
    EXPECT_EQ(seen[0].kind, GetParam().as);
    EXPECT_EQ(seen[0].callback, "http://127.0.0.1:9/x");
}

TEST_P(emulated_subscriptions, are_listed_with_their_type)
{
    start();
    const auto empty = decoded<mec::subscription_link_list>(call("GET", path()));
    EXPECT_TRUE(empty.links.subscriptions.empty());
    EXPECT_EQ(empty.links.self->href, p->api_root().to_string() + path());
    const std::string first = make();
    const std::string second = make();
    const auto all = decoded<mec::subscription_link_list>(call("GET", path()));
    ASSERT_EQ(all.links.subscriptions.size(), 2U);
    EXPECT_EQ(mec::id_of(all.links.subscriptions[0].href), first);
    EXPECT_EQ(mec::id_of(all.links.subscriptions[1].href), second);
    EXPECT_EQ(all.links.subscriptions[1].subscription_type, GetParam().type);
}

TEST_P(emulated_subscriptions, end_once)
{
    start();
    const std::string id = make();
    EXPECT_EQ(call("DELETE", path(id)).status, 204);
    expect_problem(call("DELETE", path(id)), 404);
    expect_problem(call("GET", path(id)), 404);
    EXPECT_TRUE(p->subscriptions().empty());
    expect_problem(call("PUT", path(id), body()), 405);
}

TEST_P(emulated_subscriptions, belong_to_one_instance_and_one_api)
{
    start();
    const std::string id = make();
    const std::string other_api =
        path(id).replace(1, std::string(GetParam().api).size(),
                         GetParam().names_the_instance ? "mec_service_mgmt" : "mec_app_support");
    expect_problem(call("GET", other_api), 404);
    expect_problem(call("DELETE", other_api), 404);
    const auto mine = path(id);
    const auto my_list = path();
    app = p->create_application("other");
    token = token_of(app);
    expect_problem(call("GET", mine), 403);
    expect_problem(call("DELETE", mine), 403);
    expect_problem(call("GET", my_list), 403);
    expect_problem(call("POST", my_list, body()), 403);
    expect_problem(call("GET", path(id)), 404);
    EXPECT_TRUE(
        decoded<mec::subscription_link_list>(call("GET", path())).links.subscriptions.empty());
}

TEST_P(emulated_subscriptions, need_a_callback_and_their_own_type)
{
    start();
    for (const char* callback : {"", "/relative", "ftp://127.0.0.1/", "http://", "ws://127.0.0.1/x",
                                 "http://user@127.0.0.1/", "http://127.0.0.1:99999/"})
        EXPECT_NE(
            expect_problem(call("POST", path(), body("", callback)), 400).find("callbackReference"),
            std::string::npos)
            << callback;
    for (const char* text : {"{}", "[]", "{", R"({"subscriptionType":"CellChangeSubscription"})"})
        expect_problem(call("POST", path(), text), 400);
    expect_problem(call("POST", path(), body(), "Content-Type: text/plain\r\n"), 415);
    std::string wrong = body();
    wrong.replace(wrong.find(GetParam().type), std::string(GetParam().type).size(), "Other");
    expect_problem(call("POST", path(), wrong), 400);
    EXPECT_TRUE(p->subscriptions().empty());
}

TEST_P(emulated_subscriptions, are_limited)
{
    start();
    for (int i = 0; i < 1000; ++i) ASSERT_EQ(call("POST", path(), body()).status, 201) << i;
    expect_problem(call("POST", path(), body()), 403);
}

struct emulated_subscription_rules : emulator {};

TEST_F(emulated_subscription_rules, a_termination_subscription_is_about_its_own_instance)
{
    start();
    const auto r = call("POST", support_path("/subscriptions"),
                        R"({"subscriptionType":"AppTerminationNotificationSubscription",)"
                        R"("callbackReference":"http://127.0.0.1:9/","appInstanceId":"other"})");
    EXPECT_NE(expect_problem(r, 400).find("/appInstanceId"), std::string::npos);
}

TEST_F(emulated_subscription_rules, a_filter_names_services_in_one_way_only)
{
    start();
    const auto post = [&](const std::string& filter) {
        return call("POST", management_path("/subscriptions"),
                    R"({"subscriptionType":"SerAvailabilityNotificationSubscription",)"
                    R"("callbackReference":"http://127.0.0.1:9/","filteringCriteria":)" +
                        filter + "}");
    };
    const std::string ids = R"("serInstanceIds":["a"])";
    const std::string names = R"("serNames":["a"])";
    const std::string categories =
        R"("serCategories":[{"href":"/c","id":"c","name":"n","version":"1"}])";
    EXPECT_EQ(post("{" + ids + R"(,"states":["ACTIVE"],"isLocal":true})").status, 201);
    EXPECT_EQ(post("{" + names + "}").status, 201);
    EXPECT_EQ(post("{" + categories + "}").status, 201);
    EXPECT_EQ(post("{}").status, 201);
    expect_problem(post("{" + ids + "," + names + "}"), 400);
    expect_problem(post("{" + names + "," + categories + "}"), 400);
    expect_problem(post("{" + ids + "," + categories + "}"), 400);
    expect_problem(post(R"({"states":["GONE"]})"), 400);
}

} // namespace
