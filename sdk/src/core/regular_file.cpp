#include "regular_file.hpp"

#include <mec/core/secret.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

class descriptor {
public:
    explicit descriptor(int value) noexcept : value_(value) {}
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    ~descriptor()
    {
        if (value_ >= 0) ::close(value_);
    }
    int get() const noexcept { return value_; }

private:
    int value_;
};

error refuse(const std::string& path, std::string reason, int number = 0)
{
    error_info info;
    info.endpoint = "file " + path;
    info.message = std::move(reason);
    if (number != 0) info.system = error_code(number, boost::system::system_category());
    return error(errc::storage_error, std::move(info));
}

// Until the end, not until the size that fstat gave: the files of /proc say 0.
int read_all(int file, std::string& out, std::size_t limit)
{
    constexpr std::size_t step = 16 * 1024;
    std::size_t used = 0;
    while (used <= limit) {
        if (out.size() == used) out.resize(used + step);
        const ssize_t n = ::read(file, &out[used], out.size() - used);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno;
        if (n == 0) break;
        used += static_cast<std::size_t>(n);
    }
    out.resize(used);
    return 0;
}

} // namespace

result<std::string> read_regular_file(const std::string& path, std::size_t limit)
{
    const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.get() < 0) return refuse(path, "the file cannot be opened", errno);
    struct stat about {};
    if (::fstat(file.get(), &about) != 0) return refuse(path, "the file cannot be read", errno);
    if (S_ISDIR(about.st_mode)) return refuse(path, "expected a regular file, this is a directory");
    if (!S_ISREG(about.st_mode))
        return refuse(path, "expected a regular file, not a pipe or device");

    const auto size = static_cast<std::size_t>(about.st_size);
    const std::string too_large = "the file is larger than " + std::to_string(limit) + " bytes";
    if (size > limit) return refuse(path, too_large);
    std::string out(size + 1, '\0'); // in one piece: nothing of a secret stays in freed memory
    if (const int number = read_all(file.get(), out, limit)) {
        wipe(out);
        return refuse(path, "the file cannot be read", number);
    }
    if (out.size() <= limit && (size == 0 || out.size() == size)) return out;
    const bool grown = out.size() > limit;
    wipe(out);
    return refuse(path, grown ? too_large : "the file was changed while it was read; try again");
}

} // namespace internal
MEC_END_NAMESPACE
