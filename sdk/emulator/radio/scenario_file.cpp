#include "scenario_checks.hpp"
#include "scenario_tables.hpp"

#include "json_place.hpp"
#include "regular_file.hpp"
#include "text.hpp"

#include <mec/json/codec.hpp>

#include <cmath>
#include <cstdio>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

namespace {

constexpr std::size_t largest_file = 4 * 1024 * 1024;

/// A member that is misspelt would otherwise be a member that is silently left out.
error check_members(std::string_view text)
{
    const json::type_desc& type = json::type_of<scenario>::value;
    error_info info;
    info.pointer = internal::first_unknown_member(text, type);
    if (info.pointer.empty()) return {};
    info.message = "expected a member that scenarios have here, got '" +
                   info.pointer.substr(info.pointer.rfind('/') + 1) + "'";
    return {errc::config_invalid, std::move(info)};
}

error located(const error& e, std::string_view text, const std::string& name)
{
    error_info info = e.info();
    const auto at = internal::place_of(text, internal::offset_of(text, info.pointer));
    info.endpoint = "file " + internal::printable(name) + ", line " + std::to_string(at.line) +
                    ", column " + std::to_string(at.column);
    return e.with(std::move(info));
}

std::uint32_t from_hex(const std::string& text)
{
    std::uint32_t n = 0;
    for (const char c : text) n = n * 16 + static_cast<std::uint32_t>(internal::hex_value(c));
    return n;
}

std::string to_hex(std::uint32_t n)
{
    char text[9];
    std::snprintf(text, sizeof text, "%08x", n);
    return text;
}

std::string ipv4_after(const std::string& first, std::uint32_t steps)
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    std::sscanf(first.c_str(), "%3u.%3u.%3u.%3u", &a, &b, &c, &d);
    const std::uint32_t n = ((a << 24) | (b << 16) | (c << 8) | d) + steps;
    return std::to_string(n >> 24) + '.' + std::to_string((n >> 16) & 255) + '.' +
           std::to_string((n >> 8) & 255) + '.' + std::to_string(n & 255);
}

} // namespace

std::vector<ue> members_of(const ue_group& g)
{
    std::vector<ue> all;
    for (std::uint32_t i = 0; i < g.count; ++i) {
        char number[12];
        std::snprintf(number, sizeof number, "%03u", i + 1);
        ue u;
        u.name = g.name + number;
        if (!g.ipv4.empty()) u.ipv4 = ipv4_after(g.ipv4, i);
        if (!g.gtp_teid.empty()) u.gtp_teid = to_hex(from_hex(g.gtp_teid) + i);
        if (!g.mtmsi.empty()) u.temp_ue_id = temp_ue_id{g.mmec, to_hex(from_hex(g.mtmsi) + i)};
        if (g.center) {
            // A sunflower: even, and without any chance in it.
            const double r = g.radius * std::sqrt((i + 0.5) / g.count);
            const double turn = 2.399963229728653 * i;
            u.position = point{g.center->x + r * std::cos(turn), g.center->y + r * std::sin(turn)};
        }
        u.erabs = g.erabs;
        u.reports = g.reports;
        all.push_back(std::move(u));
    }
    return all;
}

result<scenario> parse_scenario(std::string_view text, const std::string& name)
{
    scenario s;
    error e = json::decode(text, s);
    if (!e) e = check_members(text);
    if (!e) e = check_scenario(s);
    if (e) return located(e, text, name);
    return s;
}

result<scenario> read_scenario(const std::string& path)
{
    auto text = internal::read_regular_file(path, largest_file);
    if (!text) return text.error();
    return parse_scenario(*text, path);
}

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE
