#ifndef MEC_TESTS_DISCOVERY_WORLD_HPP
#define MEC_TESTS_DISCOVERY_WORLD_HPP

#include <mec/discovery/discover.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

/// An environment and a file system of its own for every test.
class world {
public:
    world()
    {
        std::string pattern = testing::TempDir() + "mec-discovery-XXXXXX";
        root_ = ::mkdtemp(pattern.data());
    }
    world(const world&) = delete;
    world& operator=(const world&) = delete;
    ~world() { std::filesystem::remove_all(root_); }

    std::string path(const std::string& name) const { return root_ + name; }

    world& file(const std::string& name, const std::string& content)
    {
        std::ofstream(path(name), std::ios::binary) << content;
        return *this;
    }
    world& set(const std::string& variable, const std::string& value)
    {
        variables[variable] = value;
        return *this;
    }
    /// The two values without which nothing works.
    world& platform()
    {
        return set("MEC_APP_INSTANCE_ID", "app-1").set("MEC_MP1_URL", "https://mep.example/mep1");
    }
    /// Writes the file and names it in MEC_CONFIG_FILE.
    world& config(const std::string& json)
    {
        return file("/mec.json", json).set("MEC_CONFIG_FILE", "/mec.json");
    }

    mec::result<mec::discovery::configuration> discover()
    {
        options.root = root_;
        options.environment = [this](std::string_view name) -> std::optional<std::string> {
            const auto found = variables.find(std::string(name));
            if (found == variables.end()) return std::nullopt;
            return found->second;
        };
        return mec::discovery::discover(options);
    }
    mec::discovery::configuration good()
    {
        auto found = discover();
        EXPECT_TRUE(found) << found.error();
        return found ? *found : mec::discovery::configuration{};
    }
    /// What the error of discover() says, after checking its code.
    std::string refusal()
    {
        const auto found = discover();
        if (found) {
            ADD_FAILURE() << "expected an error";
            return {};
        }
        EXPECT_EQ(found.error(), mec::errc::config_invalid);
        for (const char c : found.error().what()) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
        return found.error().what();
    }

    std::map<std::string, std::string> variables;
    mec::discovery::discover_options options;

private:
    std::string root_;
};

#endif
