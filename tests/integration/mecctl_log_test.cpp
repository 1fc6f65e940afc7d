#include "mecctl_fixture.hpp"

#include <mec/json/codec.hpp>

#include <gmock/gmock.h>

#include <csignal>

namespace {

using mecctl_test::mecctl_control;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string services = "/mec_service_mgmt/v1/services";

TEST_F(mecctl_control, follows_the_log_until_ctrl_c)
{
    const auto emulator = start_emulator({"--no-auth"});
    EXPECT_EQ(get(services).status, 200);
    const auto log = start({"log", "--follow"});
    EXPECT_THAT(log->read_line(), AllOf(HasSubstr("TIME"), HasSubstr("TARGET")));
    EXPECT_THAT(log->read_line(), HasSubstr("/services"));
    EXPECT_EQ(get(services + "/none").status, 404);
    EXPECT_THAT(log->read_line(), AllOf(HasSubstr("404"), HasSubstr("/services/none")));
    EXPECT_EQ(log->stop(SIGINT), 0);
    EXPECT_EQ(log->errors(), "");
}

TEST_F(mecctl_control, follows_in_json_lines_what_is_wanted)
{
    const auto emulator = start_emulator({"--no-auth"});
    get(services);
    const auto log = start({"log", "--follow", "--json", "--failed"});
    get(services + "/none");
    const auto line = mec::json::parse<std::map<std::string, mec::json::raw>>(log->read_line());
    ASSERT_TRUE(line) << line.error();
    EXPECT_EQ(line->at("status").text, "404");
    EXPECT_EQ(log->stop(SIGINT), 0);
}

TEST_F(mecctl_control, following_survives_a_restart_of_the_emulator)
{
    auto emulator = start_emulator({"--no-auth"});
    get(services);
    const auto log = start({"log", "--follow"});
    log->read_line();
    log->read_line();
    EXPECT_EQ(emulator->stop(SIGTERM), 0);
    log->wait_for_error("gone away");
    emulator = start_emulator({"--no-auth"});
    get(services + "/after-the-restart");
    EXPECT_THAT(log->read_line(), HasSubstr("/services/after-the-restart"));
    EXPECT_EQ(log->stop(SIGINT), 0);
    EXPECT_THAT(log->errors(),
                AllOf(HasSubstr("waiting for it to come back\n"), Not(HasSubstr("\nmecctl"))));
}

TEST_F(mecctl_control, a_reader_that_has_seen_enough_is_no_error)
{
    const auto emulator = start_emulator({"--no-auth"});
    get(services);
    const auto follower = start({"log", "--follow"});
    follower->read_line();
    follower->close_output();
    EXPECT_EQ(follower->wait(), 0);
    EXPECT_EQ(follower->errors(), "");
    const auto list = start({"quirks"});
    list->close_output();
    EXPECT_EQ(list->wait(), 0);
    EXPECT_EQ(list->errors(), "");
}

} // namespace
