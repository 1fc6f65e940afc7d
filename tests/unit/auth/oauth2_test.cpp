#include <mec/auth/token_source.hpp>
#include <mec/detail/blocking_loop.hpp>
#include <mec/sync_wait.hpp>
#include <mec/testing/manual_clock.hpp>
#include <mec/testing/scripted_transport.hpp>

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <optional>
#include <thread>

#include <unistd.h>

namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using mec::errc;
using mec::secret_string;
using mec::auth::token_ptr;
using mec::http::method;
using outcome = mec::result<token_ptr>;

constexpr const char* endpoint = "/token";
constexpr const char* granted = R"({"access_token":"T1","token_type":"Bearer","expires_in":3600})";

mec::auth::client_credentials credentials()
{
    mec::auth::client_credentials c;
    c.token_endpoint = *mec::url::parse("https://auth.example/token");
    c.client_id = "app";
    c.client_secret = secret_string(std::string_view("MARKERSECRET"));
    return c;
}

class oauth2 : public testing::Test {
protected:
    std::shared_ptr<mec::auth::token_source> make(mec::auth::client_credentials c = credentials())
    {
        mec::client_options options;
        options.clock = &clock_;
        options.log =
            mec::logger([this](const mec::log_record& r) { log_ += std::string(r.message) + "\n"; },
                        mec::log_level::trace);
        return mec::auth::oauth2(transport_, std::move(c), options);
    }
    /// Starts a fetch; the answer comes when io_ runs.
    std::shared_ptr<std::optional<outcome>> start(mec::auth::token_source& source,
                                                  token_ptr rejected = nullptr)
    {
        auto out = std::make_shared<std::optional<outcome>>();
        source.async_fetch(std::move(rejected), clock_.now() + 30s,
                           asio::bind_executor(io_.get_executor(),
                                               [out](outcome r) { out->emplace(std::move(r)); }));
        return out;
    }
    outcome fetch(mec::auth::token_source& source, token_ptr rejected = nullptr)
    {
        const auto out = start(source, std::move(rejected));
        EXPECT_FALSE(out->has_value()) << "completed inside async_fetch";
        run();
        return out->value_or(outcome(mec::error(errc::cancelled, "not completed")));
    }
    void run()
    {
        io_.restart();
        io_.run();
    }
    std::size_t requests() const { return transport_->requests().size(); }

    asio::io_context io_{1};
    mec::testing::manual_clock clock_;
    std::shared_ptr<mec::testing::scripted_transport> transport_ =
        std::make_shared<mec::testing::scripted_transport>(io_.get_executor());
    std::string log_;
};

TEST_F(oauth2, fetches_a_token_and_keeps_it)
{
    transport_->expect(method::post, endpoint).respond(200, granted);
    const auto source = make();
    EXPECT_EQ(source->current(), nullptr);
    const auto token = fetch(*source);
    ASSERT_TRUE(token) << token.error();
    EXPECT_EQ((*token)->value.reveal(), "T1");
    EXPECT_EQ(source->current(), *token);
    EXPECT_EQ(*fetch(*source), *token);
    EXPECT_EQ(requests(), 1u);
    const auto request = transport_->requests().front();
    EXPECT_EQ(request.basic.reveal(), "YXBwOk1BUktFUlNFQ1JFVA==");
    EXPECT_TRUE(request.bearer.empty());
    EXPECT_EQ(request.deadline, clock_.now() + 30s);
}

TEST_F(oauth2, never_logs_secrets)
{
    transport_->expect(method::post, endpoint)
        .respond(401, R"({"error":"invalid_client","error_description":"MARKERSECRET"})");
    transport_->expect(method::post, endpoint).respond(200, R"({"access_token":"MARKERTOKEN"})");
    const auto source = make();
    EXPECT_EQ(fetch(*source).error(), errc::auth_failed);
    clock_.advance(30s);
    EXPECT_TRUE(fetch(*source));
    EXPECT_NE(log_.find("invalid_client"), std::string::npos);
    EXPECT_EQ(log_.find("MARKER"), std::string::npos) << log_;
    EXPECT_EQ(log_.find("TUFSS0VS"), std::string::npos) << "base64";
}

TEST_F(oauth2, many_callers_cause_one_request)
{
    transport_->expect(method::post, endpoint).respond(200, granted).hold();
    const auto source = make();
    std::vector<std::shared_ptr<std::optional<outcome>>> callers;
    for (int i = 0; i < 200; ++i) callers.push_back(start(*source));
    io_.poll();
    EXPECT_EQ(requests(), 1u);
    transport_->release();
    run();
    for (const auto& c : callers) {
        ASSERT_TRUE(c->has_value());
        EXPECT_TRUE((*c)->has_value());
    }
    EXPECT_EQ(requests(), 1u);
}

TEST_F(oauth2, many_threads_cause_one_request)
{
    transport_->expect(method::post, endpoint).respond(200, granted).hold();
    const auto source = make();
    auto work = asio::make_work_guard(io_);
    std::thread loop([this] { io_.run(); });
    std::atomic<int> started{0};
    std::atomic<int> succeeded{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 25; ++i) {
                source->async_fetch(nullptr, clock_.now() + 30s,
                                    asio::bind_executor(io_.get_executor(), [&](const outcome& r) {
                                        if (r) ++succeeded;
                                    }));
                ++started;
                (void)source->current();
            }
        });
    for (auto& t : threads) t.join();
    EXPECT_EQ(started, 200);
    transport_->release();
    work.reset();
    loop.join();
    EXPECT_EQ(succeeded, 200);
    EXPECT_EQ(requests(), 1u);
}

TEST_F(oauth2, a_caller_who_goes_away_does_not_stop_the_request)
{
    transport_->expect(method::post, endpoint).respond(200, granted).hold();
    const auto source = make();
    asio::cancellation_signal stop;
    source->async_fetch(nullptr, clock_.now() + 1s,
                        asio::bind_cancellation_slot(stop.slot(), [](const outcome&) {}));
    const auto patient = start(*source);
    stop.emit(asio::cancellation_type::terminal);
    io_.poll();
    EXPECT_EQ(transport_->held(), 1u);
    transport_->release();
    run();
    EXPECT_TRUE(patient->value().has_value());
}

TEST_F(oauth2, tells_callers_when_to_come_back_after_the_endpoint_failed)
{
    transport_->expect(method::post, endpoint).fail(errc::connect_refused);
    transport_->expect(method::post, endpoint).respond(503);
    transport_->expect(method::post, endpoint).respond(200, granted);
    const auto source = make();
    const auto refused = fetch(*source);
    EXPECT_EQ(refused.error(), errc::connect_refused);
    EXPECT_EQ(refused.error().info().retry_after, 1000ms);
    EXPECT_EQ(fetch(*source).error(), errc::connect_refused) << "not asked again within the second";
    EXPECT_EQ(requests(), 1u);
    clock_.advance(1s);
    EXPECT_EQ(fetch(*source).error(), errc::service_unavailable);
    clock_.advance(1s);
    EXPECT_TRUE(fetch(*source));
}

TEST_F(oauth2, replaces_a_dead_kept_connection_once)
{
    transport_->expect(method::post, endpoint).fail(errc::connection_lost).on_reused_connection();
    transport_->expect(method::post, endpoint).respond(200, granted);
    EXPECT_TRUE(fetch(*make()));
    EXPECT_EQ(requests(), 2u);

    transport_->expect(method::post, endpoint)
        .fail(errc::connection_lost)
        .on_reused_connection()
        .times(5);
    EXPECT_EQ(fetch(*make()).error(), errc::connection_lost);
    EXPECT_EQ(requests(), 4u);
}

TEST_F(oauth2, does_not_hammer_the_endpoint_after_the_credentials_were_refused)
{
    transport_->expect(method::post, endpoint)
        .respond(400, R"({"error":"invalid_client"})")
        .always();
    const auto source = make();
    for (int i = 0; i < 29; ++i, clock_.advance(1s))
        EXPECT_EQ(fetch(*source).error(), errc::auth_failed);
    EXPECT_EQ(requests(), 1u);
    clock_.advance(1s);
    fetch(*source);
    EXPECT_EQ(requests(), 2u);
}

TEST_F(oauth2, reads_the_secret_file_at_every_request_and_forgives_when_it_changed)
{
    std::string path = testing::TempDir() + "mec_secret_XXXXXX";
    ::close(::mkstemp(path.data()));
    std::ofstream(path) << "one\n";
    auto c = credentials();
    c.client_secret_file = path;
    c.method = mec::auth::client_authentication::body;
    transport_->expect(method::post, endpoint).respond(401, R"({"error":"invalid_client"})");
    transport_->expect(method::post, endpoint).respond(200, granted);
    const auto source = make(c);
    EXPECT_EQ(fetch(*source).error(), errc::auth_failed);
    clock_.advance(2s);
    EXPECT_EQ(fetch(*source).error(), errc::auth_failed);
    EXPECT_EQ(requests(), 1u);
    std::ofstream(path, std::ios::trunc) << "two\n";
    EXPECT_TRUE(fetch(*source));
    EXPECT_NE(transport_->requests().back().body.find("client_secret=two"), std::string::npos);

    std::remove(path.c_str());
    clock_.advance(2h);
    EXPECT_EQ(fetch(*source).error(), errc::storage_error);
    EXPECT_EQ(requests(), 2u);
}

TEST_F(oauth2, refuses_redirects_without_a_second_request)
{
    transport_->expect(method::post, endpoint)
        .respond(307)
        .header("Location", "https://evil.example/");
    EXPECT_EQ(fetch(*make()).error(), errc::unexpected_content);
    EXPECT_EQ(requests(), 1u);
}

TEST_F(oauth2, asks_nobody_with_a_wrong_configuration)
{
    auto c = credentials();
    c.client_id.clear();
    EXPECT_EQ(fetch(*make(c)).error(), errc::config_invalid);
    c = credentials();
    c.token_endpoint = *mec::url::parse("ws://auth.example/token");
    EXPECT_EQ(fetch(*make(c)).error(), errc::config_invalid);
    EXPECT_EQ(requests(), 0u);
}

TEST_F(oauth2, a_jump_of_the_wall_clock_changes_nothing)
{
    transport_->expect(method::post, endpoint).respond(200, granted);
    const auto source = make();
    ASSERT_TRUE(fetch(*source));
    for (auto jump : {24h, -48h}) {
        clock_.set_system(clock_.system_now() + jump);
        EXPECT_TRUE(source->current());
        EXPECT_TRUE(fetch(*source));
    }
    EXPECT_EQ(requests(), 1u);
}

TEST_F(oauth2, ends_with_the_transport)
{
    transport_->expect(method::post, endpoint).respond(200, granted).hold();
    const auto source = make();
    const auto waiting = start(*source);
    transport_->close();
    run();
    EXPECT_EQ(waiting->value().error(), errc::shutting_down);
    clock_.advance(1s);
    EXPECT_EQ(fetch(*source).error(), errc::shutting_down);
}

TEST_F(oauth2, keeps_a_waiting_executor_alive)
{
    transport_->expect(method::post, endpoint).respond(200, granted).hold();
    const auto source = make();
    asio::io_context other;
    bool done = false;
    source->async_fetch(
        nullptr, clock_.now() + 30s,
        asio::bind_executor(other.get_executor(), [&](const outcome& r) { done = r.has_value(); }));
    EXPECT_EQ(other.poll(), 0u);
    EXPECT_FALSE(other.stopped()) << "it would return from run() before the token is there";
    transport_->release();
    run();
    other.run();
    EXPECT_TRUE(done);
}

/// The caller's thread does everything: no event loop runs.
TEST_F(oauth2, works_for_a_blocking_caller)
{
    transport_->expect(method::post, endpoint).respond(200, granted);
    const auto source = make();
    const auto fetch_here = [&] {
        asio::deferred_t deferred;
        return mec::sync_wait(asio::async_initiate<asio::deferred_t, void(outcome)>(
            [&](auto handler) {
                source->async_fetch(nullptr, clock_.now() + 30s, std::move(handler));
            },
            deferred));
    };
    const auto token = fetch_here();
    ASSERT_TRUE(token) << token.error();
    EXPECT_EQ((*token)->value.reveal(), "T1");
    EXPECT_EQ(*fetch_here(), *token);
    EXPECT_EQ(requests(), 1u);
}

TEST_F(oauth2, a_blocking_caller_who_leaves_strands_nobody)
{
    const auto source = make();
    auto loop = std::make_shared<mec::detail::blocking_loop>();
    source->async_fetch(
        nullptr, clock_.now() + 5s,
        asio::bind_executor(mec::detail::blocking_executor(loop), [](const outcome&) {}));
    const auto other = start(*source); // the loop, which would send the request, does not run
    clock_.advance(5s);
    transport_->expect(method::post, endpoint).respond(200, granted);
    EXPECT_TRUE(fetch(*source)) << "another caller takes over";
    ASSERT_TRUE(other->has_value());
    EXPECT_TRUE((*other)->has_value());
    // Should it run after all, it finds that the answer is there.
    loop->run_until(
        mec::steady_time(), [](const void*) { return false; }, nullptr);
    EXPECT_EQ(requests(), 1u);
}

TEST_F(oauth2, a_blocking_caller_who_leaves_keeps_nothing_alive)
{
    std::weak_ptr<mec::detail::blocking_loop> remains;
    {
        const auto source = make();
        auto loop = std::make_shared<mec::detail::blocking_loop>();
        remains = loop;
        source->async_fetch(
            nullptr, clock_.now() + 5s,
            asio::bind_executor(mec::detail::blocking_executor(loop), [](const outcome&) {}));
    }
    EXPECT_TRUE(remains.expired());
}

TEST_F(oauth2, a_request_that_is_dropped_by_the_transport_is_reported)
{
    const auto source = make();
    auto doomed = std::make_unique<asio::io_context>();
    auto transport = std::make_shared<mec::testing::scripted_transport>(doomed->get_executor());
    transport->expect(method::post, endpoint).respond(200, granted);
    mec::client_options options;
    options.clock = &clock_;
    const auto lonely = mec::auth::oauth2(transport, credentials(), options);
    const auto waiting = start(*lonely);
    doomed.reset(); // with the answer in its queue
    run();
    ASSERT_TRUE(waiting->has_value());
    EXPECT_EQ((*waiting)->error(), errc::deadline_exceeded);
}

} // namespace
