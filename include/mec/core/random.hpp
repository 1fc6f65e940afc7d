#ifndef MEC_CORE_RANDOM_HPP
#define MEC_CORE_RANDOM_HPP

#include <mec/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

MEC_BEGIN_NAMESPACE

/// Where the SDK gets its jitter, so that tests can own it. Not for secrets. Thread-safe.
class MEC_API random_source {
public:
    virtual ~random_source();
    /// 64 random bits.
    virtual std::uint64_t next() noexcept = 0;

    /// A number in [0, 1).
    double uniform() noexcept
    {
        return static_cast<double>(next() >> 11) * (1.0 / 9007199254740992.0);
    }
};

/// Seeded once from the operating system. Never destroyed.
MEC_API random_source& machine_random() noexcept;

/// `bytes` bytes from the operating system's generator, as hexadecimal digits; for paths and ids that
/// nobody may guess.
/// @throws std::runtime_error when the operating system has none to give (a sandbox without getrandom).
MEC_API std::string unguessable_token(std::size_t bytes = 16);

MEC_END_NAMESPACE

#endif
