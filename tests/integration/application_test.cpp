// A whole application against the platform emulator: TLS, a token, readiness, services, leaving.

#include "application_fixture.hpp"

#include <csignal>

namespace {

using namespace app_test;

TEST_F(application_run, is_ready_offers_finds_and_leaves)
{
    mec::application app(io_.get_executor(), configuration(), quick());
    app.provide(camera());
    std::optional<std::size_t> listed;
    const auto ended = run(app, [&] {
        app.service_mgmt().async_list_services({}, [&](auto services) {
            EXPECT_TRUE(services) << services.error();
            if (services) listed = services->size();
            app.stop();
        });
    });
    EXPECT_TRUE(ended) << ended.error();
    EXPECT_EQ(listed, 1u);
    EXPECT_EQ(count("app_support.confirm_ready", 204), 1u);
    EXPECT_EQ(count("service_mgmt.register_service", 201), 1u);
    EXPECT_EQ(count("service_mgmt.deregister_service", 204), 1u);
    EXPECT_EQ(platform_->counters().tokens, 1u);
    EXPECT_EQ(platform_->counters().connections, 1u);
    const std::vector<application_state> expected = {
        application_state::starting, application_state::converging, application_state::active,
        application_state::stopping, application_state::stopped};
    EXPECT_EQ(states_, expected);
}

TEST_F(application_run, repeats_ready_while_the_platform_is_not)
{
    fault not_yet;
    not_yet.operation = "app_support.confirm_ready";
    not_yet.status = 409;
    not_yet.times = 2;
    ASSERT_FALSE(platform_->inject(not_yet));
    mec::application app(io_.get_executor(), configuration(), quick());
    const auto ended = run(app, [&] { app.stop(); });
    EXPECT_TRUE(ended) << ended.error();
    EXPECT_EQ(count("app_support.confirm_ready", 409), 2u);
    EXPECT_EQ(count("app_support.confirm_ready", 204), 1u);
    EXPECT_NE(std::find(states_.begin(), states_.end(), application_state::recovering),
              states_.end());
}

TEST_F(application_run, registers_once_although_the_answer_was_lost)
{
    fault lost;
    lost.operation = "service_mgmt.register_service";
    lost.drop = drop_point::after_apply;
    ASSERT_FALSE(platform_->inject(lost));
    mec::application app(io_.get_executor(), configuration(), quick());
    app.provide(camera());
    std::size_t listed = 0;
    const auto ended = run(app, [&] {
        app.service_mgmt().async_list_app_services({}, [&](auto services) {
            if (services) listed = services->size();
            app.stop();
        });
    });
    EXPECT_TRUE(ended) << ended.error();
    EXPECT_EQ(listed, 1u);
    EXPECT_EQ(count("service_mgmt.register_service"), 1u);
    EXPECT_EQ(count("service_mgmt.deregister_service", 204), 1u);
}

TEST_F(application_run, goes_on_when_its_token_is_revoked)
{
    mec::application app(io_.get_executor(), configuration(), quick());
    std::optional<mec::error> failure;
    const auto ended = run(app, [&] {
        platform_->revoke_tokens();
        app.app_support().async_get_current_time([&](auto now) {
            if (!now) failure = now.error();
            app.stop();
        });
    });
    EXPECT_TRUE(ended) << ended.error();
    EXPECT_FALSE(failure) << *failure;
    EXPECT_EQ(platform_->counters().tokens, 2u);
}

TEST_F(application_run, leaves_in_time_although_the_platform_is_silent)
{
    auto config = configuration();
    config.lifecycle.shutdown_budget = std::chrono::seconds{1};
    mec::application app(io_.get_executor(), config, quick());
    app.provide(camera());
    std::chrono::steady_clock::time_point stopped;
    const auto ended = run(app, [&] {
        fault silence;
        silence.operation = "service_mgmt.deregister_service";
        silence.latency = 60s;
        EXPECT_FALSE(platform_->inject(silence));
        stopped = std::chrono::steady_clock::now();
        app.stop();
    });
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error(), errc::deadline_exceeded) << ended.error();
    EXPECT_LT(std::chrono::steady_clock::now() - stopped, 5s);
}

TEST_F(application_run, distrusts_another_ca)
{
    std::ofstream(ca_file_) << mec::emulator::certificate_authority::create().value().ca_pem();
    mec::application app(io_.get_executor(), configuration(), quick());
    const auto ended = run(app, {});
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error(), errc::tls_untrusted) << ended.error();
}

TEST_F(application_run, says_that_its_credentials_are_refused_without_showing_them)
{
    auto config = configuration();
    config.oauth2.client_secret = mec::secret_string("wrong-marker-secret");
    mec::application app(io_.get_executor(), config, quick());
    const auto ended = run(app, {});
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error(), errc::auth_failed) << ended.error();
    EXPECT_EQ(ended.error().what().find("marker"), std::string::npos) << ended.error();
}

TEST_F(application_run, ends_as_cancelled_when_it_is_destroyed)
{
    auto app = std::make_optional<mec::application>(io_.get_executor(), configuration(), quick());
    std::optional<mec::result<>> ended;
    app->async_run([&](mec::result<> r) { ended.emplace(std::move(r)); });
    app->on_state_change([&](application_state s, const mec::error&) {
        if (s == application_state::active) boost::asio::post(io_, [&] { app.reset(); });
    });
    io_.run_for(20s);
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->error(), errc::cancelled) << ended->error();
}

TEST_F(application_run, survives_a_handler_that_throws)
{
    mec::application app(io_.get_executor(), configuration(), quick());
    app.provide(camera());
    std::optional<mec::result<>> ended;
    app.on_state_change([&](application_state s, const mec::error&) {
        if (s == application_state::active) app.stop();
        if (s != application_state::stopped) throw std::runtime_error("from the application");
    });
    app.async_run([&](mec::result<> r) { ended.emplace(std::move(r)); });
    int thrown = 0;
    while (!ended && thrown < 20) {
        try {
            if (io_.run_for(20s) == 0) break;
        } catch (const std::runtime_error&) {
            ++thrown;
        }
    }
    ASSERT_TRUE(ended);
    EXPECT_TRUE(*ended) << ended->error();
    EXPECT_EQ(thrown, 4);
    EXPECT_EQ(count("service_mgmt.deregister_service", 204), 1u);
}

TEST_F(application_run, leaves_at_a_signal_and_keeps_the_loop_no_longer)
{
    mec::application app(io_.get_executor(), configuration(), quick());
    app.stop_on_signals();
    app.provide(camera());
    const auto ended = run(app, [] { ::raise(SIGTERM); });
    EXPECT_TRUE(ended) << ended.error();
    EXPECT_EQ(count("service_mgmt.deregister_service", 204), 1u);
    EXPECT_TRUE(io_.stopped()) << "something still waits";
}

TEST_F(application_run, told_twice_to_end_it_is_done_when_both_notices_are_gone)
{
    mec::application app(io_.get_executor(), configuration(), quick());
    app.provide(camera());
    std::vector<mec::termination_cause> causes;
    std::optional<mec::termination> newest;
    std::optional<std::size_t> listed;
    app.on_termination([&](mec::termination t) {
        causes.push_back(t.cause());
        newest = std::move(t); // lets go of the one before
        if (causes.size() == 1) {
            EXPECT_FALSE(platform_->terminate(
                app_.app_instance_id, mec::app_support::operation_action::terminating, 20s));
            return;
        }
        app.service_mgmt().async_list_services({}, [&](auto all) {
            if (all) listed = all->size();
            newest->done();
        });
    });
    const auto ended = run(app, [&] { app.stop(); });
    EXPECT_TRUE(ended) << ended.error();
    ASSERT_EQ(causes.size(), 2u);
    EXPECT_EQ(causes.back(), mec::termination_cause::platform);
    EXPECT_EQ(listed, 1u) << "withdrawn before the work was done";
}

TEST_F(application_run, names_what_its_configuration_lacks)
{
    mec::application app(io_.get_executor(), mec::discovery::configuration{});
    const auto ended = run(app, {});
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error(), errc::config_invalid) << ended.error();
}

} // namespace
