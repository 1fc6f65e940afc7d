// Every operation of the tables: the request that it sends, its success, each of its error statuses,
// and answers that are none.

#include "operation_harness.hpp"

#include <mec/http/dialect.hpp>
#include <mec/json/codec.hpp>

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace {

using mec::errc;
using mec_test::every_operation;
using mec_test::invocation;
using mec_test::operation_harness;
using mec_test::way;
namespace dialects = mec::http::dialects;

/// The code of each status: what an application compares with.
const std::map<int, errc> codes = {
    {300, errc::unexpected_content}, {301, errc::unexpected_content},
    {304, errc::unexpected_content}, {307, errc::unexpected_content},
    {400, errc::bad_request},        {401, errc::auth_failed},
    {402, errc::http_status},        {403, errc::forbidden},
    {404, errc::not_found},          {405, errc::bad_request},
    {406, errc::bad_request},        {407, errc::http_status},
    {409, errc::conflict},           {410, errc::bad_request},
    {411, errc::bad_request},        {412, errc::precondition_failed},
    {413, errc::bad_request},        {414, errc::bad_request},
    {415, errc::bad_request},        {418, errc::http_status},
    {422, errc::bad_request},        {429, errc::rate_limited},
    {431, errc::bad_request},        {451, errc::http_status},
    {501, errc::http_status},        {505, errc::http_status},
    {599, errc::http_status}};

TEST(every_operation, is_invoked_by_these_tests)
{
    std::set<const mec::http::operation*> here;
    for (const invocation& i : every_operation()) here.insert(i.row);
    std::set<std::string_view> names;
    for (const auto* row : mec_test::every_row()) {
        names.insert(row->name);
        bool found = false;
        for (const auto* own : here) found = found || own->name == row->name;
        EXPECT_TRUE(found) << row->name << ": add it to tests/support/every_operation.cpp";
    }
    EXPECT_EQ(names.size(), mec_test::every_row().size()) << "two rows have the same name";
    EXPECT_EQ(here.size(), mec_test::every_row().size());
}

class one_operation : public testing::TestWithParam<invocation> {};

TEST_P(one_operation, sends_its_row_and_takes_the_declared_success)
{
    const invocation& i = GetParam();
    for (const way how : {way::async, way::blocking}) {
        operation_harness harness(dialects::strict);
        harness.expect(i).respond(i.row->success, i.answer);
        const mec::error e = harness.run(i, how);
        EXPECT_FALSE(e) << e;
        ASSERT_EQ(harness.complaints(), "");
        const auto sent = harness.transport->requests().at(0);
        EXPECT_EQ(sent.origin.authority(), "mep.example");
        EXPECT_EQ(sent.body.empty(), i.row->request == nullptr) << sent.body;
        EXPECT_EQ(sent.content_type, i.row->request ? "application/json" : "");
        EXPECT_EQ(sent.accept, "application/json, application/problem+json");
        EXPECT_EQ(sent.bearer.reveal(), "token-1");
        EXPECT_FALSE(sent.headers.contains("If-Match")) << "no entity tag was read";
    }
}

TEST_P(one_operation, sends_a_body_that_its_own_table_accepts)
{
    const invocation& i = GetParam();
    if (!i.row->request) return;
    operation_harness harness(dialects::strict);
    harness.expect(i).respond(i.row->success, i.answer);
    ASSERT_FALSE(harness.run(i));
    const std::string body = harness.transport->requests().at(0).body;
    // Any table will do: what is checked is the text, not what it is read into.
    mec::json::raw document;
    EXPECT_FALSE(mec::json::decode(body, document)) << body;
    EXPECT_EQ(body.front(), '{');
}

TEST_P(one_operation, takes_the_other_success_that_the_standard_has)
{
    const invocation& i = GetParam();
    if (i.row->also == 0) return;
    operation_harness harness(dialects::strict);
    const std::string liveness =
        R"({"state":"ACTIVE","timeStamp":{"seconds":1,"nanoSeconds":2},"interval":60})";
    harness.expect(i).respond(i.row->also, liveness);
    const mec::error e = harness.run(i);
    EXPECT_FALSE(e) << e;
}

TEST_P(one_operation, gives_each_status_its_code)
{
    const invocation& i = GetParam();
    for (const auto status : i.row->errors)
        if (status != 0) {
            ASSERT_EQ(codes.count(status), 1u) << status << ": declared, not tested";
        }
    for (const auto* dialect : {&dialects::strict, &dialects::automatic}) {
        for (const auto& [status, code] : codes) {
            SCOPED_TRACE(std::to_string(status) + ' ' + std::string(dialect->name));
            operation_harness harness(*dialect);
            harness.options.retry.attempts = 1;
            harness.tokens = nullptr;
            harness.transport->expect(i.row->method, "*")
                .respond(status, R"({"title":"no","detail":"because","status":1})")
                .header("Content-Type", "application/problem+json")
                .always();
            harness.transport->expect(mec::http::method::put, "*").respond(status).always();
            const mec::error e = harness.run(i);
            EXPECT_EQ(e, code) << e;
            EXPECT_EQ(e.info().http_status, status);
            EXPECT_EQ(e.info().operation, i.row->name);
            EXPECT_EQ(e.info().endpoint,
                      "https://mep.example/mep1" + i.target.substr(0, i.target.find('?')));
            EXPECT_EQ(e.info().attempts, 1);
            if (dialect->strict_reading) {
                ASSERT_TRUE(e.info().problem);
                EXPECT_EQ(e.info().problem->detail, "because");
                EXPECT_EQ(harness.transport->requests().size(), 1u);
            }
        }
    }
}

TEST_P(one_operation, says_what_the_platform_said_about_a_token_that_cannot_be_renewed)
{
    const invocation& i = GetParam();
    for (const way how : {way::async, way::blocking}) {
        operation_harness harness;
        harness.tokens = mec::auth::static_token(mec::secret_string("token"));
        harness.expect(i).respond(401, R"({"detail":"expired"})");
        const mec::error e = harness.run(i, how);
        EXPECT_EQ(e, errc::auth_failed) << e;
        EXPECT_EQ(e.info().http_status, 401);
        ASSERT_TRUE(e.info().problem);
        EXPECT_EQ(e.info().problem->detail, "expired");
        EXPECT_EQ(harness.transport->requests().size(), 1u);
    }
}

TEST_P(one_operation, reads_no_problem_out_of_what_is_none)
{
    const invocation& i = GetParam();
    for (const std::string body : {"", "oops", "<html>", "null", "[1]", R"({"detail":1})"}) {
        operation_harness harness(dialects::strict);
        harness.expect(i).respond(403, body);
        const mec::error e = harness.run(i);
        EXPECT_EQ(e, errc::forbidden) << e;
        EXPECT_FALSE(e.info().problem) << body;
    }
}

/// A success with a body that cannot be the platform's.
struct bad_answer {
    const char* body;
    const char* media;
    errc with_result;
    errc without_result;
};

TEST_P(one_operation, does_not_take_a_wrong_answer_for_a_success)
{
    const invocation& i = GetParam();
    const bad_answer answers[] = {
        {"<html>", "text/html", errc::unexpected_content, errc::unexpected_content},
        {"{", "application/json", errc::json_syntax, {}},
        {"{\"a\":1", "application/json", errc::json_syntax, {}},
        {"17", "application/json", errc::json_schema, {}},
        {"\"text\"", "application/json", errc::json_schema, {}},
        {"[1]", "application/json", errc::json_schema, {}},
        {"[[]]", "application/json", errc::json_schema, {}},
    };
    for (const auto& a : answers) {
        SCOPED_TRACE(a.body);
        operation_harness harness;
        harness.expect(i).respond(i.row->success, a.body).header("Content-Type", a.media);
        const mec::error e = harness.run(i);
        const errc expected = i.row->response ? a.with_result : a.without_result;
        EXPECT_EQ(e.code(), expected == errc{} ? mec::error_code() : make_error_code(expected))
            << e;
        EXPECT_EQ(harness.transport->requests().size(), 1u) << "repeated for a bad answer";
        if (e) {
            EXPECT_EQ(e.info().operation, i.row->name);
            EXPECT_EQ(e.info().http_status, i.row->success);
        }
    }
}

TEST_P(one_operation, wants_a_body_where_the_standard_has_one)
{
    const invocation& i = GetParam();
    operation_harness harness;
    harness.expect(i).respond(i.row->success);
    const bool optional = i.row->response && i.row->response->k == mec::json::kind::optional;
    EXPECT_EQ(harness.run(i).code(), i.row->response && !optional
                                         ? make_error_code(errc::unexpected_content)
                                         : mec::error_code());
}

TEST_P(one_operation, reads_an_answer_that_is_wrapped_in_its_type)
{
    const invocation& i = GetParam();
    if (!i.row->response || i.answer.empty() || i.answer.front() != '{') return;
    std::string name(i.row->response->name);
    const std::string wrapped = "{\"" + name + "\":" + i.answer + '}';
    operation_harness tolerant;
    tolerant.expect(i).respond(i.row->success, wrapped);
    EXPECT_FALSE(tolerant.run(i));
    // Else it is an object with an unknown member and nothing more.
    bool any_mandatory = i.row->response->k == mec::json::kind::one_of; // its discriminator
    for (std::size_t n = 0; n < i.row->response->size; ++n)
        any_mandatory = any_mandatory || i.row->response->fields[n].mandatory;
    operation_harness strict(dialects::strict);
    strict.expect(i).respond(i.row->success, wrapped);
    EXPECT_EQ(strict.run(i) == errc::json_schema, any_mandatory);
}

INSTANTIATE_TEST_SUITE_P(all, one_operation, testing::ValuesIn(every_operation()),
                         [](const auto& p) {
                             std::string name(p.param.row->name);
                             name[name.find('.')] = '_';
                             return name;
                         });

} // namespace
