// Radio network information as an application sees it, with an instance of mecctl's own and with that of
// the environment.

#include "mecctl_fixture.hpp"

#include <gmock/gmock.h>

#include <csignal>

namespace {

using mecctl_test::mecctl_control;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class mecctl_rni : public mecctl_control {
protected:
    /// A car that hardly moves.
    void SetUp() override
    {
        emulator = start_emulator({"--scenario", MEC_SCENARIOS "/drive.json", "--speed", "0.01"});
    }
    /// Commands find the emulator by its file, and leave nothing behind.
    void TearDown() override { EXPECT_THAT(output_of({"apps"}), Not(HasSubstr("mecctl"))); }

    std::unique_ptr<mecctl_test::process> emulator;
};

TEST_F(mecctl_rni, lists_bearers)
{
    EXPECT_THAT(output_of({"rni", "rab"}),
                AllOf(HasSubstr("0A10001"), HasSubstr("10.45.0.7"), HasSubstr("20 Mbit/s")));
    EXPECT_THAT(output_of({"rni", "rab", "--ue", "2001:db8:45::7", "--json"}),
                HasSubstr(R"("erabId":5)"));
    EXPECT_THAT(output_of({"rni", "rab", "--qci", "77"}), HasSubstr("no bearers"));
    EXPECT_THAT(output_of({"rni", "s1", "--cell", "0A10001"}), HasSubstr("10.45.0.7"));
    EXPECT_THAT(output_of({"rni", "s1", "--cell", "0A1FFFF"}), HasSubstr("no bearers"));
    EXPECT_THAT(refusal_of({"rni", "rab", "--qci", "300"}, 2), HasSubstr("0 to 255"));
}

TEST_F(mecctl_rni, shows_measurements)
{
    EXPECT_THAT(output_of({"rni", "l2"}),
                AllOf(HasSubstr("DOWNLINK USED"), HasSubstr("0A10005"), HasSubstr("10.45.0.7")));
    EXPECT_THAT(output_of({"rni", "l2", "--json"}), HasSubstr(R"("dl_total_prb_usage_cell":)"));
}

TEST_F(mecctl_rni, is_the_application_of_the_environment_when_no_emulator_is_named)
{
    auto variables = environment;
    variables.erase("MEC_EMULATOR_URL");
    variables.erase("MEC_EMULATOR_TOKEN");
    const auto shown = run({"rni", "plmn"}, variables);
    EXPECT_EQ(shown.status, 0) << shown.errors;
    EXPECT_THAT(shown.output, AllOf(HasSubstr(environment.at("MEC_APP_INSTANCE_ID")),
                                    HasSubstr("001"), HasSubstr("01")));
    variables.erase("MEC_MP1_URL");
    EXPECT_THAT(refusal_of({"rni", "plmn"}, 2, variables), HasSubstr("MEC_MP1_URL"));
}

TEST_F(mecctl_rni, follows_what_happens)
{
    const auto watching = start({"rni", "watch"});
    const auto as_json = start({"rni", "watch", "--json"});
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    const auto subscribed = [&] {
        const std::string all = output_of({"subscriptions", "--json"});
        std::size_t n = 0;
        for (std::size_t at = 0; (at = all.find("CellChangeSubscription", at)) != all.npos; ++at)
            ++n;
        return n == 2;
    };
    while (!subscribed()) ASSERT_LT(std::chrono::steady_clock::now(), until);
    output_of({"ue", "move", "car", "park"});
    const auto expect = [](mecctl_test::process& p, const std::string& text) {
        while (!p.ended())
            if (p.read_line().find(text) != std::string::npos) return;
        ADD_FAILURE() << text << " did not come; " << p.errors();
    };
    expect(*watching, "from 0A10001, done");
    expect(*as_json, R"("notificationType":"CellChangeNotification")");
    EXPECT_EQ(watching->stop(SIGINT), 0) << watching->errors();
    EXPECT_EQ(as_json->stop(SIGTERM), 0) << as_json->errors();
}

} // namespace
