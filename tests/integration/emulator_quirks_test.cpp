#include "emulator_fixture.hpp"
#include "emulator_receiver.hpp"

#include <mec/app_support/describe.hpp>

#include <set>

namespace {

using namespace emulator_test;
using mec::app_support::operation_action;
using mec::emulator::all_quirks;
using mec::emulator::find_profile;
using mec::emulator::quirks;
using namespace std::chrono_literals;

struct emulated_quirks : emulator {
    receiver inbox{io};
    std::string id; ///< of a service that was registered by the text of the standard

    void start_with_service()
    {
        start();
        mec::emulator::rule_set rules;
        rules.traffic_rules.emplace_back();
        rules.traffic_rules[0].traffic_rule_id = "t1";
        rules.traffic_rules[0].traffic_filter.emplace_back();
        rules.traffic_rules[0].traffic_filter[0].tag = {"x"};
        rules.traffic_rules[0].dst_interface.resize(1);
        ASSERT_FALSE(p->set_rules(app.app_instance_id, rules));
        id = register_service(service_named("camera", R"("consumedLocalOnly":true,"x-count":0,)"));
    }
    void turn_on(std::initializer_list<bool quirks::*> members)
    {
        quirks on;
        for (auto member : members) on.*member = true;
        p->set_quirks(on);
    }
    std::string service() const { return services_path() + "/" + id; }
    std::string body(const std::string& path) { return call("GET", path).body; }

    static bool has(const std::string& text, const std::string& part)
    {
        return text.find(part) != std::string::npos;
    }
};

TEST_F(emulated_quirks, are_all_off_by_the_text_and_named_once)
{
    std::set<std::string> names;
    for (const auto& q : all_quirks()) {
        EXPECT_TRUE(names.insert(std::string(q.name)).second) << q.name;
        EXPECT_FALSE(find_profile("strict")->*q.member) << q.name;
        EXPECT_NE(q.what, "") << q.name;
    }
    for (const char* profile : {"advantedge", "edgegallery", "netedge"}) {
        ASSERT_TRUE(find_profile(profile));
        EXPECT_TRUE(std::any_of(all_quirks().begin(), all_quirks().end(), [&](const auto& q) {
            return find_profile(profile)->*q.member;
        })) << profile;
    }
    EXPECT_FALSE(find_profile("other"));
    options.profile = "other";
    EXPECT_EQ(platform(io.executor(), options).start(), mec::errc::config_invalid);
    options.profile = "netedge";
    options.quirks.no_rules = true;
    const quirks on = platform(io.executor(), options).quirks();
    EXPECT_TRUE(on.same_name_updates && on.no_rules);
}

TEST_F(emulated_quirks, change_bodies)
{
    start_with_service();
    subscribe_services("http://127.0.0.1:9/");
    const std::string rule = support_path("/traffic_rules/t1");
    const std::string list = management_path("/subscriptions");
    const std::string time = "/mec_app_support/v1/timing/current_time";
    struct expectation {
        bool quirks::*on;
        std::string path, there, not_there;
    };
    const expectation expected[] = {
        {&quirks::wrapped_bodies, service(), R"({"ServiceInfo":{)", ""},
        {&quirks::zeros_left_out, service(), "serName", "x-count"},
        {&quirks::booleans_as_text, service(), R"("consumedLocalOnly":"TRUE")", ":true"},
        {&quirks::end_point_spelling, service(), "\"endPoint\":", "\"endpoint\""},
        {&quirks::security_null, service(), R"("security":null)", "{}"},
        {&quirks::self_links_as_text, service(), R"("self":"http)", "href"},
        {&quirks::relative_links, service(), R"("href":"/mep1/mec_service_mgmt)", "https://"},
        {&quirks::relative_links_without_prefix, service(), R"("href":"/mec_service_mgmt)", "mep1"},
        {&quirks::destination_as_object, rule, R"("dstInterface":{)", ""},
        {&quirks::tags_as_token, rule, R"("token":["x"])", "\"tag\""},
        {&quirks::nanoseconds_lower_case, time, "\"nanoseconds\"", "nanoSeconds"},
        {&quirks::subscription_type_as_rel, list, "\"rel\":\"Ser", "subscriptionType"},
        {&quirks::subscription_list_singular, list, R"("subscription":[)", "subscriptions\":"},
        {&quirks::lone_subscription_as_object, list, R"("subscriptions":{)", "["},
    };
    for (const expectation& e : expected) {
        turn_on({});
        EXPECT_FALSE(has(body(e.path), e.there) && e.there != "serName") << body(e.path);
        turn_on({e.on});
        const std::string text = body(e.path);
        EXPECT_TRUE(has(text, e.there)) << e.there << " in " << text;
        if (!e.not_there.empty()) {
            EXPECT_FALSE(has(text, e.not_there)) << e.not_there << " in " << text;
        }
        EXPECT_TRUE(mec::json::parse<mec::json::raw>(text)) << text;
    }
}

TEST_F(emulated_quirks, change_addresses)
{
    start();
    std::string text = service_body;
    const std::string uris = R"({"uris":["http://127.0.0.1:9/camera"]})";
    text.replace(text.find(uris), uris.size(), R"({"addresses":[{"host":"h","port":8080}]})");
    id = register_service(text);
    turn_on({&quirks::ports_as_text, &quirks::addresses_as_object});
    EXPECT_TRUE(has(body(service()), R"("addresses":{"host":"h","port":"8080"})"))
        << body(service());
}

TEST_F(emulated_quirks, change_header_fields)
{
    start_with_service();
    const auto post = [&] { return call("POST", services_path(), service_body); };
    turn_on({&quirks::no_location});
    EXPECT_FALSE(post().headers.contains("Location"));
    turn_on({&quirks::wrong_location});
    EXPECT_EQ(post().headers.find("Location").substr(0, 17), "/mp1/v1/services/");
    turn_on({&quirks::relative_links});
    EXPECT_EQ(post().headers.find("Location").substr(0, 22), "/mep1/mec_service_mgmt");
    turn_on({&quirks::unquoted_etag});
    const std::string tag(call("GET", service()).headers.find("ETag"));
    EXPECT_FALSE(has(tag, "\""));
    EXPECT_EQ(call("PUT", service(), "{}", "If-Match: " + tag + "\r\n").status, 200);

    turn_on({&quirks::errors_as_json});
    auto r = call("GET", services_path() + "/none");
    EXPECT_EQ(r.status, 404);
    EXPECT_EQ(r.headers.find("Content-Type"), "application/json");
    turn_on({&quirks::errors_empty});
    r = call("GET", services_path() + "/none");
    EXPECT_EQ(r.status, 404);
    EXPECT_EQ(r.body, "");
    EXPECT_FALSE(r.headers.contains("Content-Type"));
    turn_on({&quirks::no_content_as_text});
    r = call("DELETE", service());
    EXPECT_EQ(r.status, 200);
    EXPECT_EQ(r.body, "\"\"");
}

TEST_F(emulated_quirks, change_notifications)
{
    start_with_service();
    subscribe_services(inbox.url());
    std::size_t next = 0;
    const auto told = [&](std::initializer_list<bool quirks::*> on, auto change) {
        turn_on(on);
        change();
        ++next;
        return inbox.wait_for(next)[next - 1].body;
    };
    int version = 0;
    const auto update = [&] {
        EXPECT_EQ(
            call("PUT", service(), R"({"version":")" + std::to_string(++version) + "\"}").status,
            200);
    };
    EXPECT_TRUE(has(told({&quirks::notification_type_of_subscription}, update),
                    R"("notificationType":"SerAvailabilityNotificationSubscription")"));
    EXPECT_TRUE(has(told({&quirks::notification_type_of_schema}, update),
                    R"("notificationType":"ServiceAvailabilityNotification")"));
    EXPECT_TRUE(
        has(told({&quirks::wrapped_bodies}, update), "{\"ServiceAvailabilityNotification\":{"));
    EXPECT_TRUE(has(told({&quirks::relative_links}, update), R"("href":"/mep1/)"));
    EXPECT_TRUE(has(told({&quirks::removed_with_link}, [&] { call("DELETE", service()); }),
                    R"("link":{"href")"));

    turn_on({});
    subscribe_termination(inbox.url());
    const auto terminate = [&] {
        EXPECT_FALSE(p->terminate(app.app_instance_id, operation_action::stopping, 60s));
    };
    const std::string root = p->api_root().to_string() + "/mec_app_support/v1";
    EXPECT_TRUE(has(told({&quirks::termination_links_as_text}, terminate),
                    R"("confirmTermination":")" + root + "/applications/"));
    EXPECT_TRUE(has(told({&quirks::confirm_link_without_instance}, terminate),
                    R"("confirmTermination":{"href":")" + root + "/confirm_termination\""));
}

TEST_F(emulated_quirks, change_updates_and_registrations)
{
    start_with_service();
    const std::string whole = body(service());
    const auto put = [&](const std::string& text) { return call("PUT", service(), text).status; };
    turn_on({&quirks::update_refuses_ids});
    EXPECT_EQ(put(whole), 400);
    EXPECT_EQ(put(R"({"version":"2"})"), 200);
    turn_on({&quirks::update_wants_everything});
    EXPECT_EQ(put(R"({"state":"INACTIVE"})"), 400);
    std::string all = body(service());
    EXPECT_EQ(put(all), 200);
    std::string stopped = all;
    stopped.replace(stopped.find("\"ACTIVE\""), 8, "\"INACTIVE\"");
    EXPECT_EQ(put(stopped), 200);
    all.replace(all.find("\"version\":\"2\""), 13, "\"version\":\"3\"");
    EXPECT_EQ(put(all), 400);

    turn_on({&quirks::same_name_updates});
    EXPECT_EQ(register_service(), id);
    EXPECT_NE(register_service(service_named("other")), id);
    EXPECT_EQ(p->services().size(), 2U);
}

TEST_F(emulated_quirks, change_queries)
{
    start_with_service();
    const std::string list = "/mec_service_mgmt/v1/services";
    turn_on({&quirks::comma_lists_only});
    expect_problem(call("GET", list + "?ser_name=a&ser_name=b"), 400);
    EXPECT_EQ(call("GET", list + "?ser_name=a,b").status, 200);
    turn_on({&quirks::unknown_queries_ignored});
    EXPECT_EQ(call("GET", list + "?fields=a").status, 200);
    EXPECT_EQ(call("GET", list + "/" + id + "?fields=a").status, 200);
    EXPECT_EQ(body(list + "?is_local=false"), "[]");
    turn_on({&quirks::is_local_not_filtered});
    EXPECT_NE(body(list + "?is_local=false"), "[]");
}

TEST_F(emulated_quirks, change_heartbeats)
{
    options.liveness.required = mec::emulator::liveness_policy::mode::proposed;
    start();
    const auto offer = [&] {
        return decoded(
            call("POST", services_path(), service_named("a", R"("livenessInterval":5,)")));
    };
    turn_on({&quirks::no_liveness});
    EXPECT_FALSE(offer().liveness_interval);
    turn_on({&quirks::liveness_always_60, &quirks::heartbeat_by_put});
    const auto s = offer();
    EXPECT_EQ(s.liveness_interval, 60s);
    const auto path = below_root(s.links->liveness->href);
    const auto refused = call("PATCH", path, R"({"state":"ACTIVE"})");
    EXPECT_EQ(refused.headers.find("Allow"), "GET, PUT");
    expect_problem(refused, 405);
    EXPECT_EQ(call("PUT", path, R"({"state":"ACTIVE"})").status, 204);
}

TEST_F(emulated_quirks, change_the_life_of_an_application)
{
    options.clock = &clock;
    start();
    const std::string ready = R"({"indication":"READY"})";
    turn_on({&quirks::ready_first});
    expect_problem(call("GET", "/mec_service_mgmt/v1/services"), 403);
    expect_problem(call("POST", services_path(), service_body), 403);
    EXPECT_EQ(call("POST", ready_path(), ready).status, 204);
    EXPECT_EQ(call("GET", "/mec_service_mgmt/v1/services").status, 200);

    turn_on({&quirks::ready_rate_limit});
    EXPECT_EQ(call("POST", ready_path(), ready).status, 204);
    clock.advance(4s);
    expect_problem(call("POST", ready_path(), ready), 429);
    clock.advance(5s);
    EXPECT_EQ(call("POST", ready_path(), ready).status, 204);

    turn_on({&quirks::no_rules});
    expect_problem(call("GET", support_path("/dns_rules")), 501);
    expect_problem(call("PUT", support_path("/traffic_rules/a"), "{}"), 501);

    const auto confirm = [&](const std::string& action) {
        return call("POST", support_path("/confirm_termination"),
                    R"({"operationAction":")" + action + "\"}");
    };
    turn_on({&quirks::nothing_pending_is_400});
    expect_problem(confirm("STOPPING"), 400);
    turn_on({&quirks::misspelt_stopping_only});
    subscribe_termination(inbox.url());
    ASSERT_FALSE(p->terminate(app.app_instance_id, operation_action::stopping, 60s));
    expect_problem(confirm("STOPPING"), 400);
    EXPECT_EQ(confirm("STOPPPING").status, 204);
}

} // namespace
