#ifndef MEC_TESTS_FUZZ_CHECKS_HPP
#define MEC_TESTS_FUZZ_CHECKS_HPP

/// @file
/// What has to hold whatever the input is.

#include <mec/core/error.hpp>

#include <cstdio>
#include <cstdlib>

namespace fuzz {

inline void require(bool holds, const char* what, const mec::error& e = {})
{
    if (holds) return;
    std::fprintf(stderr, "%s: %s\n", what, e.what().c_str());
    std::abort();
}

/// An error of the JSON layer, of a size and with characters that a log can take.
inline void check_error(const mec::error& e)
{
    require(e == mec::errc::json_syntax || e == mec::errc::json_schema ||
                e == mec::errc::limit_exceeded,
            "an error of another layer", e);
    require(!e.info().message.empty() && e.what().size() < 8 * 1024, "an error of odd size", e);
    for (const char c : e.what()) require(static_cast<unsigned char>(c) >= 0x20, "a control", e);
}

} // namespace fuzz

#endif
