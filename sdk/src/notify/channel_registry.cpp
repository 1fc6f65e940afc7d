#include "channel_registry.hpp"

#include <algorithm>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

/// A platform may still be sending what it decided to send before the subscription went away.
constexpr std::chrono::seconds remembered{60};
constexpr std::ptrdiff_t most_remembered = 1024;

int digit(char c) noexcept
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

bool parse_half(std::string_view text, std::uint64_t& out) noexcept
{
    bool valid = true;
    for (const char c : text) {
        const int d = digit(c);
        valid = valid && d >= 0;
        out = out << 4U | static_cast<std::uint64_t>(d & 0xf);
    }
    return valid;
}

} // namespace

std::optional<channel_key> channel_key::parse(std::string_view text) noexcept
{
    channel_key k;
    if (text.size() != 32 || !parse_half(text.substr(0, 16), k.high) ||
        !parse_half(text.substr(16), k.low))
        return std::nullopt;
    return k;
}

bool channel_registry::add(const channel_key& key, std::shared_ptr<inbox> box)
{
    const std::lock_guard<std::mutex> l(mutex_);
    if (closed_) return false;
    forget_old();
    entries_.push_back({key, std::move(box), {}});
    return true;
}

// Every entry is looked at, and all 128 bits at once: how long it takes says nothing about how much of
// a key was right. There are as many entries as subscriptions, so it takes no time worth a table.
auto channel_registry::find(const channel_key& key) const -> found
{
    const std::lock_guard<std::mutex> l(mutex_);
    std::size_t at = entries_.size();
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const channel_key& k = entries_[i].key;
        const bool same = ((k.high ^ key.high) | (k.low ^ key.low)) == 0;
        at = same ? i : at;
    }
    if (at == entries_.size()) return {};
    const entry& e = entries_[at];
    if (e.box) return {e.box};
    return {nullptr, clock_.now() < e.until};
}

void channel_registry::close(const channel_key& key) noexcept
{
    std::shared_ptr<inbox> closing;
    {
        const std::lock_guard<std::mutex> l(mutex_);
        for (entry& e : entries_) {
            if (e.key.high != key.high || e.key.low != key.low || !e.box) continue;
            closing = std::move(e.box);
            e.box = nullptr;
            e.until = clock_.now() + remembered;
        }
        forget_old();
    }
    if (closing) closing->close();
}

void channel_registry::close_all() noexcept
{
    std::vector<entry> all;
    {
        const std::lock_guard<std::mutex> l(mutex_);
        closed_ = true;
        all.swap(entries_);
    }
    for (const entry& e : all)
        if (e.box) e.box->close();
}

void channel_registry::forget_old() noexcept
{
    const auto is_closed = [](const entry& e) { return !e.box; };
    const steady_time now = clock_.now();
    const auto forget = [&](auto unwanted) {
        entries_.erase(std::remove_if(entries_.begin(), entries_.end(), unwanted), entries_.end());
    };
    forget([&](const entry& e) { return is_closed(e) && e.until <= now; });
    auto excess = std::count_if(entries_.begin(), entries_.end(), is_closed) - most_remembered;
    if (excess <= 0) return;
    // Almost in order of closing: entries are in order of opening.
    forget([&](const entry& e) { return is_closed(e) && excess-- > 0; });
}

} // namespace internal
MEC_END_NAMESPACE
