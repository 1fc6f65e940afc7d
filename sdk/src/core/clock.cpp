#include <mec/core/clock.hpp>

MEC_BEGIN_NAMESPACE

clock::~clock() = default;

namespace {

class system_clocks final : public clock {
public:
    steady_time now() const noexcept override { return std::chrono::steady_clock::now(); }
    system_time system_now() const noexcept override { return std::chrono::system_clock::now(); }
};

} // namespace

clock& machine_clock() noexcept
{
    // Never deleted: other statics may ask for the time while they are destroyed.
    static clock* const instance = new system_clocks;
    return *instance;
}

MEC_END_NAMESPACE
