#include "text.hpp"

#include <mec/common/types.hpp>

MEC_BEGIN_NAMESPACE

using internal::hex_value;

std::string id_of(std::string_view href)
{
    href = href.substr(0, href.find_first_of("?#"));
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
