#ifndef MEC_INTERNAL_CONFIG_KEYS_HPP
#define MEC_INTERNAL_CONFIG_KEYS_HPP

/// @file
/// The keys of the configuration as data: one row a key, with its name in every kind of source. All
/// sources, the checks and the printed table go by these rows.

#include <mec/discovery/configuration.hpp>

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

MEC_BEGIN_NAMESPACE
namespace internal {

using any_setting = std::variant<
    discovery::setting<std::string>*, discovery::setting<url>*, discovery::setting<secret_string>*,
    discovery::setting<bool>*, discovery::setting<std::chrono::seconds>*,
    discovery::setting<discovery::auth_method>*, discovery::setting<discovery::callback_mode>*,
    discovery::setting<discovery::listen_address>*>;

/// Keys of one group come from one source. `alone`: the key is its own group.
enum class key_group { alone, credentials, client_certificate, callback_certificate };

enum class key_form {
    text,      ///< the value itself; `variable` + "_FILE" may name a file with it
    file_name, ///< the value is the path of a file
    text_only  ///< no "_FILE" variable: a key of its own stands for it, or none makes sense
};

struct config_key {
    std::string_view name;     ///< in bindings, credentials, directories, and in messages
    std::string_view variable; ///< of the environment
    std::string_view pointer;  ///< in a JSON file; empty: may not stand there
    std::string_view expected; ///< what a good value is, for messages
    any_setting (*get)(discovery::configuration&);
    bool (*check)(std::string_view) = nullptr; ///< of a text
    key_form form = key_form::text;
    key_group group = key_group::alone;
    bool mandatory = false;
    /// Not used from a later source than the one that this key was taken from.
    std::string_view not_after{};
};

constexpr std::size_t config_key_count = 26;
extern MEC_API const std::array<config_key, config_key_count> config_keys;

MEC_API const config_key* find_config_key(std::string_view name) noexcept;

/// The source of whatever is set, and whether it has a value.
const discovery::source& source_of(const any_setting& s) noexcept;
bool has_value(const any_setting& s) noexcept;
bool same_value(const any_setting& a, const any_setting& b);
void copy_setting(const any_setting& from, const any_setting& to);
/// For people; a secret as its fingerprint.
std::string to_text(const any_setting& s);

/// Reads `text` into the setting, or sets it to nothing when there is no text. The text is wiped.
error assign(const config_key& key, discovery::configuration& config, const discovery::source& from,
             std::string& text);
void assign_nothing(const config_key& key, discovery::configuration& config,
                    const discovery::source& from);

/// Whether the value that is set, if any, is a good one. `assign` has asked this already.
error check_value(const config_key& key, const any_setting& s);

error invalid_config(const discovery::source& from, const config_key& key, std::string message);

/// 1, true, 0, false.
std::optional<bool> parse_switch(std::string_view text) noexcept;

} // namespace internal
MEC_END_NAMESPACE

#endif
