#include "ca_file.hpp"

#include "file.hpp"

#include <cerrno>
#include <filesystem>

#include <stdlib.h>
#include <unistd.h>

namespace mecctl {

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
    return write_file(path_, pem, 0644);
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
