#include "emulator_fixture.hpp"

namespace {

using namespace emulator_test;
using mec::service_mgmt::service_info;
using mec::service_mgmt::service_state;
using mec::service_mgmt::transport_info;

struct emulated_service_mgmt : emulator {
    std::vector<std::string> names(const std::string& query,
                                   const std::string& path = "/mec_service_mgmt/v1/services")
    {
        const auto r = call("GET", path + query);
        EXPECT_EQ(r.status, 200) << r.body;
        std::vector<std::string> out;
        for (const auto& s : decoded<std::vector<service_info>>(r)) out.push_back(s.ser_name);
        return out;
    }
    std::string path_of(const std::string& id) const { return services_path() + "/" + id; }
};

using names_t = std::vector<std::string>;

TEST_F(emulated_service_mgmt, registers_a_service_and_says_where_it_is)
{
    start();
    const auto r = call("POST", services_path(), service_body);
    ASSERT_EQ(r.status, 201) << r.body;
    const auto s = decoded(r);
    ASSERT_TRUE(s.ser_instance_id);
    EXPECT_EQ(s.ser_instance_id->size(), 36U) << "a UUID";
    const std::string location(r.headers.find("Location"));
    EXPECT_EQ(location, p->api_root().to_string() + path_of(*s.ser_instance_id));
    EXPECT_EQ(s.links->self->href, location);
    EXPECT_FALSE(s.is_local) << "only in queries";
    EXPECT_FALSE(s.transport_id);
    EXPECT_EQ(r.headers.find("ETag").substr(0, 1), "\"");

    const auto one = call("GET", path_of(*s.ser_instance_id));
    EXPECT_EQ(one.status, 200);
    EXPECT_EQ(one.headers.find("ETag"), r.headers.find("ETag"));
    EXPECT_EQ(decoded(one).is_local, true);
    EXPECT_EQ(decoded(call("GET", "/mec_service_mgmt/v1/services/" + *s.ser_instance_id)).ser_name,
              "camera");
}

TEST_F(emulated_service_mgmt, registration_refuses_what_the_standard_forbids)
{
    start();
    const auto refused = [&](const std::string& body) {
        return expect_problem(call("POST", services_path(), body), 400);
    };
    refused("{}");
    refused("{\"serName\":1}");
    refused("{");
    EXPECT_NE(refused(service_named("a", R"("serInstanceId":"x",)")).find("serInstanceId"),
              std::string::npos);
    EXPECT_NE(refused(service_named("a", R"("transportId":"rest-http",)")).find("exactly one"),
              std::string::npos);
    refused(R"({"serName":"a","version":"1","state":"ACTIVE","serializer":"JSON"})");
    refused(
        R"({"serName":"a","version":"1","state":"ACTIVE","serializer":"JSON","transportId":"none"})");
    refused(
        R"({"serName":"a","version":"1","state":"SUSPENDED","serializer":"JSON","transportId":"rest-http"})");
    refused(
        R"({"serName":"a","version":"1","state":"GONE","serializer":"JSON","transportId":"rest-http"})");
    EXPECT_EQ(names(""), names_t{});
    expect_problem(call("POST", services_path(), service_body, "Content-Type: application/xml\r\n"),
                   415);
    expect_problem(call("POST", "/mec_service_mgmt/v1/applications/nobody/services", service_body),
                   404);
    EXPECT_EQ(call("POST", services_path(), std::string(300'000, ' ')).status, 413);
}

TEST_F(emulated_service_mgmt, a_transport_of_the_platform_stands_for_its_id)
{
    start();
    const auto transports =
        decoded<std::vector<transport_info>>(call("GET", "/mec_service_mgmt/v1/transports"));
    ASSERT_EQ(transports.size(), 1U);
    EXPECT_EQ(transports[0].security.oauth2_info->token_endpoint, p->token_endpoint().to_string());
    const auto id = register_service(
        R"({"serName":"a","version":"1","state":"ACTIVE","serializer":"JSON","transportId":")" +
        transports[0].id + "\"}");
    const auto s = decoded(call("GET", path_of(id)));
    EXPECT_FALSE(s.transport_id);
    EXPECT_EQ(s.transport_info->id, transports[0].id);
}

TEST_F(emulated_service_mgmt, queries_filter_by_every_parameter)
{
    start();
    const auto camera = register_service();
    const auto lidar = register_service(service_named(
        "lidar", R"("scopeOfLocality":"ZONE","consumedLocalOnly":false,)"
                 R"("serCategory":{"href":"/c","id":"c1","name":"RNI","version":"1"},)"));
    EXPECT_EQ(names(""), (names_t{"camera", "lidar"}));
    EXPECT_EQ(names("?ser_name=lidar"), names_t{"lidar"});
    EXPECT_EQ(names("?ser_name=lidar&ser_name=camera"), (names_t{"camera", "lidar"}));
    EXPECT_EQ(names("?ser_name=lidar,camera"), (names_t{"camera", "lidar"}));
    EXPECT_EQ(names("?ser_name=%6cidar"), names_t{"lidar"});
    EXPECT_EQ(names("?ser_name=radar"), names_t{});
    EXPECT_EQ(names("?ser_instance_id=" + camera), names_t{"camera"});
    EXPECT_EQ(names("?ser_instance_id=" + camera + "," + lidar), (names_t{"camera", "lidar"}));
    EXPECT_EQ(names("?ser_category_id=c1"), names_t{"lidar"});
    EXPECT_EQ(names("?scope_of_locality=MEC_HOST"), names_t{"camera"}) << "the default counts";
    EXPECT_EQ(names("?scope_of_locality=ZONE&ser_name=lidar"), names_t{"lidar"});
    EXPECT_EQ(names("?consumed_local_only=true"), names_t{"camera"});
    EXPECT_EQ(names("?consumed_local_only=false"), names_t{"lidar"});
    EXPECT_EQ(names("?is_local=true").size(), 2U);
    EXPECT_EQ(names("?is_local=false"), names_t{});
    EXPECT_EQ(names("?ser_name=camera", services_path()), names_t{"camera"});
}

TEST_F(emulated_service_mgmt, queries_refuse_what_the_standard_does_not_know)
{
    start();
    for (const char* query :
         {"?fields=serName", "?ser_name=a&ser_category_id=b", "?ser_name=a&ser_instance_id=b",
          "?ser_category_id=a&ser_category_id=b", "?is_local=maybe", "?is_local=TRUE",
          "?scope_of_locality=MOON", "?ser_name=%zz"})
        for (const auto& path : {std::string("/mec_service_mgmt/v1/services"), services_path()})
            expect_problem(call("GET", path + query), 400);
    EXPECT_NE(
        expect_problem(call("GET", "/mec_service_mgmt/v1/services?app_ins=1"), 400).find("app_ins"),
        std::string::npos);
}

TEST_F(emulated_service_mgmt, lists_of_an_application_hold_its_own_services_only)
{
    start();
    register_service();
    const auto mine = token;
    app = p->create_application("other");
    token = token_of(app);
    register_service(service_named("lidar"));
    EXPECT_EQ(names("", services_path()), names_t{"lidar"});
    EXPECT_EQ(names("").size(), 2U);
    token = mine;
    expect_problem(call("GET", services_path()), 403);
}

TEST_F(emulated_service_mgmt, an_update_may_carry_the_whole_or_only_what_changes)
{
    start();
    const auto id = register_service();
    auto whole = decoded(call("GET", path_of(id)));
    whole.version = "2.0";
    auto r = call("PUT", path_of(id), mec::json::serialize(whole));
    ASSERT_EQ(r.status, 200) << r.body;
    EXPECT_EQ(decoded(r).version, "2.0");
    EXPECT_FALSE(decoded(r).is_local);

    r = call("PUT", path_of(id), R"({"state":"INACTIVE","x-mine":[1,2]})");
    ASSERT_EQ(r.status, 200) << r.body;
    const auto after = decoded(call("GET", path_of(id)));
    EXPECT_EQ(after.state, service_state::inactive);
    EXPECT_EQ(after.version, "2.0");
    EXPECT_EQ(after.transport_info->id, "t1");
    ASSERT_EQ(after.extensions.values.size(), 1U);
    EXPECT_EQ(after.extensions.values[0].second.text, "[1,2]");

    r = call("PUT", path_of(id), R"({"transportId":"rest-http"})");
    ASSERT_EQ(r.status, 200) << r.body;
    EXPECT_EQ(decoded(r).transport_info->id, "rest-http");
}

TEST_F(emulated_service_mgmt, an_update_cannot_change_what_is_the_platforms)
{
    start();
    const auto id = register_service();
    for (const char* body :
         {R"({"serInstanceId":"other"})", R"({"_links":{"self":{"href":"http://evil/"}}})",
          R"({"state":"SUSPENDED"})", R"({"state":7})", R"({"serName":null})", "[]", "{"})
        expect_problem(call("PUT", path_of(id), body), 400);
    EXPECT_EQ(call("PUT", path_of(id), R"({"isLocal":false,"serInstanceId":")" + id + "\"}").status,
              200);
    EXPECT_EQ(decoded(call("GET", path_of(id))).is_local, true);
    expect_problem(call("PUT", path_of("unknown"), "{}"), 404);
}

TEST_F(emulated_service_mgmt, a_stale_condition_fails_and_changes_nothing)
{
    start();
    const auto id = register_service();
    const std::string first(call("GET", path_of(id)).headers.find("ETag"));
    const auto changed =
        call("PUT", path_of(id), R"({"version":"2"})", "If-Match: " + first + "\r\n");
    ASSERT_EQ(changed.status, 200);
    EXPECT_NE(changed.headers.find("ETag"), first);
    for (const std::string& stale :
         {first, std::string("INVALID_ETAG"), std::string("\"x\", \"y\"")})
        expect_problem(
            call("PUT", path_of(id), R"({"version":"3"})", "If-Match: " + stale + "\r\n"), 412);
    EXPECT_EQ(decoded(call("GET", path_of(id))).version, "2");
    const std::string second(changed.headers.find("ETag"));
    EXPECT_EQ(call("PUT", path_of(id), "{}", "If-Match: \"x\", " + second + "\r\n").status, 200);
    EXPECT_EQ(call("PUT", path_of(id), "{}", "If-Match: *\r\n").status, 200);
}

TEST_F(emulated_service_mgmt, deregisters_once)
{
    start();
    const auto id = register_service();
    const auto r = call("DELETE", path_of(id));
    EXPECT_EQ(r.status, 204);
    EXPECT_FALSE(r.headers.contains("Content-Length"));
    expect_problem(call("DELETE", path_of(id)), 404);
    expect_problem(call("GET", path_of(id)), 404);
    expect_problem(call("GET", "/mec_service_mgmt/v1/services/" + id), 404);
    EXPECT_EQ(names(""), names_t{});
}

TEST_F(emulated_service_mgmt, wrong_methods_are_told_the_right_ones)
{
    start();
    EXPECT_EQ(call("PATCH", services_path(), "{}").headers.find("Allow"), "GET, POST");
    EXPECT_EQ(call("POST", path_of("x"), "{}").headers.find("Allow"), "GET, PUT, DELETE");
    expect_problem(call("DELETE", "/mec_service_mgmt/v1/services"), 405);
}

TEST_F(emulated_service_mgmt, get_requests_may_carry_the_fields_that_test_suites_send)
{
    start();
    EXPECT_EQ(call("GET", services_path(), "", "Content-Type: */*\r\nContent-Length: 0\r\n").status,
              200);
}

TEST_F(emulated_service_mgmt, a_lenient_platform_takes_what_a_strict_one_refuses)
{
    options.strict = false;
    start();
    EXPECT_EQ(call("POST", services_path(), service_named("a", R"("serInstanceId":"x",)")).status,
              201);
    EXPECT_EQ(call("GET", "/mec_service_mgmt/v1/services?fields=serName").status, 200);
}

TEST_F(emulated_service_mgmt, texts_of_clients_cannot_split_answers)
{
    start();
    const auto id = register_service(service_named(R"(a\r\nSet-Cookie: x)"));
    const auto r = call("GET", path_of(id));
    EXPECT_EQ(r.status, 200);
    EXPECT_FALSE(r.headers.contains("Set-Cookie"));
    EXPECT_EQ(decoded(r).ser_name, "a\r\nSet-Cookie: x");
    const auto evil = call("GET", "/mec_service_mgmt/v1/services?x%0d%0aSet-Cookie:%20y=1");
    expect_problem(evil, 400);
    EXPECT_FALSE(evil.headers.contains("Set-Cookie"));
}

} // namespace
