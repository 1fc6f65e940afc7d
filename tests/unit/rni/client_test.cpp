// What the client of radio network information sends, and what it makes of the answers.

#include "../conformance/operation_harness.hpp"
#include "rni_queries_tables.hpp"

#include <mec/json/codec.hpp>
#include <mec/rni/describe.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using mec::errc;
using mec::http::method;
using mec_test::operation_harness;
using mec_test::way;
namespace rni = mec::rni;

const std::string base = "/mep1/rni/v2";
const std::string one = base + "/subscriptions/s1";

class radio : public testing::TestWithParam<way> {
protected:
    rni::client client() const { return harness.platform().radio; }
    template <class Operation> auto run(Operation operation)
    {
        return harness.run(std::move(operation), GetParam());
    }
    std::string sent_target() { return harness.transport->requests().at(0).target; }

    operation_harness harness;
};

std::string subscription(const std::string& links, const std::string& more = {})
{
    return R"({"subscriptionType":"MeasTaSubscription","callbackReference":"http://app.example/n")" +
           (links.empty() ? std::string() : R"(,"_links":)" + links) +
           R"(,"filterCriteriaAssoc":{})" + more + '}';
}
const std::string self_s1 =
    R"({"self":{"href":"https://mep.example/mep1/rni/v2/subscriptions/s1"}})";

rni::meas_ta_subscription wanted()
{
    rni::meas_ta_subscription s;
    s.callback_reference = "http://app.example/n";
    return s;
}

TEST_P(radio, asks_for_bearers_with_every_filter)
{
    rni::rab_info_query q;
    q.app_ins_id = "a 1";
    q.cell_id = {"1", "2"};
    q.ue_ipv4_address = {"192.0.2.1"};
    q.ue_ipv6_address = {"2001:db8::1"};
    q.nated_ip_address = {"192.0.2.2"};
    q.gtp_teid = {"77"};
    q.erab_id = 0;
    q.qci = 9;
    q.erab_mbr_dl = 10'000'000'000;
    q.erab_mbr_ul = 1;
    q.erab_gbr_dl = 2;
    q.erab_gbr_ul = 3;
    harness.transport
        ->expect(method::get,
                 base + "/queries/rab_info?app_ins_id=a%201&cell_id=1&cell_id=2"
                        "&ue_ipv4_address=192.0.2.1&ue_ipv6_address=2001%3Adb8%3A%3A1"
                        "&nated_ip_address=192.0.2.2&gtp_teid=77&erab_id=0&qci=9"
                        "&erab_mbr_dl=10000000000&erab_mbr_ul=1&erab_gbr_dl=2&erab_gbr_ul=3")
        .respond(200, R"({"RabInfo":{"appInstanceId":"a 1","requestId":"1","cellUserInfo":null}})");
    const auto r = run(client().async_get_rab_info(q));
    ASSERT_TRUE(r) << r.error() << harness.complaints();
    EXPECT_EQ(r->request_id, "1");
}

TEST_P(radio, writes_lists_with_commas_where_the_dialect_says_so)
{
    harness.options.dialect = mec::http::dialects::netedge;
    rni::s1_bearer_info_query q;
    q.temp_ue_id = {"1,2", "3"};
    q.cell_id = {"7"};
    q.erab_id = {5, 6};
    harness.transport
        ->expect(method::get,
                 base + "/queries/s1_bearer_info?temp_ue_id=1%2C2,3&cell_id=7&erab_id=5,6")
        .respond(404);
    EXPECT_EQ(run(client().async_get_s1_bearer_info(q)).error(), errc::not_found);
    EXPECT_EQ(harness.complaints(), "");
}

TEST_P(radio, asks_for_its_own_networks_or_those_of_others)
{
    const std::string answer = R"([{"appInstanceId":"b","plmn":[{"mcc":"001","mnc":"01"}]}])";
    harness.transport->expect(method::get, base + "/queries/plmn_info?app_ins_id=app-1")
        .respond(200, "[]");
    harness.transport->expect(method::get, base + "/queries/plmn_info?app_ins_id=b&app_ins_id=c")
        .respond(200, answer);
    EXPECT_TRUE(run(client().async_get_plmn_info()).value().empty());
    const auto r = run(client().async_get_plmn_info({{"b", "c"}}));
    ASSERT_TRUE(r) << r.error() << harness.complaints();
    EXPECT_EQ(r->at(0).plmn.at(0).mnc, "01") << "leading zeros count";
}

TEST_P(radio, names_the_quantities_that_it_wants)
{
    rni::layer2_meas_query q;
    q.app_ins_id = "a";
    q.quantities = {rni::layer2_quantity::ul_nongbr_data_volume_ue,
                    rni::layer2_quantity::dl_gbr_prb_usage_cell};
    harness.transport
        ->expect(method::get, base + "/queries/layer2_meas?app_ins_id=a&dl_gbr_prb_usage_cell=1"
                                     "&ul_nongbr_data_volume_ue=1")
        .respond(200, "{}");
    EXPECT_TRUE(run(client().async_get_layer2_meas(q))) << harness.complaints();
}

TEST(layer2_quantity, has_the_names_of_the_members)
{
    using mec::json::describe;
    const auto& quantities = describe<rni::layer2_quantity>::value.values;
    const auto& cell = describe<rni::cell_info>::value.fields;
    const auto& ue = describe<rni::cell_ue_info>::value.fields;
    std::vector<std::string_view> members;
    for (std::size_t i = 1; i < cell.size(); ++i) members.push_back(cell[i].name);
    for (std::size_t i = 2; i < ue.size(); ++i) members.push_back(ue[i].name);
    ASSERT_EQ(members.size(), 33u);
    ASSERT_EQ(quantities.size(), members.size());
    for (std::size_t i = 0; i < members.size(); ++i) EXPECT_EQ(quantities[i].name, members[i]);
}

TEST_P(radio, lists_subscriptions_of_one_type)
{
    using type = rni::subscription_type;
    const std::pair<type, const char*> spellings[] = {
        {type::cell_change, "cell_change"},   {type::rab_est, "rab_est"},
        {type::rab_mod, "rab_mod"},           {type::rab_rel, "rab_rel"},
        {type::meas_rep_ue, "meas_rep_ue"},   {type::nr_meas_rep_ue, "nr_meas_rep_ue"},
        {type::meas_ta, "timing_advance_ue"}, {type::ca_reconf, "ca_reconf"},
        {type::s1_bearer, "s1_bearer"}};
    for (const auto& [t, spelling] : spellings) {
        harness.transport
            ->expect(method::get, base + "/subscriptions?subscription_type=" + spelling)
            .respond(200, R"({"_links":{"self":{"href":"/s"}}})");
        const auto r = run(client().async_list_subscriptions(t));
        ASSERT_TRUE(r) << r.error() << harness.complaints();
        EXPECT_TRUE(r->links.subscription.empty());
    }
}

TEST_P(radio, creates_a_subscription_without_its_link)
{
    auto s = wanted();
    s.links = mec::self_links{mec::link{"/old"}};
    s.request_test_notification = true;
    s.expiry_deadline = mec::time_stamp{100, 0};
    harness.transport->expect(method::post, base + "/subscriptions")
        .respond(201, subscription(self_s1, R"(,"expiryDeadline":{"seconds":90,"nanoSeconds":0})"))
        .header("Location", "/elsewhere/s9")
        .header("ETag", "\"v1\"");
    const auto r = run(client().async_create_subscription(s));
    ASSERT_TRUE(r) << r.error();
    EXPECT_EQ(
        harness.transport->requests().at(0).body,
        R"({"subscriptionType":"MeasTaSubscription","callbackReference":"http://app.example/n",)"
        R"("requestTestNotification":true,"filterCriteriaAssoc":{},)"
        R"("expiryDeadline":{"seconds":100,"nanoSeconds":0}})");
    EXPECT_EQ(rni::type_of(*r), rni::subscription_type::meas_ta);
    EXPECT_EQ(mec::id_of(rni::common(*r).links->self->href), "s1") << "the body counts more";
    EXPECT_EQ(rni::common(*r).expiry_deadline->seconds, 90u) << "the answer rules";
    EXPECT_EQ(rni::common(*r).etag, "\"v1\"");
}

TEST_P(radio, finds_a_new_subscription_by_location_when_the_body_has_no_link)
{
    harness.transport->expect(method::post, base + "/subscriptions")
        .respond(201, subscription(""))
        .header("Location", "https://mep.example/mep1/rni/v2/subscriptions/s7");
    const auto r = run(client().async_create_subscription(wanted()));
    ASSERT_TRUE(r) << r.error();
    EXPECT_EQ(mec::id_of(rni::common(*r).links->self->href), "s7");
}

TEST_P(radio, does_not_ask_for_notifications_that_cannot_come)
{
    rni::s1_bearer_subscription no_event;
    no_event.callback_reference = "http://app.example/n";
    EXPECT_EQ(run(client().async_create_subscription(no_event)).error(), errc::config_invalid);
    EXPECT_EQ(run(client().async_create_subscription(rni::rab_est_subscription{})).error(),
              errc::config_invalid);
    EXPECT_EQ(run(client().async_update_subscription(wanted())).error(), errc::config_invalid)
        << "without a link nobody knows which";
    EXPECT_TRUE(harness.transport->requests().empty());
}

TEST_P(radio, asks_for_a_websocket_instead_of_a_callback)
{
    rni::ca_reconf_subscription s;
    s.websock_notif_config.emplace().request_websocket_uri = true;
    harness.transport->expect(method::post, base + "/subscriptions")
        .respond(201,
                 R"({"subscriptionType":"CaReConfSubscription","websockNotifConfig":)"
                 R"({"websocketUri":"ws://mep.example/1"},"filterCriteriaAssoc":{},"_links":)" +
                     self_s1 + "}");
    const auto r = run(client().async_create_subscription(s));
    ASSERT_TRUE(r) << r.error();
    EXPECT_EQ(harness.transport->requests().at(0).body,
              R"({"subscriptionType":"CaReconfSubscription","websockNotifConfig":)"
              R"({"requestWebsocketUri":true},"filterCriteriaAssoc":{}})");
    EXPECT_EQ(rni::common(*r).websock_notif_config->websocket_uri, "ws://mep.example/1");
    EXPECT_EQ(rni::common(*r).callback_reference, "");
}

TEST_P(radio, updates_under_the_id_of_the_link_with_the_entity_tag)
{
    auto s = wanted();
    s.links = mec::self_links{mec::link{"https://mep.example/x/subscriptions/s%201"}};
    s.etag = "W/\"3\"";
    harness.transport->expect(method::put, base + "/subscriptions/s%201")
        .respond(200, subscription(self_s1))
        .header("ETag", "W/\"4\"");
    const auto r = run(client().async_update_subscription(s));
    ASSERT_TRUE(r) << r.error() << harness.complaints();
    const auto sent = harness.transport->requests().at(0);
    EXPECT_EQ(sent.headers.find("If-Match"), "W/\"3\"");
    EXPECT_NE(sent.body.find(R"("_links":{"self":{"href":"https://mep.example/x)"),
              std::string::npos);
    EXPECT_EQ(rni::common(*r).etag, "W/\"4\"");
}

TEST_P(radio, modifies_what_is_there_and_keeps_what_it_does_not_know)
{
    harness.transport->expect(method::get, one)
        .respond(200, subscription("", R"(,"vendor":{"a":1})"))
        .header("ETag", "\"1\"");
    harness.transport->expect(method::put, one).respond(412);
    harness.transport->expect(method::get, one)
        .respond(200, subscription("", R"(,"vendor":{"a":2})"))
        .header("ETag", "\"2\"");
    harness.transport->expect(method::put, one).respond(200, subscription(self_s1));
    const auto r = run(client().async_modify_subscription("s1", [](rni::subscription& s) {
        rni::common(s).expiry_deadline = mec::time_stamp{200, 0};
    }));
    ASSERT_TRUE(r) << r.error() << harness.complaints();
    const auto sent = harness.transport->requests().at(3);
    EXPECT_EQ(sent.headers.find("If-Match"), "\"2\"");
    EXPECT_NE(sent.body.find(R"("vendor":{"a":2})"), std::string::npos) << sent.body;
    EXPECT_NE(sent.body.find(R"("href":"subscriptions/s1")"), std::string::npos) << sent.body;
    EXPECT_NE(sent.body.find(R"("seconds":200)"), std::string::npos) << sent.body;
}

TEST_P(radio, says_which_subscription_types_it_knows)
{
    harness.transport->expect(method::get, one)
        .respond(200, R"({"subscriptionType":"WeatherSubscription","callbackReference":"c"})");
    const auto r = run(client().async_get_subscription("s1"));
    ASSERT_FALSE(r);
    EXPECT_EQ(r.error(), errc::json_schema);
    EXPECT_EQ(r.error().info().pointer, "/subscriptionType");
    EXPECT_NE(r.error().info().message.find("NrMeasRepUeSubscription"), std::string::npos);
    EXPECT_EQ(r.error().info().operation, "rni.get_subscription");
}

INSTANTIATE_TEST_SUITE_P(ways, radio, testing::Values(way::async, way::blocking),
                         [](const auto& p) {
                             return p.param == way::async ? "async" : "blocking";
                         });

} // namespace
