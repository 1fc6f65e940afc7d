#ifndef MEC_INTERNAL_REGULAR_FILE_HPP
#define MEC_INTERNAL_REGULAR_FILE_HPP

#include <mec/core/result.hpp>

#include <cstddef>
#include <string>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Reads a regular file of at most `limit` bytes. Symbolic links are followed: mounted volumes are
/// made of them. A pipe or device in place of the file is refused and never waited for.
/// @return errc::storage_error with the path as endpoint and the code of the system, if any.
MEC_API result<std::string> read_regular_file(const std::string& path, std::size_t limit);

} // namespace internal
MEC_END_NAMESPACE

#endif
