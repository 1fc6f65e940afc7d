#include "emulator_rni_fixture.hpp"

namespace {

using namespace emulator_test;
using rni::subscription_type;

constexpr std::size_t types = std::variant_size_v<rni::subscription>;

subscription_type type_at(std::size_t i) { return static_cast<subscription_type>(i); }

struct emulated_rni_subscriptions : emulated_rni {
    void SetUp() override { start(); }
};

TEST_F(emulated_rni_subscriptions, of_every_type_are_made_read_listed_and_deleted)
{
    for (std::size_t i = 0; i < types; ++i) {
        const auto name = std::string(rni::query_name(type_at(i)));
        const auto made = post(type_at(i), inbox.url());
        ASSERT_EQ(made.status, 201) << made.body;
        const auto content = decoded<rni::subscription>(made);
        EXPECT_EQ(content.index(), i);
        EXPECT_EQ(rni::common(content).callback_reference, inbox.url());
        EXPECT_FALSE(rni::common(content).expiry_deadline);
        const std::string href = rni::common(content).links->self->href;
        EXPECT_EQ(made.headers.find("Location"), href);
        EXPECT_EQ(below_root(href), path_of(content));

        const auto read = call("GET", path_of(content));
        EXPECT_EQ(read.status, 200);
        EXPECT_EQ(read.body, made.body);
        EXPECT_EQ(read.headers.find("ETag"), made.headers.find("ETag"));

        const auto list = decoded<rni::subscription_link_list>(
            call("GET", std::string(subscriptions) + "?subscription_type=" + name));
        ASSERT_EQ(list.links.subscription.size(), 1U) << name;
        EXPECT_EQ(list.links.subscription[0].href, href);
        EXPECT_EQ(*list.links.subscription[0].subscription_type, type_at(i));
        EXPECT_EQ(below_root(list.links.self->href), subscriptions);
    }
    auto all = decoded<rni::subscription_link_list>(call("GET", subscriptions));
    ASSERT_EQ(all.links.subscription.size(), types);
    ASSERT_EQ(p->subscriptions().size(), types);
    for (std::size_t i = 0; i < types; ++i) {
        EXPECT_EQ(*all.links.subscription[i].subscription_type, type_at(i));
        const auto shown = p->subscriptions()[i];
        EXPECT_EQ(shown.kind, mec::emulator::subscription_kind::radio_network);
        EXPECT_EQ(shown.type, mec::json::to_string(type_at(i)));
        EXPECT_EQ(shown.app_instance_id, app.app_instance_id);
        EXPECT_EQ(shown.callback, inbox.url());
    }
    for (const auto& one : all.links.subscription) {
        EXPECT_EQ(call("DELETE", below_root(one.href)).status, 204);
        expect_problem(call("DELETE", below_root(one.href)), 404);
        expect_problem(call("GET", below_root(one.href)), 404);
    }
    EXPECT_EQ(call("GET", subscriptions).body.find("href"),
              call("GET", subscriptions).body.rfind("href"))
        << "only its own link";
}

TEST_F(emulated_rni_subscriptions, show_what_was_asked_for_and_the_defaults)
{
    const std::string ecgi = R"({"plmn":{"mcc":"001","mnc":"01"},"cellId":"800000A"})";
    const std::string criteria = R"({"appInstanceId":")" + app.app_instance_id +
                                 R"(","associateId":[{"type":1,"value":"10.0.0.1"}],"ecgi":[)" +
                                 ecgi + "]";
    const auto with_default =
        subscribe(R"({"subscriptionType":"CellChangeSubscription","filterCriteriaAssocHo":)" +
                  criteria + R"(},"callbackReference":")" + inbox.url() + R"(","vendor":7})");
    const auto& first = std::get<rni::cell_change_subscription>(with_default);
    ASSERT_EQ(first.filter_criteria.ho_status.size(), 1U);
    EXPECT_EQ(first.filter_criteria.ho_status[0], rni::ho_status::completed);
    EXPECT_EQ(first.filter_criteria.app_instance_id, app.app_instance_id);
    ASSERT_EQ(first.filter_criteria.ecgi.size(), 1U);
    EXPECT_EQ(first.filter_criteria.ecgi[0].cell_id, "800000A");
    ASSERT_EQ(first.filter_criteria.associate_id.size(), 1U);
    EXPECT_EQ(first.filter_criteria.associate_id[0].value, "10.0.0.1");
    EXPECT_EQ(first.extensions.values.size(), 1U) << "unknown members come back";

    const auto chosen = subscribe(
        R"({"subscriptionType":"CellChangeSubscription","filterCriteriaAssocHo":{"hoStatus":[1,5]},)"
        R"("callbackReference":")" +
        inbox.url() + "\"}");
    const auto& second = std::get<rni::cell_change_subscription>(chosen);
    ASSERT_EQ(second.filter_criteria.ho_status.size(), 2U);
    EXPECT_EQ(second.filter_criteria.ho_status[1], rni::ho_status::cancelled);
}

TEST_F(emulated_rni_subscriptions, belong_to_one_application)
{
    const auto mine = subscribe(body(subscription_type::meas_ta, inbox.url()));
    const auto other = token_of(p->create_application("other"));
    expect_problem(call_as(other, "GET", path_of(mine)), 404);
    expect_problem(call_as(other, "DELETE", path_of(mine)), 404);
    const auto list = decoded<rni::subscription_link_list>(call_as(other, "GET", subscriptions));
    EXPECT_TRUE(list.links.subscription.empty());
    EXPECT_EQ(call("GET", path_of(mine)).status, 200);
}

TEST_F(emulated_rni_subscriptions, end_with_their_application)
{
    subscribe(body(subscription_type::meas_ta, inbox.url()));
    ASSERT_FALSE(p->terminate(app.app_instance_id, mec::app_support::operation_action::stopping,
                              std::chrono::seconds{1}));
    EXPECT_TRUE(p->subscriptions().empty());
}

TEST_F(emulated_rni_subscriptions, are_lost_with_the_others)
{
    const auto one = subscribe(body(subscription_type::meas_ta, inbox.url()));
    ASSERT_FALSE(p->restart());
    connection.reset();
    EXPECT_EQ(call("GET", path_of(one)).status, 200) << "nothing was lost";
    p->lose(mec::emulator::loss::subscriptions);
    expect_problem(call("GET", path_of(one)), 404);
}

TEST_F(emulated_rni_subscriptions, are_replaced_by_updates)
{
    const auto made = post(subscription_type::meas_rep_ue, inbox.url());
    auto content = decoded<rni::subscription>(made);
    auto& mine = std::get<rni::meas_rep_ue_subscription>(content);
    mine.filter_criteria.trigger = {rni::trigger::event_a3};
    mine.callback_reference = inbox.url("/other");
    const std::string tag(made.headers.find("ETag"));
    const auto changed =
        call("PUT", path_of(content), mec::json::serialize(content), "If-Match: " + tag + "\r\n");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_NE(changed.headers.find("ETag"), tag);
    const auto now = decoded<rni::subscription>(changed);
    EXPECT_EQ(mec::json::serialize(now), mec::json::serialize(content));
    EXPECT_EQ(call("GET", path_of(content)).body, changed.body);
    EXPECT_EQ(p->subscriptions()[0].callback, inbox.url("/other"));

    expect_problem(
        call("PUT", path_of(content), mec::json::serialize(content), "If-Match: " + tag + "\r\n"),
        412);
    expect_problem(call("PUT", path_of(content) + "x", mec::json::serialize(content)), 404);
    auto other_type = subscribe(body(subscription_type::meas_ta, inbox.url()));
    rni::common(other_type).links = rni::common(content).links;
    expect_problem(call("PUT", path_of(content), mec::json::serialize(other_type)), 422);
    expect_problem(call("PUT", path_of(content), body(subscription_type::meas_rep_ue, inbox.url())),
                   400);
    rni::common(content).links->self->href += "x";
    expect_problem(call("PUT", path_of(now), mec::json::serialize(content)), 400);
    EXPECT_EQ(call("GET", path_of(now)).body, changed.body) << "nothing of that did anything";
}

TEST_F(emulated_rni_subscriptions, are_refused_for_the_right_reason)
{
    const auto ta = subscription_type::meas_ta;
    const auto refuse = [&](const std::string& json, int status, const char* why) {
        const auto detail = expect_problem(call("POST", subscriptions, json), status);
        EXPECT_NE(detail.find(why), detail.npos) << detail;
    };
    refuse("{", 400, "");
    refuse(body(ta, ""), 400, "callbackReference");
    refuse(body(ta, "", R"(,"websockNotifConfig":{"requestWebsocketUri":false})"), 400,
           "websockNotifConfig");
    refuse(body(ta, "ftp://a.example/x"), 400, "/callbackReference");
    refuse(R"({"callbackReference":")" + inbox.url() + "\"}", 400, "/subscriptionType");
    refuse(R"({"subscriptionType":"NoSuchSubscription","callbackReference":"http://a.example/"})",
           400, "/subscriptionType");
    refuse(R"({"subscriptionType":"MeasTaSubscription","callbackReference":"http://a.example/"})",
           400, "/filterCriteriaAssoc");
    refuse(R"({"subscriptionType":"RabEstSubscription","callbackReference":"http://a.example/",)"
           R"("filterCriteriaQci":{}})",
           400, "/filterCriteriaQci/qci");
    refuse(R"({"subscriptionType":"RabEstSubscription","callbackReference":"http://a.example/",)"
           R"("filterCriteriaQci":{"qci":256}})",
           400, "/filterCriteriaQci/qci");
    refuse(R"({"subscriptionType":"S1BearerSubscription","callbackReference":"http://a.example/",)"
           R"("eventType":[],"S1BearerSubscriptionCriteria":{}})",
           400, "/eventType");
    refuse(
        R"({"subscriptionType":"CellChangeSubscription","callbackReference":"http://a.example/",)"
        R"("filterCriteriaAssocHo":{"hoStatus":[3,9]}})",
        422, "/filterCriteriaAssocHo/hoStatus/1");
    refuse(R"({"subscriptionType":"MeasTaSubscription","callbackReference":"http://a.example/",)"
           R"("filterCriteriaAssoc":{"appInstanceId":"nobody"}})",
           422, "appInstanceId");
    const auto other = p->create_application("other").app_instance_id;
    refuse(R"({"subscriptionType":"MeasTaSubscription","callbackReference":"http://a.example/",)"
           R"("filterCriteriaAssoc":{"appInstanceId":")" +
               other + "\"}}",
           403, "appInstanceId");
    refuse(body(ta, inbox.url(), R"(,"expiryDeadline":{"seconds":1,"nanoSeconds":0})"), 422,
           "/expiryDeadline");
    EXPECT_TRUE(p->subscriptions().empty());
}

TEST_F(emulated_rni_subscriptions, answer_the_errors_that_every_operation_declares)
{
    expect_problem(call_as("", "GET", subscriptions), 401);
    expect_problem(call_as("wrong", "POST", subscriptions, "{}"), 401);
    expect_problem(call("GET", std::string(subscriptions) + "?color=red"), 400);
    expect_problem(call("GET", std::string(subscriptions) + "?subscription_type=cell_changed"),
                   400);
    expect_problem(
        call("GET", std::string(subscriptions) + "?subscription_type=CellChangeSubscription"), 400);
    expect_problem(call("GET", subscriptions, "", "Accept: application/xml\r\n"), 406);
    expect_problem(
        call("GET", std::string(subscriptions) + "/x", "", "Accept: text/*, image/png;q=1\r\n"),
        406);
    EXPECT_EQ(
        call("GET", subscriptions, "", "Accept: text/html, application/json;q=0.5\r\n").status,
        200);
    EXPECT_EQ(call("GET", subscriptions, "", "Accept: */*\r\n").status, 200);
    expect_problem(call("POST", subscriptions, "{}", "Content-Type: text/plain\r\n"), 415);
    expect_problem(call("PATCH", subscriptions, "{}"), 405);
    for (const auto& operation : rni::api)
        for (const int status : operation.errors) {
            if (status == 0) continue;
            fault f;
            f.operation = std::string(operation.name);
            f.status = status;
            ASSERT_FALSE(p->inject(f)) << operation.name;
            std::string path = "/rni/v2" + std::string(operation.path);
            if (const auto at = path.find('{'); at != path.npos) path.replace(at, path.npos, "x");
            const bool has_body = operation.request != nullptr;
            expect_problem(call(std::string(mec::http::to_string(operation.method)), path,
                                has_body ? "{}" : ""),
                           status);
        }
}

} // namespace
