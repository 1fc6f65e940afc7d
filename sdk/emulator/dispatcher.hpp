#ifndef MEC_EMULATOR_DISPATCHER_HPP
#define MEC_EMULATOR_DISPATCHER_HPP

/// @file
/// From a request to what shall happen to its connection. No I/O.

#include "operations.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

/// What one request came to.
struct outcome {
    answer reply;
    fault hit; ///< times == 0: none
    bool dropped = false;
    bool controller = false; ///< belongs to the control interface: not logged
    std::string operation;
    std::string caller;
};

/// Routes, checks and carries out one request.
outcome dispatch(platform_state& s, const secret_string& control_token,
                 const internal::received_request& request);

} // namespace emulator
MEC_END_NAMESPACE

#endif
