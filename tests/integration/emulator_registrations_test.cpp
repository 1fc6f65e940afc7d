#include "emulator_fixture.hpp"

#include <mec/app_support/describe.hpp>

namespace {

using namespace emulator_test;
using mec::app_support::app_info;

struct emulated_registrations : emulator {
    const std::string path = "/mec_app_support/v1/registrations";
    const std::string body =
        R"({"appName":"self-made","endpoint":{"uris":["http://127.0.0.1:9/"]},"x-mine":1})";
};

TEST_F(emulated_registrations, make_an_instance_that_its_maker_may_use)
{
    start();
    const auto r = call("POST", path, body);
    ASSERT_EQ(r.status, 201) << r.body;
    const auto info = decoded<app_info>(r);
    const std::string id = info.app_instance_id.value_or("");
    EXPECT_EQ(r.headers.find("Location"), p->api_root().to_string() + path + "/" + id);
    EXPECT_EQ(info.extensions.values.at(0).first, "x-mine");
    EXPECT_EQ(decoded<app_info>(call("GET", path + "/" + id)).app_name, "self-made");
    EXPECT_EQ(call("POST", "/mec_app_support/v1/applications/" + id + "/confirm_ready",
                   R"({"indication":"READY"})")
                  .status,
              204);
    EXPECT_TRUE(p->is_ready(id));
    const auto all = p->applications();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const auto& a) { return a.registered; }), 1);

    const auto stranger = token_of(p->create_application("other"));
    expect_problem(call_as(stranger, "GET", path + "/" + id), 403);
    expect_problem(call_as("", "POST", path, body), 401);
}

TEST_F(emulated_registrations, are_for_applications_that_mec_management_did_not_start)
{
    start();
    for (const char* text :
         {R"({"appName":"a"})", R"({"appName":"a","isInsByMec":false})",
          R"({"appName":"a","isInsByMec":true,"endpoint":{"uris":["http://x/"]}})",
          R"({"endpoint":{"uris":["http://x/"]}})", "[]", "{"})
        expect_problem(call("POST", path, text), 400);
    EXPECT_EQ(p->applications().size(), 1U);
}

TEST_F(emulated_registrations, are_changed_and_removed_with_all_that_was_made)
{
    start();
    const auto id = *decoded<app_info>(call("POST", path, body)).app_instance_id;
    const auto one = path + "/" + id;
    const auto put = call("PUT", one, R"({"appName":"renamed","endpoint":{"uris":["http://y/"]}})");
    EXPECT_EQ(put.status, 204);
    EXPECT_EQ(put.body, "");
    EXPECT_EQ(decoded<app_info>(call("GET", one)).app_name, "renamed");
    expect_problem(call("PUT", one, R"({"appName":"renamed"})"), 400);
    expect_problem(call("PUT", one,
                        R"({"appName":"a","appInstanceId":"b","endpoint":{"uris":["http://y/"]}})"),
                   400);

    const auto services = "/mec_service_mgmt/v1/applications/" + id + "/services";
    EXPECT_EQ(call("POST", services, service_body).status, 201);
    EXPECT_EQ(p->services().size(), 1U);
    EXPECT_EQ(call("DELETE", one).status, 204);
    EXPECT_TRUE(p->services().empty());
    expect_problem(call("DELETE", one), 404);
    expect_problem(call("GET", one), 404);
    expect_problem(call("PUT", one, body), 404);
    expect_problem(call("GET", services), 404);
}

TEST_F(emulated_registrations, of_managed_instances_do_not_exist)
{
    start();
    expect_problem(call("GET", path + "/" + app.app_instance_id), 404);
    expect_problem(call("DELETE", path + "/" + app.app_instance_id), 404);
    EXPECT_EQ(p->applications().size(), 1U);
}

TEST_F(emulated_registrations, need_no_token_when_authorization_is_off)
{
    options.authorization = false;
    start();
    const auto r = call("POST", path, body);
    ASSERT_EQ(r.status, 201);
    EXPECT_EQ(call("GET", below_root(std::string(r.headers.find("Location")))).status, 200);
}

} // namespace
