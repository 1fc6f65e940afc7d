#ifndef MEC_VERSION_HPP
#define MEC_VERSION_HPP

/// @file
/// The one place where the version is written; CMake reads it from here.

#define MEC_VERSION_MAJOR 0
#define MEC_VERSION_MINOR 1
#define MEC_VERSION_PATCH 0
#define MEC_VERSION_STRING "0.1.0"

#endif
