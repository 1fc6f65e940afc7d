// Any message may come over a websocket, at either end.

#include "message_pieces.hpp"

#include "websocket_notification.hpp"

#include <functional>

using namespace mec_fuzz;
using namespace mec::internal;

namespace {

constexpr websocket_message_limits limits{128, 4, 64};

bool is_part(std::string_view part, std::string_view whole)
{
    const std::less_equal<const char*> before;
    return part.empty() || (before(whole.data(), part.data()) &&
                            before(part.data() + part.size(), whole.data() + whole.size()));
}

void check_request(std::string_view message)
{
    const auto r = decode_websocket_request(message, limits);
    const auto number = websocket_sequence_of(message);
    if (!r) {
        require(r.error() == mec::errc::protocol_error || r.error() == mec::errc::limit_exceeded);
        require(!r.error().info().message.empty());
        return;
    }
    require(number && *number == r->sequence);
    require(r->body.size() <= limits.body && message.size() - r->body.size() <= limits.header);
    require(is_part(r->body, message) && is_part(r->content_type, message) &&
            is_part(r->content_encoding, message));
    for (const char c : r->content_type) require(c != '\r' && c != '\n' && c != '\0');
    // What was understood comes back the same.
    std::string again;
    append_websocket_request(again, r->sequence, r->content_type.empty() ? "a/b" : r->content_type,
                             r->body);
    const auto same = decode_websocket_request(again, {1024, 4, 64});
    require(same.has_value() && same->sequence == r->sequence && same->body == r->body);
}

void check_response(std::string_view message)
{
    const auto r = decode_websocket_response(message, limits);
    if (!r) {
        require(r.error() == mec::errc::protocol_error || r.error() == mec::errc::limit_exceeded);
        return;
    }
    require(websocket_sequence_of(message) == r->sequence);
    require(r->status >= 100 && r->status <= 599);
    require(r->body.size() <= limits.body && is_part(r->body, message));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check_request(bytes);
    check_response(bytes);
    return 0;
}
