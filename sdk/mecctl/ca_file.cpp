#include "ca_file.hpp"

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

namespace mecctl {

namespace {

mec::error storage_error(const char* doing, const std::string& path, int cause)
{
    mec::error_info info;
    info.system = mec::error_code(cause, boost::system::system_category());
    info.endpoint = path;
    info.message = std::string("cannot ") + doing + ": " + info.system.message();
    return {mec::errc::storage_error, std::move(info)};
}

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

ca_file::~ca_file()
{
    if (directory_.empty()) return;
    ::unlink(path_.c_str());
    ::rmdir(directory_.c_str());
}

mec::error ca_file::write(const std::string& path, std::string_view pem)
{
    std::error_code ignored;
    path_ = std::filesystem::absolute(path, ignored).string();
    // O_NONBLOCK: a pipe that nobody reads is an error, not a wait.
    const int file = ::open(
        path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644);
    if (file < 0) return storage_error("create the CA file", path_, errno);
    const bool written = write_all(file, pem);
    const int cause = errno;
    if (::close(file) != 0 || !written) return storage_error("write the CA file", path_, cause);
    return {};
}

mec::error ca_file::write_temporary(std::string_view pem)
{
    std::error_code ignored;
    auto base = std::filesystem::temp_directory_path(ignored);
    if (base.empty()) base = "/tmp";
    std::string directory = (base / "mecctl-XXXXXX").string();
    if (!::mkdtemp(directory.data()))
        return storage_error("create a temporary directory", directory, errno);
    directory_ = directory;
    return write(directory_ + "/ca.pem", pem);
}

} // namespace mecctl
