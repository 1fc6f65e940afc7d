#ifndef MEC_INTERNAL_CONFIG_SOURCES_HPP
#define MEC_INTERNAL_CONFIG_SOURCES_HPP

/// @file
/// The sources of configuration: each is read into a layer, and the layers are laid over each
/// other.

#include "config_keys.hpp"

#include <mec/discovery/discover.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// What one source says.
struct config_layer {
    discovery::configuration values;
    /// Why a key has no value here, for the error that lists all places.
    std::function<std::string(const config_key&)> absent;
};

/// The outside world of discovery.
class config_world {
public:
    explicit config_world(const discovery::discover_options& options) : options_(options) {}

    std::optional<std::string> variable(std::string_view name) const;
    /// A switch that is 1, true, 0, false, empty or not set.
    error read_switch(const char* name, bool& on) const;
    /// The content of a file of at most 1 MiB; errc::config_invalid.
    result<std::string> file(const discovery::source& from) const;
    /// A value that is a file of its own: without the line end after it, and not empty.
    result<std::string> value_file(const discovery::source& from) const;

private:
    const discovery::discover_options& options_;
};

result<config_layer> read_environment(const config_world& world);
/// The file that MEC_CONFIG_FILE names; an empty layer when it names none.
result<config_layer> read_config_file(const config_world& world);
/// The values in the text of a configuration file. The text is wiped.
error read_config_text(std::string& text, const std::string& path, discovery::configuration& out);

/// The first layer wins, per key or per group of keys. Fills in `shadowed` and `warnings`.
discovery::configuration merge(std::vector<config_layer>& layers);

/// No error, or one that lists every mandatory key without a value and where it was looked for.
error check_mandatory(discovery::configuration& config, const std::vector<config_layer>& layers);
/// Every other rule: single values, complete groups, plain HTTP.
error check_rules(discovery::configuration& config);

} // namespace internal
MEC_END_NAMESPACE

#endif
