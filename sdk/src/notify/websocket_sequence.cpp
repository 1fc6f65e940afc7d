#include "websocket_sequence.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {

auto websocket_sequence::find(std::uint32_t number, const key& body) const noexcept -> const entry*
{
    const auto end = ring_.begin() + static_cast<std::ptrdiff_t>(used_);
    const auto found = std::find_if(
        ring_.begin(), end, [&](const entry& e) { return e.number == number && e.body == body; });
    return found == end ? nullptr : &*found;
}

websocket_judgement websocket_sequence::judge(std::uint32_t number, const key& body) const noexcept
{
    websocket_judgement j;
    if (used_ == 0) return j; // the first may have any number
    if (const entry* known = find(number, body)) {
        j.repeated = known->delivered;
        return j;
    }
    const std::uint32_t step = number - last_; // the count wraps around
    constexpr std::uint32_t backwards = 0x8000'0000;
    if (step == 0 || step >= backwards) j.restarted = true;
    else j.missed = step - 1;
    return j;
}

void websocket_sequence::settle(std::uint32_t number, const key& body, bool delivered) noexcept
{
    if (const entry* known = find(number, body)) {
        ring_[static_cast<std::size_t>(known - ring_.data())].delivered = delivered;
        return;
    }
    ring_[next_] = {number, body, delivered};
    next_ = (next_ + 1) % ring_.size();
    used_ = std::min(used_ + 1, ring_.size());
    last_ = number;
}

} // namespace internal
MEC_END_NAMESPACE
