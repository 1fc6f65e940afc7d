#include "text.hpp"

#include <mec/common/types.hpp>

MEC_BEGIN_NAMESPACE

using internal::hex_value;

namespace {

/// Path of a URL or of a relative reference.
std::string_view path_of(std::string_view href)
{
    href = href.substr(0, href.find_first_of("?#"));
    const auto colon = href.find(':');
    const bool has_scheme = colon < href.find('/');
    const std::string_view rest = has_scheme ? href.substr(colon + 1) : href;
    if (rest.substr(0, 2) != "//") return has_scheme ? rest : href;
    const auto slash = rest.find('/', 2);
    return slash == rest.npos ? std::string_view() : rest.substr(slash);
}

} // namespace

std::string id_of(std::string_view href)
{
    href = path_of(href);
    while (!href.empty() && href.back() == '/') href.remove_suffix(1);
    href = href.substr(href.rfind('/') + 1);
    std::string id;
    for (std::size_t i = 0; i < href.size(); ++i) {
        const bool escaped = href[i] == '%' && i + 2 < href.size() && hex_value(href[i + 1]) >= 0 &&
                             hex_value(href[i + 2]) >= 0;
        if (escaped) {
            id += static_cast<char>(hex_value(href[i + 1]) * 16 + hex_value(href[i + 2]));
            i += 2;
        } else {
            id += href[i];
        }
    }
    return id;
}

MEC_END_NAMESPACE
