#include "world.hpp"

#include <gmock/gmock.h>

namespace {

using mec::discovery::configuration;
using mec::discovery::source_kind;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(discovery_order, code_comes_before_environment_before_file)
{
    world w;
    w.platform().config(R"({"appInstanceId":"file","mp1":{"url":"https://file"},
                            "tls":{"caFile":"/file","serverName":"file"}})");
    w.set("MEC_CA_FILE", "/env");
    w.options.code.app_instance_id = "code";
    const auto c = w.good();
    EXPECT_EQ(*c.app_instance_id, "code");
    EXPECT_EQ(c.app_instance_id.from.to_string(), "code");
    EXPECT_EQ(*c.tls.ca_file, "/env");
    EXPECT_EQ(*c.tls.server_name, "file");
    EXPECT_EQ(c.shadowed.size(), 4u); // the id twice, the URL and the CA once
    for (const auto& s : c.shadowed) EXPECT_TRUE(s.differs) << s.key;
}

TEST(discovery_order, equal_values_are_shadowed_but_no_conflict)
{
    world w;
    w.platform().set("MEC_STRICT", "1").config(R"({"appInstanceId":"app-1"})");
    const auto c = w.good();
    ASSERT_EQ(c.shadowed.size(), 1u);
    EXPECT_FALSE(c.shadowed[0].differs);
    EXPECT_EQ(c.shadowed[0].used.to_string(), "environment variable MEC_APP_INSTANCE_ID");
    EXPECT_EQ(c.shadowed[0].unused.to_string(), "file /mec.json, line 1");
}

TEST(discovery_order, strict_makes_a_conflict_an_error)
{
    world w;
    w.platform().config("{\n\"appInstanceId\":\"other\"}");
    EXPECT_EQ(w.good().shadowed.size(), 1u);
    w.set("MEC_STRICT", "1");
    EXPECT_THAT(w.refusal(), AllOf(HasSubstr("app-instance-id"), HasSubstr("MEC_APP_INSTANCE_ID"),
                                   HasSubstr("file /mec.json, line 2")));
}

TEST(discovery_order, code_can_set_to_nothing)
{
    world w;
    w.platform().set("MEC_CA_FILE", "/env");
    w.options.code.tls.ca_file = mec::discovery::setting<std::string>::nothing();
    EXPECT_FALSE(w.good().tls.ca_file);
}

TEST(discovery_order, values_of_code_are_checked_too)
{
    world w;
    w.platform();
    w.options.code.app_instance_id = "../x";
    EXPECT_THAT(w.refusal(), AllOf(HasSubstr("code"), HasSubstr("app-instance-id")));
}

TEST(discovery_order, an_id_and_a_url_from_two_sources_are_pointed_out)
{
    world w;
    w.set("MEC_APP_INSTANCE_ID", "a").config(R"({"mp1":{"url":"https://h"}})");
    const auto c = w.good();
    ASSERT_EQ(c.warnings.size(), 1u);
    EXPECT_THAT(c.warnings[0], AllOf(HasSubstr("MEC_APP_INSTANCE_ID"), HasSubstr("/mec.json")));
}

TEST(discovery_order, an_override_never_comes_from_a_later_source_than_the_platform)
{
    world w;
    w.platform().config(R"({"mp1":{"url":"https://old","appSupportUrl":"https://old/as"}})");
    auto c = w.good();
    EXPECT_EQ(c.app_support_base().origin().host, "mep.example");
    EXPECT_EQ(c.shadowed.size(), 2u);

    world v;
    v.set("MEC_APP_SUPPORT_URL", "https://new/as")
        .config(R"({"appInstanceId":"a","mp1":{"url":"https://old"}})");
    EXPECT_EQ(v.good().app_support_base().to_string(), "https://new/as");
}

constexpr const char* credentials_in_file =
    R"({"oauth2":{"tokenUrl":"https://file/token","clientId":"file","clientSecret":"file-secret","scope":"s"}})";

TEST(discovery_groups, credentials_are_taken_whole)
{
    world w;
    w.platform().config(credentials_in_file);
    w.set("MEC_TOKEN_URL", "https://env/token")
        .set("MEC_CLIENT_ID", "env")
        .set("MEC_CLIENT_SECRET", "x");
    const auto c = w.good();
    EXPECT_EQ(c.oauth2.token_url->origin().host, "env");
    EXPECT_FALSE(c.oauth2.scope.is_set()) << "the scope belongs to other credentials";
    EXPECT_EQ(c.shadowed.size(), 4u);
}

TEST(discovery_groups, a_secret_never_meets_the_token_url_of_another_source)
{
    world w;
    w.platform().config(credentials_in_file).set("MEC_TOKEN_URL", "https://evil.example/");
    EXPECT_THAT(w.refusal(),
                AllOf(HasSubstr("environment variable MEC_TOKEN_URL"), HasSubstr("needs client-id"),
                      HasSubstr("file /mec.json, line 1 is not used"),
                      Not(HasSubstr("file-secret"))));
}

TEST(discovery_groups, one_empty_variable_switches_the_whole_group_off)
{
    world w;
    w.platform().config(credentials_in_file).set("MEC_TOKEN_URL", "");
    const auto c = w.good();
    EXPECT_FALSE(c.oauth2.token_url);
    EXPECT_FALSE(c.oauth2.client_secret);
}

TEST(discovery_groups, a_token_file_takes_the_place_of_credentials)
{
    world w;
    w.platform().config(credentials_in_file).set("MEC_TOKEN_FILE", "/run/token");
    const auto c = w.good();
    EXPECT_EQ(*c.oauth2.token_file, "/run/token");
    EXPECT_FALSE(c.oauth2.client_id);

    world v;
    v.platform().set("MEC_TOKEN_FILE", "/run/token").set("MEC_CLIENT_ID", "me");
    EXPECT_THAT(v.refusal(), HasSubstr("client-id is set, too"));
}

TEST(discovery_groups, certificate_and_key_belong_together)
{
    world w;
    w.platform().set("MEC_CLIENT_CERT_FILE", "/c.pem").config(R"({"tls":{"keyFile":"/k.pem"}})");
    EXPECT_THAT(w.refusal(),
                AllOf(HasSubstr("MEC_CLIENT_CERT_FILE"), HasSubstr("needs client-key-file")));
}

TEST(discovery_plain_http, needs_this_machine_or_consent)
{
    world w;
    w.platform().set("MEC_MP1_URL", "http://mep.example");
    EXPECT_THAT(w.refusal(), AllOf(HasSubstr("MEC_MP1_URL"), HasSubstr("MEC_ALLOW_INSECURE_HTTP")));
    w.set("MEC_ALLOW_INSECURE_HTTP", "1");
    EXPECT_TRUE(w.good().mp1_url);
    w.set("MEC_SERVICE_MGMT_URL", "http://other").set("MEC_ALLOW_INSECURE_HTTP", "0");
    EXPECT_THAT(w.refusal(), HasSubstr("http://"));

    world loopback;
    for (const char* url : {"http://127.0.0.1:8080", "http://[::1]", "http://localhost"}) {
        EXPECT_TRUE(loopback.platform().set("MEC_MP1_URL", url).good().mp1_url) << url;
    }
}

TEST(discovery_plain_http, a_token_endpoint_needs_both)
{
    const auto with = [](const char* url, const char* allowed) {
        world w;
        w.platform().set("MEC_CLIENT_ID", "me").set("MEC_CLIENT_SECRET", "s");
        w.set("MEC_TOKEN_URL", url).set("MEC_ALLOW_INSECURE_HTTP", allowed);
        return w.discover().has_value();
    };
    EXPECT_TRUE(with("https://a/token", "0"));
    EXPECT_TRUE(with("http://127.0.0.1/token", "1"));
    EXPECT_FALSE(with("http://127.0.0.1/token", "0"));
    EXPECT_FALSE(with("http://a/token", "1"));
}

TEST(discovery_validate, checks_what_was_made_in_code)
{
    configuration c;
    EXPECT_THAT(validate(c).what(),
                AllOf(HasSubstr("app-instance-id is missing"), HasSubstr("mp1-url")));
    c.app_instance_id = "a";
    c.mp1_url = *mec::url::parse("https://mep.example");
    EXPECT_FALSE(validate(c));
    c.lifecycle.ready_retry = std::chrono::seconds{0};
    EXPECT_EQ(validate(c), mec::errc::config_invalid);
    c.lifecycle.ready_retry = {};
    c.callback.listen = mec::discovery::listen_address{"localhost", 1};
    EXPECT_THAT(validate(c).what(), HasSubstr("listen"));
}

TEST(discovery_describe, shows_every_key_its_source_and_no_secret)
{
    world w;
    w.platform().config(credentials_in_file).set("MEC_CA_FILE", "");
    const std::string text = describe(w.good());
    for (const char* part :
         {"app-instance-id     app-1 ", "environment variable MEC_APP_INSTANCE_ID",
          "sha256:", "file /mec.json, line 1", "(set to nothing)", "shutdown-budget     -"}) {
        EXPECT_THAT(text, HasSubstr(part));
    }
    EXPECT_THAT(text, Not(HasSubstr("file-secret")));
}

TEST(discovery_describe, lists_conflicts_and_warnings)
{
    world w;
    w.platform().config(R"({"appInstanceId":"other","mp2":1})");
    EXPECT_THAT(
        describe(w.good()),
        AllOf(HasSubstr(
                  "conflict: app-instance-id: environment variable MEC_APP_INSTANCE_ID is used, "
                  "file /mec.json, line 1 is not"),
              HasSubstr("warning: file /mec.json, line 1: unknown member /mp2")));
}

} // namespace
