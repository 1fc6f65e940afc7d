#ifndef MEC_EMULATOR_RADIO_MOTION_HPP
#define MEC_EMULATOR_RADIO_MOTION_HPP

#include "types.hpp"

#include <memory>

MEC_BEGIN_NAMESPACE
namespace emulator {
namespace radio {

/// Where a UE on a route is. A function of the time, whatever steps it is asked in.
class MEC_API motion {
public:
    /// @pre the route has at least two points and a positive speed.
    motion(std::shared_ptr<const route> way, milliseconds start);

    point at(milliseconds when) const noexcept;
    /// m/s; 0 at the end of a route that is no loop.
    double speed(milliseconds when) const noexcept;

private:
    double travelled(milliseconds when) const noexcept;

    std::shared_ptr<const route> way_;
    std::vector<double> reached_; ///< metres from the first point to each; last: all around
    milliseconds start_;
};

} // namespace radio
} // namespace emulator
MEC_END_NAMESPACE

#endif
