#include "mecctl_process.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace mecctl_test {

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

} // namespace

process::process(const std::vector<std::string>& arguments)
{
    int out[2];
    int err[2];
    EXPECT_EQ(::pipe2(out, O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(err, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);

    std::string program = MEC_MECCTL;
    std::vector<std::string> words = arguments;
    std::vector<char*> argv{program.data()};
    for (std::string& w : words) argv.push_back(w.data());
    argv.push_back(nullptr);
    EXPECT_EQ(::posix_spawn(&pid_, program.c_str(), &actions, nullptr, argv.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(out[1]);
    ::close(err[1]);
    output_ = out[0];
    error_output_ = err[0];
}

process::~process()
{
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    ::close(output_);
    ::close(error_output_);
}

/// Reads from both outputs, so that neither fills up; false at the end of both, or of patience.
bool process::read_more()
{
    pollfd ready[] = {{output_, POLLIN, 0}, {error_output_, POLLIN, 0}};
    if (::poll(ready, 2, left_until(clock::now() + patience)) <= 0) {
        ADD_FAILURE() << "mecctl is silent; so far it said " << buffer_ << errors_;
        return false;
    }
    char chunk[4096];
    bool open = false;
    for (int i = 0; i < 2; ++i) {
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

std::string process::read_line()
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

int process::stop(int signal)
{
    ::kill(pid_, signal);
    return wait();
}

int process::wait()
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

} // namespace mecctl_test
