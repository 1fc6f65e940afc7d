#include "emulator_fixture.hpp"
#include "emulator_receiver.hpp"

#include <mec/app_support/describe.hpp>

namespace {

using namespace emulator_test;
struct emulated_control : emulator {
    receiver inbox{io};

    emulated_control() { options.control = true; }

    mec::http::response control(const std::string& method, const std::string& path,
                                const std::string& body = {})
    {
        return connect().exchange(
            raw::request(method, p->control_root().path() + path,
                         "Content-Type: application/json\r\nAuthorization: Bearer " +
                             std::string(p->control_token().reveal()) + "\r\n",
                         body));
    }
    std::vector<members> entries(const std::string& path)
    {
        const auto r = control("GET", path);
        EXPECT_EQ(r.status, 200) << r.body;
        return decoded<std::vector<members>>(r);
    }
};

TEST_F(emulated_control, shows_and_ends_applications)
{
    start();
    auto all = entries("/applications");
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0]["name"].text, "\"my-app\"");
    EXPECT_EQ(all[0]["ready"].text, "false");
    const std::string path = "/applications/" + app.app_instance_id;
    EXPECT_NE(control("GET", path + "/termination").body.find("NONE"), std::string::npos);

    subscribe_termination(inbox.url());
    EXPECT_EQ(control("POST", path + "/termination",
                      R"({"operationAction":"STOPPING","maxGracefulTimeout":60})")
                  .status,
              204);
    inbox.wait_for(1);
    EXPECT_NE(control("GET", path + "/termination").body.find("PENDING"), std::string::npos);
    EXPECT_EQ(control("POST", path + "/termination", "{}").status, 400);
    EXPECT_EQ(control("POST", "/applications/none/termination",
                      R"({"operationAction":"STOPPING","maxGracefulTimeout":60})")
                  .status,
              404);
    EXPECT_EQ(control("DELETE", path).status, 204);
    EXPECT_EQ(control("DELETE", path).status, 404);
    EXPECT_TRUE(p->applications().empty());
}

TEST_F(emulated_control, shows_what_applications_made)
{
    start();
    const auto id = register_service();
    const auto subscription = subscribe_services(inbox.url());
    auto services = entries("/services");
    ASSERT_EQ(services.size(), 1U);
    EXPECT_EQ(services[0]["appInstanceId"].text, '"' + app.app_instance_id + '"');
    EXPECT_NE(services[0]["service"].text.find(id), std::string::npos);
    auto subscriptions = entries("/subscriptions");
    ASSERT_EQ(subscriptions.size(), 1U);
    EXPECT_EQ(subscriptions[0]["subscriptionId"].text, '"' + subscription + '"');
    EXPECT_EQ(subscriptions[0]["kind"].text, "\"SERVICE_AVAILABILITY\"");
}

TEST_F(emulated_control, logs_can_be_followed)
{
    start();
    subscribe_services(inbox.url());
    std::uint64_t told = 0;
    const auto change_something = [&] {
        register_service();
        ++told;
        EXPECT_TRUE(p->wait_for_notifications(
            [&](const auto&) { return p->counters().notifications == told; }, raw::patience));
    };
    change_something();
    for (const std::string log : {"/requests", "/notifications"}) {
        auto all = entries(log);
        ASSERT_FALSE(all.empty());
        const std::string last = all.back()["sequence"].text;
        EXPECT_TRUE(entries(log + "?after=" + last).empty());
        EXPECT_EQ(entries(log + "?after=0").size(), all.size());
        change_something();
        auto fresh = entries(log + "?after=" + last);
        ASSERT_EQ(fresh.size(), 1U);
        EXPECT_NE(fresh[0]["sequence"].text, last);
        for (const char* query : {"?after=", "?after=x", "?after=-1", "?since=1", "?after=1x",
                                  "?after=99999999999999999999"})
            EXPECT_EQ(control("GET", log + query).status, 400) << query;
    }
    for (const std::string log : {"/requests", "/notifications"}) {
        EXPECT_EQ(control("DELETE", log).status, 204);
        EXPECT_TRUE(entries(log).empty());
    }
}

TEST_F(emulated_control, turns_quirks_on_and_off)
{
    start();
    auto all = decoded<std::map<std::string, bool>>(control("GET", "/quirks"));
    EXPECT_EQ(all.size(), mec::emulator::all_quirks().size);
    EXPECT_FALSE(all.at("no_rules"));
    all = decoded<std::map<std::string, bool>>(control("PATCH", "/quirks", R"({"no_rules":true})"));
    EXPECT_TRUE(all.at("no_rules"));
    EXPECT_EQ(call("GET", support_path("/dns_rules")).status, 501);
    EXPECT_EQ(control("PATCH", "/quirks", R"({"no_rules":false,"no_such":true})").status, 400);
    EXPECT_TRUE(p->quirks().no_rules) << "all or nothing";
    all =
        decoded<std::map<std::string, bool>>(control("PUT", "/quirks", R"({"profile":"netedge"})"));
    EXPECT_TRUE(all.at("same_name_updates"));
    EXPECT_FALSE(all.at("no_rules"));
    EXPECT_EQ(control("PUT", "/quirks", R"({"profile":"other"})").status, 400);
}

TEST_F(emulated_control, loses_state_and_tokens)
{
    start();
    register_service();
    EXPECT_EQ(control("POST", "/loss", R"({"what":"SERVICES"})").status, 204);
    EXPECT_TRUE(p->services().empty());
    EXPECT_EQ(control("POST", "/loss", R"({"what":"MIND"})").status, 400);

    const auto other = p->create_application("other");
    const auto others = token_of(other);
    EXPECT_EQ(control("POST", "/tokens",
                      R"({"action":"EXPIRE","appInstanceId":")" + app.app_instance_id + "\"}")
                  .status,
              204);
    EXPECT_NE(expect_problem(call("GET", services_path()), 401).find("expired"), std::string::npos);
    EXPECT_EQ(call_as(others, "GET", "/mec_service_mgmt/v1/services").status, 200);
    EXPECT_EQ(control("POST", "/tokens", R"({"action":"REVOKE"})").status, 204);
    EXPECT_NE(expect_problem(call("GET", services_path()), 401).find("revoked"), std::string::npos);
    EXPECT_EQ(call_as(others, "GET", "/mec_service_mgmt/v1/services").status, 401);
    EXPECT_EQ(control("POST", "/tokens", R"({"action":"EXPIRE","appInstanceId":"none"})").status,
              404);
}

TEST_F(emulated_control, sets_the_interval_of_heartbeats)
{
    options.liveness.required = mec::emulator::liveness_policy::mode::proposed;
    start();
    const auto id = register_service(service_named("a", R"("livenessInterval":5,)"));
    const auto set = [&](const std::string& service, const char* seconds) {
        return control("PUT", "/services/" + service + "/liveness",
                       std::string(R"({"interval":)") + seconds + "}")
            .status;
    };
    EXPECT_EQ(set(id, "20"), 204);
    EXPECT_EQ(p->services().at(0).info.liveness_interval, std::chrono::seconds(20));
    EXPECT_EQ(set(id, "0"), 400);
    EXPECT_EQ(set(id, "9223372036854775807"), 400);
    EXPECT_EQ(set("none", "20"), 404);
    EXPECT_EQ(set(register_service(), "20"), 409);
}

} // namespace
