// One application against platforms that deviate from the standard: each deviation alone, and the
// platforms that have several of them, with the dialect that is made for them and with `auto`.

#include "application_fixture.hpp"

#include <mec/emulator/quirks.hpp>

namespace {

using namespace app_test;
using mec::app_support::operation_action;

struct platform_kind {
    std::string name;
    std::string profile = "strict";
    mec::emulator::quirks quirks{};
    std::string dialect = "auto";
};

std::vector<platform_kind> kinds()
{
    std::vector<platform_kind> all;
    for (const auto& q : mec::emulator::all_quirks()) {
        platform_kind k{std::string(q.name)};
        k.quirks.*q.member = true;
        all.push_back(std::move(k));
    }
    for (const char* profile : {"advantedge", "edgegallery", "netedge"})
        for (const char* dialect : {"auto", profile})
            all.push_back({std::string(profile) + "_as_" + dialect, profile, {}, dialect});
    all.push_back({"strict_as_strict", "strict", {}, "strict"});
    return all;
}

class platform_quirks : public application_run, public testing::WithParamInterface<platform_kind> {
protected:
    void SetUp() override
    {
        options_.tls = false;
        options_.strict = GetParam().profile == "strict";
        options_.profile = GetParam().profile;
        options_.quirks = GetParam().quirks;
        // So long a 201 waits for a notification, where it does.
        if (options_.quirks.created_late) options_.notifications.deadline = 300ms;
        options_.liveness.required = mec::emulator::liveness_policy::mode::fixed;
        options_.liveness.interval = 1s;
        application_run::SetUp();
    }
};

TEST_P(platform_quirks, an_application_lives_through_a_whole_life)
{
    auto config = configuration();
    config.dialect = GetParam().dialect;
    mec::application app(io_.get_executor(), config, quick_audit());
    auto service = app.provide(camera());
    std::vector<mec::service_change> changes;
    app.watch_services({}, [&](const mec::service_change& c) { changes.push_back(c); });
    app.on_termination([](const mec::termination&) {});
    start(app);
    ASSERT_TRUE(becomes(application_state::active));
    ASSERT_EQ(platform_->services().size(), 1u);
    EXPECT_EQ(platform_->subscriptions().size(), 2u);
    EXPECT_TRUE(eventually([&] { return changes.size() == 1; }));

    service.set_state(mec::service_mgmt::service_state::inactive);
    EXPECT_TRUE(eventually([&] {
        const auto all = platform_->services();
        return all.size() == 1 &&
               all.front().info.state == mec::service_mgmt::service_state::inactive;
    }));
    EXPECT_TRUE(eventually([&] { return changes.size() >= 2; }));

    platform_->lose(mec::emulator::loss::all);
    EXPECT_TRUE(eventually(
        [&] { return platform_->services().size() == 1 && platform_->subscriptions().size() == 2; },
        30s)); // one platform wants 5 s between two confirm_ready
    ASSERT_TRUE(becomes(application_state::active));

    ASSERT_FALSE(platform_->terminate(app_.app_instance_id, operation_action::stopping, 10s));
    ASSERT_TRUE(eventually([&] { return ended_.has_value(); }));
    EXPECT_TRUE(*ended_) << ended_->error();
    EXPECT_EQ(platform_->termination_of(app_.app_instance_id).state,
              mec::emulator::termination_state::confirmed);
}

INSTANTIATE_TEST_SUITE_P(all, platform_quirks, testing::ValuesIn(kinds()),
                         [](const auto& kind) { return kind.param.name; });

} // namespace
