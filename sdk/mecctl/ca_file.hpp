#ifndef MEC_MECCTL_CA_FILE_HPP
#define MEC_MECCTL_CA_FILE_HPP

#include <mec/core/result.hpp>

#include <string>
#include <string_view>

namespace mecctl {

/// A file with CA certificates for applications to trust.
class ca_file {
public:
    ca_file() = default;
    ca_file(const ca_file&) = delete;
    ca_file& operator=(const ca_file&) = delete;
    ~ca_file(); ///< removes what write_temporary() made

    /// Writes to `path`, which stays.
    mec::error write(const std::string& path, std::string_view pem);
    /// Writes into a new directory that only this user can enter; both are removed at the end.
    mec::error write_temporary(std::string_view pem);

    /// Absolute; empty before a write.
    const std::string& path() const noexcept { return path_; }

private:
    std::string path_;
    std::string directory_;
};

} // namespace mecctl

#endif
