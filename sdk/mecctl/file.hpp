#ifndef MEC_MECCTL_FILE_HPP
#define MEC_MECCTL_FILE_HPP

#include <mec/core/result.hpp>

#include <string>
#include <string_view>

#include <sys/types.h>

namespace mecctl {

/// errc::storage_error: `cannot {doing}`, about that path, with the code of the system.
mec::error storage_error(const char* doing, const std::string& path, int cause);

/// Creates or overwrites a file. Does not follow a symbolic link, nor wait for a pipe.
mec::error write_file(const std::string& path, std::string_view text, mode_t mode);

} // namespace mecctl

#endif
