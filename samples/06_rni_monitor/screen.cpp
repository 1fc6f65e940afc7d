#include "screen.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

namespace {

struct extent {
    std::size_t columns = 80;
    std::size_t rows = 24;
};

extent size_of_terminal()
{
    winsize w{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) != 0 || w.ws_col == 0 || w.ws_row == 0) return {};
    return {w.ws_col, w.ws_row};
}

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(width, text.size()), ' ');
    return text + "  ";
}

std::string number(const std::optional<double>& value, const char* unit)
{
    return value ? std::to_string(std::lround(*value)) + unit : "-";
}

std::string row(const std::string& ue, const std::string& cell, const std::string& rsrp,
                const std::string& rsrq, const std::string& distance, const std::string& bearers,
                const std::string& change)
{
    return padded(ue, 15) + padded(cell, 16) + padded(rsrp, 8) + padded(rsrq, 6) +
           padded(distance, 8) + padded(bearers, 16) + change;
}

std::string row_of(const std::string& name, const ue_state& u)
{
    std::string cells = u.cell.empty() ? "-" : u.cell;
    for (const std::string& c : u.secondary_cells) cells += '+' + c;
    std::string bearers;
    for (const auto& [id, b] : u.bearers)
        bearers += (bearers.empty() ? "" : ", ") + std::to_string(id) + " (QCI " +
                   std::to_string(b.qci) + ')';
    std::string change = u.last_change;
    if (!change.empty()) {
        const auto age = std::chrono::duration_cast<std::chrono::seconds>(
            std::chrono::steady_clock::now() - u.changed);
        change += ", " + std::to_string(age.count()) + " s ago";
    }
    return row(name, cells, number(u.rsrp, " dBm"), number(u.rsrq, " dB"), number(u.distance, " m"),
               bearers.empty() ? "-" : bearers, change);
}

} // namespace

bool is_drawable()
{
    const char* const kind = std::getenv("TERM");
    return ::isatty(STDOUT_FILENO) == 1 && kind && std::strcmp(kind, "dumb") != 0;
}

void screen::draw(const shown& what)
{
    const extent most = size_of_terminal();
    const char* const no_colour = std::getenv("NO_COLOR");
    const bool colours = !no_colour || *no_colour == '\0';
    std::string out;
    // To the beginning of what was drawn before, and away with it.
    if (lines_ != 0) out += "\x1b[" + std::to_string(lines_) + "A";
    out += "\r\x1b[J";
    lines_ = 0;
    const auto line = [&](const std::string& text, const char* style) {
        if (colours) out += style;
        out += text.substr(0, most.columns - 1);
        if (colours && *style) out += "\x1b[0m";
        out += '\n';
        ++lines_;
    };
    line("state " + what.state + "; delivery: " + text_of(what.delivery), "\x1b[1m");
    line(row("UE", "CELL", "RSRP", "RSRQ", "DISTANCE", "BEARERS", "LAST CHANGE"), "\x1b[90m");
    const auto& ues = what.network.ues();
    // Besides the UEs: two lines above, up to two below, and the cursor's.
    const std::size_t room = most.rows > 5 ? most.rows - 5 : 1;
    std::size_t left = ues.size();
    for (const auto& [name, u] : ues) {
        if (ues.size() - left == room) break;
        line(row_of(name, u), "");
        --left;
    }
    if (left != 0) line("and " + std::to_string(left) + " more", "\x1b[90m");
    line(what.counts.text(), "\x1b[1m");
    std::cout << out << std::flush;
}

std::string text_of(const std::map<std::string, mec::radio_delivery>& delivery)
{
    std::map<std::string_view, std::size_t> counts;
    for (const auto& one : delivery) ++counts[to_string(one.second)];
    std::string out;
    for (const auto& [way, n] : counts)
        out += (out.empty() ? "" : ", ") + std::string(way) + ' ' + std::to_string(n);
    return out.empty() ? "none yet" : out;
}
