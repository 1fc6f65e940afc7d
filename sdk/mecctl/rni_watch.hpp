#ifndef MEC_MECCTL_RNI_WATCH_HPP
#define MEC_MECCTL_RNI_WATCH_HPP

#include "control_address.hpp"

#include <mec/rni/shared.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace mecctl {

constexpr const char* no_bearers = "There are no bearers that are asked for.";

struct watch_arguments : control_options {
    std::vector<std::int32_t> qci{1, 2, 5, 9};
};

/// Follows notifications of the radio network until a signal.
int watch(const watch_arguments& a);

/// Of the identities of a UE one that people know: an address before a tunnel.
std::string ue_of(const std::vector<mec::rni::associate_id>& ids);
/// Of bit/s: `2 Mbit/s`.
std::string readable_rate(std::int64_t bits);

} // namespace mecctl

#endif
