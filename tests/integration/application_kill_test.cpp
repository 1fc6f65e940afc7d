// An application that is killed with SIGKILL at random moments, and started again: one registration, and
// no orphan after it has looked once.
//
// MEC_SOAK_ROUNDS sets how often it is killed; 10 when it is not set.

#include "application_fixture.hpp"

#include <filesystem>
#include <random>
#include <set>
#include <spawn.h>
#include <sys/wait.h>

namespace {

using namespace app_test;

class killed_application : public application_run {
protected:
    void SetUp() override
    {
        options_.tls = false;
        application_run::SetUp();
        char name[] = "/tmp/mec-state-XXXXXX";
        directory_ = ::mkdtemp(name);
        for (const auto& [key, value] : platform_->environment_of(app_))
            environment_.push_back(key + '=' + value);
        environment_.push_back("MEC_ALLOW_INSECURE_HTTP=1"); // the token, too, over plain HTTP
        environment_.push_back("MEC_STATE_DIR=" + directory_);
    }
    void TearDown() override
    {
        end(SIGKILL);
        std::filesystem::remove_all(directory_);
        application_run::TearDown();
    }
    void start()
    {
        std::vector<char*> environment;
        for (auto& e : environment_) environment.push_back(e.data());
        environment.push_back(nullptr);
        std::string program = MEC_KILLED_APPLICATION;
        char* const arguments[] = {program.data(), nullptr};
        ASSERT_EQ(::posix_spawn(&child_, program.c_str(), nullptr, nullptr, arguments,
                                environment.data()),
                  0);
    }
    /// @return its exit status, or -1 when the signal ended it.
    int end(int signal)
    {
        if (child_ <= 0) return -1;
        ::kill(child_, signal);
        int status = 0;
        ::waitpid(std::exchange(child_, -1), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    /// Blocks until the log says so.
    bool reaches(std::size_t requests)
    {
        return platform_->wait_for([&](const auto& log) { return log.size() >= requests; }, 10s);
    }
    std::size_t callbacks() const
    {
        std::set<std::string> all;
        for (const auto& s : platform_->subscriptions()) all.insert(s.callback);
        return all.size();
    }

    std::string directory_;
    std::vector<std::string> environment_;
    pid_t child_ = -1;
};

TEST_F(killed_application, leaves_nothing_behind_that_its_next_life_does_not_find)
{
    const char* text = std::getenv("MEC_SOAK_ROUNDS");
    const int rounds = text ? std::atoi(text) : 10;
    std::mt19937 random(42);
    for (int round = 0; round < rounds; ++round) {
        platform_->clear_requests();
        ASSERT_NO_FATAL_FAILURE(start());
        // At a random point of what it does, by what the platform has seen of it.
        ASSERT_TRUE(reaches(random() % 10)) << "round " << round;
        end(SIGKILL);
    }
    platform_->clear_requests();
    ASSERT_NO_FATAL_FAILURE(start());
    const auto settled = [&] {
        return platform_->services().size() == 1 && platform_->subscriptions().size() == 2;
    };
    // All is there, and a whole round of audits has changed nothing.
    ASSERT_TRUE(platform_->wait_for(
        [](const auto& log) {
            return std::count_if(log.begin(), log.end(), [](const auto& r) {
                       return r.operation.find("list_") != std::string::npos;
                   }) >= 6;
        },
        30s));
    EXPECT_TRUE(settled()) << platform_->services().size() << " services, "
                           << platform_->subscriptions().size() << " subscriptions";
    EXPECT_EQ(callbacks(), 2u);
    EXPECT_EQ(end(SIGTERM), 0);
    EXPECT_TRUE(platform_->services().empty());
    EXPECT_TRUE(platform_->subscriptions().empty());
}

} // namespace
