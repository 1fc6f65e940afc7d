#ifndef MEC_INTERNAL_WEBSOCKET_SEQUENCE_HPP
#define MEC_INTERNAL_WEBSOCKET_SEQUENCE_HPP

#include "dedupe_window.hpp"

#include <array>
#include <cstdint>

MEC_BEGIN_NAMESPACE
namespace internal {

/// What the number of a notification says about those before it.
struct websocket_judgement {
    bool repeated = false;    ///< it was delivered already: answer, but do not deliver again
    std::uint32_t missed = 0; ///< so many came before it and were not seen
    bool restarted = false;   ///< the platform counts anew: there may be others that were not seen
};

/// Judges the sequence numbers of one subscription across its connections. What was not confirmed is
/// sent again on the next connection, with its number; so a number that is known, with the same body,
/// is a repeat. With another body it is not: some platforms begin to count anew.
/// No I/O, no clock.
class MEC_API websocket_sequence {
public:
    using key = dedupe_window::key;

    websocket_judgement judge(std::uint32_t number, const key& body) const noexcept;
    /// After judge(), for what was not a repeat.
    /// @param delivered  it was accepted; otherwise the platform may try again
    void settle(std::uint32_t number, const key& body, bool delivered) noexcept;

private:
    struct entry {
        std::uint32_t number;
        key body;
        bool delivered;
    };
    const entry* find(std::uint32_t number, const key& body) const noexcept;

    /// One at a time is under way; the rest is for platforms that do not wait.
    std::array<entry, 16> ring_{};
    std::size_t used_ = 0;
    std::size_t next_ = 0;
    std::uint32_t last_ = 0;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
