#ifndef MEC_MECCTL_NAMES_HPP
#define MEC_MECCTL_NAMES_HPP

#include <mec/emulator/records.hpp>

#include <string>
#include <vector>

namespace mecctl {

class control_client;

/// The application instances of an emulator, by name and by id.
class application_names {
public:
    using snapshot = mec::emulator::application_snapshot;

    explicit application_names(control_client& emulator);

    /// What people call it: its name, with the beginning of the id when others have that name; the id
    /// of an instance that is gone; `-` for nobody.
    std::string of(const std::string& id) const;
    bool knows(const std::string& id) const;
    /// The one with this name or id. Throws a refusal when there is none, or more than one.
    const snapshot& find(const std::string& name_or_id) const;

private:
    std::vector<snapshot> all_;
};

} // namespace mecctl

#endif
