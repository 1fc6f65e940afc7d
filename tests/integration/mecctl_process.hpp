#ifndef MEC_TESTS_INTEGRATION_MECCTL_PROCESS_HPP
#define MEC_TESTS_INTEGRATION_MECCTL_PROCESS_HPP

#include "child_process.hpp"

#include <map>
#include <string>
#include <vector>

namespace mecctl_test {

using variables = std::map<std::string, std::string>;

/// A running mecctl.
class process : public process_test::child_process {
public:
    explicit process(std::vector<std::string> arguments, const variables& environment = {})
        : child_process(MEC_MECCTL, std::move(arguments), {environment.begin(), environment.end()})
    {
    }
    /// The lines `export NAME='value'` up to `ready`; other lines fail the test.
    variables read_exports();
};

} // namespace mecctl_test

#endif
