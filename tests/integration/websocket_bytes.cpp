#include "websocket_bytes.hpp"

#include "websocket_notification.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

namespace websocket_test {

const char* const upgrade_fields = "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                   "Sec-WebSocket-Version: 13\r\n"
                                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

std::string frame(unsigned char first_byte, std::string_view payload, bool mask)
{
    constexpr unsigned char key[] = {0x12, 0x34, 0x56, 0x78};
    const auto put = [](std::string& out, std::size_t value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            out.push_back(static_cast<char>(static_cast<unsigned char>(value >> shift)));
    };
    std::string out(1, static_cast<char>(first_byte));
    const std::size_t flag = mask ? 0x80 : 0;
    const std::size_t size = payload.size();
    if (size < 126) put(out, size | flag, 1);
    else if (size < 0x10000) put(out, 126 | flag, 1), put(out, size, 2);
    else put(out, 127 | flag, 1), put(out, size, 8);
    if (!mask) return out.append(payload);
    out.append(reinterpret_cast<const char*>(key), sizeof key);
    for (std::size_t i = 0; i < size; ++i)
        out.push_back(static_cast<char>(static_cast<unsigned char>(payload[i]) ^ key[i % 4]));
    return out;
}

std::string notification(std::uint32_t sequence, std::string_view name)
{
    std::string out;
    mec::internal::append_websocket_request(out, sequence, "application/json",
                                            "{\"name\":\"" + std::string(name) + "\"}");
    return out;
}

std::string accept_value(std::string_view request)
{
    constexpr std::string_view field = "Sec-WebSocket-Key: ";
    const auto at = request.find(field);
    if (at == request.npos) return {};
    std::string key(request.substr(at + field.size(), 24));
    key += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char*>(key.data()), key.size(), digest);
    unsigned char base64[32] = {};
    const int size = EVP_EncodeBlock(base64, digest, sizeof digest);
    return {reinterpret_cast<const char*>(base64), static_cast<std::size_t>(size)};
}

std::string switching(std::string_view request)
{
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: " +
           accept_value(request) + "\r\n\r\n";
}

} // namespace websocket_test
