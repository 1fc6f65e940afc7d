#include "dedupe_window.hpp"

#include <cstring>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

constexpr std::uint64_t mix(std::uint64_t z) noexcept
{
    z = (z ^ (z >> 32)) * 0xd6e8feb86659fd93u;
    z = (z ^ (z >> 32)) * 0xd6e8feb86659fd93u;
    return z ^ (z >> 32);
}

} // namespace

// Eight bytes a step. std::hash would do, but has 32 bits on some platforms. Whoever finds two texts
// with one hash can only keep the receiver from seeing the second of his own notifications.
auto dedupe_window::key_of(std::string_view text) noexcept -> key
{
    constexpr std::uint64_t odd = 0x9e3779b97f4a7c15u;
    std::uint64_t hash = odd ^ text.size();
    const char* at = text.data();
    std::size_t left = text.size();
    std::uint64_t word = 0;
    for (; left >= sizeof word; left -= sizeof word, at += sizeof word) {
        std::memcpy(&word, at, sizeof word);
        hash = (hash ^ word) * odd;
        hash ^= hash >> 29;
    }
    if (left != 0) {
        word = 0;
        std::memcpy(&word, at, left);
        hash = (hash ^ word) * odd;
    }
    return {mix(hash), text.size()};
}

dedupe_window::dedupe_window(std::size_t entries, std::chrono::nanoseconds age)
    : most_(entries), age_(age)
{
}

bool dedupe_window::contains(const key& k, steady_time now) const noexcept
{
    if (ring_.empty()) return false;
    for (auto i = buckets_[k.hash % buckets_.size()]; i != none; i = ring_[i].next)
        if (ring_[i].k == k) return now - ring_[i].seen < age_;
    return false;
}

void dedupe_window::insert(const key& k, steady_time now)
{
    if (most_ == 0) return;
    if (buckets_.empty()) buckets_.assign(most_, none);
    std::size_t at = ring_.size();
    if (at < most_) {
        ring_.push_back({k, now, none});
    } else {
        at = oldest_;
        oldest_ = (oldest_ + 1) % most_;
        unlink(static_cast<std::uint32_t>(at));
        ring_[at] = {k, now, none};
    }
    ring_[at].next = bucket(k);
    bucket(k) = static_cast<std::uint32_t>(at);
}

void dedupe_window::unlink(std::uint32_t index) noexcept
{
    auto* link = &bucket(ring_[index].k);
    while (*link != index) link = &ring_[*link].next;
    *link = ring_[index].next;
}

} // namespace internal
MEC_END_NAMESPACE
