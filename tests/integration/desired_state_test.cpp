// What an application has declared stays true: through losses of the platform, crashes of its own, and
// until it leaves.

#include "application_fixture.hpp"

#include <csignal>
#include <filesystem>
#include <set>

namespace {

using namespace app_test;
using mec::app_support::operation_action;
using mec::emulator::loss;
using mec::emulator::subscription_kind;
using mec::service_mgmt::service_state;

mec::service_mgmt::service_info named(std::string name)
{
    auto s = camera();
    s.ser_name = std::move(name);
    return s;
}

class desired_state : public application_run {
protected:
    std::vector<std::string> service_names()
    {
        std::vector<std::string> names;
        for (const auto& s : platform_->services()) names.push_back(s.info.ser_name);
        std::sort(names.begin(), names.end());
        return names;
    }
    std::size_t callbacks() // different ones
    {
        std::set<std::string> all;
        for (const auto& s : platform_->subscriptions()) all.insert(s.callback);
        return all.size();
    }
};

TEST_F(desired_state, is_restored_exactly_once_after_every_loss)
{
    mec::application app(io_.get_executor(), configuration(), quick_audit());
    for (const char* name : {"a", "b", "c"}) app.provide(named(name));
    for (int i = 0; i < 4; ++i) app.subscribe({}, {});
    app.on_termination([](mec::termination) {});
    const std::vector<std::string> wanted{"a", "b", "c"};
    const auto complete = [&] {
        return service_names() == wanted && platform_->subscriptions().size() == 5 &&
               callbacks() == 5 && platform_->is_ready(app_.app_instance_id);
    };
    start(app);
    ASSERT_TRUE(becomes(application_state::active));
    ASSERT_TRUE(complete());
    for (const loss what :
         {loss::all, loss::services, loss::subscriptions, loss::some, loss::all}) {
        if (what == loss::subscriptions) platform_->lose(what);
        else ASSERT_FALSE(platform_->restart(what));
        EXPECT_TRUE(eventually(complete)) << "loss " << static_cast<int>(what);
        EXPECT_TRUE(becomes(application_state::active));
    }
    EXPECT_TRUE(leave(app)) << ended_->error();
    EXPECT_TRUE(platform_->services().empty());
    EXPECT_TRUE(platform_->subscriptions().empty());
}

TEST_F(desired_state, tells_each_state_once)
{
    mec::application app(io_.get_executor(), configuration(), quick_audit());
    app.provide(camera());
    start(app);
    ASSERT_TRUE(becomes(application_state::active));
    platform_->stop();
    ASSERT_TRUE(becomes(application_state::recovering));
    ASSERT_FALSE(platform_->start());
    ASSERT_TRUE(becomes(application_state::active));
    EXPECT_TRUE(leave(app));
    using s = application_state;
    const std::vector<s> expected = {s::starting, s::converging, s::active, s::recovering,
                                     s::active,   s::stopping,   s::stopped};
    EXPECT_EQ(states_, expected);
}

TEST_F(desired_state, a_service_that_is_lost_alone_is_registered_again)
{
    mec::application app(io_.get_executor(), configuration(), quick_audit());
    app.provide(named("a"));
    app.provide(named("b"));
    start(app);
    ASSERT_TRUE(becomes(application_state::active));
    const auto id = *platform_->services().front().info.ser_instance_id;
    app.service_mgmt().async_deregister_service(id, [](auto) {});
    ASSERT_TRUE(eventually([&] { return count("service_mgmt.register_service", 201) == 3; }));
    ASSERT_TRUE(becomes(application_state::active));
    EXPECT_EQ(service_names(), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(count("app_support.confirm_ready"), 1u);
    EXPECT_TRUE(leave(app));
}

TEST_F(desired_state, changes_reach_the_platform)
{
    mec::application app(io_.get_executor(), configuration(), quick_audit());
    auto service = app.provide(camera());
    start(app);
    ASSERT_TRUE(becomes(application_state::active));
    const auto is = [&](auto check) {
        return [this, check] {
            const auto all = platform_->services();
            return all.size() == 1 && check(all.front().info);
        };
    };
    service.set_state(service_state::inactive);
    EXPECT_TRUE(eventually(is([](const auto& s) { return s.state == service_state::inactive; })));
    service.update([](auto& s) { s.version = "2.0"; });
    EXPECT_TRUE(eventually(is([](const auto& s) { return s.version == "2.0"; })));
    service.withdraw();
    EXPECT_TRUE(eventually([&] { return platform_->services().empty(); }));
    EXPECT_EQ(count("service_mgmt.register_service"), 1u);
    EXPECT_TRUE(leave(app));
}

TEST_F(desired_state, follows_other_services_by_notifications)
{
    mec::application app(io_.get_executor(), configuration(), quick());
    std::vector<std::string> seen;
    mec::service_filter which;
    which.names = {"video"};
    auto watch = app.watch_services(which, [&](const mec::service_change& c) {
        static const char* const words[] = {"found", "changed", "gone"};
        seen.push_back(words[static_cast<int>(c.what)]);
    });
    start(app);
    ASSERT_TRUE(becomes(application_state::active));

    const auto other = platform_->create_application("other");
    auto config = configuration();
    config.app_instance_id = other.app_instance_id;
    config.oauth2.client_id = other.client_id;
    config.oauth2.client_secret = other.client_secret;
    mec::application producer(io_.get_executor(), config, quick());
    auto video = producer.provide(named("video"));
    producer.provide(named("audio"));
    std::optional<mec::result<>> producer_ended;
    producer.async_run([&](mec::result<> r) { producer_ended.emplace(std::move(r)); });

    ASSERT_TRUE(eventually([&] { return seen.size() == 1; }));
    ASSERT_EQ(watch.services().size(), 1u);
    EXPECT_EQ(mec::endpoint_of(watch.services().front())->to_string(),
              "http://127.0.0.1:9/camera/v1");
    video.set_state(service_state::inactive);
    ASSERT_TRUE(eventually([&] { return seen.size() == 2; }));
    producer.stop();
    ASSERT_TRUE(eventually([&] { return seen.size() == 3 && producer_ended; }));
    EXPECT_EQ(seen, (std::vector<std::string>{"found", "changed", "gone"}));
    EXPECT_TRUE(watch.services().empty());
    EXPECT_TRUE(leave(app));
}

TEST_F(desired_state, follows_services_although_the_answer_to_its_subscription_was_lost)
{
    fault lost;
    lost.operation = "service_mgmt.create_subscription";
    lost.drop = drop_point::after_apply;
    ASSERT_FALSE(platform_->inject(lost));
    mec::application app(io_.get_executor(), configuration(), quick());
    std::size_t changes = 0;
    app.watch_services({}, [&](const mec::service_change&) { ++changes; });
    auto service = app.provide(camera());
    start(app);
    EXPECT_TRUE(eventually([&] { return changes == 1; }));
    service.set_state(service_state::inactive);
    EXPECT_TRUE(eventually([&] { return changes == 2; })); // so notifications are delivered
    EXPECT_EQ(platform_->subscriptions().size(), 1u);
    EXPECT_TRUE(leave(app));
}

TEST_F(desired_state, hears_a_platform_that_is_called_localhost)
{
    options_.host = "localhost";
    restart_platform();
    mec::application app(io_.get_executor(), configuration(), quick());
    bool told = false;
    app.on_termination([&](const mec::termination&) { told = true; });
    start(app);
    ASSERT_TRUE(becomes(application_state::active));
    ASSERT_FALSE(platform_->terminate(app_.app_instance_id, operation_action::terminating, 5s));
    EXPECT_TRUE(eventually([&] { return ended_.has_value(); }));
    EXPECT_TRUE(told);
}

TEST_F(desired_state, calls_no_handler_after_its_end)
{
    auto app = std::make_optional<mec::application>(io_.get_executor(), configuration(), quick());
    bool destroyed = false;
    int late = 0;
    app->on_state_change([&](application_state s, const mec::error&) {
        states_.push_back(s);
        late += destroyed;
    });
    app->watch_services({}, [&](const mec::service_change&) { late += destroyed; });
    app->provide(camera());
    app->async_run([this](mec::result<> r) { ended_.emplace(std::move(r)); });
    ASSERT_TRUE(becomes(application_state::active));
    app.reset();
    destroyed = true;
    ASSERT_TRUE(eventually([&] { return ended_.has_value(); }));
    EXPECT_EQ(ended_->error(), errc::cancelled);
    EXPECT_EQ(late, 0);
}

TEST_F(desired_state, asks_where_it_cannot_be_notified)
{
    auto config = configuration();
    config.callback.mode = mec::discovery::callback_mode::none;
    mec::application app(io_.get_executor(), config, quick());
    std::size_t found = 0;
    app.watch_services({}, [&](const mec::service_change&) { ++found; });
    app.provide(camera());
    start(app);
    EXPECT_TRUE(eventually([&] { return found == 1; }));
    EXPECT_EQ(states_.back(), application_state::active);
    EXPECT_TRUE(leave(app));
}

TEST_F(desired_state, sends_heartbeats_where_they_are_wanted)
{
    platform_.reset();
    options_.liveness.required = mec::emulator::liveness_policy::mode::fixed;
    options_.liveness.interval = 1s;
    options_.liveness.grace = 2s;
    restart_platform();
    mec::application app(io_.get_executor(), configuration(), quick());
    app.provide(camera());
    start(app);
    EXPECT_TRUE(eventually([&] { return count("service_mgmt.send_heartbeat", 204) >= 3; }));
    EXPECT_EQ(platform_->services().front().info.state, service_state::active);
    platform_->lose(loss::services);
    EXPECT_TRUE(eventually([&] { return count("service_mgmt.register_service", 201) == 2; }));
    EXPECT_TRUE(leave(app));
}

TEST_F(desired_state, keeps_rules_active_and_switches_them_off_at_the_end)
{
    mec::emulator::rule_set rules;
    rules.dns_rules.push_back({"dns-1",
                               "video.example",
                               mec::app_support::ip_address_type::ip_v4,
                               "192.0.2.1",
                               std::nullopt,
                               mec::app_support::rule_state::inactive,
                               {},
                               {}});
    ASSERT_FALSE(platform_->set_rules(app_.app_instance_id, rules));
    mec::application app(io_.get_executor(), configuration(), quick_audit());
    app.activate_dns_rule("dns-1");
    start(app);
    ASSERT_TRUE(becomes(application_state::active));
    EXPECT_EQ(count("app_support.update_dns_rule", 200), 1u);
    platform_->lose(loss::all);
    EXPECT_TRUE(eventually([&] { return count("app_support.update_dns_rule", 200) == 2; }));
    EXPECT_TRUE(leave(app));
    EXPECT_EQ(count("app_support.update_dns_rule", 200), 3u);
}

// ---- leaving

TEST_F(desired_state, leaves_when_the_platform_says_so)
{
    mec::application app(io_.get_executor(), configuration(), quick());
    app.provide(camera());
    std::optional<mec::termination> notice;
    app.on_termination([&](mec::termination t) { notice = std::move(t); });
    start(app);
    ASSERT_TRUE(becomes(application_state::active));
    ASSERT_FALSE(platform_->terminate(app_.app_instance_id, operation_action::stopping, 10s));
    ASSERT_TRUE(eventually([&] { return notice.has_value(); }));
    EXPECT_EQ(notice->cause(), mec::termination_cause::platform);
    EXPECT_EQ(notice->action(), operation_action::stopping);
    EXPECT_EQ(platform_->services().size(), 1u); // while there is work, the service stays
    EXPECT_FALSE(ended_);
    notice->done();
    ASSERT_TRUE(eventually([&] { return ended_.has_value(); }));
    EXPECT_TRUE(*ended_) << ended_->error();
    EXPECT_EQ(platform_->termination_of(app_.app_instance_id).state,
              mec::emulator::termination_state::confirmed);
    EXPECT_EQ(count("service_mgmt.deregister_service", 204), 1u);
    EXPECT_EQ(count("app_support.delete_subscription", 204), 1u);
}

TEST_F(desired_state, confirms_in_time_although_the_work_is_not_finished)
{
    mec::application app(io_.get_executor(), configuration(), quick());
    std::optional<mec::termination> kept;
    app.on_termination([&](mec::termination t) { kept = std::move(t); });
    start(app);
    ASSERT_TRUE(becomes(application_state::active));
    ASSERT_FALSE(platform_->terminate(app_.app_instance_id, operation_action::terminating, 1s));
    ASSERT_TRUE(eventually([&] { return ended_.has_value(); }));
    EXPECT_TRUE(*ended_) << ended_->error();
    EXPECT_EQ(platform_->termination_of(app_.app_instance_id).state,
              mec::emulator::termination_state::confirmed);
}

TEST_F(desired_state, leaves_on_a_signal_and_ignores_the_second)
{
    mec::application app(io_.get_executor(), configuration(), quick());
    app.provide(camera());
    app.stop_on_signals();
    int told = 0;
    app.on_termination([&](const mec::termination& t) {
        ++told;
        EXPECT_EQ(t.cause(), mec::termination_cause::signal);
        std::raise(SIGTERM);
    });
    start(app);
    ASSERT_TRUE(becomes(application_state::active));
    std::raise(SIGTERM);
    ASSERT_TRUE(eventually([&] { return ended_.has_value(); }));
    EXPECT_TRUE(*ended_) << ended_->error();
    EXPECT_EQ(told, 1);
    EXPECT_TRUE(platform_->services().empty());
}

// ---- lives

class lives : public desired_state {
protected:
    void SetUp() override
    {
        desired_state::SetUp();
        char name[] = "/tmp/mec-state-XXXXXX";
        directory_ = ::mkdtemp(name);
    }
    void TearDown() override
    {
        std::filesystem::remove_all(directory_);
        desired_state::TearDown();
    }
    mec::discovery::configuration remembering()
    {
        auto config = configuration();
        config.lifecycle.state_dir = directory_;
        return config;
    }
    std::string directory_;
};

TEST_F(lives, the_next_takes_over_services_and_removes_orphans)
{
    for (int life = 0; life < 5; ++life) {
        auto app = std::make_optional<mec::application>(io_.get_executor(), remembering(), quick());
        app->provide(named("same"));
        app->provide(named("of-life-" + std::to_string(life)));
        app->subscribe({}, {});
        start(*app);
        ASSERT_TRUE(becomes(application_state::active)) << life;
        EXPECT_EQ(service_names(),
                  (std::vector<std::string>{"of-life-" + std::to_string(life), "same"}));
        EXPECT_EQ(platform_->subscriptions().size(), 1u) << life;
        app.reset(); // without stopping: as after a crash, everything stays there
        ASSERT_TRUE(eventually([&] { return ended_.has_value(); }));
        ended_.reset();
        states_.clear();
    }
    EXPECT_EQ(count("service_mgmt.register_service", 201), 6u);
}

TEST_F(lives, a_second_instance_is_left_alone)
{
    mec::application first(io_.get_executor(), remembering(), quick_audit());
    auto at_8080 = camera();
    at_8080.transport_info->endpoint.uris = {"http://127.0.0.1:8080/"};
    first.provide(at_8080);
    first.subscribe({}, {});
    start(first);
    ASSERT_TRUE(becomes(application_state::active));

    std::vector<application_state> others;
    mec::application second(io_.get_executor(), remembering(), quick_audit());
    auto at_8081 = camera();
    at_8081.transport_info->endpoint.uris = {"http://127.0.0.1:8081/"};
    second.provide(at_8081);
    second.subscribe({}, {});
    second.on_state_change([&](application_state s, const mec::error&) { others.push_back(s); });
    second.async_run([](mec::result<>) {});
    ASSERT_TRUE(
        eventually([&] { return !others.empty() && others.back() == application_state::active; }));
    platform_->clear_requests();
    ASSERT_TRUE(eventually([&] { return count("service_mgmt.list_subscriptions") > 6; }));
    EXPECT_EQ(platform_->services().size(), 2u);
    EXPECT_EQ(platform_->subscriptions().size(), 2u);
    EXPECT_EQ(count("service_mgmt.deregister_service") + count("service_mgmt.delete_subscription"),
              0u);
    EXPECT_TRUE(leave(first));
    EXPECT_EQ(platform_->services().size(), 1u);
}

} // namespace
