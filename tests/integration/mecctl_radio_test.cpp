#include "mecctl_fixture.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace {

using mecctl_test::mecctl_control;
using testing::AllOf;
using testing::HasSubstr;

std::string example(const char* name) { return std::string(MEC_SCENARIOS) + '/' + name; }

TEST_F(mecctl_control, shows_and_changes_the_radio_network)
{
    const auto emulator = start_emulator();
    EXPECT_THAT(output_of({"ue", "ls"}), HasSubstr("no UEs"));
    EXPECT_EQ(output_of({"cell", "ls", "--json"}), "[]\n");
    EXPECT_THAT(refusal_of({"scenario", "play"}, 1), HasSubstr("no scenario is loaded"));

    EXPECT_THAT(output_of({"scenario", "load", example("drive.json")}),
                HasSubstr("drive: STOPPED at 0.0 s of 120.0 s, speed 1"));
    EXPECT_THAT(output_of({"ue", "ls"}), AllOf(HasSubstr("car"), HasSubstr("harbour")));
    EXPECT_THAT(output_of({"cell", "ls"}), AllOf(HasSubstr("airport"), HasSubstr("0A10004")));
    EXPECT_THAT(output_of({"ue", "move", "car", "park"}), HasSubstr("cell            park"));
    EXPECT_THAT(output_of({"ue", "measure", "car", "--rsrp", "-111", "--sinr", "3"}),
                AllOf(HasSubstr("RSRP            -111 dBm"), HasSubstr("SINR            3 dB")));
    EXPECT_THAT(output_of({"ue", "show", "car"}),
                AllOf(HasSubstr("10.45.0.7"), HasSubstr("2001:db8:45::7"), HasSubstr("-111 dBm")));
    EXPECT_THAT(refusal_of({"ue", "move", "car", "moon"}, 1), HasSubstr("no such cell"));
    EXPECT_THAT(refusal_of({"ue", "show", "bus"}, 1), HasSubstr("no such UE"));
}

TEST_F(mecctl_control, plays_a_scenario)
{
    const auto emulator = start_emulator({"--scenario", example("drive.json"), "--speed", "1000"});
    // 120 s at this speed: it ends while the commands below are started.
    std::string status;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    do status = output_of({"scenario", "status"});
    while (status.find("ENDED") == status.npos && std::chrono::steady_clock::now() < until);
    EXPECT_EQ(status, "drive: ENDED at 120.0 s of 120.0 s, speed 1000\n");
    EXPECT_THAT(output_of({"ue", "ls"}), HasSubstr("airport"));
    EXPECT_THAT(output_of({"scenario", "stop"}), HasSubstr("STOPPED at 0.0 s"));
    EXPECT_THAT(output_of({"scenario", "play", "--speed", "0.01"}), HasSubstr("PLAYING"));
    EXPECT_THAT(output_of({"scenario", "pause"}), HasSubstr("PAUSED"));
    EXPECT_THAT(output_of({"scenario", "speed", "0.5"}), HasSubstr("speed 0.5"));
    EXPECT_THAT(refusal_of({"scenario", "speed", "0"}, 1), HasSubstr("0.01 to 1000"));
}

TEST_F(mecctl_control, checks_a_scenario_file)
{
    EXPECT_THAT(output_of({"scenario", "check", example("stadium.json")}),
                HasSubstr("good; 4 cells, 200 UEs, 0 events"));
    const std::string path = directory + "/bad.json";
    std::ofstream(path) << "{\"name\": \"n\", \"duration\": 10,\n\"network\": {\"plmns\": "
                           "[{\"mcc\": \"01\", \"mnc\": \"01\"}]},\n\"cells\": []}\n";
    EXPECT_THAT(refusal_of({"scenario", "check", path}, 2),
                AllOf(HasSubstr("bad.json, line 3, column 10"), HasSubstr("/cells")));
    EXPECT_THAT(refusal_of({"emulator", "--scenario", path}, 1), HasSubstr("line 3"));
    EXPECT_THAT(refusal_of({"emulator", "--speed", "2"}, 2), HasSubstr("--scenario"));
}

} // namespace
