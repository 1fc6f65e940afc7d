#ifndef MEC_MECCTL_STATE_DIRECTORY_HPP
#define MEC_MECCTL_STATE_DIRECTORY_HPP

#include <mec/emulator/platform.hpp>

#include <string>
#include <vector>

namespace mecctl {

/// What an emulator keeps from one run to the next: port, CA, and application instances with their
/// credentials. Services and subscriptions are not kept: a platform that is started again is empty.
class state_directory {
public:
    /// Reads what is in the directory, which is made when it is not there.
    mec::error open(const std::string& path);
    /// Writes it, for this user's eyes only; an end in the middle leaves the old content.
    mec::error save(const mec::emulator::platform& emulator,
                    const std::vector<mec::emulator::application_instance>& apps) const;

    /// Not what the options say already.
    void put_into(mec::emulator::platform_options& options) const;
    /// Takes out the instance of that name that was kept, if any.
    std::optional<mec::emulator::application_instance> take(const std::string& name);

    bool is_open() const noexcept { return !path_.empty(); }
    std::string ca_file() const { return path_ + "/ca.pem"; }

private:
    std::string file() const { return path_ + "/platform.json"; }

    std::string path_; ///< absolute
    std::uint16_t port_ = 0;
    std::optional<mec::emulator::certificate_authority> authority_;
    std::vector<mec::emulator::application_instance> apps_;
};

} // namespace mecctl

#endif
