#include "emulator_fixture.hpp"

namespace {

using namespace emulator_test;

struct emulated_oauth : emulator {
    mec::http::response post(const std::string& form, const std::string& extra = {},
                             const std::string& type = "application/x-www-form-urlencoded") const
    {
        return connect().exchange(raw::request("POST", p->token_endpoint().path(),
                                               "Content-Type: " + type + "\r\n" + extra, form));
    }
    static void expect_error(const mec::http::response& r, int status, const std::string& code)
    {
        EXPECT_EQ(r.status, status) << r.body;
        EXPECT_EQ(decoded<members>(r)["error"].text, '"' + code + '"');
        EXPECT_EQ(r.headers.find("Cache-Control"), "no-store");
    }
    std::string secret() const { return std::string(app.client_secret.reveal()); }
    mec::http::response get_services(const std::string& bearer)
    {
        return call_as(bearer, "GET", "/mec_service_mgmt/v1/services");
    }
};

TEST_F(emulated_oauth, gives_tokens_for_both_ways_of_authentication)
{
    options.token_lifetime = std::chrono::seconds(1234);
    start();
    const auto basic = ask_for_token(app, secret());
    const auto body = post("grant_type=client_credentials&client_id=" + app.client_id +
                           "&client_secret=" + secret());
    for (const auto& r : {basic, body}) {
        EXPECT_EQ(r.status, 200) << r.body;
        EXPECT_EQ(r.headers.find("Cache-Control"), "no-store");
        auto m = decoded<members>(r);
        EXPECT_EQ(m["token_type"].text, "\"Bearer\"");
        EXPECT_EQ(m["expires_in"].text, "1234");
    }
    EXPECT_NE(decoded<members>(basic)["access_token"].text,
              decoded<members>(body)["access_token"].text);
    EXPECT_EQ(p->counters().tokens, 2U);
    EXPECT_EQ(p->requests().back().app_instance_id, app.app_instance_id);
    EXPECT_EQ(get_services(token_of(app)).status, 200);
}

TEST_F(emulated_oauth, answers_errors_as_rfc_6749_says)
{
    start();
    const std::string good =
        "grant_type=client_credentials&client_id=" + app.client_id + "&client_secret=" + secret();
    expect_error(ask_for_token(app, "wrong"), 401, "invalid_client");
    EXPECT_EQ(ask_for_token(app, "wrong").headers.find("WWW-Authenticate").substr(0, 5), "Basic");
    expect_error(post("grant_type=client_credentials"), 401, "invalid_client");
    expect_error(post("grant_type=client_credentials", "Authorization: Basic !!!\r\n"), 401,
                 "invalid_client");
    expect_error(
        post("grant_type=client_credentials", "Authorization: Basic " + base64("nocolon") + "\r\n"),
        401, "invalid_client");
    expect_error(
        post(good, "Authorization: Basic " + base64(app.client_id + ":" + secret()) + "\r\n"), 400,
        "invalid_request");
    expect_error(post("client_id=" + app.client_id + "&client_secret=" + secret()), 400,
                 "invalid_request");
    expect_error(post(good + "&client_id=again"), 400, "invalid_request");
    expect_error(post(good + "&x=%zz"), 400, "invalid_request");
    expect_error(
        post("grant_type=password&client_id=" + app.client_id + "&client_secret=" + secret()), 400,
        "unsupported_grant_type");
    expect_error(post("{\"grant_type\":\"client_credentials\"}", "", "application/json"), 400,
                 "invalid_request");
    EXPECT_EQ(connect().exchange(raw::request("GET", "/token")).headers.find("Allow"), "POST");
    EXPECT_EQ(p->counters().tokens, 0U);
}

TEST_F(emulated_oauth, requires_a_valid_token_for_every_operation)
{
    start();
    const auto none = get_services("");
    expect_problem(none, 401);
    EXPECT_EQ(none.headers.find("WWW-Authenticate"), "Bearer realm=\"mec\"");
    const auto unknown = get_services("0123456789");
    expect_problem(unknown, 401);
    EXPECT_NE(unknown.headers.find("WWW-Authenticate").find("invalid_token"),
              std::string_view::npos);
    expect_problem(
        call_as("", "GET", "/mec_service_mgmt/v1/services", "", "Authorization: Basic abcd\r\n"),
        401);
    EXPECT_EQ(call_as("", "GET", "/mec_service_mgmt/v1/services", "",
                      "authorization: bearer " + token_of(app) + "\r\n")
                  .status,
              200)
        << "schemes have no case";
}

TEST_F(emulated_oauth, tokens_end_by_time_by_expiry_and_by_revocation)
{
    options.clock = &clock;
    options.token_lifetime = std::chrono::seconds(10);
    start();
    auto t = token_of(app);
    clock.advance(std::chrono::seconds(9));
    EXPECT_EQ(get_services(t).status, 200);
    clock.advance(std::chrono::seconds(1));
    EXPECT_NE(expect_problem(get_services(t), 401).find("expired"), std::string::npos);

    t = token_of(app);
    p->expire_tokens();
    EXPECT_NE(expect_problem(get_services(t), 401).find("expired"), std::string::npos);
    t = token_of(app);
    p->revoke_tokens();
    EXPECT_NE(expect_problem(get_services(t), 401).find("revoked"), std::string::npos);
    EXPECT_EQ(get_services(token_of(app)).status, 200);
    p->stop();
}

TEST_F(emulated_oauth, can_be_switched_off)
{
    options.authorization = false;
    options.tls = false;
    start();
    EXPECT_EQ(p->api_root().origin().scheme, "http");
    EXPECT_EQ(p->ca_pem(), "");
    EXPECT_EQ(call_as("", "GET", services_path()).status, 200);
    EXPECT_EQ(call_as("whatever", "GET", services_path()).status, 200);
}

} // namespace
