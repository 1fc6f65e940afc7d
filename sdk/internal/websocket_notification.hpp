#ifndef MEC_INTERNAL_WEBSOCKET_NOTIFICATION_HPP
#define MEC_INTERNAL_WEBSOCKET_NOTIFICATION_HPP

/// @file
/// Notifications over a websocket (GS MEC 009 clause 6.12a, 3GPP TS 29.122 clause 5.2.5.4): what one
/// websocket message holds. A request of the platform carries a notification, a response of the
/// application answers it; a sequence number says which. No I/O.

#include <mec/core/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

struct websocket_message_limits {
    std::size_t header = 4 * 1024; ///< bytes in front of the body
    std::size_t fields = 16;
    std::size_t body = 256 * 1024;
};

/// The views are parts of the message that was decoded.
struct websocket_request {
    std::uint32_t sequence = 0;
    std::string_view content_type;     ///< empty: absent
    std::string_view content_encoding; ///< empty: absent
    std::string_view body;
};

struct websocket_response {
    std::uint32_t sequence = 0;
    int status = 0; ///< 100..599
    std::string_view content_type;
    std::string_view body;
};

/// The number that the message begins with, whatever else it holds: what a refusal must repeat.
/// Nothing when it does not begin with one.
MEC_API std::optional<std::uint32_t> websocket_sequence_of(std::string_view message) noexcept;

/// Content-Length may be absent, since a websocket message has its own length; where it is present it
/// must be true. Unknown fields are skipped.
/// @return errc::protocol_error or errc::limit_exceeded.
MEC_API result<websocket_request> decode_websocket_request(std::string_view message,
                                                           const websocket_message_limits& limits);
MEC_API result<websocket_response>
decode_websocket_response(std::string_view message, const websocket_message_limits& limits);

/// Appends a message. @pre content_type is a valid field value.
MEC_API void append_websocket_request(std::string& out, std::uint32_t sequence,
                                      std::string_view content_type, std::string_view body);
/// @pre `status` is one that reason_phrase() knows
MEC_API void append_websocket_response(std::string& out, std::uint32_t sequence, int status,
                                       std::string_view content_type, std::string_view body);

} // namespace internal
MEC_END_NAMESPACE

#endif
