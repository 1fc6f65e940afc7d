#ifndef MEC_MECCTL_CONTROL_ADDRESS_HPP
#define MEC_MECCTL_CONTROL_ADDRESS_HPP

#include <mec/core/secret.hpp>
#include <mec/core/url.hpp>

#include <string>

namespace CLI {
class App;
}

namespace mecctl {

/// What all commands for a running emulator have in common.
struct control_options {
    std::string control;
    std::string token;
    std::string ca_file;
    bool json = false;
};

void add_control_options(CLI::App& command, control_options& options);

/// Where an emulator listens for commands.
struct control_address {
    mec::url base;
    mec::secret_string token;
    std::string ca_file;
    std::string ca_pem;
    std::string applications_ca; ///< file for MEC_CA_FILE of applications; empty when not known
    bool found = false; ///< by the file that it left, which tells when another takes its place
};

/// The emulator that is meant: that of --control, else of MEC_EMULATOR_URL, else the one that this user
/// runs. What was not said about it is taken from its file. Throws a refusal that says what to do.
control_address find_emulator(const control_options& options);

} // namespace mecctl

#endif
