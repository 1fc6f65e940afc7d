#ifndef MEC_DISCOVERY_DISCOVER_HPP
#define MEC_DISCOVERY_DISCOVER_HPP

#include <mec/discovery/configuration.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace discovery {

struct discover_options {
    /// What the program knows already. Comes before every other source.
    configuration code;
    /// Gives the value of an environment variable. Empty: the environment of the process.
    std::function<std::optional<std::string>(std::string_view)> environment;
    /// Put before the path of every file that is read.
    std::string root;
};

/// Finds the configuration. The sources, first one wins:
///  1. values set in code;
///  2. environment variables `MEC_*`; `MEC_*_FILE` names a file with the value, for instance a
///  mounted
///     secret (one of the two, not both);
///  3. the JSON file that `MEC_CONFIG_FILE` names.
///
/// An empty variable sets its key to nothing: later sources are not asked for it. Credentials come
/// from one source only. What a later source says differently is listed in `shadowed`; with
/// `MEC_STRICT=1` it is an error. http:// needs `MEC_ALLOW_INSECURE_HTTP=1` unless the host is this
/// machine; a token endpoint with http:// needs both. Proxy variables are ignored.
///
/// Reads the environment and these files, nothing else; no file of more than 1 MiB, no pipe, no
/// device. Call it before threads change the environment. The keys: docs/configuration.md.
///
/// @return errc::config_invalid with the variable, or the file and line, in `info().endpoint`, and
/// what is expected in `info().message`; when something is missing, every place that was looked at.
MEC_API result<configuration> discover(const discover_options& options = {});

} // namespace discovery
MEC_END_NAMESPACE

#endif
