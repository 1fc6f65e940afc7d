#include "retry_fsm.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace std::chrono_literals;
using mec::condition;
using mec::errc;
using mec::error;
using mec::http::method;
using mec::http::progress;
using mec::http::repeat;
using mec::internal::attempt_outcome;
using mec::internal::decision;
using mec::internal::retry_budget;
using mec::internal::retry_fsm;
using kind = mec::internal::decision::kind;

constexpr mec::steady_time t0{1000s};

attempt_outcome status(int code, std::optional<std::chrono::milliseconds> retry_after = {})
{
    attempt_outcome o;
    o.status = code;
    o.progress = progress::complete;
    o.retry_after = retry_after;
    return o;
}

attempt_outcome failure(error e, progress p)
{
    attempt_outcome o;
    o.failure = std::move(e);
    o.progress = p;
    return o;
}

/// One call with a clock and a jitter of its own.
struct call {
    explicit call(repeat r, method m = method::get, mec::http::retry_options o = {},
                  mec::steady_time deadline = t0 + 30s)
        : budget(o), fsm(o, r, m, budget, deadline)
    {
    }
    decision on(const attempt_outcome& o, double uniform01 = 0.5)
    {
        const decision d = fsm.on_attempt(o, now, uniform01);
        now += d.delay;
        return d;
    }
    mec::steady_time now = t0;
    retry_budget budget;
    retry_fsm fsm;
};

/// Feeds the same outcome until the call ends; gives the number of requests and the end.
std::pair<int, decision> run(call& c, const attempt_outcome& o)
{
    for (;;) {
        const decision d = c.on(o);
        if (d.what == kind::succeed || d.what == kind::fail) return {c.fsm.attempts(), d};
        if (c.fsm.attempts() > 20) return {c.fsm.attempts(), d};
    }
}

struct status_row {
    int status;
    bool retry_after;
    repeat r;
    int requests; ///< sent when the answer is always the same
    errc end;
};

class status_policy : public testing::TestWithParam<status_row> {};

TEST_P(status_policy, is_that_of_the_table)
{
    const status_row& row = GetParam();
    call c(row.r, row.r == repeat::safe ? method::get : method::post);
    const auto [requests, end] =
        run(c, status(row.status, row.retry_after ? std::optional(1000ms) : std::nullopt));
    EXPECT_EQ(requests, row.requests);
    EXPECT_EQ(end.what, kind::fail);
    EXPECT_EQ(make_error_code(end.code), make_error_code(row.end));
}

std::vector<status_row> status_rows()
{
    std::vector<status_row> rows;
    for (repeat r : {repeat::safe, repeat::idempotent, repeat::task}) {
        for (int s : {502, 503, 504}) rows.push_back({s, false, r, 3, errc::service_unavailable});
        for (int s : {408, 425}) rows.push_back({s, false, r, 3, errc::http_status});
        rows.push_back({500, false, r, 2, errc::service_unavailable});
    }
    for (int s : {408, 502, 503, 504})
        rows.push_back({s, false, repeat::never, 1, errc::outcome_unknown});
    rows.push_back({500, false, repeat::never, 1, errc::service_unavailable});
    rows.push_back({425, false, repeat::never, 3, errc::http_status});
    rows.push_back({503, true, repeat::never, 3, errc::service_unavailable});
    rows.push_back({504, true, repeat::never, 1, errc::outcome_unknown});
    for (repeat r : {repeat::safe, repeat::idempotent, repeat::task, repeat::never}) {
        rows.push_back({429, false, r, 3, errc::rate_limited});
        rows.push_back({429, true, r, 3, errc::rate_limited});
        rows.push_back({401, false, r, 2, errc::auth_failed});
        rows.push_back({403, false, r, 1, errc::forbidden});
        rows.push_back({404, false, r, 1, errc::not_found});
        rows.push_back({409, false, r, 1, errc::conflict});
        rows.push_back({412, false, r, 1, errc::precondition_failed});
        for (int s : {400, 405, 406, 410, 411, 413, 414, 415, 416, 417, 422, 431})
            rows.push_back({s, false, r, 1, errc::bad_request});
        for (int s : {301, 302, 304, 307, 308})
            rows.push_back({s, false, r, 1, errc::unexpected_content});
        for (int s : {418, 451, 501, 505, 599}) rows.push_back({s, false, r, 1, errc::http_status});
        for (int s : {101, 0, 600, -1}) rows.push_back({s, false, r, 1, errc::protocol_error});
    }
    return rows;
}

std::string row_name(const testing::TestParamInfo<status_row>& info)
{
    static constexpr const char* classes[] = {"safe", "idempotent", "task", "never"};
    const status_row& row = info.param;
    return (row.status < 0 ? "minus_1" : std::to_string(row.status)) + "_" +
           classes[static_cast<int>(row.r)] + (row.retry_after ? "_retry_after" : "");
}

INSTANTIATE_TEST_SUITE_P(every_row, status_policy, testing::ValuesIn(status_rows()), row_name);

TEST(retry_fsm, a_success_ends_the_call_and_refunds_only_the_first_attempt)
{
    call c(repeat::safe);
    ASSERT_TRUE(c.budget.take(true));
    const int before = c.budget.left();
    EXPECT_EQ(c.on(status(204)).what, kind::succeed);
    EXPECT_EQ(c.budget.left(), before + 1);

    call second(repeat::safe);
    second.on(status(503));
    const int after_retry = second.budget.left();
    EXPECT_EQ(second.on(status(200)).what, kind::succeed);
    EXPECT_EQ(second.budget.left(), after_retry);
    EXPECT_EQ(second.fsm.attempts(), 2);
}

TEST(retry_fsm, a_401_costs_one_token_and_one_more_request)
{
    call c(repeat::never, method::post);
    EXPECT_EQ(c.on(status(401)).what, kind::refresh_token);
    EXPECT_EQ(c.on(status(201)).what, kind::succeed);
}

TEST(retry_fsm, a_401_does_not_use_up_the_attempts)
{
    mec::http::retry_options once;
    once.attempts = 1;
    call c(repeat::safe, method::get, once);
    EXPECT_EQ(c.on(status(401)).what, kind::refresh_token);
    EXPECT_EQ(c.on(status(503)).what, kind::fail);
}

TEST(retry_fsm, honours_retry_after_when_it_is_longer_than_the_backoff)
{
    for (double u : {0.0, 0.5, 0.999}) {
        call c(repeat::safe);
        const decision d = c.on(status(429, 2000ms), u);
        EXPECT_EQ(d.what, kind::retry);
        EXPECT_GE(d.delay, 2000ms);
        EXPECT_LE(d.delay, 2400ms);
    }
    call c(repeat::safe);
    EXPECT_EQ(c.on(status(429, 10ms), 0.9).delay, 90ms);
}

TEST(retry_fsm, clamps_retry_after_to_its_cap_and_to_the_deadline)
{
    call patient(repeat::safe, method::get, {}, t0 + 1h);
    EXPECT_EQ(patient.on(status(503, 24h)).delay, 60s);

    call hurried(repeat::safe); // 30 s
    const decision d = hurried.on(status(503, 24h));
    EXPECT_EQ(d.what, kind::fail);
    EXPECT_EQ(d.code, errc::deadline_exceeded);
}

TEST(retry_fsm, backs_off_twice_as_long_each_time_up_to_the_cap)
{
    mec::http::retry_options o;
    o.attempts = 12;
    o.cap = 1000ms;
    call c(repeat::safe, method::get, o, t0 + 1h);
    std::vector<std::chrono::milliseconds> delays;
    for (int i = 0; i < 6; ++i) delays.push_back(c.on(status(502), 1.0).delay);
    EXPECT_EQ(delays,
              (std::vector<std::chrono::milliseconds>{100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms}));
    EXPECT_EQ(c.on(status(502), 0.0).delay, 0ms) << "full jitter reaches down to nothing";
}

TEST(retry_fsm, survives_absurd_options)
{
    mec::http::retry_options o;
    o.attempts = 1 << 30;
    o.base = std::chrono::milliseconds::max();
    o.cap = std::chrono::milliseconds{-5};
    o.bucket = -1;
    o.cost = -7;
    call c(repeat::safe, method::get, o);
    for (int i = 0; i < 100; ++i) {
        const decision d = c.on(status(503, -3s), 2.0);
        if (d.what == kind::fail) break;
        ASSERT_EQ(d.delay, 0ms);
    }
}

TEST(retry_fsm, what_was_never_sent_may_be_repeated_for_every_class)
{
    for (errc code : {errc::connect_refused, errc::connect_timeout, errc::unreachable,
                      errc::name_temporary, errc::connection_lost})
        for (repeat r : {repeat::safe, repeat::idempotent, repeat::task, repeat::never}) {
            call c(r, method::post);
            EXPECT_EQ(run(c, failure(code, progress::nothing_sent)).first, 3);
        }
}

TEST(retry_fsm, never_retries_what_will_not_get_better)
{
    for (errc code :
         {errc::name_not_found, errc::tls_untrusted, errc::tls_host_mismatch, errc::tls_expired,
          errc::tls_protocol, errc::config_invalid, errc::protocol_error, errc::limit_exceeded,
          errc::resource_exhausted, errc::cancelled, errc::shutting_down, errc::auth_failed}) {
        call c(repeat::safe);
        const auto [requests, end] = run(c, failure(code, progress::nothing_sent));
        EXPECT_EQ(requests, 1);
        EXPECT_EQ(end.code, code);
    }
}

TEST(retry_fsm, a_handshake_that_was_reset_is_tried_once_more)
{
    mec::error_info info;
    info.system = make_error_code(boost::system::errc::connection_reset);
    call c(repeat::never, method::post);
    const auto [requests, end] =
        run(c, failure({errc::tls_protocol, info}, progress::nothing_sent));
    EXPECT_EQ(requests, 2);
    EXPECT_EQ(end.code, errc::tls_protocol);
}

TEST(retry_fsm, a_request_lost_after_it_was_sent_has_an_unknown_outcome_or_is_repeated)
{
    for (errc code : {errc::connection_lost, errc::truncated, errc::deadline_exceeded})
        for (progress p : {progress::request_sent, progress::response_begun}) {
            call post(repeat::never, method::post);
            const auto [posts, end] = run(post, failure(code, p));
            EXPECT_EQ(posts, 1);
            EXPECT_EQ(end.code, errc::outcome_unknown);

            call put(repeat::idempotent, method::put);
            EXPECT_EQ(run(put, failure(code, p)).first, 3);
        }
    call garbled(repeat::never, method::post);
    EXPECT_EQ(run(garbled, failure(errc::protocol_error, progress::response_begun)).second.code,
              errc::outcome_unknown);
}

TEST(retry_fsm, a_cut_off_refusal_leaves_no_doubt)
{
    attempt_outcome o = failure(errc::truncated, progress::response_begun);
    o.status = 403; // the peer said no; only the rest of its explanation is missing
    call c(repeat::never, method::post);
    const decision d = c.on(o);
    EXPECT_EQ(d.what, kind::retry);
}

TEST(retry_fsm, cancelling_is_reported_as_that_even_when_the_outcome_is_unknown)
{
    for (errc code : {errc::cancelled, errc::shutting_down}) {
        call c(repeat::never, method::post);
        EXPECT_EQ(run(c, failure(code, progress::request_sent)).second.code, code);
    }
}

TEST(retry_fsm, a_dead_pooled_connection_is_replaced_once_at_once_and_for_free)
{
    mec::http::retry_options once;
    once.attempts = 1;
    for (progress p : {progress::nothing_sent, progress::request_sent}) {
        call c(repeat::idempotent, method::put, once);
        attempt_outcome stale = failure(errc::connection_lost, p);
        stale.connection_reused = true;
        const int before = c.budget.left();
        const decision d = c.on(stale);
        EXPECT_EQ(d.what, kind::retry);
        EXPECT_EQ(d.delay, 0ms);
        EXPECT_EQ(c.budget.left(), before);
        EXPECT_EQ(c.on(stale).what, kind::fail) << "only once";
    }
}

TEST(retry_fsm, a_dead_pooled_connection_is_replaced_for_a_post_only_when_nothing_was_sent)
{
    attempt_outcome stale = failure(errc::connection_lost, progress::nothing_sent);
    stale.connection_reused = true;
    call unsent(repeat::never, method::post);
    EXPECT_EQ(unsent.on(stale).what, kind::retry);

    stale.progress = progress::request_sent;
    call sent(repeat::never, method::post);
    EXPECT_EQ(sent.on(stale).code, errc::outcome_unknown);

    stale.progress = progress::response_begun; // not idle: the peer was answering
    call answering(repeat::safe);
    EXPECT_GT(answering.on(stale, 0.9).delay, 0ms);
}

TEST(retry_fsm, a_retried_delete_is_done_when_the_resource_is_gone)
{
    call c(repeat::idempotent, method::delete_);
    EXPECT_EQ(c.on(failure(errc::connection_lost, progress::request_sent)).what, kind::retry);
    EXPECT_EQ(c.on(status(404)).what, kind::succeed);

    call unsent(repeat::idempotent, method::delete_);
    unsent.on(failure(errc::connect_refused, progress::nothing_sent));
    EXPECT_EQ(unsent.on(status(404)).code, errc::not_found) << "it was not we who deleted it";

    call get(repeat::safe);
    get.on(status(502));
    EXPECT_EQ(get.on(status(404)).code, errc::not_found);
}

TEST(retry_fsm, a_task_that_conflicts_after_an_unclear_attempt_was_done)
{
    for (const auto& unclear :
         {failure(errc::truncated, progress::response_begun), status(504), status(500)}) {
        call c(repeat::task, method::post);
        EXPECT_EQ(c.on(unclear).what, kind::retry);
        EXPECT_EQ(c.on(status(409)).what, kind::succeed);
    }
    call turned_away(repeat::task, method::post);
    EXPECT_EQ(turned_away.on(status(429)).what, kind::retry);
    EXPECT_EQ(turned_away.on(status(409)).code, errc::conflict);
}

TEST(retry_fsm, a_failed_precondition_after_an_unclear_attempt_may_be_our_own_doing)
{
    call c(repeat::idempotent, method::put);
    c.on(failure(errc::connection_lost, progress::request_sent));
    EXPECT_EQ(c.on(status(412)).code, errc::outcome_unknown);
}

TEST(retry_fsm, ends_at_the_deadline_with_the_cause)
{
    call c(repeat::safe, method::get, {}, t0 + 50ms);
    EXPECT_EQ(c.on(status(503), 0.4).what, kind::retry); // 40 ms
    const decision d = c.on(status(503), 0.4);           // 80 ms more
    EXPECT_EQ(d.what, kind::fail);
    EXPECT_EQ(d.code, errc::deadline_exceeded);

    mec::error_info info;
    info.http_status = 503;
    const error last(errc::service_unavailable, info);
    const error e = mec::internal::conclude(d.code, last);
    EXPECT_EQ(e, errc::deadline_exceeded);
    EXPECT_EQ(e.info().http_status, 503);
    ASSERT_TRUE(e.info().cause);
    EXPECT_EQ(*e.info().cause, errc::service_unavailable);
}

TEST(retry_fsm, conclude_keeps_an_error_that_already_says_it)
{
    const error last(errc::deadline_exceeded, "no first byte");
    const error e = mec::internal::conclude(errc::deadline_exceeded, last);
    EXPECT_EQ(e.info().message, "no first byte");
    EXPECT_FALSE(e.info().cause);
    EXPECT_EQ(mec::internal::conclude(errc::auth_failed, error{}), errc::auth_failed);
}

TEST(retry_fsm, a_token_endpoint_that_is_down_is_retried_like_a_peer_that_is_down)
{
    for (errc code : {errc::service_unavailable, errc::rate_limited, errc::connect_refused,
                      errc::deadline_exceeded}) {
        call c(repeat::never, method::post);
        EXPECT_EQ(c.on(failure(code, progress::nothing_sent)).what, kind::retry);
        EXPECT_EQ(c.on(status(201)).what, kind::succeed);
    }
}

} // namespace
