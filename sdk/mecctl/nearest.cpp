#include "nearest.hpp"

#include <algorithm>
#include <numeric>

namespace mecctl {

namespace {

/// How many letters must be put in, taken out or replaced.
std::size_t difference(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

} // namespace

std::string suggestion(std::string_view word, const std::vector<std::string>& known)
{
    constexpr std::size_t longest_word = 100;
    if (word.size() > longest_word) return {};
    const std::string* best = nullptr;
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& candidate : known) {
        const bool begun = !word.empty() && candidate.compare(0, word.size(), word) == 0;
        const std::size_t d = begun ? 0 : difference(word, candidate);
        if (d >= least || d >= candidate.size()) continue;
        least = d;
        best = &candidate;
    }
    return best ? "; did you mean '" + *best + "'?" : "";
}

} // namespace mecctl
