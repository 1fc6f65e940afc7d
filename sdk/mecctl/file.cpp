#include "file.hpp"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace mecctl {

mec::error storage_error(const char* doing, const std::string& path, int cause)
{
    mec::error_info info;
    info.system = mec::error_code(cause, boost::system::system_category());
    info.endpoint = path;
    info.message = std::string("cannot ") + doing + ": " + info.system.message();
    return {mec::errc::storage_error, std::move(info)};
}

namespace {

bool write_all(int descriptor, std::string_view text)
{
    while (!text.empty()) {
        const auto n = ::write(descriptor, text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

} // namespace

mec::error write_file(const std::string& path, std::string_view text, mode_t mode)
{
    // O_NONBLOCK: a pipe that nobody reads is an error, not a wait.
    const int file = ::open(
        path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, mode);
    if (file < 0) return storage_error("create the file", path, errno);
    const bool written = write_all(file, text);
    const int cause = errno;
    if (::close(file) != 0 || !written) return storage_error("write the file", path, cause);
    return {};
}

} // namespace mecctl
