#include "mecctl_process.hpp"
#include "server_raw_client.hpp"

#include <mec/core/url.hpp>
#include <mec/json/codec.hpp>

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

namespace {

using mecctl_test::process;
using mecctl_test::variables;

std::string content_of(const std::string& path)
{
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

mec::http::response get(const mec::url& at, const std::string& ca_pem)
{
    return raw::client(at.origin(), ca_pem).exchange(raw::request("GET", at.target()));
}

TEST(mecctl_emulator, serves_what_it_exports_and_leaves_nothing_behind)
{
    process p({"emulator", "--app", "it's", "--print-env"});
    auto e = p.read_exports();
    ASSERT_EQ(e.size(), 6U);
    const auto root = mec::url::parse(e["MEC_MP1_URL"]);
    ASSERT_TRUE(root) << root.error();
    struct stat file {};
    ASSERT_EQ(::stat(e["MEC_CA_FILE"].c_str(), &file), 0);
    EXPECT_EQ(file.st_mode & 0777U, 0644U);
    const auto directory = std::filesystem::path(e["MEC_CA_FILE"]).parent_path();
    ASSERT_EQ(::stat(directory.c_str(), &file), 0);
    EXPECT_EQ(file.st_mode & 0777U, 0700U);

    const auto r =
        get(root->with_path_suffix("/mec_service_mgmt/v1/services"), content_of(e["MEC_CA_FILE"]));
    EXPECT_EQ(r.status, 401);
    EXPECT_EQ(p.stop(SIGTERM), 0);
    EXPECT_FALSE(std::filesystem::exists(directory));
    EXPECT_NE(p.errors().find("GET /mep1/mec_service_mgmt/v1/services 401 - "), std::string::npos)
        << p.errors();
    EXPECT_EQ(p.errors().find('\x1b'), std::string::npos) << "colours are for terminals";
    EXPECT_EQ(p.errors().find(e["MEC_CLIENT_SECRET"]), std::string::npos);
}

TEST(mecctl_emulator, speaks_json_plain_http_and_serves_without_tokens_when_told_to)
{
    process p({"emulator", "--json", "--plain-http", "--no-auth", "--prefix", "/a/b", "--app",
               "one", "--app", "two", "--log", "none"});
    const std::string line = p.read_line();
    auto report = mec::json::parse<std::map<std::string, mec::json::raw>>(line);
    ASSERT_TRUE(report) << report.error() << line;
    auto apps = mec::json::parse<std::vector<mec::json::raw>>((*report)["applications"].text);
    ASSERT_TRUE(apps);
    EXPECT_EQ(apps->size(), 2U);
    std::string root_text = (*report)["apiRoot"].text;
    const auto root = mec::url::parse(root_text.substr(1, root_text.size() - 2));
    ASSERT_TRUE(root) << root.error();
    EXPECT_EQ(root->origin().scheme, "http");
    EXPECT_EQ(p.read_line(), "ready");
    const auto r = get(root->with_path_suffix("/mec_service_mgmt/v1/services"), {});
    EXPECT_EQ(r.status, 200);
    EXPECT_EQ(r.body, "[]");
    EXPECT_EQ(p.stop(SIGINT), 0);
    EXPECT_EQ(p.errors(), "");
}

TEST(mecctl_emulator, leaves_a_ca_file_that_was_asked_for)
{
    const auto path = std::filesystem::temp_directory_path() /
                      ("mecctl-test-" + std::to_string(::getpid()) + ".pem");
    process p({"emulator", "--print-env", "--ca-file", path.string()});
    auto e = p.read_exports();
    EXPECT_EQ(e["MEC_CA_FILE"], path.string());
    EXPECT_EQ(p.stop(SIGTERM), 0);
    EXPECT_NE(content_of(path.string()).find("BEGIN CERTIFICATE"), std::string::npos);
    std::filesystem::remove(path);
}

TEST(mecctl_emulator, is_the_same_platform_again_with_its_state_directory)
{
    char name[] = "/tmp/mecctl-state-XXXXXX";
    const std::filesystem::path directory = std::filesystem::path(::mkdtemp(name)) / "state";
    const std::vector<std::string> arguments{"emulator", "--print-env", "--state", directory};
    variables first;
    {
        process p(arguments);
        first = p.read_exports();
        EXPECT_EQ(p.stop(SIGKILL), 128 + SIGKILL);
    }
    process again(arguments);
    EXPECT_EQ(again.read_exports(), first);
    EXPECT_EQ(first["MEC_CA_FILE"], (directory / "ca.pem").string());
    const auto root = mec::url::parse(first["MEC_MP1_URL"]);
    ASSERT_TRUE(root) << root.error();
    EXPECT_EQ(get(root->with_path_suffix("/mec_service_mgmt/v1/services"),
                  content_of(first["MEC_CA_FILE"]))
                  .status,
              401);
    struct stat file {};
    ASSERT_EQ(::stat((directory / "platform.json").c_str(), &file), 0);
    EXPECT_EQ(file.st_mode & 0777U, 0600U);
    EXPECT_EQ(again.stop(SIGTERM), 0);

    std::ofstream(directory / "platform.json") << "{\"port\":";
    process broken(arguments);
    EXPECT_EQ(broken.wait(), 1);
    EXPECT_NE(broken.errors().find("platform.json"), std::string::npos) << broken.errors();
    std::filesystem::remove_all(directory.parent_path());
}

TEST(mecctl_emulator, explains_what_it_cannot_do)
{
    const struct {
        std::vector<std::string> arguments;
        int status;
        const char* says;
    } cases[] = {
        {{}, 2, "expected a command: emulator, "},
        {{"emulator", "--no-such-option"}, 2, "--no-such-option"},
        {{"emulator", "--port", "70000"}, 2, "--port"},
        {{"emulator", "--json", "--print-env"}, 2, "excludes"},
        {{"emulator", "--bind", "0.0.0.0"}, 2, "--allow-remote"},
        {{"emulator", "--prefix", "mep1"}, 2, "prefix"},
        {{"emulator", "--host", "a b"}, 2, "the host must be a name"},
        {{"emulator", "--host", "a/b"}, 2, "the host must be a name"},
        {{"emulator", "--host", "[::1]"}, 2, "the host must be a name"},
        {{"emulator", "--host", "me@here"}, 2, "the host must be a name"},
        {{"emulator", "--ca-file", "/no/such/directory/ca.pem"}, 1, "/no/such/directory/ca.pem"},
    };
    for (const auto& c : cases) {
        process p(c.arguments);
        EXPECT_EQ(p.wait(), c.status) << c.says;
        EXPECT_NE(p.errors().find(c.says), std::string::npos) << p.errors();
    }
}

TEST(mecctl, says_its_version_and_helps)
{
    process version({"--version"});
    EXPECT_EQ(version.read_line(), "mecctl " MEC_VERSION_STRING);
    EXPECT_EQ(version.wait(), 0);
    process help({"emulator", "--help"});
    std::string all;
    for (std::string line = help.read_line(); !line.empty() || !help.ended();
         line = help.read_line())
        all += line + '\n';
    EXPECT_EQ(help.wait(), 0);
    for (const char* word :
         {"--print-env", "--port", "--bind", "--prefix", "--plain-http", "--no-auth", "--ca-file",
          "--state", "--rules", "--log", "--json", "Examples"})
        EXPECT_NE(all.find(word), std::string::npos) << word;
}

} // namespace
