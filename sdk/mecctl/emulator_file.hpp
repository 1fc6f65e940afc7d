#ifndef MEC_MECCTL_EMULATOR_FILE_HPP
#define MEC_MECCTL_EMULATOR_FILE_HPP

/// @file
/// How the commands of one user find that user's emulators: each leaves a small file in
/// $XDG_RUNTIME_DIR/mec-emulator, or in /tmp/mec-emulator-UID, for as long as it runs.

#include <mec/core/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mecctl {

/// Content of such a file.
struct running_emulator {
    std::int32_t pid = 0;
    std::string control_url;
    std::string control_token;
    std::optional<std::string> ca_pem;  ///< with TLS
    std::optional<std::string> ca_file; ///< where applications find it
    std::vector<std::string> applications;
};

/// The file of this process. It is locked, so that one which was left by a killed emulator can be told.
class emulator_file {
public:
    emulator_file() = default;
    emulator_file(const emulator_file&) = delete;
    emulator_file& operator=(const emulator_file&) = delete;
    ~emulator_file(); ///< removes the file

    /// Writes the file, mode 0600.
    mec::error publish(const running_emulator& self);

private:
    int lock_ = -1;
    std::string path_;
};

/// Where the files are. The directory need not exist.
std::string emulator_directory();

/// Those of this user that run now, by process id. Removes files that were left behind.
/// @return errc::storage_error when the directory belongs to somebody else, or is open to others.
mec::result<std::vector<running_emulator>> running_emulators();

} // namespace mecctl

#endif
