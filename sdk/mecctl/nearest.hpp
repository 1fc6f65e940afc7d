#ifndef MEC_MECCTL_NEAREST_HPP
#define MEC_MECCTL_NEAREST_HPP

#include <string>
#include <string_view>
#include <vector>

namespace mecctl {

/// `; did you mean 'log'?` with the word that is least different, or nothing when none is near.
std::string suggestion(std::string_view word, const std::vector<std::string>& known);

} // namespace mecctl

#endif
