#ifndef MEC_SRC_NOTIFY_CHANNEL_REGISTRY_HPP
#define MEC_SRC_NOTIFY_CHANNEL_REGISTRY_HPP

#include "inbox.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

/// The 128 secret bits of a channel.
struct channel_key {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    /// 32 lower-case hexadecimal digits, nothing else.
    static std::optional<channel_key> parse(std::string_view text) noexcept;
};

/// Which channels there are, and which were there a moment ago. Thread-safe.
class channel_registry {
public:
    struct found {
        std::shared_ptr<inbox> open; ///< null: no channel, or
        bool closed_lately = false;
    };

    explicit channel_registry(mec::clock& clock) noexcept : clock_(clock) {}

    /// False when the registry is closed.
    bool add(const channel_key& key, std::shared_ptr<inbox> box);
    void close(const channel_key& key) noexcept;
    void close_all() noexcept;
    found find(const channel_key& key) const;

private:
    struct entry {
        channel_key key;
        std::shared_ptr<inbox> box; ///< null: closed
        steady_time until{};        ///< a closed one is remembered
    };
    void forget_old() noexcept;

    mec::clock& clock_;
    mutable std::mutex mutex_; ///< guards what follows
    std::vector<entry> entries_;
    bool closed_ = false;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
