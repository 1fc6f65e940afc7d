#include "config_keys.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace {

using mec::internal::config_keys;

TEST(config_keys, have_names_of_their_own_in_every_source)
{
    std::set<std::string_view> names;
    for (const auto& key : config_keys) {
        EXPECT_TRUE(names.insert(key.name).second) << key.name;
        EXPECT_TRUE(names.insert(key.variable).second) << key.variable;
        EXPECT_TRUE(key.pointer.empty() || names.insert(key.pointer).second) << key.pointer;
        // Entry names that the Service Binding specification allows.
        EXPECT_EQ(key.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
                  std::string_view::npos);
        EXPECT_TRUE(key.not_after.empty() || mec::internal::find_config_key(key.not_after));
    }
}

TEST(config_keys, lead_to_settings_of_their_own)
{
    mec::discovery::configuration config;
    std::set<const void*> settings;
    for (const auto& key : config_keys) {
        std::visit([&](auto* s) { EXPECT_TRUE(settings.insert(s).second) << key.name; },
                   key.get(config));
    }
}

TEST(config_keys, are_documented)
{
    const std::filesystem::path page = MEC_TEST_DATA "/../../docs/configuration.md";
    std::ifstream file(page.lexically_normal());
    ASSERT_TRUE(file) << "docs/configuration.md";
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    for (const auto& key : config_keys) {
        const std::string pointer =
            key.pointer.empty() ? "none" : '`' + std::string(key.pointer) + '`';
        const std::string row = "| `" + std::string(key.name) + "` | `" +
                                std::string(key.variable) + "` | " + pointer + " |";
        EXPECT_NE(text.find(row), std::string::npos) << row;
    }
}

} // namespace
