#include "table.hpp"

#include "text.hpp"

#include <algorithm>

namespace mecctl {

namespace {

constexpr std::size_t gap = 2;

bool begins_character(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }

std::size_t length(const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

/// The first `size` characters.
std::string beginning(const std::string& text, std::size_t size)
{
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if (begins_character(text[at]) && size-- == 0) break;
    return text.substr(0, at);
}

} // namespace

table::table(std::vector<std::string> header)
{
    for (std::string& title : header) {
        widths_.push_back(length(title));
        header_.push_back({std::move(title), colour::grey});
    }
}

void table::add(std::vector<cell> row)
{
    for (std::size_t i = 0; i < row.size(); ++i) {
        row[i].text = mec::internal::printable(row[i].text, 4096);
        widths_[i] = std::max(widths_[i], length(row[i].text));
    }
    rows_.push_back(std::move(row));
}

std::string table::line(const std::vector<cell>& row, const output_style& style) const
{
    std::string out;
    std::size_t column = 0; // where the next cell begins
    std::size_t written = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const bool cut = style.width != 0 && column + length(row[i].text) > style.width;
        if (cut && column + 1 >= style.width) break;
        if (!row[i].text.empty()) {
            const std::string text =
                cut ? beginning(row[i].text, style.width - column - 1) + "…" : row[i].text;
            out.append(column - written, ' ');
            out += painted(text, row[i].paint, style.colours);
            written = column + length(text);
        }
        if (cut) break;
        column += widths_[i] + gap;
    }
    return out + '\n';
}

std::string table::take(const output_style& style)
{
    std::string out;
    if (!begun_ && !rows_.empty()) {
        out = line(header_, style);
        begun_ = true;
    }
    for (const auto& row : rows_) out += line(row, style);
    rows_.clear();
    return out;
}

} // namespace mecctl
