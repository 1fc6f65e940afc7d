// What commands write to a terminal. The other tests read pipes.

#include "mecctl_fixture.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using mecctl_test::mecctl_control;
using testing::HasSubstr;
using testing::Not;

/// A terminal of so many columns.
class terminal {
public:
    explicit terminal(unsigned short columns)
        : master_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC))
    {
        EXPECT_EQ(::grantpt(master_), 0);
        EXPECT_EQ(::unlockpt(master_), 0);
        winsize size{};
        size.ws_row = 24;
        size.ws_col = columns;
        EXPECT_EQ(::ioctl(master_, TIOCSWINSZ, &size), 0);
    }
    ~terminal() { ::close(master_); }
    terminal(const terminal&) = delete;
    terminal& operator=(const terminal&) = delete;

    /// What `mecctl command` writes there.
    std::string output_of(const char* command, std::vector<std::string> environment)
    {
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, ::ptsname(master_),
                                         O_RDWR | O_NOCTTY, 0);
        std::string program = MEC_MECCTL;
        std::string word = command;
        char* argv[] = {program.data(), word.data(), nullptr};
        std::vector<char*> envp;
        for (std::string& e : environment) envp.push_back(e.data());
        envp.push_back(nullptr);
        pid_t pid = -1;
        EXPECT_EQ(::posix_spawn(&pid, program.c_str(), &actions, nullptr, argv, envp.data()), 0);
        posix_spawn_file_actions_destroy(&actions);
        std::string all;
        char chunk[4096];
        pollfd ready{master_, POLLIN, 0};
        while (::poll(&ready, 1, 30'000) > 0) {
            const auto n = ::read(master_, chunk, sizeof chunk);
            if (n <= 0) break; // the last writer is gone
            all.append(chunk, static_cast<std::size_t>(n));
        }
        int status = -1;
        EXPECT_EQ(::waitpid(pid, &status, 0), pid);
        EXPECT_EQ(status, 0) << all;
        return all;
    }

private:
    int master_;
};

TEST_F(mecctl_control, tables_fit_the_terminal)
{
    const auto emulator = start_emulator();
    constexpr std::size_t columns = 60;
    terminal narrow(columns);
    const std::string plain =
        narrow.output_of("quirks", {"XDG_RUNTIME_DIR=" + directory, "NO_COLOR=1", "TERM=xterm"});
    EXPECT_THAT(plain, Not(HasSubstr("\x1b")));
    EXPECT_THAT(plain, HasSubstr("…"));
    std::istringstream lines(plain);
    for (std::string line; std::getline(lines, line);) {
        const auto characters = std::count_if(line.begin(), line.end(), [](char c) {
            return c != '\r' && (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
        });
        EXPECT_LE(static_cast<std::size_t>(characters), columns) << line;
    }
    const std::string coloured =
        terminal(columns).output_of("apps", {"XDG_RUNTIME_DIR=" + directory, "TERM=xterm"});
    EXPECT_THAT(coloured, HasSubstr("\x1b[33mnot ready\x1b[0m"));
}

} // namespace
