#include "emulator_fixture.hpp"

#include <mec/app_support/describe.hpp>

#include <fstream>

namespace {

using namespace emulator_test;
using mec::app_support::dns_rule;
using mec::app_support::rule_state;
using mec::app_support::traffic_rule;
using mec::emulator::rule_set;

const std::string rules_text = R"({
  "trafficRules":[{"trafficRuleId":"t1","filterType":"FLOW","priority":1,
    "trafficFilter":[{"srcAddress":["192.0.2.1"],"tag":["x"]}],"action":"FORWARD_DECAPSULATED",
    "dstInterface":[{"interfaceType":"IP","dstIpAddress":"192.0.2.9"}],"state":"INACTIVE","x-vendor":[1]}],
  "dnsRules":[{"dnsRuleId":"d1","domainName":"a.example","ipAddressType":"IP_V4",
    "ipAddress":"192.0.2.2","ttl":300,"state":"INACTIVE"}]})";

struct emulated_rules : emulator {
    void start_with_rules()
    {
        options.rules_file = write(rules_text);
        start();
    }
    std::string write(const std::string& text)
    {
        const std::string path = testing::TempDir() + "rules-" +
                                 testing::UnitTest::GetInstance()->current_test_info()->name() +
                                 ".json";
        std::ofstream(path) << text;
        return path;
    }
    std::string traffic(const std::string& id = {}) const
    {
        return support_path("/traffic_rules" + (id.empty() ? id : "/" + id));
    }
    std::string dns(const std::string& id = {}) const
    {
        return support_path("/dns_rules" + (id.empty() ? id : "/" + id));
    }
};

TEST_F(emulated_rules, are_listed_and_read_with_a_tag)
{
    start_with_rules();
    const auto all = decoded<std::vector<traffic_rule>>(call("GET", traffic()));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].traffic_filter.at(0).tag, std::vector<std::string>{"x"});
    EXPECT_EQ(decoded<std::vector<dns_rule>>(call("GET", dns())).at(0).domain_name, "a.example");
    const auto one = call("GET", dns("d1"));
    EXPECT_EQ(decoded<dns_rule>(one).ttl, std::chrono::seconds(300));
    EXPECT_EQ(one.headers.find("ETag").substr(0, 1), "\"");
    expect_problem(call("GET", traffic("d1")), 404);
    expect_problem(call("GET", dns("t1")), 404);
    expect_problem(call("PUT", dns("t1"), R"({"state":"ACTIVE"})"), 404);
    expect_problem(call("DELETE", dns("d1")), 405);
}

TEST_F(emulated_rules, an_instance_without_rules_has_empty_lists)
{
    start();
    EXPECT_EQ(call("GET", traffic()).body, "[]");
    EXPECT_EQ(call("GET", dns()).body, "[]");
}

TEST_F(emulated_rules, belong_to_one_instance)
{
    start_with_rules();
    const auto other = p->create_application("other");
    for (const char* rest : {"/traffic_rules", "/dns_rules", "/dns_rules/d1"}) {
        const std::string base = "/mec_app_support/v1/applications/";
        expect_problem(call("GET", base + other.app_instance_id + rest), 403);
        expect_problem(call("GET", base + "nobody" + rest), 404);
    }
}

TEST_F(emulated_rules, a_traffic_rule_takes_the_whole_or_only_what_changes)
{
    start_with_rules();
    auto r = call("PUT", traffic("t1"), R"({"state":"ACTIVE"})");
    ASSERT_EQ(r.status, 200) << r.body;
    auto rule = decoded<traffic_rule>(r);
    EXPECT_EQ(rule.state, rule_state::active);
    EXPECT_EQ(rule.extensions.values.at(0).first, "x-vendor");
    rule.priority = 255;
    r = call("PUT", traffic("t1"), mec::json::serialize(rule));
    ASSERT_EQ(r.status, 200) << r.body;
    EXPECT_EQ(decoded<traffic_rule>(call("GET", traffic("t1"))).priority, 255);
    for (const char* body :
         {R"({"priority":256})", R"({"trafficRuleId":"t2"})",
          R"({"action":"DUPLICATE_ENCAPSULATED"})", R"({"state":"MAYBE"})", "[]", "{"})
        expect_problem(call("PUT", traffic("t1"), body), 400);
    EXPECT_EQ(call("PUT", traffic("t1"), R"({"action":"DROP","dstInterface":[]})").status, 200);
}

TEST_F(emulated_rules, only_the_state_of_a_dns_rule_changes)
{
    start_with_rules();
    auto rule = decoded<dns_rule>(call("GET", dns("d1")));
    rule.state = rule_state::active;
    auto r = call("PUT", dns("d1"), mec::json::serialize(rule));
    ASSERT_EQ(r.status, 200) << r.body;
    EXPECT_EQ(decoded<dns_rule>(r).state, rule_state::active);
    EXPECT_EQ(call("PUT", dns("d1"), R"({"state":"INACTIVE"})").status, 200);
    for (const char* body : {R"({"domainName":"b.example"})", R"({"ttl":1,"state":"ACTIVE"})",
                             R"({"dnsRuleId":"d2"})", R"({"x":1})"})
        expect_problem(call("PUT", dns("d1"), body), 400);
    EXPECT_EQ(decoded<dns_rule>(call("GET", dns("d1"))).state, rule_state::inactive);
}

TEST_F(emulated_rules, a_stale_condition_fails_quoted_or_not)
{
    start_with_rules();
    const std::string body = R"({"state":"ACTIVE"})";
    for (const auto& path : {traffic("t1"), dns("d1")}) {
        const std::string first(call("GET", path).headers.find("ETag"));
        const auto put = [&](const std::string& tag) {
            return call("PUT", path, body, "If-Match: " + tag + "\r\n");
        };
        const auto changed = put(first);
        ASSERT_EQ(changed.status, 200);
        expect_problem(put(first), 412);
        expect_problem(put(first.substr(1, first.size() - 2)), 412);
        expect_problem(put("INVALID_ETAG"), 412);
        const std::string second(changed.headers.find("ETag"));
        EXPECT_EQ(put(second.substr(1, second.size() - 2)).status, 200) << "without quotes";
    }
}

TEST_F(emulated_rules, can_be_set_for_one_instance)
{
    start();
    rule_set rules;
    rules.dns_rules.emplace_back();
    rules.dns_rules[0].dns_rule_id = "d9";
    ASSERT_FALSE(p->set_rules(app.app_instance_id, rules));
    EXPECT_EQ(call("GET", dns("d9")).status, 200);
    EXPECT_EQ(p->set_rules("nobody", rules), mec::errc::not_found);
    rules.dns_rules.push_back(rules.dns_rules[0]);
    const auto twice = p->set_rules(app.app_instance_id, rules);
    EXPECT_EQ(twice, mec::errc::config_invalid);
    EXPECT_EQ(twice.info().pointer, "/dnsRules/1/dnsRuleId");
}

TEST_F(emulated_rules, of_a_file_may_be_for_applications_of_one_name)
{
    options.rules_file = write(
        R"({"applications":{"my-app":{"dnsRules":[{"dnsRuleId":"own","domainName":"a","ipAddressType":"IP_V4",)"
        R"("ipAddress":"192.0.2.1","state":"ACTIVE"}]}}})");
    start();
    EXPECT_EQ(call("GET", dns("own")).status, 200);
    app = p->create_application("other");
    token.clear();
    EXPECT_EQ(call("GET", dns()).body, "[]");
}

TEST_F(emulated_rules, of_a_bad_file_are_refused_with_file_and_place)
{
    const auto failure = [&](const std::string& text) {
        options.rules_file = write(text);
        mec::error e = platform(io.executor(), options).start();
        EXPECT_EQ(e.info().endpoint, "file " + options.rules_file) << e;
        return e;
    };
    EXPECT_EQ(failure("{"), mec::errc::json_syntax);
    const auto schema = failure(R"({"dnsRules":[{"dnsRuleId":"a"}]})");
    EXPECT_EQ(schema, mec::errc::json_schema);
    EXPECT_EQ(schema.info().pointer.substr(0, 11), "/dnsRules/0");
    const std::string rule = R"({"dnsRuleId":"d","domainName":"a","ipAddressType":"IP_V4",)"
                             R"("ipAddress":"192.0.2.1","state":"ACTIVE"})";
    EXPECT_EQ(failure(R"({"dnsRules":[)" + rule + "," + rule + "]}").info().pointer,
              "/dnsRules/1/dnsRuleId");
    EXPECT_EQ(failure(R"({"dnsRules":[)" + rule + R"(],"applications":{"a/b":{"dnsRules":[)" +
                      rule + "]}}}")
                  .info()
                  .pointer,
              "/applications/a~1b/dnsRules/1/dnsRuleId")
        << "the common ones come after an application's own";
    options.rules_file = "/no/such/file";
    const mec::error e = platform(io.executor(), options).start();
    EXPECT_EQ(e, mec::errc::storage_error);
    EXPECT_EQ(e.info().endpoint, "file /no/such/file");
}

} // namespace
