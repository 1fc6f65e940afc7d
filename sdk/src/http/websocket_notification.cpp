#include "websocket_notification.hpp"

#include "http_guard.hpp"
#include "parsers.hpp"
#include "text.hpp"

#include <algorithm>
#include <charconv>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

constexpr std::string_view sequence_name = "3GPP-WS-Notif-Seq: ";
constexpr std::string_view end_of_line = "\r\n";
/// The number is binary: its bytes may be anything, the end of a line as well.
constexpr std::size_t sequence_line = sequence_name.size() + 4 + end_of_line.size();

error malformed(std::string message) { return {errc::protocol_error, std::move(message)}; }

/// What requests and responses have in common.
struct contents {
    std::uint32_t sequence = 0;
    std::string_view status_line;
    std::string_view type;
    std::string_view encoding;
    std::string_view length;
    std::string_view body;
};

/// Reads a message from its beginning to its end; the first error stays.
class message_scanner {
public:
    message_scanner(std::string_view message, const websocket_message_limits& limits)
        : message_(message), rest_(message), limits_(limits)
    {
    }

    result<contents> scan(bool response)
    {
        if (error e = sequence()) return e;
        if (response)
            if (error e = line(found_.status_line)) return e;
        for (std::size_t count = 0;; ++count) {
            std::string_view text;
            if (error e = line(text)) return e;
            if (text.empty()) break;
            if (count == limits_.fields)
                return error(errc::limit_exceeded, "expected at most " +
                                                       std::to_string(limits_.fields) +
                                                       " header lines, got more");
            if (error e = field(text)) return e;
        }
        if (error e = body()) return e;
        return found_;
    }

private:
    error sequence()
    {
        const auto number = websocket_sequence_of(message_);
        if (!number)
            return malformed("expected a message that begins with " + quoted(sequence_name) +
                             " and 4 bytes, got " + quoted(message_.substr(0, sequence_line)));
        found_.sequence = *number;
        rest_.remove_prefix(sequence_line);
        return {};
    }

    error line(std::string_view& text)
    {
        const std::size_t used = message_.size() - rest_.size();
        const std::size_t most = limits_.header > used ? limits_.header - used : 0;
        const auto end = rest_.substr(0, most).find(end_of_line);
        if (end == rest_.npos)
            return rest_.size() >= most
                       ? error(errc::limit_exceeded, "expected at most " +
                                                         std::to_string(limits_.header) +
                                                         " bytes in front of the body, got more")
                       : malformed("expected header lines and an empty line, got the end of the "
                                   "message");
        text = rest_.substr(0, end);
        rest_.remove_prefix(end + end_of_line.size());
        if (!is_field_value(text))
            return malformed("expected a line of text, got control characters: " + quoted(text));
        return {};
    }

    error field(std::string_view text)
    {
        const auto colon = text.find(':');
        const auto name = text.substr(0, colon);
        if (colon == text.npos || !is_token(name))
            return malformed("expected a header line `name: value`, got " + quoted(text));
        auto value = text.substr(colon + 1);
        while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
            value.remove_prefix(1);
        while (!value.empty() && (value.back() == ' ' || value.back() == '\t'))
            value.remove_suffix(1);
        if (http::equal_names(name, "Content-Type")) return once(name, value, found_.type);
        if (http::equal_names(name, "Content-Encoding")) return once(name, value, found_.encoding);
        if (http::equal_names(name, "Content-Length")) return once(name, value, found_.length);
        return {};
    }

    static error once(std::string_view name, std::string_view value, std::string_view& out)
    {
        if (!out.empty()) return malformed("expected " + std::string(name) + " once, got it twice");
        if (value.empty()) return malformed("expected a value of " + std::string(name));
        out = value;
        return {};
    }

    error body()
    {
        if (!found_.length.empty()) {
            std::uint64_t declared = 0;
            const char* const end = found_.length.data() + found_.length.size();
            const auto [stop, code] = std::from_chars(found_.length.data(), end, declared);
            if (stop != end || code != std::errc{} || declared != rest_.size())
                return malformed("expected Content-Length to be the size of the body, " +
                                 std::to_string(rest_.size()) + ", got " + quoted(found_.length));
        }
        if (rest_.size() > limits_.body)
            return {errc::limit_exceeded, "expected a body of at most " +
                                              std::to_string(limits_.body) + " bytes, got " +
                                              std::to_string(rest_.size())};
        found_.body = rest_;
        return {};
    }

    const std::string_view message_;
    std::string_view rest_;
    const websocket_message_limits& limits_;
    contents found_;
};

/// `204 No Content`. Three digits; what follows after a space is for people.
std::optional<int> status_in(std::string_view line) noexcept
{
    if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, is_digit)) return {};
    if (line.size() > 3 && line[3] != ' ') return {};
    const int status = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    if (status < 100 || status > 599) return {};
    return status;
}

void append_sequence(std::string& out, std::uint32_t sequence)
{
    out.append(sequence_name);
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        out.push_back(static_cast<char>(static_cast<unsigned char>(sequence >> shift)));
    out.append(end_of_line);
}

void append_contents(std::string& out, std::string_view content_type, std::string_view body)
{
    out.append("Content-Type: ").append(content_type).append(end_of_line);
    out.append("Content-Length: ").append(std::to_string(body.size())).append(end_of_line);
    out.append(end_of_line).append(body);
}

} // namespace

std::optional<std::uint32_t> websocket_sequence_of(std::string_view message) noexcept
{
    if (message.size() < sequence_line ||
        !http::equal_names(message.substr(0, sequence_name.size()), sequence_name) ||
        message.substr(sequence_line - end_of_line.size(), end_of_line.size()) != end_of_line)
        return std::nullopt;
    std::uint32_t number = 0;
    for (const char c : message.substr(sequence_name.size(), 4))
        number = number << 8U | static_cast<unsigned char>(c);
    return number;
}

result<websocket_request> decode_websocket_request(std::string_view message,
                                                   const websocket_message_limits& limits)
{
    const auto found = message_scanner(message, limits).scan(false);
    if (!found) return found.error();
    return websocket_request{found->sequence, found->type, found->encoding, found->body};
}

result<websocket_response> decode_websocket_response(std::string_view message,
                                                     const websocket_message_limits& limits)
{
    const auto found = message_scanner(message, limits).scan(true);
    if (!found) return found.error();
    const auto status = status_in(found->status_line);
    if (!status)
        return malformed("expected a status line `204 No Content`, got " +
                         quoted(found->status_line));
    return websocket_response{found->sequence, *status, found->type, found->body};
}

void append_websocket_request(std::string& out, std::uint32_t sequence,
                              std::string_view content_type, std::string_view body)
{
    out.reserve(out.size() + 128 + content_type.size() + body.size());
    append_sequence(out, sequence);
    append_contents(out, content_type, body);
}

void append_websocket_response(std::string& out, std::uint32_t sequence, int status,
                               std::string_view content_type, std::string_view body)
{
    append_sequence(out, sequence);
    out.append(std::to_string(status)).append(" ").append(reason_phrase(status));
    out.append(end_of_line);
    append_contents(out, content_type, body);
}

} // namespace internal
MEC_END_NAMESPACE
