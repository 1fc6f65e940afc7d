#ifndef MEC_MECCTL_TABLE_HPP
#define MEC_MECCTL_TABLE_HPP

#include "terminal.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace mecctl {

struct cell {
    std::string text;
    colour paint = colour::none;
    /*implicit*/ cell(std::string t, colour c = colour::none) : text(std::move(t)), paint(c) {}
    /*implicit*/ cell(const char* t) : text(t) {}
};

/// Rows under a header, in aligned columns. Texts may come from anywhere: control characters are
/// written as escapes.
class table {
public:
    explicit table(std::vector<std::string> header);

    void add(std::vector<cell> row);
    bool empty() const noexcept { return rows_.empty(); }

    /// The rows that were added since the last call, the first time with the header. Columns never
    /// become narrower, so that what is written in pieces stays aligned.
    std::string take(const output_style& style);

private:
    std::string line(const std::vector<cell>& row, const output_style& style) const;

    std::vector<cell> header_;
    std::vector<std::size_t> widths_;
    std::vector<std::vector<cell>> rows_;
    bool begun_ = false;
};

} // namespace mecctl

#endif
