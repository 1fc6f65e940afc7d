#include "mecctl_process.hpp"

#include <gtest/gtest.h>

namespace mecctl_test {

variables process::read_exports()
{
    variables v;
    for (std::string line = read_line(); line != "ready"; line = read_line()) {
        const auto equals = line.find("='");
        if (line.rfind("export MEC", 0) != 0 || equals == line.npos || line.back() != '\'') {
            ADD_FAILURE() << "unexpected line: " << line;
            return v;
        }
        v[line.substr(7, equals - 7)] = line.substr(equals + 2, line.size() - equals - 3);
    }
    return v;
}

} // namespace mecctl_test
