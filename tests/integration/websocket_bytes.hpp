#ifndef MEC_TESTS_INTEGRATION_WEBSOCKET_BYTES_HPP
#define MEC_TESTS_INTEGRATION_WEBSOCKET_BYTES_HPP

/// @file
/// Websockets by hand (RFC 6455), for peers that do what no library does.

#include <cstdint>
#include <string>
#include <string_view>

namespace websocket_test {

enum opcode : unsigned char {
    continuation = 0,
    text = 1,
    binary = 2,
    bye = 8,
    ping = 9,
    pong = 10
};

/// One frame. `mask`: as a client sends it.
std::string frame(unsigned char first_byte, std::string_view payload, bool mask);
/// FIN set.
inline std::string whole(opcode op, std::string_view payload, bool mask)
{
    return frame(static_cast<unsigned char>(0x80U | op), payload, mask);
}
/// A notification, in the payload of a frame.
std::string notification(std::uint32_t sequence, std::string_view name);

/// Value of Sec-WebSocket-Accept for a request's key.
std::string accept_value(std::string_view request);
/// The answer that makes a websocket of a connection.
std::string switching(std::string_view request);

/// Fields of a request for a websocket, each with CRLF.
extern const char* const upgrade_fields;

} // namespace websocket_test

#endif
