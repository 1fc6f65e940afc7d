#ifndef MEC_TESTS_INTEGRATION_MECCTL_FIXTURE_HPP
#define MEC_TESTS_INTEGRATION_MECCTL_FIXTURE_HPP

/// @file
/// An emulator in a process of its own, commands for it, and an application that uses it.

#include "mecctl_process.hpp"
#include "server_raw_client.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace mecctl_test {

/// What one command came to.
struct outcome {
    int status = -1;
    std::string output;
    std::string errors;
};

class mecctl_control : public testing::Test {
protected:
    mecctl_control();
    ~mecctl_control() override;

    using words = std::vector<std::string>;
    using child_process = process_test::child_process;

    /// An emulator with a control interface; `environment` becomes what its application needs.
    std::unique_ptr<process> start_emulator(words more = {});
    /// An application that offers the service `mortal`; waits until it is ready.
    std::unique_ptr<child_process> start_application();

    /// Runs a command to its end.
    outcome run(const words& command, const variables& more = {}) const;
    /// Its output; anything but status 0 and silence on standard error fails the test.
    std::string output_of(const words& command) const;
    /// Expects a failure and returns what was said.
    std::string refusal_of(const words& command, int status, const variables& more = {}) const;
    std::unique_ptr<process> start(const words& command) const;

    /// A request without a token, below apiRoot. Status 0 when no answer comes.
    mec::http::response get(const std::string& path) const;

    variables environment; ///< as the emulator that was started last has printed it
    std::string directory; ///< of the files by which emulators are found

private:
    variables with_directory(variables more) const;
};

} // namespace mecctl_test

#endif
