#include "query.hpp"

#include "text.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

constexpr std::size_t most_parameters = 200;

} // namespace

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (text.size() - i < 3 || !internal::is_hex(text[i + 1]) ||
                !internal::is_hex(text[i + 2]))
                return std::nullopt;
            out += static_cast<char>(internal::hex_value(text[i + 1]) * 16 +
                                     internal::hex_value(text[i + 2]));
            i += 2;
        } else {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::optional<std::vector<parameter>> parse_parameters(std::string_view text, bool plus_is_space)
{
    std::vector<parameter> all;
    while (!text.empty()) {
        const auto end = text.find('&');
        const auto item = text.substr(0, end);
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (item.empty()) continue;
        if (all.size() == most_parameters) return std::nullopt;
        const auto equals = item.find('=');
        auto name = percent_decoded(item.substr(0, equals), plus_is_space);
        auto value = percent_decoded(
            equals == item.npos ? std::string_view() : item.substr(equals + 1), plus_is_space);
        if (!name || !value) return std::nullopt;
        all.push_back({std::move(*name), std::move(*value)});
    }
    return all;
}

void append_list(std::vector<std::string>& out, std::string_view value)
{
    for (;;) {
        const auto comma = value.find(',');
        out.emplace_back(value.substr(0, comma));
        if (comma == value.npos) return;
        value.remove_prefix(comma + 1);
    }
}

} // namespace emulator
MEC_END_NAMESPACE
