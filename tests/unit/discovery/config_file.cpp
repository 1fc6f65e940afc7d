#include "world.hpp"

#include <gmock/gmock.h>

#include <sys/stat.h>

#include <filesystem>

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* complete = R"({
  "version": 1,
  "appInstanceId": "5abe4782-2c70-4e47-9a4e-0ee3a1a0fd1f",
  "mp1": { "url": "https://mep.example:8443/mep1", "appSupportUrl": null, "serviceMgmtUrl": null },
  "oauth2": { "tokenUrl": "https://mep.example:8443/token", "clientId": "app-1",
              "clientSecretFile": "/client-secret", "authMethod": "client_secret_basic",
              "scope": null, "tokenFile": null },
  "tls": { "caFile": "/run/mec/ca.pem", "certFile": null, "keyFile": null, "serverName": null },
  "callback": { "mode": "websocket", "listen": "[::]:8080", "url": null },
  "lifecycle": { "readyRetrySeconds": 60, "shutdownBudgetSeconds": 9 } }
)";

TEST(discovery_config_file, gives_every_value_with_its_line)
{
    world w;
    w.config(complete).file("/client-secret", "hunter2\n");
    const auto c = w.good();
    EXPECT_EQ(c.mp1_url->to_string(), "https://mep.example:8443/mep1");
    EXPECT_EQ(c.mp1_url.from.to_string(), "file /mec.json, line 4");
    EXPECT_FALSE(c.app_support_url.is_set());
    EXPECT_EQ(c.app_support_base().to_string(), "https://mep.example:8443/mep1/mec_app_support/v1");
    EXPECT_EQ(*c.oauth2.client_secret_file, "/client-secret");
    EXPECT_EQ(c.oauth2.client_secret_file.from.line, 6u);
    EXPECT_EQ(*c.callback.mode, mec::discovery::callback_mode::websocket);
    EXPECT_EQ(*c.lifecycle.shutdown_budget, std::chrono::seconds{9});
    EXPECT_EQ(c.lifecycle.shutdown_budget.from.line, 10u);
    EXPECT_TRUE(c.warnings.empty());
    EXPECT_TRUE(c.shadowed.empty());
}

TEST(discovery_config_file, errors_name_line_and_member)
{
    const struct {
        std::string text;
        std::vector<std::string> parts;
    } cases[] = {
        {"{\n\"mp1\": {\n\"url\": \"htp:/x\"}}", {"file /mec.json, line 3", "mp1-url"}},
        {"{\r\n\"appInstanceId\": \"a/b\"}", {"line 2", "app-instance-id", "a/b"}},
        {"{\n\"mp1\": \"https://x\"}", {"line 2", "expected an object", "/mp1"}},
        {"{\"mp1\": {\"url\": 7}}", {"line 1", "expected a text", "/mp1/url"}},
        {"{\"lifecycle\":\n{\"readyRetrySeconds\":\n\"60\"}}", {"line 3", "expected a number"}},
        {"{\"lifecycle\":{\"readyRetrySeconds\":1.5}}", {"ready-retry", "1.5"}},
        {"{\"version\": 2}", {"expected 1", "/version"}},
        {"[]", {"expected an object"}},
        {"", {"line 1"}},
        {"{\n\"mp1\": {\n\"url\"", {"line 3", "not valid JSON"}},
        {"{\n}\n{", {"line 3", "not valid JSON"}},
        {"{\"appInstanceId\":\"a\",\n\"appInstanceId\":\"b\"}", {"appInstanceId"}},
        {"\xef\xbb\xbf{}", {"byte order mark"}},
        {"{\"appInstanceId\":\"\xff\"}", {"UTF-8"}},
        {"{\"appInstanceId\":\"a\\u0000b\"}", {"app-instance-id"}},
        {"{\"appInstanceId\":\"a\\nb\"}", {"control character"}},
        {"{\"oauth2\":{\"clientSecret\":\"hunter2\"}}", {"client-secret", "needs token-url"}},
    };
    for (const auto& c : cases) {
        world w;
        const std::string text = w.platform().config(c.text).refusal();
        EXPECT_THAT(text, HasSubstr("/mec.json")) << c.text;
        for (const auto& part : c.parts) EXPECT_THAT(text, HasSubstr(part)) << c.text;
        EXPECT_THAT(text, Not(HasSubstr("hunter2")));
    }
}

TEST(discovery_config_file, depth_and_size_are_limited)
{
    world deep;
    EXPECT_THAT(deep.config("{\"x\":" + std::string(100'000, '[')).refusal(),
                HasSubstr("/mec.json"));
    world large;
    EXPECT_THAT(large.config(std::string(1024 * 1024 + 1, ' ')).refusal(),
                HasSubstr("larger than"));
}

TEST(discovery_config_file, unknown_members_are_reported_with_the_nearest_known_one)
{
    world w;
    w.platform().config(
        "{\n\"mp1\": {\n\"ulr\": [1, {}]}, \"comment\": \"none\", \"tls\": {\"cafile\": \"x\"}}");
    const auto c = w.good();
    ASSERT_EQ(c.warnings.size(), 3u);
    EXPECT_EQ(c.warnings[0], "file /mec.json, line 3: unknown member /mp1/ulr is ignored; perhaps "
                             "/mp1/url was meant");
    EXPECT_EQ(c.warnings[1], "file /mec.json, line 3: unknown member /comment is ignored");
    EXPECT_THAT(c.warnings[2], HasSubstr("/tls/caFile"));
}

TEST(discovery_config_file, a_flood_of_unknown_members_does_not_flood_the_warnings)
{
    std::string text = "{";
    for (int i = 0; i < 900; ++i) text += "\"x" + std::to_string(i) + "\":0,";
    world w;
    EXPECT_LE(w.platform().config(text + "\"y\":0}").good().warnings.size(), 32u);
}

TEST(discovery_config_file, the_insecure_switch_is_not_among_its_members)
{
    world w;
    w.platform().config(R"({"allowInsecureHttp":true,"mp1":{"allowInsecureHttp":true}})");
    const auto c = w.good();
    EXPECT_FALSE(c.allow_insecure_http);
    EXPECT_EQ(c.warnings.size(), 2u);
}

TEST(discovery_config_file, that_is_named_must_be_readable)
{
    world w;
    w.platform().set("MEC_CONFIG_FILE", "/missing.json");
    EXPECT_THAT(w.refusal(), AllOf(HasSubstr("file /missing.json (named by MEC_CONFIG_FILE)"),
                                   HasSubstr("No such file")));
}

TEST(discovery_files, pipes_devices_and_directories_are_refused_without_waiting)
{
    world w;
    w.platform();
    ASSERT_EQ(::mkfifo(w.path("/pipe").c_str(), 0600), 0);
    std::filesystem::create_directory(w.path("/directory"));
    std::filesystem::create_symlink("/dev/zero", w.path("/device"));
    std::filesystem::create_symlink("loop", w.path("/loop"));
    for (const char* name : {"/pipe", "/directory", "/device", "/loop"}) {
        for (const char* variable : {"MEC_CONFIG_FILE", "MEC_SCOPE_FILE"}) {
            w.set(variable, name);
            EXPECT_THAT(w.refusal(), AllOf(HasSubstr(name), HasSubstr(variable)));
            w.variables.erase(variable);
        }
    }
}

TEST(discovery_files, links_of_mounted_volumes_are_followed)
{
    world w;
    w.file("/data.json", R"({"appInstanceId":"a","mp1":{"url":"https://h"}})");
    std::filesystem::create_symlink("data.json", w.path("/config.json"));
    w.set("MEC_CONFIG_FILE", "/config.json");
    EXPECT_EQ(*w.good().app_instance_id, "a");
}

TEST(discovery_files, a_value_file_must_hold_one_clean_value)
{
    const std::pair<std::string, std::string> cases[] = {
        {"", "the file is empty"},
        {"\n\n", "the file is empty"},
        {"a\nb\n", "control character"},
        {"\xef\xbb\xbf"
         "app",
         "byte order mark"},
        {"\xff", "not UTF-8"},
        {std::string("a\0b", 3), "control character"}};
    for (const auto& [content, reason] : cases) {
        world w;
        w.set("MEC_MP1_URL", "https://h")
            .file("/id", content)
            .set("MEC_APP_INSTANCE_ID_FILE", "/id");
        EXPECT_THAT(w.refusal(), AllOf(HasSubstr("file /id"), HasSubstr(reason))) << content;
    }
}

TEST(discovery_files, a_secret_file_is_read_once_to_see_that_it_can_be_read)
{
    world w;
    w.platform().set("MEC_TOKEN_URL", "https://a/").set("MEC_CLIENT_ID", "me");
    w.set("MEC_CLIENT_SECRET_FILE", "/secret");
    EXPECT_THAT(w.refusal(), HasSubstr("file /secret (named by MEC_CLIENT_SECRET_FILE)"));
    w.file("/secret", "hunter2\n");
    EXPECT_EQ(*w.good().oauth2.client_secret_file, "/secret");
    EXPECT_FALSE(w.good().oauth2.client_secret);
}

} // namespace
