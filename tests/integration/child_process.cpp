#include "child_process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <string_view>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace process_test {

namespace {

using clock = std::chrono::steady_clock;
constexpr std::chrono::seconds patience{30};

/// Milliseconds until the deadline, for poll().
int left_until(clock::time_point deadline)
{
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock::now());
    return left.count() > 0 ? static_cast<int>(left.count()) : 0;
}

/// For the functions of exec's family: null-terminated.
std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> all;
    for (std::string& t : texts) all.push_back(t.data());
    all.push_back(nullptr);
    return all;
}

std::vector<std::string> with_inherited(const variables& environment)
{
    std::vector<std::string> all;
    for (const auto& [name, value] : environment) all.push_back(name + '=' + value);
    for (char** v = environ; *v; ++v) {
        const std::string_view one(*v);
        const auto same_name = [&](const auto& e) {
            return one.substr(0, one.find('=')) == e.first;
        };
        if (one.substr(0, 4) != "MEC_" &&
            std::none_of(environment.begin(), environment.end(), same_name))
            all.emplace_back(one);
    }
    return all;
}

} // namespace

child_process::child_process(std::string program, std::vector<std::string> arguments,
                             const variables& environment)
    : program_(std::move(program))
{
    int out[2];
    int err[2];
    EXPECT_EQ(::pipe2(out, O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(err, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);

    arguments.insert(arguments.begin(), program_);
    std::vector<std::string> settings = with_inherited(environment);
    EXPECT_EQ(::posix_spawn(&pid_, program_.c_str(), &actions, nullptr, pointers(arguments).data(),
                            pointers(settings).data()),
              0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(out[1]);
    ::close(err[1]);
    output_ = out[0];
    error_output_ = err[0];
}

child_process::~child_process()
{
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    close_output();
    ::close(error_output_);
}

/// Reads from both outputs, so that neither fills up; false at the end of both, or of patience.
bool child_process::read_more()
{
    pollfd ready[] = {{output_, POLLIN, 0}, {error_output_, POLLIN, 0}};
    if (::poll(ready, 2, left_until(clock::now() + patience)) <= 0) {
        ADD_FAILURE() << program_ << " is silent; so far it said " << buffer_ << errors_;
        return false;
    }
    char chunk[4096];
    bool open = false;
    for (int i = 0; i < 2; ++i) {
        if (ready[i].fd < 0) continue;
        if (ready[i].revents == 0) {
            open = true;
            continue;
        }
        const auto n = ::read(ready[i].fd, chunk, sizeof chunk);
        if (n <= 0) continue;
        open = true;
        (i == 0 ? buffer_ : errors_).append(chunk, static_cast<std::size_t>(n));
    }
    return open;
}

std::string child_process::read_line()
{
    std::string::size_type end;
    while ((end = buffer_.find('\n')) == buffer_.npos)
        if (!read_more()) {
            ended_ = true;
            return std::move(buffer_);
        }
    std::string line = buffer_.substr(0, end);
    buffer_.erase(0, end + 1);
    return line;
}

void child_process::wait_for_error(const std::string& text)
{
    while (errors_.find(text) == errors_.npos)
        if (!read_more()) {
            ADD_FAILURE() << program_ << " never said " << text << ", but " << errors_;
            return;
        }
}

void child_process::close_output()
{
    if (output_ >= 0) ::close(output_);
    output_ = -1;
}

void child_process::signal(int number) { ::kill(pid_, number); }

int child_process::stop(int number)
{
    signal(number);
    return wait();
}

int child_process::wait()
{
    const auto deadline = clock::now() + patience;
    while (read_more() && clock::now() < deadline) {
    }
    ended_ = true;
    int status = 0;
    if (::waitpid(pid_, &status, 0) != pid_) return -1;
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace process_test
