#ifndef MEC_CONFIG_HPP
#define MEC_CONFIG_HPP

/// @file
/// The macros of the SDK; there are no others.

#include <mec/version.hpp>

/// Marks what a shared library exports. MEC_SHARED is set by the CMake target `mec::sdk`.
#if defined(MEC_SHARED) && (defined(__GNUC__) || defined(__clang__))
#define MEC_API __attribute__((visibility("default")))
#else
#define MEC_API
#endif

/// One inline namespace per ABI: programs built against different ABIs fail at link time, not at run time.
#define MEC_BEGIN_NAMESPACE                                                                        \
    namespace mec {                                                                                \
    inline namespace v0_1 {
#define MEC_END_NAMESPACE                                                                          \
    }                                                                                              \
    }

#endif
