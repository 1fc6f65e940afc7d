// How commands find their emulator, and what they say when they do not.

#include "mecctl_fixture.hpp"

#include <mec/core/url.hpp>

#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/stat.h>

namespace {

namespace fs = std::filesystem;
using mecctl_test::mecctl_control;
using mecctl_test::variables;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string port_of(const std::string& url)
{
    return std::to_string(mec::url::parse(url)->origin().port);
}

TEST_F(mecctl_control, finds_the_emulator_by_a_file_that_only_its_user_can_read)
{
    const auto emulator = start_emulator();
    const fs::path files = directory + "/mec-emulator";
    struct stat about {};
    ASSERT_EQ(::stat(files.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0700U);
    ASSERT_NE(fs::directory_iterator(files), fs::directory_iterator());
    ASSERT_EQ(::stat(fs::directory_iterator(files)->path().c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0600U);
    output_of({"apps"});

    fs::permissions(files, fs::perms::others_read, fs::perm_options::add);
    EXPECT_THAT(refusal_of({"apps"}, 1), HasSubstr("mode 0700"));
    fs::permissions(files, fs::perms::owner_all);
    EXPECT_EQ(emulator->stop(SIGTERM), 0);
    EXPECT_EQ(fs::directory_iterator(files), fs::directory_iterator());
    EXPECT_THAT(refusal_of({"apps"}, 1), AllOf(HasSubstr("no emulator"), HasSubstr(directory),
                                               HasSubstr("mecctl emulator --control")));
}

TEST_F(mecctl_control, takes_a_killed_emulator_for_dead)
{
    const auto killed = start_emulator();
    const variables told{{"MEC_EMULATOR_URL", environment["MEC_EMULATOR_URL"]},
                         {"MEC_EMULATOR_TOKEN", environment["MEC_EMULATOR_TOKEN"]},
                         {"MEC_EMULATOR_CA", environment["MEC_EMULATOR_CA"]}};
    EXPECT_EQ(run({"apps"}, told).status, 0);
    EXPECT_EQ(killed->stop(SIGKILL), 128 + SIGKILL);
    EXPECT_THAT(refusal_of({"apps"}, 1), HasSubstr("no emulator"));
    EXPECT_THAT(refusal_of({"apps"}, 1, told),
                AllOf(HasSubstr("connection refused"), HasSubstr(told.at("MEC_EMULATOR_URL")),
                      HasSubstr("still running?"), Not(HasSubstr(told.at("MEC_EMULATOR_TOKEN")))));
    fs::remove_all(fs::path(told.at("MEC_EMULATOR_CA")).parent_path()); // it had no time for that
    const auto next = start_emulator();
    output_of({"apps"});
}

TEST_F(mecctl_control, asks_which_of_several)
{
    const auto one = start_emulator({"--app", "first"});
    const std::string first = environment["MEC_EMULATOR_URL"];
    const auto two = start_emulator({"--app", "second", "--plain-http"});
    const std::string second = environment["MEC_EMULATOR_URL"];
    EXPECT_THAT(refusal_of({"apps"}, 1),
                AllOf(HasSubstr("2 emulators"), HasSubstr("--control " + first),
                      HasSubstr("--control " + second), HasSubstr("second")));
    EXPECT_THAT(output_of({"apps", "--control", first}), HasSubstr("first"));
    EXPECT_THAT(output_of({"apps", "--control", port_of(second)}), HasSubstr("second"));
    // The environment says which, and its token is for that one only.
    const variables told{{"MEC_EMULATOR_URL", first}, {"MEC_EMULATOR_TOKEN", "wrong"}};
    EXPECT_EQ(run({"apps", "--control", second}, told).status, 0);
    EXPECT_EQ(run({"apps"}, told).status, 1);
    EXPECT_THAT(refusal_of({"apps", "--control", "1"}, 1), HasSubstr(first));
}

TEST_F(mecctl_control, a_wrong_token_is_refused_and_not_repeated)
{
    const auto emulator = start_emulator();
    for (const auto& o : {run({"apps", "--token", "wrong-token"}),
                          run({"apps"}, {{"MEC_EMULATOR_TOKEN", "wrong-token"}})}) {
        EXPECT_EQ(o.status, 1);
        EXPECT_THAT(o.errors, AllOf(HasSubstr("401"), HasSubstr("leave out --token"),
                                    Not(HasSubstr("wrong-token"))));
    }
    EXPECT_THAT(refusal_of({"apps", "--control", "http://127.0.0.1:9"}, 2),
                HasSubstr("MEC_EMULATOR_TOKEN"));
    EXPECT_THAT(refusal_of({"apps", "--control", "http://a b", "--token", "t"}, 2),
                HasSubstr("expected the URL of an emulator"));
}

TEST_F(mecctl_control, an_emulator_of_another_ca_is_not_trusted)
{
    const auto other = start_emulator();
    const std::string other_ca = environment["MEC_EMULATOR_CA"];
    const auto emulator = start_emulator();
    EXPECT_THAT(
        refusal_of({"apps", "--control", environment["MEC_EMULATOR_URL"], "--ca-file", other_ca},
                   1),
        AllOf(HasSubstr("trusted CA"), HasSubstr("--ca-file")));
}

TEST_F(mecctl_control, names_the_nearest_command)
{
    EXPECT_THAT(refusal_of({"nope"}, 2), AllOf(HasSubstr("unknown command nope"),
                                               HasSubstr("did you mean"), HasSubstr("services")));
    EXPECT_THAT(refusal_of({"logs"}, 2), HasSubstr("did you mean 'log'?"));
    EXPECT_THAT(refusal_of({"tokens", "expires"}, 2),
                AllOf(HasSubstr("unknown command tokens expires"), HasSubstr("'expire'?")));
    EXPECT_THAT(refusal_of({"fault"}, 2), HasSubstr("fault add, fault list, fault clear"));
    EXPECT_THAT(refusal_of({"apps", "\x1b[2J"}, 2), Not(HasSubstr("\x1b")));
}

TEST_F(mecctl_control, help_mentions_every_command)
{
    const std::string help = output_of({"--help"});
    const std::map<std::string, std::vector<std::string>> commands{
        {"emulator", {}},      {"apps", {"create", "delete"}},
        {"terminate", {}},     {"services", {}},
        {"subscriptions", {}}, {"notifications", {}},
        {"log", {}},           {"fault", {"add", "list", "clear"}},
        {"lose", {}},          {"tokens", {"expire", "revoke"}},
        {"quirks", {}},        {"profile", {}}};
    for (const auto& [command, below] : commands) {
        EXPECT_THAT(help, HasSubstr("\n  " + command + ' '));
        const std::string own = output_of({command, "--help"});
        for (const std::string& one : below) {
            EXPECT_THAT(own, HasSubstr("\n  " + one + ' '));
            EXPECT_THAT(output_of({command, one, "--help"}), HasSubstr("--control"));
        }
    }
}

} // namespace
