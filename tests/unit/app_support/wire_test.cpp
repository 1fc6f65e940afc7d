// The types of MEC application support as platforms write them.

#include "../common/wire.hpp"

#include <mec/app_support/describe.hpp>

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace std::chrono_literals;
using mec_test::expect_refused;
using mec_test::expect_standard;
using mec_test::expect_tolerated;
using mec_test::read;
using mec_test::read_strictly;
namespace as = mec::app_support;

const std::string filter = R"("trafficFilter":[{"qCI":1}],)";

std::string traffic_rule(const std::string& more, const std::string& action = "DROP")
{
    return R"({"trafficRuleId":"t","filterType":"FLOW","priority":0,)" + filter + R"("action":")" +
           action + '"' + more + R"(,"state":"ACTIVE"})";
}

TEST(app_support_types, survive_reading_and_writing)
{
    expect_standard<as::app_ready_confirmation>(R"({"indication":"READY"})");
    expect_standard<as::app_termination_confirmation>(R"({"operationAction":"STOPPING"})");
    expect_standard<as::current_time>(
        R"({"seconds":4294967295,"nanoSeconds":999999999,"timeSourceStatus":"NONTRACEABLE"})");
    expect_standard<as::timing_caps>("{}");
    expect_standard<as::timing_caps>(
        R"({"timeStamp":{"seconds":1,"nanoSeconds":2},"ntpServers":[{"ntpServerAddrType":"DNS_NAME",)"
        R"("ntpServerAddr":"ntp.example","minPollingInterval":3,"maxPollingInterval":17,)"
        R"("localPriority":1,"authenticationOption":"AUTO_KEY","authenticationKeyNum":4}],)"
        R"("ptpMasters":[{"ptpMasterIpAddress":"192.0.2.1","ptpMasterLocalPriority":5,)"
        R"("delayReqMaxRate":6}]})");
    expect_standard<as::app_termination_notification_subscription>(
        R"({"subscriptionType":"AppTerminationNotificationSubscription",)"
        R"("callbackReference":"http://a","_links":{"self":{"href":"/s"}},"appInstanceId":"i"})");
    expect_standard<as::dns_rule>(
        R"({"dnsRuleId":"d","domainName":"a.example","ipAddressType":"IP_V6",)"
        R"("ipAddress":"2001:db8::1","ttl":4294967295,"state":"INACTIVE"})");
    expect_standard<as::traffic_rule>(
        R"({"trafficRuleId":"t","filterType":"PACKET","priority":255,"trafficFilter":[{)"
        R"("srcAddress":["192.0.2.0/24"],"dstAddress":["a"],"srcPort":["1-2"],"dstPort":["3"],)"
        R"("protocol":["TCP"],"tag":["x"],"srcTunnelAddress":["b"],"tgtTunnelAddress":["c"],)"
        R"("srcTunnelPort":["4"],"dstTunnelPort":["5"],"qCI":1,"dSCP":2,"tC":3}],)"
        R"("action":"DUPLICATE_DECAPSULATED","dstInterface":[{"interfaceType":"TUNNEL",)"
        R"("tunnelInfo":{"tunnelType":"GRE","tunnelDstAddress":"d","tunnelSrcAddress":"e"}},)"
        R"({"interfaceType":"MAC","srcMacAddress":"f","dstMacAddress":"g","dstIpAddress":"h"}],)"
        R"("state":"ACTIVE"})");
    expect_standard<as::app_info>(
        R"({"appName":"a","appProvider":"p","appCategory":{"href":"h","id":"i","name":"n",)"
        R"("version":"v"},"appDId":"d","appInstanceId":"x","endpoint":{"fqdn":["a.example"]},)"
        R"("appServiceRequired":[{"serName":"s","version":"1","serTransportDependencies":[{)"
        R"("transport":{"name":"REST","type":"REST_HTTP","protocol":"HTTP","version":"2.0",)"
        R"("security":{}},"serializers":["JSON"],"labels":["l"]}],"requestedPermissions":[1]}],)"
        R"("appFeatureOptional":[{"featureName":"f","version":"2"}],"isInsByMec":false,)"
        R"("appProfile":{"easId":"e"}})");
}

TEST(app_support_types, keep_members_that_nobody_knows)
{
    for (const std::string more :
         {R"(,"vendor":{"a":[1,2,{"b":null}]})", R"(,"x":1e400)", R"(,"y":"\u00e9\u0000")"}) {
        const auto rule = read<as::traffic_rule>(traffic_rule(more));
        ASSERT_TRUE(rule) << rule.error();
        const std::string written = mec::json::serialize(*rule);
        EXPECT_NE(written.find(more), std::string::npos) << written;
        EXPECT_EQ(mec::json::serialize(*read<as::traffic_rule>(written)), written);
    }
    const auto rule = read<as::dns_rule>(
        R"({"dnsRuleId":"d","domainName":"a","ipAddressType":"IP_V4","ipAddress":"b",)"
        R"("state":"ACTIVE","z":1,"a":2})");
    ASSERT_TRUE(rule);
    EXPECT_EQ(rule->extensions.values.size(), 2u);
    EXPECT_EQ(rule->extensions.values[0].first, "z") << "the order of appearance";
}

TEST(app_support_enums, are_read_in_all_spellings_and_written_in_the_standard_one)
{
    const auto stopping =
        expect_tolerated<as::app_termination_confirmation>(R"({"operationAction":"STOPPPING"})");
    EXPECT_EQ(stopping.operation_action, as::operation_action::stopping);
    EXPECT_EQ(mec::json::serialize(stopping), R"({"operationAction":"STOPPING"})");

    const auto time = expect_tolerated<as::current_time>(
        R"({"seconds":1,"nanoSeconds":2,"timeSourceStatus":"UNTRACEABLE"})");
    EXPECT_EQ(time.time_source_status, as::time_source_status::nontraceable);

    for (const auto& [text, type] : {std::pair("IPv4", as::ip_address_type::ip_v4),
                                     std::pair("IPv6", as::ip_address_type::ip_v6)}) {
        const auto rule = expect_tolerated<as::dns_rule>(
            R"({"dnsRuleId":"d","domainName":"a","ipAddressType":")" + std::string(text) +
            R"(","ipAddress":"b","state":"ACTIVE"})");
        EXPECT_EQ(rule.ip_address_type, type) << text;
    }
}

TEST(app_support_enums, keep_a_value_that_is_new)
{
    for (const char* action : {"FORWARD_AS_IS", "DUPLICATE_AS_IS"}) { // EdgeGallery
        const auto rule = expect_standard<as::traffic_rule>(traffic_rule("", action));
        EXPECT_FALSE(rule.action.known());
        EXPECT_EQ(rule.action.text(), action);
    }
    const auto rule = expect_standard<as::traffic_rule>(traffic_rule(
        R"(,"dstInterface":[{"interfaceType":"SRV6","tunnelInfo":{"tunnelType":"VXLAN"}}])"));
    EXPECT_EQ(rule.dst_interface.at(0).interface_type.text(), "SRV6");
    EXPECT_EQ(rule.dst_interface.at(0).tunnel_info->tunnel_type.text(), "VXLAN");
}

TEST(app_support_enums, refuse_a_value_where_the_standard_has_all_of_them)
{
    expect_refused<as::app_termination_confirmation>(R"({"operationAction":"PAUSING"})",
                                                     "/operationAction");
    expect_refused<as::dns_rule>(
        R"({"dnsRuleId":"d","domainName":"a","ipAddressType":"IP_V5","ipAddress":"b",)"
        R"("state":"ACTIVE"})",
        "/ipAddressType");
}

TEST(traffic_rule, takes_one_interface_for_a_list_of_one)
{
    const auto rule = expect_tolerated<as::traffic_rule>(
        traffic_rule(R"(,"dstInterface":{"interfaceType":"IP","dstIpAddress":"192.0.2.1"})"));
    ASSERT_EQ(rule.dst_interface.size(), 1u);
    EXPECT_EQ(rule.dst_interface[0].dst_ip_address, "192.0.2.1");
    EXPECT_TRUE(read<as::traffic_rule>(traffic_rule(R"(,"dstInterface":[])")));
    EXPECT_TRUE(read<as::traffic_rule>(traffic_rule(R"(,"dstInterface":null)")));
}

TEST(traffic_rule, takes_token_for_tag)
{
    const auto rule = read<as::traffic_rule>(
        R"({"trafficRuleId":"t","filterType":"FLOW","priority":0,)"
        R"("trafficFilter":[{"token":["a"]}],"action":"DROP","state":"ACTIVE"})");
    ASSERT_TRUE(rule) << rule.error();
    EXPECT_EQ(rule->traffic_filter.at(0).tag, std::vector<std::string>{"a"});
}

TEST(traffic_rule, has_limits)
{
    for (const char* priority : {"-1", "256", "1.5", "\"1\""})
        expect_refused<as::traffic_rule>(R"({"trafficRuleId":"t","filterType":"FLOW","priority":)" +
                                             std::string(priority) + ',' + filter +
                                             R"("action":"DROP","state":"ACTIVE"})",
                                         "/priority");
    expect_refused<as::traffic_rule>(
        R"({"trafficRuleId":"t","filterType":"FLOW","priority":1,"trafficFilter":[],)"
        R"("action":"DROP","state":"ACTIVE"})",
        "/trafficFilter");
}

TEST(current_time, is_read_without_zeros_and_with_netedge_names)
{
    EXPECT_EQ(expect_tolerated<as::current_time>(R"({"seconds":7,"timeSourceStatus":"TRACEABLE"})")
                  .nanoseconds,
              0u);
    EXPECT_EQ(expect_tolerated<as::current_time>(
                  R"({"seconds":7,"nanoseconds":8,"timeSourceStatus":"TRACEABLE"})")
                  .nanoseconds,
              8u);
    expect_refused<as::current_time>(
        R"({"seconds":7,"nanoSeconds":1000000000,"timeSourceStatus":"TRACEABLE"})", "/nanoSeconds");
}

// ---- notifications

const std::string head =
    R"({"notificationType":"AppTerminationNotification","operationAction":"TERMINATING",)"
    R"("maxGracefulTimeout":10,)";

TEST(app_termination_notification, is_read_as_the_standard_has_it)
{
    const auto n = expect_standard<as::app_termination_notification>(
        head + R"("_links":{"subscription":{"href":"/s/1"},"confirmTermination":{"href":"/c"}}})");
    EXPECT_EQ(n.operation_action, as::operation_action::terminating);
    EXPECT_EQ(n.max_graceful_timeout, 10s);
    EXPECT_EQ(n.links.subscription.href, "/s/1");
    EXPECT_EQ(n.links.confirm_termination->href, "/c");
}

TEST(app_termination_notification, takes_texts_for_links)
{
    const auto n = expect_tolerated<as::app_termination_notification>(
        head + R"("_links":{"subscription":"/s/1","confirmTermination":"/c"}})"); // EdgeGallery
    EXPECT_EQ(n.links.subscription.href, "/s/1");
    ASSERT_TRUE(n.links.confirm_termination);
    EXPECT_EQ(n.links.confirm_termination->href, "/c");
}

TEST(app_termination_notification, of_the_first_version_has_no_action)
{
    const auto n = expect_tolerated<as::app_termination_notification>(
        R"({"notificationType":"AppTerminationNotification","maxGracefulTimeout":"10",)"
        R"("_links":{"subscription":{"href":"/s/1"}}})");
    EXPECT_EQ(n.operation_action, as::operation_action::terminating) << "the safe reading";
    EXPECT_EQ(n.max_graceful_timeout, 10s);
    EXPECT_FALSE(n.links.confirm_termination);
}

TEST(app_termination_notification, is_of_use_without_links)
{
    for (const std::string links : {R"("_links":{})", R"("_links":null)", R"("x":1)"}) {
        const auto n = expect_tolerated<as::app_termination_notification>(head + links + '}');
        EXPECT_EQ(n.links.subscription.href, "") << links;
    }
}

TEST(app_termination_notification, is_unwrapped)
{
    const std::string bare = head + R"("_links":{"subscription":{"href":"/s/1"}}})";
    for (const char* name : {"AppTerminationNotification", "appTerminationNotification"})
        expect_tolerated<as::app_termination_notification>("{\"" + std::string(name) +
                                                           "\":" + bare + '}');
}

TEST(app_termination_notification, keeps_a_type_that_is_another)
{
    const auto n = read<as::app_termination_notification>(
        R"({"notificationType":"Other","operationAction":"STOPPING","maxGracefulTimeout":0,)"
        R"("_links":{"subscription":{"href":"/s"}}})");
    ASSERT_TRUE(n) << n.error();
    EXPECT_FALSE(n->notification_type.known());
}

TEST(app_termination_notification, a_time_below_zero_is_no_reason_to_miss_the_notice)
{
    const auto n = read<as::app_termination_notification>(
        R"({"notificationType":"AppTerminationNotification","operationAction":"STOPPING",)"
        R"("maxGracefulTimeout":-1,"_links":{"subscription":{"href":"/s"}}})");
    ASSERT_TRUE(n) << n.error();
    EXPECT_LT(n->max_graceful_timeout.count(), 0);
}

TEST(app_termination_notification, refuses_times_that_are_none)
{
    for (const char* timeout : {"1e99", "\"soon\"", "[]", "99999999999999999999"}) {
        const auto n = read<as::app_termination_notification>(
            R"({"notificationType":"AppTerminationNotification","operationAction":"STOPPING",)"
            R"("maxGracefulTimeout":)" +
            std::string(timeout) + R"(,"_links":{"subscription":{"href":"/s"}}})");
        EXPECT_FALSE(n) << timeout;
    }
}

} // namespace
