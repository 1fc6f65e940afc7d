#include "world.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace {

using mec::discovery::source_kind;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(discovery_environment, gives_every_value_with_its_source)
{
    world w;
    w.platform()
        .set("MEC_APP_SUPPORT_URL", "https://mep.example/as/v1")
        .set("MEC_TOKEN_URL", "https://auth.example/token")
        .set("MEC_CLIENT_ID", "me")
        .set("MEC_CLIENT_SECRET", "hunter2")
        .set("MEC_AUTH_METHOD", "client_secret_post")
        .set("MEC_SCOPE", "mec:read mec:write")
        .set("MEC_CA_FILE", "/run/ca.pem")
        .set("MEC_CLIENT_CERT_FILE", "/run/c.pem")
        .set("MEC_CLIENT_KEY_FILE", "/run/k.pem")
        .set("MEC_TLS_SERVER_NAME", "mep.internal")
        .set("MEC_CALLBACK_MODE", "http")
        .set("MEC_LISTEN", "[::]:8081")
        .set("MEC_CALLBACK_URL", "https://app.example/notify")
        .set("MEC_READY_RETRY", "60")
        .set("MEC_SHUTDOWN_BUDGET", "9");
    const auto c = w.good();
    EXPECT_EQ(*c.app_instance_id, "app-1");
    EXPECT_EQ(c.app_instance_id.from.kind, source_kind::environment);
    EXPECT_EQ(c.app_instance_id.from.to_string(), "environment variable MEC_APP_INSTANCE_ID");
    EXPECT_EQ(c.app_support_base().to_string(), "https://mep.example/as/v1");
    EXPECT_EQ(c.service_mgmt_base().to_string(), "https://mep.example/mep1/mec_service_mgmt/v1");
    EXPECT_EQ(c.oauth2.client_secret->reveal(), "hunter2");
    EXPECT_EQ(*c.oauth2.auth_method, mec::discovery::auth_method::client_secret_post);
    EXPECT_EQ(*c.oauth2.scope, "mec:read mec:write");
    EXPECT_EQ(*c.tls.server_name, "mep.internal");
    EXPECT_EQ(*c.callback.mode, mec::discovery::callback_mode::http);
    EXPECT_EQ(c.callback.listen->address, "::");
    EXPECT_EQ(c.callback.listen->port, 8081);
    EXPECT_EQ(*c.lifecycle.ready_retry, std::chrono::seconds{60});
    EXPECT_EQ(*c.lifecycle.shutdown_budget, std::chrono::seconds{9});
    EXPECT_FALSE(mec::discovery::validate(c));
    ASSERT_EQ(c.warnings.size(), 1u);
    EXPECT_THAT(c.warnings[0],
                AllOf(HasSubstr("MEC_CLIENT_SECRET_FILE"), Not(HasSubstr("hunter2"))));
}

TEST(discovery_environment, reads_a_value_from_the_file_that_a_variable_names)
{
    world w;
    w.platform().file("/id", "app-7\r\n").set("MEC_APP_INSTANCE_ID_FILE", "/id");
    w.variables.erase("MEC_APP_INSTANCE_ID");
    const auto c = w.good();
    EXPECT_EQ(*c.app_instance_id, "app-7");
    EXPECT_EQ(c.app_instance_id.from.to_string(), "file /id (named by MEC_APP_INSTANCE_ID_FILE)");
}

TEST(discovery_environment, refuses_a_value_and_a_file_for_the_same_key)
{
    world w;
    w.platform().file("/id", "app-7").set("MEC_APP_INSTANCE_ID_FILE", "/id");
    EXPECT_THAT(w.refusal(), AllOf(HasSubstr("environment variable MEC_APP_INSTANCE_ID"),
                                   HasSubstr("MEC_APP_INSTANCE_ID_FILE is set, too")));
    world v;
    v.platform().file("/s", "x").set("MEC_TOKEN_URL", "https://a/").set("MEC_CLIENT_ID", "me");
    v.set("MEC_CLIENT_SECRET", "hunter2").set("MEC_CLIENT_SECRET_FILE", "/s");
    EXPECT_THAT(v.refusal(), HasSubstr("client-secret-file is set, too"));
}

TEST(discovery_environment, names_the_variable_of_a_bad_value)
{
    const std::string long_text(1024 * 1024, 'a');
    const struct {
        std::string variable;
        std::vector<std::string> values;
    } cases[] = {
        {"MEC_MP1_URL",
         {"htp:/x", "mep.example", "https://mep.example/\r\nx", "https://mep.example/ ",
          "ftp://mep.example", "wss://mep.example", "https://a:b@mep.example", "https://h/?q=1",
          long_text}},
        {"MEC_APP_INSTANCE_ID",
         {"../x", "..", "a/b", "a?b", "a#b", "a%00", "%2e%2e", "a b", " ", "a\r\nX: y", "\xff\xfe",
          "\xc3\xbc", std::string(300, 'a'), long_text}},
        {"MEC_TLS_SERVER_NAME", {"a:8443", "a/b", "a b", "https://a", "a@b", "[::1]"}},
        {"MEC_CALLBACK_MODE", {"HTTP", "https", "sms"}},
        {"MEC_LISTEN",
         {"8080", "localhost:8080", ":8080", "::1:80", "[::1]", "1.2.3.4:65536",
          "1.2.3.4:", "1.2.3.4:+1", "[1.2.3.4]:80"}},
        {"MEC_READY_RETRY", {"0", "-1", "60s", "1e3", "86401", "99999999999999999999", " 60"}},
        {"MEC_ALLOW_INSECURE_HTTP", {"yes", "2", "on"}},
        {"MEC_STRICT", {"yes"}},
        {"MEC_SCOPE", {"a\"b", "\xc3\xbc"}},
        {"MEC_CA_FILE", {"a\nb", "\xff"}},
        {"MEC_AUTH_METHOD", {"private_key_jwt"}},
    };
    for (const auto& c : cases) {
        for (const auto& value : c.values) {
            world w;
            w.platform().set(c.variable, value);
            EXPECT_THAT(w.refusal(), HasSubstr("environment variable " + c.variable)) << value;
        }
    }
}

TEST(discovery_environment, server_name_may_be_a_name_or_an_address)
{
    for (const char* name : {"mep.example", "10.0.0.1", "fd77::1"}) {
        world w;
        w.platform().set("MEC_TLS_SERVER_NAME", name);
        EXPECT_EQ(*w.good().tls.server_name, name);
    }
}

TEST(discovery_environment, errors_never_show_a_url_or_a_secret)
{
    world w;
    w.platform().set("MEC_MP1_URL", "https://user:hunter2@mep.example/");
    EXPECT_THAT(w.refusal(), Not(HasSubstr("hunter2")));
    world v;
    v.platform().set("MEC_TOKEN_URL", "https://a/").set("MEC_CLIENT_ID", "me");
    v.set("MEC_CLIENT_SECRET", "hunter2\n");
    EXPECT_THAT(v.refusal(), AllOf(HasSubstr("MEC_CLIENT_SECRET"), HasSubstr("control character"),
                                   Not(HasSubstr("hunter2"))));
}

TEST(discovery_environment, one_error_lists_every_place_that_was_looked_at)
{
    world w;
    const auto found = w.discover();
    ASSERT_FALSE(found);
    const std::string& text = found.error().info().message;
    for (const char* part : {"app-instance-id is missing", "MEC_APP_INSTANCE_ID_FILE",
                             "mp1-url is missing", "MEC_MP1_URL", "https://mep.example:8443/mep1",
                             "code: not set", "MEC_CONFIG_FILE is not set"}) {
        EXPECT_THAT(text, HasSubstr(part));
    }
    EXPECT_THAT(text, HasSubstr("\n"));
    EXPECT_THAT(w.refusal(), HasSubstr("; "));
}

TEST(discovery_environment, an_empty_variable_sets_to_nothing_and_stops_the_search)
{
    world w;
    w.set("MEC_MP1_URL", "").config(R"({"appInstanceId":"a","mp1":{"url":"https://mep.example"}})");
    EXPECT_THAT(w.refusal(), AllOf(HasSubstr("mp1-url is missing"),
                                   HasSubstr("environment variable MEC_MP1_URL sets it to nothing"),
                                   Not(HasSubstr("has no member"))));
    world v;
    v.platform().set("MEC_CA_FILE", "").config(R"({"tls":{"caFile":"/ca.pem"}})");
    const auto c = v.good();
    EXPECT_FALSE(c.tls.ca_file);
    EXPECT_TRUE(c.tls.ca_file.is_set());
    ASSERT_EQ(c.shadowed.size(), 1u);
    EXPECT_EQ(c.shadowed[0].key, "ca-file");
    EXPECT_TRUE(c.shadowed[0].differs);
}

TEST(discovery_environment, port_is_a_hint_that_any_explicit_value_beats)
{
    world w;
    w.platform().set("PORT", "9090");
    EXPECT_EQ(w.good().callback.listen->to_string(), "[::]:9090");
    EXPECT_EQ(w.good().callback.listen.from.to_string(), "environment variable PORT");
    w.config(R"({"callback":{"listen":"127.0.0.1:0"}})");
    EXPECT_EQ(w.good().callback.listen->to_string(), "127.0.0.1:0");

    world v;
    v.platform().set("PORT", "tcp://10.0.0.1:80");
    const auto c = v.good();
    EXPECT_FALSE(c.callback.listen);
    ASSERT_EQ(c.warnings.size(), 1u);
    EXPECT_THAT(c.warnings[0], HasSubstr("PORT"));
}

TEST(discovery_environment, proxy_variables_have_no_effect)
{
    world plain;
    world proxied;
    plain.platform();
    proxied.platform();
    for (const char* name :
         {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"}) {
        proxied.set(name, "http://evil.example:3128");
    }
    EXPECT_EQ(describe(plain.good()), describe(proxied.good()));
}

TEST(discovery_environment, no_variable_switches_verification_off)
{
    world w;
    std::vector<std::string> asked;
    w.platform();
    w.options.environment = nullptr;
    mec::discovery::discover_options options;
    options.environment = [&](std::string_view name) -> std::optional<std::string> {
        asked.emplace_back(name);
        const auto found = w.variables.find(std::string(name));
        return found == w.variables.end() ? std::nullopt : std::optional(found->second);
    };
    ASSERT_TRUE(mec::discovery::discover(options));
    for (const auto& name : asked) {
        EXPECT_THAT(name, AllOf(Not(HasSubstr("VERIFY")), Not(HasSubstr("COMMON_NAME")),
                                Not(HasSubstr("SKIP")), Not(HasSubstr("PROXY"))));
    }
    EXPECT_GT(asked.size(), 20u);
}

TEST(discovery_environment, is_that_of_the_process_by_default)
{
    ::setenv("MEC_APP_INSTANCE_ID", "from-process", 1);
    ::setenv("MEC_MP1_URL", "https://mep.example", 1);
    const auto found = mec::discovery::discover();
    ::unsetenv("MEC_APP_INSTANCE_ID");
    ::unsetenv("MEC_MP1_URL");
    ASSERT_TRUE(found) << found.error();
    EXPECT_EQ(*found->app_instance_id, "from-process");
}

} // namespace
