#include "mecctl_fixture.hpp"

#include <mec/emulator/quirks.hpp>
#include <mec/json/codec.hpp>

#include <gmock/gmock.h>

#include <csignal>

namespace {

using mecctl_test::mecctl_control;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using members = std::map<std::string, mec::json::raw>;

/// The one JSON document that an output must be.
template <class T> T parsed(const std::string& output)
{
    EXPECT_EQ(std::count(output.begin(), output.end(), '\n'), 1) << output;
    auto value = mec::json::parse<T>(output);
    EXPECT_TRUE(value) << value.error() << '\n' << output;
    return value ? *value : T{};
}

std::string text_of(const mec::json::raw& string)
{
    return mec::json::parse<std::string>(string.text).value();
}

TEST_F(mecctl_control, says_when_there_is_nothing)
{
    const auto emulator = start_emulator();
    EXPECT_THAT(output_of({"services"}), HasSubstr("No services"));
    EXPECT_THAT(output_of({"subscriptions"}), HasSubstr("no subscriptions"));
    EXPECT_THAT(output_of({"notifications"}), HasSubstr("No notifications"));
    EXPECT_THAT(output_of({"log"}), HasSubstr("No requests"));
    EXPECT_THAT(output_of({"fault", "list"}), HasSubstr("No faults"));
    for (const char* list : {"services", "subscriptions", "notifications", "log"})
        EXPECT_EQ(output_of({list, "--json"}), "[]\n");
    EXPECT_EQ(output_of({"fault", "list", "--json"}), "[]\n");
    EXPECT_THAT(output_of({"apps", "delete", "my-app"}), HasSubstr("Deleted my-app"));
    EXPECT_THAT(output_of({"apps"}), HasSubstr("No applications"));
    EXPECT_EQ(output_of({"apps", "--json"}), "[]\n");
}

TEST_F(mecctl_control, shows_what_an_application_does_and_ends_it)
{
    const auto emulator = start_emulator();
    const auto application = start_application();
    const std::string id = environment.at("MEC_APP_INSTANCE_ID");
    EXPECT_THAT(output_of({"apps"}), AllOf(HasSubstr("my-app  ready"), HasSubstr(id)));
    EXPECT_THAT(output_of({"services"}), AllOf(HasSubstr("mortal"), HasSubstr("ACTIVE"),
                                               HasSubstr("my-app"), Not(HasSubstr(id))));
    EXPECT_THAT(output_of({"subscriptions"}),
                AllOf(HasSubstr("its termination"), HasSubstr("services"), HasSubstr("my-app")));
    for (const char* list : {"apps", "services", "subscriptions", "log"}) {
        const auto all = parsed<std::vector<members>>(output_of({list, "--json"}));
        EXPECT_FALSE(all.empty()) << list;
    }

    output_of({"tokens", "revoke"});
    EXPECT_THAT(output_of({"terminate", "my-app", "--wait", "--grace", "60"}),
                HasSubstr("my-app confirmed after "));
    EXPECT_EQ(application->wait(), 0);
    EXPECT_THAT(output_of({"notifications"}),
                AllOf(HasSubstr("delivered"), HasSubstr("AppTerminationNotification")));
    EXPECT_FALSE(parsed<std::vector<members>>(output_of({"notifications", "--json"})).empty());
    // The instance is gone: its requests are found by its id.
    EXPECT_THAT(output_of({"log", "--app", id}),
                AllOf(HasSubstr("POST"), HasSubstr("/confirm_ready")));
    const std::string failed = output_of({"log", "--failed"});
    EXPECT_THAT(failed, AllOf(HasSubstr("401"), Not(HasSubstr(" 201 "))))
        << "the revoked token was refused once";
}

TEST_F(mecctl_control, plain_http_is_enough_for_an_application)
{
    const auto emulator = start_emulator({"--plain-http"});
    EXPECT_EQ(environment["MEC_ALLOW_INSECURE_HTTP"], "1");
    const auto application = start_application();
    EXPECT_THAT(output_of({"apps"}), HasSubstr("my-app  ready"));
}

TEST_F(mecctl_control, makes_an_application_with_all_that_it_needs)
{
    const auto emulator = start_emulator();
    const std::string exports = output_of({"apps", "create", "it's"});
    for (const char* name : {"MEC_MP1_URL", "MEC_APP_INSTANCE_ID", "MEC_TOKEN_URL", "MEC_CLIENT_ID",
                             "MEC_CLIENT_SECRET", "MEC_CA_FILE"})
        EXPECT_THAT(exports, HasSubstr(std::string("export ") + name + "='"));
    auto made = parsed<members>(output_of({"apps", "create", "second", "--json"}));
    EXPECT_EQ(text_of(made["name"]), "second");
    environment = parsed<mecctl_test::variables>(made["environment"].text + '\n');
    const auto application = start_application();
    EXPECT_THAT(output_of({"apps"}), HasSubstr("second  ready"));
}

TEST_F(mecctl_control, a_name_of_two_applications_is_none)
{
    const auto emulator = start_emulator();
    auto one = parsed<members>(output_of({"apps", "create", "twin", "--json"}));
    auto two = parsed<members>(output_of({"apps", "create", "twin", "--json"}));
    const std::string id = text_of(one["appInstanceId"]);
    EXPECT_THAT(refusal_of({"apps", "delete", "twin"}, 1),
                AllOf(HasSubstr(id), HasSubstr(text_of(two["appInstanceId"]))));
    EXPECT_THAT(output_of({"apps", "delete", id}), HasSubstr("Deleted twin"));
    EXPECT_THAT(output_of({"apps", "delete", "twin"}), HasSubstr("Deleted twin"));
    EXPECT_THAT(refusal_of({"terminate", "twin"}, 1), HasSubstr("no application 'twin'"));
    EXPECT_THAT(refusal_of({"terminate", "my-ap"}, 1), HasSubstr("did you mean 'my-app'?"));
}

TEST_F(mecctl_control, what_nobody_confirms_is_a_failure)
{
    const auto emulator = start_emulator();
    EXPECT_THAT(output_of({"terminate", "my-app", "--stop", "--wait"}), HasSubstr("at once"));
    const auto application = start_application();
    // Its confirmation never arrives.
    output_of(
        {"fault", "add", "app_support.confirm_termination", "--drop", "before", "--times", "0"});
    EXPECT_THAT(refusal_of({"terminate", "my-app", "--wait", "--grace", "1"}, 1),
                HasSubstr("did not confirm within 1 s"));
}

TEST_F(mecctl_control, faults_hit_and_can_be_taken_back)
{
    const auto emulator = start_emulator({"--no-auth"});
    const std::string services = "/mec_service_mgmt/v1/services";
    EXPECT_THAT(output_of({"fault", "add", "service_mgmt.list_services", "--status", "503",
                           "--retry-after", "7", "--times", "2"}),
                AllOf(HasSubstr("next 2 requests"), HasSubstr("503"), HasSubstr("7 s")));
    const auto hit = get(services);
    EXPECT_EQ(hit.status, 503);
    EXPECT_EQ(hit.headers.find("Retry-After"), "7");
    EXPECT_THAT(output_of({"fault", "list"}), HasSubstr("service_mgmt.list_services  1 "));
    output_of({"fault", "clear"});
    EXPECT_EQ(get(services).status, 200);
    for (const std::vector<std::string>& how :
         {std::vector<std::string>{"--drop", "before"}, {"--drop", "after"}, {"--reset"}}) {
        std::vector<std::string> command{"fault", "add", "any", "--json"};
        command.insert(command.end(), how.begin(), how.end());
        auto fault = parsed<members>(output_of(command));
        EXPECT_EQ(fault["operation"].text, "\"*\"");
        EXPECT_EQ(get(services).status, 0) << how.back();
        EXPECT_EQ(get(services).status, 200);
    }
    EXPECT_THAT(output_of({"log", "--failed"}), AllOf(HasSubstr("dropped"), HasSubstr("503")));
    EXPECT_THAT(refusal_of({"fault", "add", "service_mgmt.list_service", "--reset"}, 2),
                HasSubstr("did you mean 'service_mgmt.list_services'?"));
    EXPECT_THAT(refusal_of({"fault", "add", "any"}, 2), HasSubstr("--status"));
    EXPECT_THAT(refusal_of({"fault", "add", "any", "--status", "200"}, 2), HasSubstr("--status"));
}

TEST_F(mecctl_control, the_platform_forgets)
{
    const auto emulator = start_emulator();
    const auto application = start_application();
    EXPECT_THAT(output_of({"lose", "services"}), HasSubstr("forgotten all services"));
    EXPECT_THAT(output_of({"lose", "subscriptions"}), HasSubstr("all subscriptions"));
    EXPECT_EQ(output_of({"lose", "some", "--json"}), "{\"what\":\"SOME\"}\n");
    EXPECT_THAT(output_of({"lose", "all"}), HasSubstr("readiness"));
    EXPECT_THAT(output_of({"tokens", "expire", "--app", "my-app"}), HasSubstr("of my-app"));
    EXPECT_EQ(output_of({"tokens", "revoke", "--json"}), "{\"action\":\"REVOKE\"}\n");
    EXPECT_THAT(refusal_of({"lose", "nothing"}, 2), HasSubstr("lose --help"));
}

TEST_F(mecctl_control, quirks_are_switched_by_name_and_by_platform)
{
    const auto emulator = start_emulator();
    const auto all = parsed<std::map<std::string, bool>>(output_of({"quirks", "--json"}));
    EXPECT_EQ(all.size(), mec::emulator::all_quirks().size);
    EXPECT_THAT(output_of({"quirks"}), AllOf(HasSubstr("no_rules"), Not(HasSubstr("  on "))));
    EXPECT_THAT(output_of({"quirks", "no_rules=on", "ready_first=on"}),
                AllOf(HasSubstr("no_rules"), HasSubstr("operations on rules are 501")));
    auto now = parsed<std::map<std::string, bool>>(output_of({"profile", "netedge", "--json"}));
    EXPECT_TRUE(now["no_location"]);
    EXPECT_FALSE(now["no_rules"]);
    EXPECT_THAT(output_of({"profile", "strict"}), HasSubstr("All quirks are off"));
    EXPECT_THAT(refusal_of({"quirks", "no_rule=on"}, 2), HasSubstr("did you mean 'no_rules'?"));
    EXPECT_THAT(refusal_of({"quirks", "no_rules"}, 2), HasSubstr("NAME=on"));
    EXPECT_THAT(refusal_of({"profile", "other"}, 1), HasSubstr("strict, advantedge"));
}

} // namespace
