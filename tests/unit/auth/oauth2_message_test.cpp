#include "oauth2_message.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using mec::errc;
using mec::secret_string;
using mec::internal::is_bearer_token;
using mec::internal::read_token_response;
using mec::internal::write_token_request;

const secret_string secret{std::string_view("s3cret&=+ %")};

mec::auth::client_credentials credentials()
{
    mec::auth::client_credentials c;
    c.token_endpoint = *mec::url::parse("https://auth.example:8443/oauth/token?tenant=1");
    c.client_id = "app:1";
    return c;
}

mec::http::request request(const mec::auth::client_credentials& c)
{
    mec::http::request out;
    write_token_request(out, c, secret);
    return out;
}

mec::http::response response(int status, std::string body,
                             std::string_view type = "application/json")
{
    mec::http::response r;
    r.status = status;
    r.body = std::move(body);
    if (!type.empty()) r.headers.append("Content-Type", type);
    r.progress = mec::http::progress::complete;
    return r;
}

mec::result<mec::internal::token_grant> read(const mec::http::response& r)
{
    return read_token_response(r, credentials(), secret);
}
mec::result<mec::internal::token_grant> read_ok(std::string body)
{
    return read(response(200, std::move(body)));
}

TEST(token_request, posts_the_grant_type_to_the_endpoint)
{
    auto c = credentials();
    c.scope = "mec:read mec:write";
    const auto r = request(c);
    EXPECT_EQ(r.method, mec::http::method::post);
    EXPECT_EQ(r.origin.host, "auth.example");
    EXPECT_EQ(r.origin.port, 8443);
    EXPECT_EQ(r.target, "/oauth/token?tenant=1");
    EXPECT_EQ(r.content_type, "application/x-www-form-urlencoded");
    EXPECT_EQ(r.body, "grant_type=client_credentials&scope=mec%3Aread%20mec%3Awrite");
}

TEST(token_request, joins_encoded_id_and_secret_for_basic)
{
    // base64 of `app%3A1:s3cret%26%3D%2B%20%25`
    EXPECT_EQ(request(credentials()).basic.reveal(), "YXBwJTNBMTpzM2NyZXQlMjYlM0QlMkIlMjAlMjU=");
    EXPECT_EQ(request(credentials()).body, "grant_type=client_credentials")
        << "no secret in the body";
}

TEST(token_request, puts_id_and_secret_into_the_form_when_asked_to)
{
    auto c = credentials();
    c.method = mec::auth::client_authentication::body;
    const auto r = request(c);
    EXPECT_TRUE(r.basic.empty());
    EXPECT_EQ(
        r.body,
        "grant_type=client_credentials&client_id=app%3A1&client_secret=s3cret%26%3D%2B%20%25");
}

TEST(token_response, gives_token_and_lifetime)
{
    const auto g = read_ok(
        R"({"access_token":"aA0-._~+/==","token_type":"bearer","expires_in":3600,"scope":"x"})");
    ASSERT_TRUE(g) << g.error();
    EXPECT_EQ(g->token.reveal(), "aA0-._~+/==");
    EXPECT_EQ(g->lifetime, 3600s);
}

TEST(token_response, tolerates_what_real_endpoints_leave_out_or_spell_otherwise)
{
    EXPECT_EQ(read_ok(R"({"access_token":"t","expires_in":"3600"})")->lifetime, 3600s);
    EXPECT_EQ(read_ok(R"({"access_token":"t"})")->lifetime, std::nullopt);
    EXPECT_EQ(read_ok(R"({"access_token":"t","expires_in":null})")->lifetime, std::nullopt);
    EXPECT_EQ(read_ok(R"({"access_token":"t","expires_in":1})")->lifetime, 1s);
    EXPECT_EQ(read_ok(R"({"access_token":"t","expires_in":1000000000000})")->lifetime, 365 * 24h);
    EXPECT_TRUE(read(response(200, R"({"access_token":"t"})", "text/plain")));
    EXPECT_TRUE(read(response(200, R"({"access_token":"t"})", "")));
    EXPECT_TRUE(read(response(200, R"({"access_token":"t"})", "application/json;charset=UTF-8")));
}

TEST(token_response, refuses_a_token_that_had_expired_when_it_was_issued)
{
    for (const char* life : {"0", "-1", "\"-1\""})
        EXPECT_EQ(read_ok(std::string(R"({"access_token":"t","expires_in":)") + life + "}").error(),
                  errc::auth_failed)
            << life;
}

TEST(token_response, refuses_tokens_that_would_break_a_header)
{
    for (const char* token :
         {"", "a b", "a\\r\\nX-Evil: 1", "a\\u0000", "a\\tb", "\\u00e4", "=", "a=b", "a,b"}) {
        const auto g = read_ok(std::string(R"({"access_token":")") + token + "\"}");
        ASSERT_FALSE(g) << token;
        EXPECT_TRUE(g.error() == errc::auth_failed || g.error() == mec::condition::bad_data)
            << g.error();
    }
}

TEST(token_response, limits_the_size_of_a_token)
{
    const auto with = [](std::size_t n) {
        return read_ok(R"({"access_token":")" + std::string(n, 'a') + "\"}");
    };
    EXPECT_TRUE(with(16 * 1024));
    EXPECT_EQ(with(16 * 1024 + 1).error(), errc::limit_exceeded);
    EXPECT_EQ(with(1024 * 1024).error(), errc::limit_exceeded);
}

TEST(token_response, refuses_other_token_types_than_bearer)
{
    const auto g = read_ok(R"({"access_token":"t","token_type":"mac"})");
    EXPECT_EQ(g.error(), errc::auth_failed);
    EXPECT_NE(g.error().what().find("mac"), std::string::npos);
}

TEST(token_response, names_what_came_instead_of_json)
{
    const auto html = read(response(200, "<html>login</html>", "text/html; charset=utf-8"));
    EXPECT_EQ(html.error(), errc::unexpected_content);
    EXPECT_NE(html.error().what().find("text/html"), std::string::npos);
    EXPECT_EQ(read_ok("").error(), errc::json_syntax);
    EXPECT_EQ(read_ok("{\"access_token\":").error(), errc::json_syntax);
    for (const char* body : {"{}", "[]", R"({"access_token":1})", R"({"access_token":{"a":1}})",
                             R"({"access_token":"t","expires_in":"soon"})",
                             R"({"access_token":"t","expires_in":[1]})"})
        EXPECT_EQ(read_ok(body).error(), errc::json_schema) << body;
}

TEST(token_response, names_the_oauth_error)
{
    for (int status : {400, 401}) {
        const auto g = read(response(
            status, R"({"error":"invalid_client","error_description":"unknown client\nx"})"));
        ASSERT_EQ(g.error(), errc::auth_failed);
        EXPECT_EQ(g.error().info().http_status, status);
        EXPECT_NE(g.error().what().find("invalid_client"), std::string::npos);
        EXPECT_NE(g.error().what().find("unknown client"), std::string::npos);
        EXPECT_EQ(g.error().what().find('\n'), std::string::npos);
    }
    EXPECT_EQ(read(response(403, "")).error(), errc::auth_failed);
    EXPECT_EQ(read(response(400, "not json", "text/plain")).error(), errc::auth_failed);
}

TEST(token_response, passes_other_statuses_on)
{
    EXPECT_EQ(read(response(500, "")).error(), errc::service_unavailable);
    EXPECT_EQ(read(response(503, "")).error(), errc::service_unavailable);
    EXPECT_EQ(read(response(429, "")).error(), errc::rate_limited);
    EXPECT_EQ(read(response(404, "")).error(), errc::not_found);
    EXPECT_EQ(read(response(204, "")).error(), errc::unexpected_content);
}

TEST(token_response, refuses_redirects)
{
    for (int status : {301, 302, 303, 307, 308})
        EXPECT_EQ(read(response(status, "")).error(), errc::unexpected_content) << status;
}

TEST(token_response, never_repeats_a_secret)
{
    const secret_string marker{std::string_view("MARKERSECRET")};
    const mec::http::response answers[] = {
        response(400, R"({"error":"MARKERSECRET","error_description":"got MARKERSECRET"})"),
        response(200, R"({"access_token":["MARKERSECRET"]})"),
        response(200, R"({"access_token":"MARKERSECRET bad"})"),
        response(200, R"({"access_token":"MARKERSECRET","expires_in":"MARKERSECRET"})"),
        response(200, R"({"access_token":"MARKERSECRET","token_type":"MARKERSECRET"})"),
        response(200, R"({"access_token":"MARKERSECRET)"),
        response(200, "MARKERSECRET", "text/html"),
        response(500, "MARKERSECRET"),
    };
    for (const auto& r : answers) {
        const auto g = read_token_response(r, credentials(), marker);
        ASSERT_FALSE(g);
        EXPECT_EQ(g.error().what().find("MARKERSECRET"), std::string::npos) << r.body;
        EXPECT_EQ(g.error().info().endpoint, "https://auth.example:8443/oauth/token");
    }
}

TEST(bearer_token, has_the_characters_of_rfc_6750)
{
    for (const char* good : {"a", "0", "a==", "eyJ.eyJ.sig", "-._~+/"})
        EXPECT_TRUE(is_bearer_token(good)) << good;
    for (const char* bad : {"", "=", "a=b", " a", "a ", "a\n", "a\"", "a;b", "\x7f", "\xc3\xa4"})
        EXPECT_FALSE(is_bearer_token(bad)) << bad;
}

} // namespace
