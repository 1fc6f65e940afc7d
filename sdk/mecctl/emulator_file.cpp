#include "emulator_file.hpp"

#include "file.hpp"
#include "regular_file.hpp"

#include <mec/core/secret.hpp>
#include <mec/json/codec.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

template <> struct mec::json::describe<mecctl::running_emulator> {
    using type = mecctl::running_emulator;
    static constexpr auto value =
        object("RunningEmulator", field<&type::pid>("pid"), field<&type::control_url>("controlUrl"),
               field<&type::control_token>("controlToken"), field<&type::ca_pem>("ca"),
               field<&type::ca_file>("caFile"), field<&type::applications>("applications"));
};

namespace mecctl {

namespace {

constexpr std::size_t largest_file = 256 * 1024;

/// Nobody else may have put a file there, or read one: it tells where tokens are sent.
mec::error check_directory(const std::string& path)
{
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0)
        return storage_error("look at the directory of running emulators", path, errno);
    if (S_ISDIR(about.st_mode) && about.st_uid == ::geteuid() && (about.st_mode & 077U) == 0)
        return {};
    mec::error_info info;
    info.endpoint = path;
    info.message = "expected a directory of this user with mode 0700; it is not used";
    return {mec::errc::storage_error, std::move(info)};
}

/// True when the process that wrote the file holds its lock.
bool is_alive(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0) return false;
    const bool locked = ::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(file);
    return locked;
}

} // namespace

std::string emulator_directory()
{
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    std::error_code ignored;
    if (runtime && *runtime == '/' && std::filesystem::is_directory(runtime, ignored))
        return std::string(runtime) + "/mec-emulator";
    return "/tmp/mec-emulator-" + std::to_string(::geteuid());
}

mec::error emulator_file::publish(const running_emulator& self)
{
    const std::string directory = emulator_directory();
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
        return storage_error("create the directory of running emulators", directory, errno);
    if (mec::error e = check_directory(directory)) return e;
    const std::string name = directory + '/' + std::to_string(self.pid);
    const std::string fresh = name + ".new";
    std::string text = mec::json::serialize(self) + '\n';
    const mec::error written = write_file(fresh, text, 0600);
    mec::wipe(text);
    if (written) return written;
    // Locked before anybody can see it.
    lock_ = ::open(fresh.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    path_ = name + ".json";
    if (lock_ < 0 || ::flock(lock_, LOCK_EX | LOCK_NB) != 0 ||
        ::rename(fresh.c_str(), path_.c_str()) != 0) {
        const int cause = errno;
        ::unlink(fresh.c_str());
        path_.clear();
        return storage_error("publish the file of this emulator", name + ".json", cause);
    }
    return {};
}

emulator_file::~emulator_file()
{
    if (!path_.empty()) ::unlink(path_.c_str());
    if (lock_ >= 0) ::close(lock_);
}

mec::result<std::vector<running_emulator>> running_emulators()
{
    namespace fs = std::filesystem;
    std::vector<running_emulator> all;
    const std::string directory = emulator_directory();
    std::error_code failed;
    if (!fs::exists(fs::symlink_status(directory, failed))) return all;
    if (mec::error e = check_directory(directory)) return e;
    for (fs::directory_iterator it(directory, failed), end; !failed && it != end;
         it.increment(failed)) {
        const std::string path = it->path().string();
        if (it->path().extension() != ".json") continue;
        if (!is_alive(path)) {
            ::unlink(path.c_str());
            continue;
        }
        auto text = mec::internal::read_regular_file(path, largest_file);
        if (!text) continue; // it has just ended
        auto one = mec::json::parse<running_emulator>(*text);
        mec::wipe(*text);
        if (one) all.push_back(std::move(*one));
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.pid < b.pid; });
    return all;
}

} // namespace mecctl
