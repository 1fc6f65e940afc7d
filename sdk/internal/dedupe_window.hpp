#ifndef MEC_INTERNAL_DEDUPE_WINDOW_HPP
#define MEC_INTERNAL_DEDUPE_WINDOW_HPP

#include <mec/core/clock.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Remembers texts that were seen lately: at most so many, the oldest is forgotten first, and none
/// longer than so long. Keeps hashes, not the texts. Allocates while it grows to its full size only.
/// @pre `now` never goes back.
class MEC_API dedupe_window {
public:
    /// What stands for a text. Two texts share one by accident with probability 2^-64.
    struct key {
        std::uint64_t hash;
        std::size_t size;

        friend bool operator==(const key& a, const key& b) noexcept
        {
            return a.hash == b.hash && a.size == b.size;
        }
    };
    static key key_of(std::string_view text) noexcept;

    explicit dedupe_window(std::size_t entries = 1024,
                           std::chrono::nanoseconds age = std::chrono::seconds{60});

    bool contains(const key& k, steady_time now) const noexcept;
    /// @pre not contains(k, now)
    void insert(const key& k, steady_time now);

private:
    static constexpr std::uint32_t none = UINT32_MAX;
    struct entry {
        key k;
        steady_time seen;
        std::uint32_t next; ///< older entry of the same bucket
    };

    std::uint32_t& bucket(const key& k) noexcept { return buckets_[k.hash % buckets_.size()]; }
    void unlink(std::uint32_t index) noexcept;

    const std::size_t most_;
    const std::chrono::nanoseconds age_;
    std::vector<entry> ring_;
    std::size_t oldest_ = 0; ///< once the ring is full
    std::vector<std::uint32_t> buckets_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
