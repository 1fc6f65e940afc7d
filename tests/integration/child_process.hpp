#ifndef MEC_TESTS_INTEGRATION_CHILD_PROCESS_HPP
#define MEC_TESTS_INTEGRATION_CHILD_PROCESS_HPP

#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace process_test {

using variables = std::vector<std::pair<std::string, std::string>>;

/// A program that runs. Every wait has a deadline; the process ends with the object.
class child_process {
public:
    /// @param environment  in the place of all `MEC_*` variables; the others are passed on, unless
    ///   it has them, too.
    child_process(std::string program, std::vector<std::string> arguments,
                  const variables& environment = {});
    ~child_process();
    child_process(const child_process&) = delete;
    child_process& operator=(const child_process&) = delete;

    /// The next line of standard output without its end; empty at the end of the output.
    std::string read_line();
    /// What is left of standard output, complete after stop() or wait().
    const std::string& rest() const { return buffer_; }
    /// True when the output has ended.
    bool ended() const { return ended_; }
    /// Waits until standard error contains the text.
    void wait_for_error(const std::string& text);
    /// Nobody reads standard output any more.
    void close_output();
    void signal(int number);
    /// Sends the signal and waits. Exit status, or 128 and the signal that ended it.
    int stop(int number);
    int wait();
    /// Standard error, complete after stop() or wait().
    const std::string& errors() const { return errors_; }

private:
    bool read_more();

    const std::string program_;
    pid_t pid_ = -1;
    int output_ = -1;
    int error_output_ = -1;
    bool ended_ = false;
    std::string buffer_;
    std::string errors_;
};

} // namespace process_test

#endif
