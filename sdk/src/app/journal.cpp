#include "journal.hpp"

#include "regular_file.hpp"

#include <mec/core/random.hpp>
#include <mec/json/codec.hpp>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

constexpr std::size_t largest_file = 1024 * 1024;
constexpr std::size_t most_services = 10'000;

struct journal_file {
    std::int32_t version = 1;
    std::string app_instance_id;
    std::string instance;
    std::vector<std::string> services;
    std::vector<std::string> begun;
};

error storage_failure(const std::string& path, const char* what)
{
    error_info info;
    info.system = error_code(errno, boost::system::system_category());
    info.message = what;
    info.endpoint = path;
    return {errc::storage_error, std::move(info)};
}

bool is_instance(const std::string& text)
{
    return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

bool write_all(int fd, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t n = ::write(fd, text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

} // namespace

} // namespace internal

namespace json {
template <> struct describe<internal::journal_file> {
    using type = internal::journal_file;
    static constexpr auto value =
        object("Journal", field<&type::version>("version"),
               field<&type::app_instance_id>("appInstanceId"), field<&type::instance>("instance"),
               field<&type::services>("services"), field<&type::begun>("begun"));
};
} // namespace json

namespace internal {

journal::journal() : instance_(unguessable_token()) {}

journal::~journal() { close(); }

void journal::close() noexcept
{
    if (lock_ >= 0) ::close(std::exchange(lock_, -1));
}

error journal::open(const std::string& directory, const std::string& app_instance_id)
{
    app_instance_id_ = app_instance_id;
    path_ = directory + "/mec-" + app_instance_id + ".json";
    if (error e = lock(path_ + ".lock")) return e;
    error trouble = read();
    if (trouble) {
        services_.clear();
        begun_.clear();
        instance_ = unguessable_token();
    }
    if (error e = write()) {
        close();
        return e;
    }
    return trouble;
}

error journal::lock(const std::string& path)
{
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return storage_failure(path, "the lock file cannot be opened");
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        error e = storage_failure(path, "another process with this instance id holds the lock");
        ::close(fd);
        return e;
    }
    lock_ = fd;
    return {};
}

error journal::read()
{
    struct stat there {};
    if (::stat(path_.c_str(), &there) != 0 && errno == ENOENT) return {};
    const auto text = read_regular_file(path_, largest_file);
    if (!text) return text.error();
    const auto unusable = [this](std::string why) {
        error_info info;
        info.message = "not a journal of this instance and version, begun anew: " + std::move(why);
        info.endpoint = path_;
        return error(errc::storage_error, std::move(info));
    };
    journal_file file;
    if (const error e = json::decode(*text, file)) return unusable(e.what());
    if (file.version != 1) return unusable("version " + std::to_string(file.version));
    if (file.app_instance_id != app_instance_id_) return unusable("another appInstanceId");
    if (!is_instance(file.instance)) return unusable("no instance");
    if (file.services.size() + file.begun.size() > most_services)
        return unusable("too many services");
    instance_ = std::move(file.instance);
    services_.insert(file.services.begin(), file.services.end());
    begun_.insert(file.begun.begin(), file.begun.end());
    return {};
}

/// Whatever happens, the file is the old one or the new one.
error journal::write() const
{
    journal_file file;
    file.app_instance_id = app_instance_id_;
    file.instance = instance_;
    file.services.assign(services_.begin(), services_.end());
    file.begun.assign(begun_.begin(), begun_.end());
    const std::string text = json::serialize(file);
    const std::string other = path_ + ".new";
    const int fd =
        ::open(other.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return storage_failure(other, "the journal cannot be created");
    error failure;
    if (!write_all(fd, text) || ::fsync(fd) != 0)
        failure = storage_failure(other, "the journal cannot be written");
    ::close(fd);
    if (!failure && ::rename(other.c_str(), path_.c_str()) != 0)
        failure = storage_failure(path_, "the journal cannot be replaced");
    if (failure) ::unlink(other.c_str());
    return failure;
}

error journal::begin_service(const std::string& identity)
{
    const bool full = services_.size() + begun_.size() >= most_services;
    if (!is_open() || full || !begun_.insert(identity).second) return {};
    return write();
}

error journal::add_service(const std::string& id, const std::string& identity)
{
    if (!is_open() || services_.size() >= most_services) return {};
    const bool named = begun_.erase(identity) != 0;
    if (!services_.insert(id).second && !named) return {};
    return write();
}

error journal::remove_service(const std::string& id)
{
    if (!is_open() || services_.erase(id) == 0) return {};
    return write();
}

error journal::retain_services(const std::set<std::string>& ids,
                               const std::set<std::string>& identities)
{
    const auto retain = [](std::set<std::string>& all, const std::set<std::string>& kept) {
        const std::size_t before = all.size();
        for (auto it = all.begin(); it != all.end();)
            it = kept.count(*it) != 0 ? std::next(it) : all.erase(it);
        return all.size() != before;
    };
    const bool fewer_ids = retain(services_, ids);
    const bool fewer_begun = retain(begun_, identities);
    return is_open() && (fewer_ids || fewer_begun) ? write() : error{};
}

} // namespace internal
MEC_END_NAMESPACE
