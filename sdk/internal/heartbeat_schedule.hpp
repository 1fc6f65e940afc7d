#ifndef MEC_INTERNAL_HEARTBEAT_SCHEDULE_HPP
#define MEC_INTERNAL_HEARTBEAT_SCHEDULE_HPP

#include <mec/core/clock.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>

MEC_BEGIN_NAMESPACE
namespace internal {

/// When each service says that it is alive (GS MEC 011 clause 5.2.12). Decides without I/O.
class heartbeat_schedule {
public:
    /// The platform wants a heartbeat of `key` every `interval`; none when it is not positive.
    void set(std::size_t key, std::chrono::seconds interval, steady_time now, double u)
    {
        if (interval <= std::chrono::seconds{0}) {
            beats_.erase(key);
            return;
        }
        auto& b = beats_[key];
        const auto wanted = std::min<std::chrono::seconds>(interval, std::chrono::hours{24});
        const bool known = b.interval == wanted;
        b.interval = wanted;
        // Saying the same again puts nothing off.
        if (!known) b.due = now + part_of(b.interval, u);
    }
    void remove(std::size_t key) { beats_.erase(key); }
    void clear() noexcept { beats_.clear(); }
    bool has(std::size_t key) const { return beats_.count(key) != 0; }

    /// The key of a heartbeat that is due; it is under way then.
    std::optional<std::size_t> next(steady_time now)
    {
        for (auto& [key, b] : beats_) {
            if (b.under_way || now < b.due) continue;
            b.under_way = true;
            return key;
        }
        return std::nullopt;
    }
    /// A heartbeat was answered, or failed for now: then the next one comes soon, and less soon each
    /// time that it fails again.
    void done(std::size_t key, bool ok, steady_time now, double u)
    {
        const auto found = beats_.find(key);
        if (found == beats_.end()) return;
        beat& b = found->second;
        b.under_way = false;
        const auto usual = part_of(b.interval, u);
        auto soon = std::min(b.interval / 4, std::chrono::milliseconds{1000});
        for (int i = 0; i < b.failures && soon < usual; ++i) soon *= 2;
        b.failures = ok ? 0 : b.failures + 1;
        b.due = now + (ok ? usual : std::min(soon, usual));
    }
    steady_time wakeup() const noexcept
    {
        steady_time when = steady_time::max();
        for (const auto& [key, b] : beats_)
            if (!b.under_way) when = std::min(when, b.due);
        return when;
    }

private:
    struct beat {
        std::chrono::milliseconds interval{0};
        steady_time due{};
        bool under_way = false;
        int failures = 0; ///< in a row
    };
    /// Early enough for a late one not to be missed, and not all applications at the same time.
    static std::chrono::milliseconds part_of(std::chrono::milliseconds interval, double u)
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(interval * (0.7 + 0.2 * u));
    }

    std::map<std::size_t, beat> beats_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
