#include <mec/discovery/configuration.hpp>

#include "config_keys.hpp"
#include "text.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace discovery {

namespace {

using internal::config_keys;

constexpr std::string_view app_support_suffix = "/mec_app_support/v1";
constexpr std::string_view service_mgmt_suffix = "/mec_service_mgmt/v1";

url base_of(const setting<url>& override_url, const setting<url>& mp1, std::string_view suffix)
{
    return override_url ? *override_url : mp1->with_path_suffix(suffix);
}

void append_row(std::string& out, std::string_view name, std::string value, std::string_view from)
{
    constexpr std::size_t name_width = 20;
    constexpr std::size_t value_width = 44;
    const std::size_t start = out.size();
    const auto fill_up_to = [&](std::size_t width) {
        out.append(std::max(width, out.size() - start + 1) - (out.size() - start), ' ');
    };
    out.append(name);
    fill_up_to(name_width);
    out += value;
    fill_up_to(name_width + value_width);
    out.append(from) += '\n';
}

} // namespace

std::string source::to_string() const
{
    switch (kind) {
    case source_kind::unset: return "not set";
    case source_kind::code: return "code";
    case source_kind::environment: return "environment variable " + name;
    case source_kind::file: break;
    }
    std::string out = "file " + name;
    if (line != 0) out += ", line " + std::to_string(line);
    if (!variable.empty()) out += " (named by " + variable + ')';
    return out;
}

std::string listen_address::to_string() const
{
    const bool v6 = address.find(':') != address.npos;
    return (v6 ? '[' + address + ']' : address) + ':' + std::to_string(port);
}

url configuration::app_support_base() const
{
    return base_of(app_support_url, mp1_url, app_support_suffix);
}
url configuration::service_mgmt_base() const
{
    return base_of(service_mgmt_url, mp1_url, service_mgmt_suffix);
}

std::string describe(const configuration& config)
{
    configuration copy = config; // the rows give access for writing
    std::string out;
    append_row(out, "key", "value", "source");
    for (const auto& key : config_keys) {
        const auto s = key.get(copy);
        const bool set = internal::source_of(s).kind != source_kind::unset;
        std::string value = internal::has_value(s) ? internal::printable(internal::to_text(s), 200)
                            : set                  ? "(set to nothing)"
                                                   : "-";
        append_row(out, key.name, std::move(value),
                   internal::printable(internal::source_of(s).to_string()));
    }
    for (const auto& s : config.shadowed) {
        out += (s.differs ? "conflict: " : "shadowed: ") + s.key + ": " + s.used.to_string() +
               " is used, " + s.unused.to_string() + " is not\n";
    }
    for (const auto& w : config.warnings) out += "warning: " + w + '\n';
    return out;
}

} // namespace discovery
MEC_END_NAMESPACE
