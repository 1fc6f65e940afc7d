#include <mec/core/random.hpp>

#include "text.hpp"

#include <sys/random.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <stdexcept>

MEC_BEGIN_NAMESPACE

random_source::~random_source() = default;

namespace {

bool fill_from_system(void* out, std::size_t size) noexcept
{
    auto* position = static_cast<unsigned char*>(out);
    while (size > 0) {
        const ssize_t n = ::getrandom(position, size, 0);
        if (n < 0) {
            if (errno == EINTR) continue;
            return false;
        }
        position += n;
        size -= static_cast<std::size_t>(n);
    }
    return true;
}

/// SplitMix64 (Steele, Lea, Flood 2014): its state is a counter, so threads share it without a
/// lock.
class splitmix64 final : public random_source {
public:
    splitmix64() noexcept
    {
        std::uint64_t seed = 0;
        if (!fill_from_system(&seed, sizeof seed)) {
            // Jitter must differ between machines; it need not be secret.
            const auto time = std::chrono::system_clock::now().time_since_epoch().count();
            seed = static_cast<std::uint64_t>(time) ^ reinterpret_cast<std::uintptr_t>(&seed);
        }
        counter_.store(seed, std::memory_order_relaxed);
    }

    std::uint64_t next() noexcept override
    {
        constexpr std::uint64_t step = 0x9e3779b97f4a7c15u;
        std::uint64_t z = counter_.fetch_add(step, std::memory_order_relaxed) + step;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }

private:
    std::atomic<std::uint64_t> counter_{0};
};

} // namespace

random_source& machine_random() noexcept
{
    static random_source* const instance = new splitmix64;
    return *instance;
}

std::string unguessable_token(std::size_t bytes)
{
    std::string raw(bytes, '\0');
    if (!fill_from_system(raw.data(), raw.size())) {
        throw std::runtime_error("mec: the operating system gives no random bytes (getrandom)");
    }
    std::string out;
    out.reserve(2 * bytes);
    for (const char c : raw) internal::append_hex(out, static_cast<unsigned char>(c));
    return out;
}

MEC_END_NAMESPACE
