#include "config_sources.hpp"

#include "regular_file.hpp"

#include <cstdlib>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

constexpr std::size_t largest_file = 1024 * 1024;

error unusable(const discovery::source& from, std::string message)
{
    error_info info;
    info.endpoint = from.to_string();
    info.message = std::move(message);
    return error(errc::config_invalid, std::move(info));
}

} // namespace

std::optional<std::string> config_world::variable(std::string_view name) const
{
    if (options_.environment) return options_.environment(name);
    const char* value = std::getenv(std::string(name).c_str());
    if (!value) return std::nullopt;
    return std::string(value);
}

error config_world::read_switch(const char* name, bool& on) const
{
    on = false;
    const auto text = variable(name);
    if (!text || text->empty()) return {};
    const auto value = parse_switch(*text);
    if (!value) {
        return unusable({discovery::source_kind::environment, name, 0, {}},
                        "expected 1, true, 0 or false");
    }
    on = *value;
    return {};
}

result<std::string> config_world::file(const discovery::source& from) const
{
    const std::string& path = from.name;
    if (path.empty() || path.find('\0') != path.npos) {
        return unusable(from, "expected the path of a file");
    }
    const bool joined = options_.root.empty() || path.front() == '/';
    auto text = read_regular_file(options_.root + (joined ? "" : "/") + path, largest_file);
    if (text) return text;
    error_info info = text.error().info();
    info.endpoint = from.to_string();
    return error(errc::config_invalid, std::move(info));
}

result<std::string> config_world::value_file(const discovery::source& from) const
{
    auto text = file(from);
    if (!text) return text;
    while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
    if (text->empty()) return unusable(from, "the file is empty; expected a value in it");
    if (text->compare(0, 3, "\xef\xbb\xbf") == 0) {
        wipe(*text);
        return unusable(from, "the file begins with a byte order mark; write it as plain UTF-8");
    }
    return text;
}

} // namespace internal
MEC_END_NAMESPACE
