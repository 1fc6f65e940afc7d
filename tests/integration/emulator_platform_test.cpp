#include "emulator_fixture.hpp"

#include <algorithm>

namespace {

using namespace emulator_test;

struct emulated_platform : emulator {
    mec::http::response control(const std::string& method, const std::string& path,
                                const std::string& body = {}, const std::string& token_text = {})
    {
        std::string fields = "Content-Type: application/json\r\nAuthorization: Bearer ";
        fields += token_text.empty() ? std::string(p->control_token().reveal()) : token_text;
        return connect().exchange(
            raw::request(method, p->control_root().path() + path, fields + "\r\n", body));
    }
};

TEST_F(emulated_platform, starts_quickly)
{
    const auto begin = std::chrono::steady_clock::now();
    start();
    const auto took = std::chrono::steady_clock::now() - begin;
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    RecordProperty("start_microseconds", std::to_string(us));
    std::cout << "platform with CA and certificate started in " << us << " us\n";
    EXPECT_LT(took, std::chrono::seconds(2)) << "the goal is 50 ms; sanitizers are slow";
    EXPECT_FALSE(p->start()) << "starting twice is harmless";
}

TEST_F(emulated_platform, gives_applications_what_they_need_and_distinct_secrets)
{
    start();
    const auto environment = p->environment_of(app, "/ca.pem");
    const std::map<std::string, std::string> e(environment.begin(), environment.end());
    EXPECT_EQ(e.at("MEC_MP1_URL"), p->api_root().to_string());
    EXPECT_EQ(e.at("MEC_APP_INSTANCE_ID"), app.app_instance_id);
    EXPECT_EQ(e.at("MEC_TOKEN_URL"), p->token_endpoint().to_string());
    EXPECT_EQ(e.at("MEC_CLIENT_ID"), app.client_id);
    EXPECT_EQ(e.at("MEC_CLIENT_SECRET"), app.client_secret.reveal());
    EXPECT_EQ(e.at("MEC_CA_FILE"), "/ca.pem");
    const auto other = p->create_application("my-app");
    EXPECT_NE(other.app_instance_id, app.app_instance_id);
    EXPECT_NE(other.client_id, app.client_id);
    EXPECT_NE(other.client_secret, app.client_secret);
}

TEST_F(emulated_platform, takes_over_the_authority_and_applications_of_another)
{
    start();
    const auto old = p->authority();
    ASSERT_TRUE(old);
    const auto loaded = mec::emulator::certificate_authority::load(old->ca_pem(), old->key_pem());
    ASSERT_TRUE(loaded) << loaded.error();
    mec::emulator::platform_options o;
    o.authority = *loaded;
    mec::emulator::platform next(io.executor(), o);
    ASSERT_FALSE(next.start());
    EXPECT_EQ(next.ca_pem(), p->ca_pem());
    EXPECT_FALSE(next.add_application(app));
    const auto of = [&](const mec::emulator::platform& one) {
        auto e = one.environment_of(app);
        e.erase(std::remove_if(e.begin(), e.end(),
                               [](const auto& v) { return v.first.find("URL") != v.first.npos; }),
                e.end());
        return e;
    };
    EXPECT_EQ(of(next), of(*p));
    EXPECT_EQ(raw::client(next.api_root().origin(), p->ca_pem())
                  .exchange(raw::request("GET", "/"))
                  .status,
              404);

    EXPECT_EQ(next.add_application(app), mec::errc::conflict);
    auto wrong = app;
    wrong.app_instance_id = "a/b";
    EXPECT_EQ(next.add_application(wrong), mec::errc::config_invalid);
}

TEST(certificate_authority, is_not_loaded_from_what_does_not_belong_together)
{
    using mec::emulator::certificate_authority;
    const auto one = certificate_authority::create().value();
    const auto other = certificate_authority::create().value();
    EXPECT_EQ(certificate_authority::load(one.ca_pem(), other.key_pem()).error(),
              mec::errc::config_invalid);
    EXPECT_EQ(certificate_authority::load("no PEM", one.key_pem()).error(),
              mec::errc::config_invalid);
    mec::emulator::authority_options past;
    past.not_after = std::chrono::seconds{-60};
    const auto expired = certificate_authority::create(past).value();
    EXPECT_EQ(certificate_authority::load(expired.ca_pem(), expired.key_pem()).error(),
              mec::errc::config_invalid);
}

TEST_F(emulated_platform, refuses_options_that_cannot_be)
{
    const auto refused = [&](void (*spoil)(platform_options&)) {
        platform_options o;
        spoil(o);
        return platform(io.executor(), o).start() == mec::errc::config_invalid;
    };
    EXPECT_TRUE(refused([](platform_options& o) { o.bind_address = "0.0.0.0"; }));
    EXPECT_TRUE(refused([](platform_options& o) { o.bind_address = "::"; }));
    EXPECT_TRUE(refused([](platform_options& o) { o.bind_address = "192.0.2.1"; }));
    EXPECT_TRUE(refused([](platform_options& o) { o.bind_address = "localhost"; }));
    EXPECT_TRUE(refused([](platform_options& o) { o.prefix = "mep1"; }));
    EXPECT_TRUE(refused([](platform_options& o) { o.prefix = "/mep1/"; }));
    EXPECT_TRUE(refused([](platform_options& o) { o.prefix = "/a/../b"; }));
    EXPECT_TRUE(refused([](platform_options& o) { o.token_lifetime = std::chrono::seconds(0); }));
    EXPECT_FALSE(refused([](platform_options& o) {
        o.bind_address = "0.0.0.0";
        o.allow_remote = true;
    }));
    EXPECT_FALSE(refused([](platform_options& o) { o.bind_address = "::1"; }));
}

TEST_F(emulated_platform, serves_under_any_prefix_and_family)
{
    for (const char* prefix : {"", "/sandbox/mep1"}) {
        options.prefix = prefix;
        options.bind_address = *prefix ? "::1" : "127.0.0.1";
        connection.reset();
        token.clear();
        start();
        EXPECT_EQ(p->api_root().path(), *prefix ? prefix : "/");
        const auto path = p->api_root().with_path_suffix("/mec_service_mgmt/v1/services").path();
        const auto r = connect().exchange(
            raw::request("GET", path, "Authorization: Bearer " + token_of(app) + "\r\n"));
        EXPECT_EQ(r.status, 200) << path;
    }
}

TEST_F(emulated_platform, remembers_requests_but_no_secrets)
{
    options.log_capacity = 3;
    std::atomic<int> told{0};
    options.on_request = [&](const logged_request&) { ++told; };
    start();
    call("GET", "/mec_service_mgmt/v1/services?ser_name=a");
    call("GET", "/mec_service_mgmt/v1/services?access_token=" + token);
    call("GET", "/nothing");
    const auto log = p->requests();
    ASSERT_EQ(log.size(), 3U) << "the token request fell out";
    EXPECT_EQ(log[0].method, "GET");
    EXPECT_EQ(log[0].target, "/mep1/mec_service_mgmt/v1/services?ser_name=a");
    EXPECT_EQ(log[0].status, 200);
    EXPECT_EQ(log[0].operation, "service_mgmt.list_services");
    EXPECT_EQ(log[0].app_instance_id, app.app_instance_id);
    EXPECT_EQ(log[1].target, "/mep1/mec_service_mgmt/v1/services");
    EXPECT_EQ(log[2].operation, "");
    EXPECT_EQ(log[2].status, 404);
    EXPECT_EQ(told, 4);
    EXPECT_EQ(p->counters().requests, 4U);
    p->clear_requests();
    EXPECT_TRUE(p->requests().empty());
}

TEST_F(emulated_platform, waits_for_a_condition_or_its_deadline)
{
    start();
    EXPECT_FALSE(
        p->wait_for([](const auto& log) { return !log.empty(); }, std::chrono::milliseconds(1)));
    std::thread later([&] { call("GET", "/x"); });
    EXPECT_TRUE(p->wait_for(
        [](const auto& log) {
            return std::any_of(log.begin(), log.end(),
                               [](const auto& r) { return r.status == 404; });
        },
        raw::patience));
    later.join();
}

TEST_F(emulated_platform, keeps_connections)
{
    start();
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(call("GET", "/mec_service_mgmt/v1/services").status, 200);
    EXPECT_EQ(p->counters().connections, 2U) << "one for the token, one for all calls";
}

TEST_F(emulated_platform, is_controlled_over_http_by_who_has_the_token)
{
    options.control = true;
    start();
    EXPECT_EQ(control("GET", "/requests", "", "wrong").status, 401);
    EXPECT_EQ(control("GET", "/requests", "", token_of(app)).status, 401)
        << "an application is no controller";

    const auto made = control("POST", "/applications", R"({"name":"other"})");
    ASSERT_EQ(made.status, 201) << made.body;
    auto m = decoded<members>(made);
    EXPECT_NE(m["environment"].text.find("MEC_CLIENT_SECRET"), std::string::npos);
    EXPECT_EQ(control("POST", "/applications", "{}").status, 400);

    EXPECT_EQ(
        control("POST", "/faults",
                R"({"operation":"service_mgmt.list_services","status":503,"retryAfterSeconds":3})")
            .status,
        204);
    const auto r = call("GET", "/mec_service_mgmt/v1/services");
    EXPECT_EQ(r.status, 503);
    EXPECT_EQ(r.headers.find("Retry-After"), "3");
    EXPECT_EQ(control("POST", "/faults", R"({"status":200})").status, 400);
    EXPECT_EQ(
        control("POST", "/faults", R"({"times":0,"drop":"BEFORE_APPLY","reset":true})").status,
        204);
    EXPECT_EQ(call("GET", "/mec_service_mgmt/v1/services").status, 0);
    EXPECT_EQ(control("DELETE", "/faults").status, 204);
    EXPECT_EQ(call("GET", "/mec_service_mgmt/v1/services").status, 200);
    EXPECT_EQ(control("DELETE", "/tokens").status, 204);
    EXPECT_EQ(call("GET", "/mec_service_mgmt/v1/services").status, 401);

    const auto log = control("GET", "/requests");
    EXPECT_EQ(log.status, 200);
    EXPECT_EQ(decoded<std::vector<mec::json::raw>>(log).size(), p->requests().size());
    EXPECT_EQ(log.body.find("/emulator/v1"), std::string::npos)
        << "the control interface does not log itself";
}

} // namespace
