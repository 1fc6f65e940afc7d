// Radio subscriptions of an application: found, delivered in every way, renewed, and back after losses.

#include "application_fixture.hpp"

#include <mec/emulator/certificate_authority.hpp>

#include <filesystem>
#include <map>
#include <set>

namespace {

using namespace app_test;
namespace rni = mec::rni;
using mec::radio_delivery;
using mec::discovery::callback_mode;
using mec::emulator::loss;
using mec::emulator::subscription_kind;

constexpr std::size_t types = std::variant_size_v<rni::subscription>;

/// One of each type, which everything of its kind in `everything.json` fits.
std::vector<rni::subscription> one_of_each()
{
    rni::rab_est_subscription est;
    est.filter_criteria.qci = 1;
    rni::rab_mod_subscription mod;
    mod.filter_criteria.qci = 1;
    mod.filter_criteria.erab_id = 7;
    rni::rab_rel_subscription rel;
    rel.filter_criteria.qci = 1;
    rel.filter_criteria.erab_id = 7;
    rni::s1_bearer_subscription s1;
    s1.event_type = {rni::s1_event::s1_bearer_establish, rni::s1_event::s1_bearer_modify,
                     rni::s1_event::s1_bearer_release};
    return {rni::cell_change_subscription{},
            est,
            mod,
            rel,
            rni::meas_rep_ue_subscription{},
            rni::nr_meas_rep_ue_subscription{},
            rni::meas_ta_subscription{},
            rni::ca_reconf_subscription{},
            s1};
}

class radio_application : public application_run {
protected:
    radio_application() { options_.radio.offered = true; }

    void play(double speed = 100)
    {
        ASSERT_FALSE(platform_->load_scenario(MEC_TEST_DATA "/radio/everything.json"));
        ASSERT_FALSE(platform_->play_scenario(speed));
    }
    std::vector<mec::emulator::subscription_snapshot> radio_subscriptions()
    {
        auto all = platform_->subscriptions();
        all.erase(std::remove_if(
                      all.begin(), all.end(),
                      [](const auto& s) { return s.kind != subscription_kind::radio_network; }),
                  all.end());
        return all;
    }
    mec::radio_options telling()
    {
        mec::radio_options o;
        o.on_delivery = [this](radio_delivery way, const mec::error& why) {
            ways_.push_back(way);
            reasons_.push_back(why);
        };
        return o;
    }
    /// Subscribes to every type; the notifications of each are counted by its position.
    void subscribe_to_each(mec::application& app)
    {
        const auto wanted = one_of_each();
        for (std::size_t i = 0; i < types; ++i) {
            mec::notify::handlers<rni::notification> h;
            h.on_notification = [this, i](const rni::notification& n) {
                EXPECT_EQ(n.index(), i);
                ++got_[i];
            };
            h.on_gap = [this](const mec::notify::gap&) { ++gaps_; };
            app.subscribe(wanted[i], h, telling());
        }
    }
    bool got_all() const
    {
        return std::all_of(std::begin(got_), std::end(got_), [](int n) { return n > 0; });
    }
    std::size_t told(radio_delivery way) const
    {
        return static_cast<std::size_t>(std::count(ways_.begin(), ways_.end(), way));
    }

    int got_[types] = {};
    int gaps_ = 0;
    std::vector<radio_delivery> ways_;
    std::vector<mec::error> reasons_;
};

enum class way { http, https, websocket };

class radio_way : public radio_application, public testing::WithParamInterface<way> {
protected:
    void SetUp() override
    {
        directory_ =
            std::filesystem::path(testing::TempDir()) / ("mec-radio-" + std::to_string(::getpid()));
        std::filesystem::create_directories(directory_);
        if (GetParam() == way::https) issue();
        application_run::SetUp();
    }
    void TearDown() override
    {
        application_run::TearDown();
        std::filesystem::remove_all(directory_);
    }
    void issue()
    {
        auto ca = mec::emulator::certificate_authority::create();
        mec::emulator::certificate_request wanted;
        wanted.addresses = {"127.0.0.1"};
        const auto issued = ca->issue(wanted);
        std::ofstream(directory_ / "cert.pem") << issued->certificate_pem;
        std::ofstream(directory_ / "key.pem") << issued->key_pem.reveal();
        std::filesystem::permissions(directory_ / "key.pem", std::filesystem::perms::owner_read);
        options_.notifications.tls.ca_pem = ca->ca_pem();
    }
    mec::discovery::configuration configuration_of_way()
    {
        auto c = configuration();
        if (GetParam() == way::websocket) c.callback.mode.value = callback_mode::websocket;
        if (GetParam() == way::https) {
            c.callback.cert_file.value = (directory_ / "cert.pem").string();
            c.callback.key_file.value = (directory_ / "key.pem").string();
        }
        return c;
    }
    radio_delivery expected() const
    {
        return GetParam() == way::websocket ? radio_delivery::websocket : radio_delivery::http;
    }
    std::filesystem::path directory_;
};

INSTANTIATE_TEST_SUITE_P(all, radio_way, testing::Values(way::http, way::https, way::websocket),
                         [](const auto& p) {
                             return p.param == way::http    ? "http"
                                    : p.param == way::https ? "https"
                                                            : "websocket";
                         });

TEST_P(radio_way, brings_every_type_and_again_after_a_restart)
{
    mec::application app(io_.get_executor(), configuration_of_way(), quick_audit());
    subscribe_to_each(app);
    start(app);
    ASSERT_TRUE(eventually([&] { return told(expected()) == types; }))
        << (reasons_.empty() ? "" : reasons_.back().what());
    EXPECT_EQ(radio_subscriptions().size(), types);
    play();
    ASSERT_TRUE(eventually([&] { return got_all(); })) << testing::PrintToString(got_);
    EXPECT_EQ(gaps_, 0);

    ASSERT_FALSE(platform_->restart(loss::all));
    EXPECT_TRUE(eventually([&] { return gaps_ == static_cast<int>(types); })) << gaps_;
    std::set<std::string> paths;
    for (const auto& s : radio_subscriptions()) paths.insert(s.callback);
    EXPECT_EQ(paths.size(), types);
    EXPECT_EQ(radio_subscriptions().size(), types);
    std::fill(std::begin(got_), std::end(got_), 0);
    play();
    EXPECT_TRUE(eventually([&] { return got_all(); })) << testing::PrintToString(got_);

    EXPECT_TRUE(leave(app)) << ended_->error();
    EXPECT_TRUE(radio_subscriptions().empty());
}

TEST_P(radio_way, delivers_what_overtakes_its_201)
{
    options_.quirks.created_late = true;
    options_.notifications.deadline = 700ms; // so long a 201 waits for a notification
    restart_platform();
    mec::application app(io_.get_executor(), configuration_of_way(), quick_audit());
    int got = 0;
    // The first is overtaken by its test at most, the second by a report.
    app.subscribe(rni::cell_change_subscription{}, [](const auto&) {});
    app.subscribe(rni::meas_rep_ue_subscription{},
                  [&](const rni::meas_rep_ue_notification&) { ++got; });
    play(2); // a report every 500 ms for 5 s
    start(app);
    EXPECT_TRUE(eventually([&] { return got > 1; }));
    const auto sent = platform_->notifications();
    EXPECT_TRUE(
        std::all_of(sent.begin(), sent.end(), [](const auto& n) { return n.status == 204; }));
    EXPECT_TRUE(leave(app)) << ended_->error();
}

TEST_P(radio_way, is_renewed_before_it_expires)
{
    options_.radio.longest_subscription = 2s;
    options_.radio.always_expires = true;
    restart_platform();
    mec::application app(io_.get_executor(), configuration_of_way(), quick_audit());
    app.subscribe(rni::cell_change_subscription{}, {{}, [this](const auto&) { ++gaps_; }});
    start(app);
    ASSERT_TRUE(eventually([&] { return radio_subscriptions().size() == 1; }));
    const std::string id = radio_subscriptions().at(0).id;
    ASSERT_TRUE(eventually([&] { return count("rni.update_subscription", 200) >= 3; }));
    ASSERT_EQ(radio_subscriptions().size(), 1U);
    EXPECT_EQ(radio_subscriptions().at(0).id, id);
    EXPECT_EQ(gaps_, 0);
    EXPECT_TRUE(leave(app)) << ended_->error();
}

TEST_F(radio_application, that_could_not_renew_subscribes_again_and_says_so)
{
    options_.radio.longest_subscription = 1s;
    options_.radio.always_expires = true;
    restart_platform();
    fault no_renewal;
    no_renewal.operation = "rni.update_subscription";
    no_renewal.status = 503;
    no_renewal.times = 1000;
    ASSERT_FALSE(platform_->inject(no_renewal));
    mec::application app(io_.get_executor(), configuration(), quick_audit());
    app.subscribe(rni::cell_change_subscription{}, {{}, [this](const auto&) { ++gaps_; }});
    start(app);
    EXPECT_TRUE(eventually([&] { return gaps_ >= 2; }));
    EXPECT_LE(radio_subscriptions().size(), 1U);
    EXPECT_TRUE(leave(app)) << ended_->error();
}

TEST_F(radio_application, takes_a_websocket_when_the_platform_cannot_reach_it)
{
    auto config = configuration();
    config.callback.url.value = mec::url::parse("http://127.0.0.1:9/unreachable").value();
    mec::application app(io_.get_executor(), config, quick_audit());
    subscribe_to_each(app);
    start(app);
    ASSERT_TRUE(eventually([&] { return told(radio_delivery::websocket) == types; }, 20s));
    EXPECT_EQ(reasons_.back(), errc::unreachable);
    EXPECT_EQ(told(radio_delivery::http), 0U);
    EXPECT_EQ(radio_subscriptions().size(), types);
    play();
    EXPECT_TRUE(eventually([&] { return got_all(); })) << testing::PrintToString(got_);
    EXPECT_TRUE(leave(app)) << ended_->error();
}

TEST_F(radio_application, polls_when_there_is_no_websocket_either_and_says_what_it_cannot_tell)
{
    auto config = configuration();
    config.callback.url.value = mec::url::parse("http://127.0.0.1:9/unreachable").value();
    mec::application app(io_.get_executor(), config, quick_audit());
    int changes = 0;
    auto options = telling();
    options.poll_interval = 100ms;
    app.subscribe(
        rni::cell_change_subscription{},
        [&](const rni::cell_change_notification& n) {
            changes += n.trg_ecgi.at(0).cell_id == "0000002";
        },
        options);
    app.subscribe(
        rni::meas_ta_subscription{}, [](const auto&) {}, telling());
    start(app);
    ASSERT_TRUE(eventually([&] { return count("rni.create_subscription", 201) == 1; }));
    fault no_websocket; // while the test notification is waited for
    no_websocket.operation = "rni.create_subscription";
    no_websocket.status = 400;
    no_websocket.times = 0;
    ASSERT_FALSE(platform_->inject(no_websocket));
    ASSERT_TRUE(eventually(
        [&] { return told(radio_delivery::polling) == 1 && told(radio_delivery::none) == 1; }, 20s))
        << testing::PrintToString(ways_) << ' ' << (reasons_.empty() ? "" : reasons_.back().what());
    EXPECT_TRUE(radio_subscriptions().empty());
    ASSERT_FALSE(platform_->load_scenario(MEC_TEST_DATA "/radio/everything.json"));
    ASSERT_TRUE(eventually([&] { return count("rni.get_rab_info", 200) >= 2; }));
    ASSERT_FALSE(platform_->move_ue("phone", "east"));
    EXPECT_TRUE(eventually([&] { return changes == 1; })) << changes;
    EXPECT_TRUE(leave(app)) << ended_->error();
}

TEST_F(radio_application, waits_for_the_service_and_comes_back_to_it)
{
    options_.radio.offered = false;
    options_.quirks.radio_uri_without_path = true;
    restart_platform();
    mec::application app(io_.get_executor(), configuration(), quick_audit());
    app.subscribe(
        rni::cell_change_subscription{}, [](const auto&) {}, telling());
    start(app);
    ASSERT_TRUE(becomes(application_state::active));
    EXPECT_EQ(told(radio_delivery::waiting), 1U);
    platform_->offer_radio(true);
    ASSERT_TRUE(eventually([&] { return told(radio_delivery::http) == 1; }));
    platform_->offer_radio(false);
    ASSERT_TRUE(eventually([&] { return told(radio_delivery::waiting) == 2; }));
    platform_->offer_radio(true);
    ASSERT_TRUE(eventually([&] { return told(radio_delivery::http) == 2; }));
    EXPECT_EQ(radio_subscriptions().size(), 1U);
    EXPECT_TRUE(leave(app)) << ended_->error();
}

TEST_F(radio_application, single_calls_find_the_service_themselves)
{
    mec::application app(io_.get_executor(), configuration(), quick());
    ASSERT_FALSE(mec::sync_wait(app.app_support().async_confirm_ready()).has_error());
    ASSERT_FALSE(platform_->load_scenario(MEC_TEST_DATA "/radio/everything.json"));
    const auto rabs = mec::sync_wait(app.rni().async_get_rab_info({}));
    ASSERT_TRUE(rabs) << rabs.error();
    EXPECT_FALSE(rabs->cell_user_info.empty());
    EXPECT_EQ(count("service_mgmt.list_services"), 1U);
    ASSERT_TRUE(mec::sync_wait(app.rni().async_get_rab_info({})));
    EXPECT_EQ(count("service_mgmt.list_services"), 1U) << "it is remembered for a while";

    options_.radio.offered = false;
    restart_platform();
    mec::application other(io_.get_executor(), configuration(), quick());
    const auto none = mec::sync_wait(other.rni().async_get_rab_info({}));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error(), errc::not_found) << none.error();
}

} // namespace
