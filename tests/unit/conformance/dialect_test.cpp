// Platforms that want something else than the standard: what is sent, when another way is tried, and
// that the strict dialect never does.

#include "operation_harness.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using mec::errc;
using mec::http::method;
using mec_test::operation_harness;
using mec_test::way;
namespace dialects = mec::http::dialects;

const mec::link alive{"/mec_service_mgmt/v1/liveness/s1"};
const std::string liveness_path = "/mep1/mec_service_mgmt/v1/liveness/s1";
const std::string service_path = "/mep1/mec_service_mgmt/v1/applications/app-1/services/s1";
const std::string termination_path =
    "/mep1/mec_app_support/v1/applications/app-1/confirm_termination";
const std::string service =
    R"({"serInstanceId":"s1","serName":"n","version":"1","state":"ACTIVE","serializer":"JSON",)"
    R"("transportId":"t"})";

/// `PATCH application/json {...}` for each request.
std::vector<std::string> sent(const operation_harness& harness)
{
    std::vector<std::string> lines;
    for (const auto& r : harness.transport->requests())
        lines.push_back(std::string(to_string(r.method)) + ' ' + std::string(r.content_type) + ' ' +
                        r.body);
    return lines;
}
using lines = std::vector<std::string>;

class dialect : public testing::TestWithParam<way> {
protected:
    static mec::error heartbeat(operation_harness& harness)
    {
        auto r = harness.run(harness.platform().services.async_send_heartbeat(alive), GetParam());
        return r ? mec::error() : r.error();
    }
    static mec::error stop(operation_harness& harness)
    {
        auto r = harness.run(harness.platform().support.async_confirm_termination(
                                 mec::app_support::operation_action::stopping),
                             GetParam());
        return r ? mec::error() : r.error();
    }
    static mec::error update(operation_harness& harness)
    {
        mec::service_mgmt::service_info info;
        info.ser_instance_id = "s1";
        info.ser_name = "n";
        info.version = "1";
        info.transport_id = "t";
        info.is_local = true;
        info.links.emplace().self = mec::link{"/services/s1"};
        info.extensions.values.emplace_back("vendor", mec::json::raw{"[1]"});
        info.etag = "\"7\"";
        auto r = harness.run(harness.platform().services.async_update_service(info), GetParam());
        return r ? mec::error() : r.error();
    }
};

const std::string beat = R"({"state":"ACTIVE"})";
const std::string patch = "PATCH application/json " + beat;
const std::string merge_patch = "PATCH application/merge-patch+json " + beat;
const std::string put = "PUT application/json " + beat;

TEST_P(dialect, sends_a_heartbeat_as_the_standard_says_first)
{
    operation_harness harness;
    harness.transport->expect(method::patch, liveness_path).respond(204);
    EXPECT_FALSE(heartbeat(harness));
    EXPECT_EQ(sent(harness), lines{patch});
}

TEST_P(dialect, puts_a_heartbeat_where_patch_is_not_known)
{
    for (const int refusal : {405, 501}) {
        operation_harness harness;
        harness.transport->expect(method::patch, liveness_path).respond(refusal);
        harness.transport->expect(method::put, liveness_path).respond(204);
        EXPECT_FALSE(heartbeat(harness)) << refusal;
        EXPECT_EQ(sent(harness), (lines{patch, put}));
    }
}

TEST_P(dialect, calls_a_heartbeat_a_merge_patch_where_it_must_be_one)
{
    operation_harness harness;
    harness.transport->expect(method::patch, liveness_path).respond(415);
    harness.transport->expect(method::patch, liveness_path).respond(204);
    EXPECT_FALSE(heartbeat(harness));
    EXPECT_EQ(sent(harness), (lines{patch, merge_patch}));
}

TEST_P(dialect, tries_one_other_way_and_then_gives_up)
{
    operation_harness harness;
    harness.transport->expect(method::patch, liveness_path).respond(415).times(2);
    EXPECT_EQ(heartbeat(harness), errc::bad_request);
    EXPECT_EQ(sent(harness), (lines{patch, merge_patch}));

    operation_harness other;
    other.transport->expect(method::patch, liveness_path).respond(405);
    other.transport->expect(method::put, liveness_path).respond(405);
    const auto e = heartbeat(other);
    EXPECT_EQ(e, errc::bad_request);
    EXPECT_EQ(e.info().operation, "service_mgmt.send_heartbeat");
    EXPECT_EQ(sent(other), (lines{patch, put}));
}

TEST_P(dialect, tries_no_other_way_after_an_answer_that_is_clear)
{
    for (const int status : {400, 401, 403, 404, 409, 412, 422, 500, 503}) {
        operation_harness harness;
        harness.options.retry.attempts = 1;
        harness.tokens = nullptr;
        harness.transport->expect(method::patch, liveness_path).respond(status);
        EXPECT_TRUE(heartbeat(harness)) << status;
        EXPECT_EQ(sent(harness), lines{patch}) << status;
    }
    for (const int status : {401, 403, 404, 409, 415, 422, 429, 500}) {
        operation_harness harness;
        harness.options.retry.attempts = 1;
        harness.tokens = nullptr;
        harness.transport->expect(method::post, termination_path).respond(status);
        EXPECT_TRUE(stop(harness)) << status;
        EXPECT_EQ(harness.transport->requests().size(), 1u) << status;
    }
}

TEST_P(dialect, misspells_stopping_where_the_right_word_is_refused)
{
    operation_harness harness;
    harness.transport->expect(method::post, termination_path).respond(400);
    harness.transport->expect(method::post, termination_path).respond(204);
    EXPECT_FALSE(stop(harness));
    EXPECT_EQ(sent(harness), (lines{R"(POST application/json {"operationAction":"STOPPING"})",
                                    R"(POST application/json {"operationAction":"STOPPPING"})"}));
}

TEST_P(dialect, never_misspells_terminating)
{
    for (const auto& d : {dialects::automatic, dialects::edgegallery}) {
        operation_harness harness(d);
        harness.transport->expect(method::post, termination_path).respond(400);
        auto r = harness.run(harness.platform().support.async_confirm_termination(
                                 mec::app_support::operation_action::terminating),
                             GetParam());
        EXPECT_EQ(r.error(), errc::bad_request);
        EXPECT_EQ(sent(harness),
                  lines{R"(POST application/json {"operationAction":"TERMINATING"})"});
    }
}

TEST_P(dialect, updates_a_service_without_what_the_platform_gave_where_that_is_refused)
{
    operation_harness harness;
    harness.transport->expect(method::put, service_path).respond(400);
    harness.transport->expect(method::put, service_path).respond(200, service);
    EXPECT_FALSE(update(harness));
    const std::string rest = R"("serName":"n","version":"1","state":"ACTIVE","transportId":"t",)"
                             R"("serializer":"JSON")";
    EXPECT_EQ(sent(harness),
              (lines{R"(PUT application/json {"serInstanceId":"s1",)" + rest +
                         R"(,"isLocal":true,"_links":{"self":{"href":"/services/s1"}},)"
                         R"("vendor":[1]})",
                     "PUT application/json {" + rest + R"(,"vendor":[1]})"}));
    for (const auto& r : harness.transport->requests())
        EXPECT_EQ(r.headers.find("If-Match"), "\"7\"");
}

TEST_P(dialect, strict_knows_one_way_only)
{
    operation_harness beats(dialects::strict);
    beats.transport->expect(method::patch, liveness_path).respond(405);
    EXPECT_EQ(heartbeat(beats), errc::bad_request);
    EXPECT_EQ(sent(beats), lines{patch});

    operation_harness media(dialects::strict);
    media.transport->expect(method::patch, liveness_path).respond(415);
    EXPECT_EQ(heartbeat(media), errc::bad_request);
    EXPECT_EQ(media.transport->requests().size(), 1u);

    operation_harness stops(dialects::strict);
    stops.transport->expect(method::post, termination_path).respond(400);
    EXPECT_EQ(stop(stops), errc::bad_request);
    EXPECT_EQ(stops.transport->requests().size(), 1u);

    operation_harness updates(dialects::strict);
    updates.transport->expect(method::put, service_path).respond(400);
    EXPECT_EQ(update(updates), errc::bad_request);
    EXPECT_EQ(updates.transport->requests().size(), 1u);
}

TEST_P(dialect, of_a_named_platform_is_used_at_once)
{
    operation_harness edgegallery(dialects::edgegallery);
    edgegallery.transport->expect(method::put, liveness_path).respond(204);
    edgegallery.transport->expect(method::post, termination_path).respond(204);
    EXPECT_FALSE(heartbeat(edgegallery));
    EXPECT_FALSE(stop(edgegallery));
    EXPECT_EQ(sent(edgegallery),
              (lines{put, R"(POST application/json {"operationAction":"STOPPPING"})"}));

    operation_harness netedge(dialects::netedge);
    netedge.transport->expect(method::put, service_path).respond(200, service);
    EXPECT_FALSE(update(netedge));
    EXPECT_EQ(netedge.transport->requests().at(0).body.find("serInstanceId"), std::string::npos);
    EXPECT_EQ(netedge.transport->requests().at(0).body.find("_links"), std::string::npos);
}

TEST_P(dialect, of_a_named_platform_tries_nothing_else)
{
    for (const auto* d : {&dialects::advantedge, &dialects::edgegallery, &dialects::netedge}) {
        operation_harness harness(*d);
        const auto expected = d->heartbeat_by_put ? method::put : method::patch;
        harness.transport->expect(expected, liveness_path).respond(405);
        EXPECT_EQ(heartbeat(harness), errc::bad_request) << d->name;
        EXPECT_EQ(harness.complaints(), "") << d->name;
    }
}

TEST_P(dialect, writes_lists_of_a_query_in_its_own_way)
{
    mec::service_mgmt::service_query query;
    query.ser_name = {"a b", "c,d"};
    const std::string services = "/mep1/mec_service_mgmt/v1/services";
    operation_harness standard;
    standard.transport->expect(method::get, services + "?ser_name=a%20b&ser_name=c%2Cd")
        .respond(200, "[]");
    EXPECT_TRUE(standard.run(standard.platform().services.async_list_services(query), GetParam()));

    operation_harness netedge(dialects::netedge);
    netedge.transport->expect(method::get, services + "?ser_instance_id=1,2%2C3,4")
        .respond(200, "[]");
    query.ser_name.clear();
    query.ser_instance_id = {"1", "2,3", "4"};
    auto r = netedge.run(netedge.platform().services.async_list_services(query), GetParam());
    EXPECT_TRUE(r) << r.error() << netedge.complaints();
}

TEST_P(dialect, takes_the_interval_that_a_platform_answers_a_heartbeat_with)
{
    operation_harness harness;
    harness.transport->expect(method::patch, liveness_path)
        .respond(200, R"({"state":"ACTIVE","timeStamp":{"seconds":1},"interval":15})");
    harness.transport->expect(method::patch, liveness_path).respond(204);
    harness.transport->expect(method::patch, liveness_path).respond(200);
    const auto services = harness.platform().services;
    auto changed = harness.run(services.async_send_heartbeat(alive), GetParam());
    ASSERT_TRUE(changed && *changed);
    EXPECT_EQ((*changed)->interval, std::chrono::seconds(15));
    for (int i = 0; i < 2; ++i) {
        auto same = harness.run(services.async_send_heartbeat(alive), GetParam());
        ASSERT_TRUE(same) << same.error();
        EXPECT_FALSE(*same);
    }
}

TEST_P(dialect, follows_no_link_that_leads_away)
{
    operation_harness harness;
    const mec::link away{"https://evil.example/alive"};
    const auto services = harness.platform().services;
    auto beat_away = harness.run(services.async_send_heartbeat(away), GetParam());
    EXPECT_EQ(beat_away.error(), errc::unexpected_content);
    EXPECT_EQ(beat_away.error().info().operation, "service_mgmt.send_heartbeat");
    auto read_away = harness.run(services.async_get_liveness(away), GetParam());
    EXPECT_EQ(read_away.error(), errc::unexpected_content);
    EXPECT_TRUE(harness.transport->requests().empty());
}

INSTANTIATE_TEST_SUITE_P(ways, dialect, testing::Values(way::async, way::blocking),
                         [](const auto& p) {
                             return p.param == way::async ? "async" : "blocking";
                         });

} // namespace
