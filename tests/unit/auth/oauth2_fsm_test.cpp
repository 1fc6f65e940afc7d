#include "oauth2_fsm.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using mec::errc;
using mec::error;
using mec::secret_string;
using mec::auth::token_ptr;
using mec::internal::oauth2_fsm;
using mec::internal::token_grant;
using kind = oauth2_fsm::answer::kind;

const secret_string old_secret{std::string_view("old")};
const secret_string new_secret{std::string_view("new")};

struct life {
    kind want(const token_ptr& rejected = nullptr, const secret_string& secret = old_secret)
    {
        last = fsm.on_wanted(rejected, secret, now, now + 30s);
        if (last.what == kind::fetch) ticket = last.ticket;
        return last.what;
    }
    token_ptr grant(std::optional<std::chrono::seconds> lifetime, double u = 0.5)
    {
        return fsm.on_granted(ticket, token_grant{secret_string(std::string_view("t")), lifetime},
                              now, u);
    }
    std::chrono::milliseconds wait() const { return last.refusal.info().retry_after.value(); }

    mec::steady_time now{1000s};
    oauth2_fsm fsm;
    oauth2_fsm::answer last{};
    std::uint64_t ticket = 0;
};

TEST(oauth2_fsm, one_request_serves_all_who_ask_meanwhile)
{
    life l;
    EXPECT_EQ(l.fsm.current(l.now), nullptr);
    EXPECT_EQ(l.want(), kind::fetch);
    EXPECT_EQ(l.want(), kind::join);
    EXPECT_EQ(l.want(), kind::join);
    const auto token = l.grant(3600s);
    EXPECT_EQ(l.fsm.current(l.now), token);
    EXPECT_EQ(l.want(), kind::have);
    EXPECT_EQ(l.last.token, token);
}

TEST(oauth2_fsm, a_request_whose_end_is_never_reported_does_not_block_the_next_for_ever)
{
    life l;
    EXPECT_EQ(l.want(), kind::fetch);
    const auto lost = l.ticket;
    l.now += 30s - 1ns;
    EXPECT_EQ(l.want(), kind::join);
    l.now += 1ns;
    EXPECT_EQ(l.want(), kind::fetch);
    EXPECT_FALSE(l.fsm.is_latest(lost));
    l.fsm.on_granted(lost, token_grant{secret_string(std::string_view("late")), 60s}, l.now, 0.5);
    EXPECT_EQ(l.want(), kind::have) << "late is better than never";
    l.now += 60s;
    EXPECT_EQ(l.want(), kind::fetch);
}

TEST(oauth2_fsm, renews_between_seventy_and_eighty_percent_of_the_life)
{
    for (double u : {0.0, 0.5, 0.999, -1.0, 2.0}) {
        life l;
        l.want();
        const auto token = l.grant(100s, u);
        EXPECT_GE(token->refresh_at, l.now + 70s) << u;
        EXPECT_LE(token->refresh_at, l.now + 80s) << u;
        EXPECT_EQ(token->expires_at, l.now + 100s);
    }
}

TEST(oauth2_fsm, the_margin_is_never_more_than_half_of_a_short_life)
{
    for (auto lifetime : {1s, 2s, 5s}) {
        life l;
        l.want();
        const auto token = l.grant(lifetime, 0.999);
        EXPECT_GE(token->refresh_at, l.now + lifetime / 2);
        EXPECT_LT(token->refresh_at, token->expires_at);
    }
}

TEST(oauth2_fsm, a_life_of_five_seconds_costs_at_most_one_request_a_second)
{
    life l;
    token_ptr token;
    int requests = 0;
    const auto end = l.now + 60s;
    for (; l.now < end; l.now += 10ms) { // a call every 10 ms
        token = l.fsm.current(l.now);
        if (token && l.now < token->refresh_at) continue;
        if (l.want(token) != kind::fetch) continue;
        ++requests;
        l.grant(5s, 0.5);
    }
    EXPECT_GE(requests, 12);
    EXPECT_LE(requests, 18);
}

TEST(oauth2_fsm, takes_five_minutes_when_no_lifetime_is_given)
{
    life l;
    l.want();
    EXPECT_EQ(l.grant(std::nullopt)->expires_at, l.now + 300s);
}

TEST(oauth2_fsm, an_expired_token_is_not_given_out)
{
    life l;
    l.want();
    const auto token = l.grant(10s);
    l.now = token->expires_at - 1ns;
    EXPECT_EQ(l.fsm.current(l.now), token);
    l.now = token->expires_at;
    EXPECT_EQ(l.fsm.current(l.now), nullptr);
    EXPECT_EQ(l.want(), kind::fetch);
}

TEST(oauth2_fsm, a_token_to_be_renewed_serves_the_others_while_it_is_good)
{
    life l;
    l.want();
    const auto token = l.grant(100s);
    l.now = token->refresh_at;
    EXPECT_EQ(l.want(token), kind::fetch);
    EXPECT_EQ(l.fsm.current(l.now), token);
    l.fsm.on_failed(error{errc::connect_refused}, old_secret, l.now);
    EXPECT_EQ(l.fsm.current(l.now), token) << "a token endpoint that is down costs nothing yet";
}

TEST(oauth2_fsm, a_token_that_the_platform_turned_down_is_not_given_out)
{
    life l;
    l.want();
    const auto token = l.grant(3600s);
    l.now += 10s;
    EXPECT_EQ(l.want(token), kind::fetch);
    EXPECT_EQ(l.fsm.current(l.now), nullptr);
    const auto next = l.grant(3600s);
    EXPECT_EQ(l.want(token), kind::have) << "a late 401 about the old token";
    EXPECT_EQ(l.last.token, next);
}

TEST(oauth2_fsm, asks_at_most_once_a_second)
{
    life l;
    l.want();
    const auto token = l.grant(1s);
    l.now += 900ms;
    EXPECT_EQ(l.want(token), kind::refuse);
    EXPECT_EQ(l.last.refusal, errc::rate_limited);
    EXPECT_EQ(l.wait(), 100ms);
    l.now += l.wait();
    EXPECT_EQ(l.want(token), kind::fetch);
}

TEST(oauth2_fsm, fresh_tokens_that_are_turned_down_cost_one_request_a_second)
{
    life l;
    int requests = 0;
    token_ptr rejected;
    for (int i = 0; i < 2000; ++i, l.now += 10ms) { // 20 s of 401
        if (l.want(rejected) == kind::fetch) {
            ++requests;
            rejected = l.grant(3600s);
        }
    }
    EXPECT_LE(requests, 21);
    EXPECT_GE(requests, 18);
}

TEST(oauth2_fsm, tells_when_to_try_again_after_a_failure)
{
    life l;
    l.want();
    l.now += 200ms;
    const error e = l.fsm.on_failed(error{errc::connect_refused}, old_secret, l.now);
    EXPECT_EQ(e, errc::connect_refused);
    EXPECT_EQ(e.info().retry_after, 800ms);
    l.now += 100ms;
    EXPECT_EQ(l.want(), kind::refuse);
    EXPECT_EQ(l.last.refusal, errc::connect_refused)
        << "what really is wrong, not that it was asked again";
    l.now += l.wait();
    EXPECT_EQ(l.want(), kind::fetch);
}

TEST(oauth2_fsm, keeps_a_longer_wait_that_the_endpoint_asked_for)
{
    life l;
    l.want();
    mec::error_info info;
    info.retry_after = 20s;
    EXPECT_EQ(
        l.fsm.on_failed(error(errc::rate_limited, info), old_secret, l.now).info().retry_after,
        20s);
}

TEST(oauth2_fsm, rests_half_a_minute_after_the_credentials_were_refused)
{
    life l;
    l.want();
    l.fsm.on_failed(error(errc::auth_failed, "invalid_client"), old_secret, l.now);
    for (int s = 0; s < 30; ++s, l.now += 1s) {
        ASSERT_EQ(l.want(), kind::refuse) << s;
        ASSERT_EQ(l.last.refusal, errc::auth_failed);
        ASSERT_EQ(l.last.refusal.info().message, "invalid_client");
        ASSERT_EQ(l.wait(), std::chrono::seconds(30 - s));
    }
    EXPECT_EQ(l.want(), kind::fetch);
}

TEST(oauth2_fsm, another_secret_ends_the_rest)
{
    life l;
    l.want();
    l.fsm.on_failed(error{errc::auth_failed}, old_secret, l.now);
    l.now += 1s;
    EXPECT_EQ(l.want(nullptr, old_secret), kind::refuse);
    EXPECT_EQ(l.want(nullptr, new_secret), kind::fetch);
    l.grant(60s);
    EXPECT_EQ(l.want(), kind::have);
}

} // namespace
