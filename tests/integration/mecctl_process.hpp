#ifndef MEC_TESTS_INTEGRATION_MECCTL_PROCESS_HPP
#define MEC_TESTS_INTEGRATION_MECCTL_PROCESS_HPP

#include <string>
#include <vector>

#include <sys/types.h>

namespace mecctl_test {

/// A running mecctl. Every wait has a deadline; the process ends with the object.
class process {
public:
    explicit process(const std::vector<std::string>& arguments);
    ~process();
    process(const process&) = delete;
    process& operator=(const process&) = delete;

    /// The next line of standard output without its end; empty at the end of the output.
    std::string read_line();
    /// True when the output has ended.
    bool ended() const { return ended_; }
    /// Sends the signal and waits. Exit status, or 128 and the signal that ended it.
    int stop(int signal);
    int wait();
    /// Standard error, complete after stop() or wait().
    const std::string& errors() const { return errors_; }

private:
    bool read_more();

    pid_t pid_ = -1;
    int output_ = -1;
    int error_output_ = -1;
    bool ended_ = false;
    std::string buffer_;
    std::string errors_;
};

} // namespace mecctl_test

#endif
