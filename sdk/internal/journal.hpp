#ifndef MEC_INTERNAL_JOURNAL_HPP
#define MEC_INTERNAL_JOURNAL_HPP

#include <mec/core/error.hpp>

#include <set>
#include <string>

MEC_BEGIN_NAMESPACE
namespace internal {

/// What an application remembers from one life to the next, so that after a crash it can tell what it
/// has left on the platform from what another instance with the same id has there. One file, replaced
/// as a whole; held by one process at a time.
class MEC_API journal {
public:
    journal();
    ~journal();
    journal(const journal&) = delete;
    journal& operator=(const journal&) = delete;

    /// Reads what an earlier life has left. Without a directory, or when another process holds the
    /// file, or when it cannot be used, this life remembers nothing, and nothing is written.
    /// @return what is wrong, for a warning.
    error open(const std::string& directory, const std::string& app_instance_id);
    /// Lets another process have it.
    void close() noexcept;
    bool is_open() const noexcept { return lock_ >= 0; }

    /// In the path of all callback URLs: the same in every life that has the journal. 32 hexadecimal
    /// digits.
    const std::string& instance() const noexcept { return instance_; }
    /// Whether an earlier life has registered the service, or was about to.
    /// @param identity  what tells it from others before it has an id: see service_identity().
    bool knows_service(const std::string& id, const std::string& identity = {}) const
    {
        return services_.count(id) != 0 || begun_.count(identity) != 0;
    }
    /// Before the request: a crash may come before its answer.
    error begin_service(const std::string& identity);
    error add_service(const std::string& id, const std::string& identity = {});
    error remove_service(const std::string& id);
    /// Forgets what is not among these: a platform that has lost services may give their ids to
    /// somebody else.
    error retain_services(const std::set<std::string>& ids,
                          const std::set<std::string>& identities = {});

private:
    error lock(const std::string& path);
    error read();
    error write() const;

    std::string path_;
    std::string app_instance_id_;
    std::string instance_;
    std::set<std::string> services_; ///< ids
    std::set<std::string> begun_;    ///< identities
    int lock_ = -1;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
