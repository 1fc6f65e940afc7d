// Every operation against every list of faults: how many requests are sent, what the platform's state
// is afterwards, what the caller is told. tests/support/retry_table.cpp has what is expected.

#include "operation_harness.hpp"
#include "retry_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

namespace {

using namespace std::chrono_literals;
using mec_test::invocation;
using mec_test::operation_harness;
using mec_test::retry_case;
using mec_test::way;

constexpr int most_requests = 8;

/// Writes the platform's side: the faults, then sound answers for as long as anybody asks.
/// @return for each request whether it takes effect.
std::vector<bool> script(operation_harness& harness, const invocation& i, const retry_case& c)
{
    std::vector<bool> effects;
    bool applied = false;
    for (int n = 0; n < most_requests; ++n) {
        auto& answer = harness.expect(i);
        if (n >= static_cast<int>(c.faults.size())) {
            const int status = mec_test::sound_answer(*i.row, applied);
            answer.respond(status, status < 300 ? i.answer : R"({"detail":"no"})");
            applied = applied || status < 300;
            effects.push_back(status < 300);
            continue;
        }
        const auto& f = c.faults[static_cast<std::size_t>(n)];
        if (f.status != 0) answer.respond(f.status);
        else answer.fail(mec::error(f.failure, "scripted"), f.progress);
        if (f.reused) answer.on_reused_connection();
        if (!f.retry_after.empty()) answer.header("Retry-After", f.retry_after);
        applied = applied || f.applied;
        effects.push_back(f.applied);
    }
    return effects;
}

class retry_conformance : public testing::TestWithParam<std::tuple<retry_case, way>> {};

TEST_P(retry_conformance, holds_for_every_operation)
{
    const auto& [c, how] = GetParam();
    for (const invocation& i : mec_test::every_operation()) {
        SCOPED_TRACE(i.row->name);
        operation_harness harness;
        const auto effects = script(harness, i, c);
        const auto& expected = c.expected(*i.row);

        const mec::error e = harness.run(i, how);
        EXPECT_EQ(e.code(),
                  expected.code == mec::errc{} ? mec::error_code() : make_error_code(expected.code))
            << e;
        const auto sent = harness.transport->requests().size();
        EXPECT_EQ(sent, static_cast<std::size_t>(expected.requests));
        const auto asked = effects.begin() + static_cast<std::ptrdiff_t>(sent);
        const auto applied = std::count(effects.begin(), asked, true);
        EXPECT_EQ(applied > 0, expected.in_effect);
        if (i.row->repeat == mec::http::repeat::never) {
            EXPECT_LE(applied, 1) << "it was done twice";
        }
        if (e) {
            EXPECT_EQ(e.info().attempts, expected.requests);
            EXPECT_EQ(e.info().operation, i.row->name);
        }
        EXPECT_TRUE(harness.transport->unexpected().empty()) << harness.complaints();
    }
}

std::string name_of(const testing::TestParamInfo<std::tuple<retry_case, way>>& info)
{
    return std::string(std::get<0>(info.param).name) +
           (std::get<1>(info.param) == way::async ? "_async" : "_blocking");
}

INSTANTIATE_TEST_SUITE_P(faults, retry_conformance,
                         testing::Combine(testing::ValuesIn(mec_test::retry_table()),
                                          testing::Values(way::async, way::blocking)),
                         name_of);

class every_call : public testing::TestWithParam<way> {};

TEST_P(every_call, repeats_the_same_request)
{
    for (const invocation& i : mec_test::every_operation()) {
        SCOPED_TRACE(i.row->name);
        operation_harness harness;
        harness.expect(i).respond(429);
        harness.expect(i).respond(i.row->success, i.answer);
        ASSERT_FALSE(harness.run(i, GetParam()));
        const auto sent = harness.transport->requests();
        ASSERT_EQ(sent.size(), 2u);
        EXPECT_EQ(sent[0].body, sent[1].body);
        EXPECT_EQ(sent[0].content_type, sent[1].content_type);
        EXPECT_EQ(sent[0].bearer.reveal(), "token-1");
        EXPECT_EQ(sent[1].bearer.reveal(), "token-1");
    }
}

TEST_P(every_call, does_not_wait_beyond_its_deadline)
{
    for (const invocation& i : mec_test::every_operation()) {
        SCOPED_TRACE(i.row->name);
        operation_harness harness;
        harness.options.retry.retry_after_cap = 1h;
        harness.options.deadline = 30s;
        harness.expect(i).respond(503).header("Retry-After", "31");
        const mec::error e = harness.run(i, GetParam());
        EXPECT_EQ(e, mec::errc::deadline_exceeded) << e;
        EXPECT_EQ(e.info().http_status, 503);
        EXPECT_EQ(e.info().retry_after, 31s);
        EXPECT_EQ(harness.transport->requests().size(), 1u);
    }
}

TEST_P(every_call, can_be_told_not_to_repeat)
{
    for (const invocation& i : mec_test::every_operation()) {
        SCOPED_TRACE(i.row->name);
        operation_harness harness;
        harness.options.retry.attempts = 1;
        harness.expect(i).respond(429);
        EXPECT_EQ(harness.run(i, GetParam()), mec::errc::rate_limited);
        EXPECT_EQ(harness.transport->requests().size(), 1u);
    }
}

TEST_P(every_call, stops_when_the_budget_of_retries_is_used_up)
{
    for (const invocation& i : mec_test::every_operation()) {
        SCOPED_TRACE(i.row->name);
        operation_harness harness;
        harness.options.retry.bucket = 5;
        harness.expect(i).respond(429).always();
        EXPECT_EQ(harness.run(i, GetParam()), mec::errc::rate_limited);
        EXPECT_EQ(harness.transport->requests().size(), 2u);
    }
}

INSTANTIATE_TEST_SUITE_P(ways, every_call, testing::Values(way::async, way::blocking),
                         [](const auto& p) {
                             return p.param == way::async ? "async" : "blocking";
                         });

} // namespace
