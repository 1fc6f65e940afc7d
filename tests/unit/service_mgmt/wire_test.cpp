// The types of MEC service management, and those that all APIs share, as platforms write them.

#include "../common/wire.hpp"

#include <mec/service_mgmt/describe.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace std::chrono_literals;
using mec_test::expect_refused;
using mec_test::expect_standard;
using mec_test::expect_tolerated;
using mec_test::read;
namespace sm = mec::service_mgmt;

std::string service(const std::string& more, const std::string& transport = {})
{
    return R"({"serInstanceId":"s1","serName":"n","version":"1","state":"ACTIVE",)" +
           (transport.empty() ? std::string(R"("transportId":"t",)")
                              : R"("transportInfo":)" + transport + ',') +
           R"("serializer":"JSON")" + more + '}';
}
std::string transport(const std::string& endpoint, const std::string& more = R"(,"security":{})")
{
    return R"({"id":"t","name":"REST","type":"REST_HTTP","protocol":"HTTP","version":"2.0",)"
           R"("endpoint":)" +
           endpoint + more + '}';
}
const std::string uris = R"({"uris":["http://a"]})";

// ---- services

TEST(service_info, survives_reading_and_writing)
{
    const auto s = expect_standard<sm::service_info>(
        R"({"serInstanceId":"s1","serName":"n","serCategory":{"href":"h","id":"i","name":"RNI",)"
        R"("version":"v"},"version":"1","state":"SUSPENDED","transportInfo":{"id":"t","name":"m",)"
        R"("description":"d","type":"MB_TOPIC_BASED","protocol":"MQTT","version":"5","endpoint":{)"
        R"("addresses":[{"host":"a","port":65535}]},"security":{"oAuth2Info":{"grantTypes":[)"
        R"("OAUTH2_CLIENT_CREDENTIALS"],"tokenEndpoint":"https://t"},"x":1},)"
        R"("implSpecificInfo":{"a":[1]},"y":2},"serializer":"PROTOBUF3",)"
        R"("scopeOfLocality":"NFVI_NODE","consumedLocalOnly":false,"isLocal":true,)"
        R"("livenessInterval":60,"_links":{"self":{"href":"/s"},"liveness":{"href":"/l"}},"z":{}})");
    EXPECT_EQ(s.liveness_interval, 60s);
    EXPECT_EQ(s.extensions.values.size(), 1u);
}

TEST(service_info, has_links_in_the_forms_of_all_platforms)
{
    auto s = expect_tolerated<sm::service_info>(
        service(R"(,"_links":{"self":"/s/1","liveness":"/l/1"})"));
    EXPECT_EQ(s.links->self->href, "/s/1");
    EXPECT_EQ(s.links->liveness->href, "/l/1");

    s = expect_tolerated<sm::service_info>(service(R"(,"_links":{"liveness":{"href":"/l/1"}})"));
    EXPECT_FALSE(s.links->self) << "NetEdge";
    EXPECT_EQ(s.links->liveness->href, "/l/1");

    s = expect_standard<sm::service_info>(service(R"(,"_links":{"self":{"href":"/s/1"}})"));
    EXPECT_FALSE(s.links->liveness) << "AdvantEDGE";

    s = expect_tolerated<sm::service_info>( // EdgeGallery: no link, but no reason to fail
        service(R"(,"_links":{"self":{"liveness":"/l/1"},"appInstanceId":"a"})"));
    EXPECT_EQ(s.ser_instance_id, "s1");

    EXPECT_FALSE(expect_standard<sm::service_info>(service("")).links);
    expect_tolerated<sm::service_info>(service(R"(,"_links":null)"));
    expect_tolerated<sm::service_info>(service(R"(,"_links":{})"));
}

TEST(service_info, takes_texts_for_booleans)
{
    const auto s = expect_tolerated<sm::service_info>( // Simu5G
        service(R"(,"consumedLocalOnly":"FALSE","isLocal":"true")"));
    EXPECT_EQ(s.consumed_local_only, false);
    EXPECT_EQ(s.is_local, true);
    expect_refused<sm::service_info>(service(R"(,"isLocal":"maybe")"), "/isLocal");
    expect_refused<sm::service_info>(service(R"(,"isLocal":1)"), "/isLocal");
}

TEST(service_info, is_closed_about_states_and_places)
{
    expect_refused<sm::service_info>(service(R"(,"scopeOfLocality":"PLANET")"), "/scopeOfLocality");
    expect_refused<sm::service_info>(
        R"({"serName":"n","version":"1","state":"IDLE","serializer":"JSON"})", "/state");
}

TEST(service_info, is_open_about_serializers_and_transports)
{
    auto text = service("");
    text.replace(text.find("JSON"), 4, "CBOR");
    const auto s = expect_standard<sm::service_info>(text);
    EXPECT_EQ(s.serializer.text(), "CBOR");
    const auto t = expect_standard<sm::transport_info>(
        R"({"id":"t","name":"n","type":"QUIC","protocol":"p","version":"v","endpoint":)" + uris +
        R"(,"security":{}})");
    EXPECT_EQ(t.type.text(), "QUIC");
}

TEST(service_info, has_limits)
{
    for (const char* interval : {"-1", "4294967296", "1.5", "\"60\""})
        expect_refused<sm::service_info>(service(R"(,"livenessInterval":)" + std::string(interval)),
                                         "/livenessInterval");
}

// ---- transports

TEST(transport_info, does_without_what_platforms_leave_out)
{
    auto t = expect_tolerated<sm::transport_info>( // Simu5G
        R"({"id":"t","name":"n","endPoint":{"addresses":{"host":"a","port":10020}}})");
    ASSERT_EQ(t.endpoint.addresses.size(), 1u);
    EXPECT_EQ(t.endpoint.addresses[0].port, 10020u);
    EXPECT_EQ(t.protocol, "HTTP");
    EXPECT_EQ(t.type, mec::transport_type::rest_http);
    expect_tolerated<sm::transport_info>(transport(uris, R"(,"security":null)")); // AdvantEDGE
    expect_tolerated<sm::transport_info>(transport(uris, ""));
}

TEST(transport_info, has_an_endpoint_in_all_its_forms)
{
    EXPECT_EQ(read<sm::transport_info>(transport(R"({"alternative":{"a":1}})"))
                  ->endpoint.alternative.text,
              R"({"a":1})");
    EXPECT_EQ(read<sm::transport_info>(transport(R"({"fqdn":["a.example"]})"))->endpoint.fqdn,
              std::vector<std::string>{"a.example"});
    EXPECT_TRUE(read<sm::transport_info>(transport("{}")));
    const auto edgegallery = read<sm::transport_info>(
        transport(R"({"uris":null,"addresses":[{"host":"a","port":"8080"}],"alternative":null})"));
    ASSERT_TRUE(edgegallery) << edgegallery.error();
    EXPECT_EQ(edgegallery->endpoint.addresses.at(0).port, 8080u);
    EXPECT_TRUE(edgegallery->endpoint.uris.empty());
    expect_refused<sm::transport_info>(transport(R"({"addresses":[{"host":"a","port":65536}]})"),
                                       "/endpoint/addresses/0/port");
    expect_refused<sm::transport_info>(transport(R"({"addresses":[{"host":"a"}]})"),
                                       "/endpoint/addresses/0/port");
}

TEST(security_info, takes_one_grant_type_for_a_list)
{
    const auto s = expect_tolerated<mec::security_info>(R"({"oAuth2Info":{"grantTypes":)"
                                                        R"("OAUTH2_CLIENT_CREDENTIALS"}})");
    ASSERT_TRUE(s.oauth2_info);
    EXPECT_EQ(s.oauth2_info->grant_types, std::vector{mec::grant_type::oauth2_client_credentials});
    EXPECT_FALSE(s.oauth2_info->token_endpoint);
    expect_refused<mec::security_info>(R"({"oAuth2Info":{"grantTypes":[]}})",
                                       "/oAuth2Info/grantTypes");
    expect_refused<mec::security_info>(R"({"oAuth2Info":{"grantTypes":["PASSWORD"]}})",
                                       "/oAuth2Info/grantTypes/0");
}

// ---- liveness

TEST(service_liveness, is_read_without_the_time_and_with_other_names)
{
    const auto i = expect_standard<sm::service_liveness_info>(
        R"({"state":"ACTIVE","timeStamp":{"seconds":1,"nanoSeconds":2},"interval":60})");
    EXPECT_EQ(i.interval, 60s);
    EXPECT_EQ(expect_tolerated<sm::service_liveness_info>(
                  R"({"state":"SUSPENDED","timestamp":{"seconds":9},"interval":5})")
                  .time_stamp.seconds,
              9u);
    expect_tolerated<sm::service_liveness_info>(R"({"state":"ACTIVE","interval":5})");
    expect_refused<sm::service_liveness_info>(R"({"state":"ACTIVE"})", "/interval");
    expect_standard<sm::service_liveness_update>(R"({"state":"ACTIVE"})");
    expect_refused<sm::service_liveness_update>(R"({"state":"INACTIVE"})", "/state");
}

// ---- lists of subscriptions

TEST(subscription_link_list, is_read_in_the_spellings_of_all_versions)
{
    const std::string standard =
        R"({"_links":{"self":{"href":"/s"},"subscriptions":[{"href":"/s/1",)"
        R"("subscriptionType":"SerAvailabilityNotificationSubscription"}]}})";
    auto l = expect_standard<mec::subscription_link_list>(standard);
    ASSERT_EQ(l.links.subscriptions.size(), 1u);

    const char* others[] = {
        // v2.1.1, AdvantEDGE, EdgeGallery
        R"({"_links":{"self":{"href":"/s"},"subscriptions":[{"href":"/s/1","rel":"T"}]}})",
        // v1.1.1
        R"({"_links":{"self":{"href":"/s"},"subscription":[{"href":"/s/1","rel":"T"}]}})",
        // the v2.2.1 robot suite
        R"({"_links":{"self":{"href":"/s"},"subscription":{"href":"/s/1","subscriptionType":"T"}}})",
        R"({"_links":{"self":"/s","subscriptions":[{"href":"/s/1","subscriptionType":"T"}]}})",
        R"({"_links":{"subscriptions":[{"href":"/s/1","subscriptionType":"T"}]}})",
        R"({"_links":{"self":null,"subscriptions":[{"href":"/s/1"}]}})",
        R"({"SubscriptionLinkList":{"_links":{"subscriptions":[{"href":"/s/1","rel":"T"}]}}})"};
    for (const char* text : others) {
        // To strict readers a member of another name is just unknown.
        const auto strict = mec_test::read_strictly<mec::subscription_link_list>(text);
        EXPECT_TRUE(!strict || strict->links.subscriptions.empty()) << text;
        l = read<mec::subscription_link_list>(text).value();
        ASSERT_EQ(l.links.subscriptions.size(), 1u) << text;
        EXPECT_EQ(l.links.subscriptions[0].href, "/s/1") << text;
    }
}

TEST(subscription_link_list, may_be_empty)
{
    for (const char* text :
         {R"({"_links":{"self":{"href":"/s"}}})",
          R"({"_links":{"self":{"href":"/s"},)"
          R"("subscriptions":[]}})",
          R"({"_links":{"self":{"href":"/s"},"subscriptions":null}})", R"({"_links":{}})"}) {
        const auto l = read<mec::subscription_link_list>(text);
        ASSERT_TRUE(l) << l.error();
        EXPECT_TRUE(l->links.subscriptions.empty());
    }
    expect_refused<mec::subscription_link_list>("{}", "/_links");
}

// ---- subscriptions and notifications

TEST(ser_availability_subscription, survives_reading_and_writing)
{
    expect_standard<sm::ser_availability_notification_subscription>(
        R"({"subscriptionType":"SerAvailabilityNotificationSubscription","callbackReference":"c"})");
    const auto s = expect_standard<sm::ser_availability_notification_subscription>(
        R"({"subscriptionType":"SerAvailabilityNotificationSubscription","callbackReference":"c",)"
        R"("_links":{"self":{"href":"/s"}},"filteringCriteria":{"serNames":["a","b"],)"
        R"("states":["ACTIVE","SUSPENDED"],"isLocal":false}})");
    EXPECT_EQ(s.filtering_criteria->states.size(), 2u);
    expect_standard<sm::ser_availability_notification_subscription>(
        R"({"subscriptionType":"SerAvailabilityNotificationSubscription","callbackReference":"c",)"
        R"("filteringCriteria":{}})");
    expect_refused<sm::ser_availability_notification_subscription>(
        R"({"subscriptionType":"Other","callbackReference":"c"})", "/subscriptionType");
}

const std::string reference =
    R"({"link":{"href":"/s/1"},"serName":"n","serInstanceId":"s1","state":"ACTIVE",)"
    R"("changeType":"STATE_CHANGED"})";

std::string notification(const std::string& type, const std::string& references,
                         const std::string& links = R"({"subscription":{"href":"/sub/1"}})")
{
    return R"({"notificationType":")" + type + R"(","serviceReferences":)" + references +
           R"(,"_links":)" + links + '}';
}

TEST(service_availability_notification, is_read_as_the_standard_has_it)
{
    const std::string removed =
        R"({"serName":"n","serInstanceId":"s2","state":"INACTIVE","changeType":"REMOVED"})";
    const auto n = expect_standard<sm::service_availability_notification>(
        notification("SerAvailabilityNotification", '[' + reference + ',' + removed + ']'));
    ASSERT_EQ(n.service_references.size(), 2u);
    EXPECT_EQ(n.service_references[0].change_type, sm::change_type::state_changed);
    EXPECT_FALSE(n.service_references[1].link);
    EXPECT_EQ(n.links.subscription.href, "/sub/1");
    for (const char* change : {"ADDED", "REMOVED", "STATE_CHANGED", "ATTRIBUTES_CHANGED"}) {
        std::string other = reference;
        other.replace(other.find("STATE_CHANGED"), 13, change);
        expect_standard<sm::service_availability_notification>(
            notification("SerAvailabilityNotification", '[' + other + ']'));
    }
}

TEST(service_availability_notification, has_one_of_three_type_names)
{
    for (const char* name :
         {"SerAvailabilityNotificationSubscription", "ServiceAvailabilityNotification"}) {
        // An open enumeration keeps in strict mode what it does not know.
        const auto n =
            read<sm::service_availability_notification>(notification(name, '[' + reference + ']'));
        ASSERT_TRUE(n) << n.error();
        EXPECT_EQ(n->notification_type, sm::ser_availability_notification_type::ser_availability);
        EXPECT_NE(mec::json::serialize(*n).find("\"SerAvailabilityNotification\""),
                  std::string::npos);
    }
}

TEST(service_availability_notification, of_the_first_version_has_whole_services)
{
    const auto n = expect_tolerated<sm::service_availability_notification>(
        R"({"notificationType":"SerAvailabilityNotificationSubscription","services":[)" +
        service("", transport(uris)) + R"(],"_links":{"subscription":"/sub/1"}})");
    ASSERT_EQ(n.service_references.size(), 1u);
    EXPECT_EQ(n.service_references[0].ser_instance_id, "s1");
    EXPECT_EQ(n.links.subscription.href, "/sub/1");
}

TEST(service_availability_notification, takes_texts_for_links_and_does_without)
{
    auto n = expect_tolerated<sm::service_availability_notification>(notification(
        "SerAvailabilityNotification",
        R"([{"link":"/s/1","serName":"n","serInstanceId":"s","state":"ACTIVE","changeType":"ADDED"}])",
        R"({"subscription":"/sub/1"})"));
    EXPECT_EQ(n.service_references[0].link->href, "/s/1");
    EXPECT_EQ(n.links.subscription.href, "/sub/1");
    for (const char* links : {"null", "{}", R"({"subscription":null})"})
        expect_tolerated<sm::service_availability_notification>(
            notification("SerAvailabilityNotification", '[' + reference + ']', links));
}

TEST(service_availability_notification, is_unwrapped)
{
    expect_tolerated<sm::service_availability_notification>(
        R"({"ServiceAvailabilityNotification":)" +
        notification("SerAvailabilityNotification", '[' + reference + ']') + '}');
}

TEST(service_availability_notification, is_taken_out_of_the_wrapper_of_generated_files)
{
    expect_tolerated<sm::service_availability_notification>(
        R"({"subscriptionNotification":)" +
        notification("SerAvailabilityNotification", '[' + reference + ']') + '}');
}

TEST(service_availability_notification, is_about_at_least_one_service)
{
    expect_refused<sm::service_availability_notification>(
        notification("SerAvailabilityNotification", "[]"), "/serviceReferences");
    expect_refused<sm::service_availability_notification>(
        R"({"notificationType":"SerAvailabilityNotification","_links":{}})", "/serviceReferences");
}

} // namespace
