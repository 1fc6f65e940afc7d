#ifndef MEC_INTERNAL_HTTP_GUARD_HPP
#define MEC_INTERNAL_HTTP_GUARD_HPP

/// @file
/// The rules of RFC 9110 and RFC 9112 that Beast's parser does not enforce, and the limits. Used
/// for responses by the client, for requests by the notification receiver and the emulator.

#include <mec/core/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

enum class message_kind : std::uint8_t { request, response };

struct message_limits {
    std::size_t header; ///< bytes of start line and fields, with the empty line
    std::size_t fields;
    std::size_t body;
    std::size_t framing; ///< bytes of chunk extensions and trailers together
};

/// Why a message is not taken. The first reason stays.
class refusal {
public:
    void clear() noexcept;
    /// @param answer  status that a server gives; clients have no use for it
    void set(errc code, int answer, std::string message);

    explicit operator bool() const noexcept { return static_cast<bool>(error_); }
    const error& why() const noexcept { return error_; }
    int answer() const noexcept { return answer_; }
    /// Status of the response in which the reason was found.
    void in_response(int status) noexcept { http_status_ = status; }

private:
    error error_;
    int answer_ = 0;
    int http_status_ = 0;
};

/// In quotes, printable, cut at 128 characters: fit for an error message.
std::string quoted(std::string_view text);

bool is_token(std::string_view text) noexcept;
/// No control character but HTAB.
bool is_line_char(char c) noexcept;
/// How many line characters `text` begins with.
std::size_t line_chars(std::string_view text) noexcept;
/// Line characters only (RFC 9110 clause 5.5).
bool is_field_value(std::string_view text) noexcept;
/// Origin form (RFC 9112 clause 3.2.1) in visible ASCII, at most 8,000 bytes.
bool is_origin_form(std::string_view target) noexcept;
/// Host header: host and optional port, without user information.
bool is_authority(std::string_view text) noexcept;

constexpr std::size_t max_method = 32;
constexpr std::size_t max_target = 8000;

/// Looks at the bytes before Beast does, cuts them into what Beast needs in one piece (header
/// section; line of a chunk; last chunk with trailers) and refuses what two parsers might read in
/// two ways: bare CR and LF, control characters, folded lines, sizes with too many digits. Judges byte by byte, so
/// that the verdict does not depend on how the bytes were cut on the way.
class unit_scanner {
public:
    unit_scanner(message_kind kind, const message_limits& limits, refusal& why) noexcept
        : kind_(kind), limits_(limits), refusal_(why)
    {
        start();
    }

    /// Begins with the header section of a message.
    void start() noexcept;
    /// Goes on with the line of a chunk, which comes after the data of another one or not.
    void next_chunk(bool after_data) noexcept;

    /// @return how many of the bytes belong to the unit; all of them unless complete() or refused.
    std::size_t scan(std::string_view bytes);
    bool complete() const noexcept { return state_ == state::complete; }
    bool begun() const noexcept { return length_ != 0 || !in_header_; }
    bool start_line_done() const noexcept { return start_line_done_; }

private:
    enum class state : std::uint8_t {
        leading, ///< before a request: one empty line is skipped
        leading_lf,
        prefix,  ///< of a status line
        data_cr, ///< end of the data of a chunk
        data_lf,
        size, ///< hexadecimal digits of a chunk
        text,
        line_lf,
        line_start,
        block_lf,
        complete
    };

    void step(char c);
    void size_digit(char c);
    void end_of_line() noexcept;
    void expect(bool met, state next, const char* rule, char got)
    {
        if (met) state_ = next;
        else refuse(rule, got);
    }
    void refuse(const char* rule, char got);
    void over_limit();

    message_kind kind_;
    message_limits limits_;
    refusal& refusal_;
    state state_ = state::text;
    bool in_header_ = true;
    bool start_line_done_ = false;
    bool last_chunk_ = false;
    std::size_t length_ = 0; ///< of the unit so far
    std::size_t limit_ = 0;  ///< of the unit
    std::size_t exempt_ = 0; ///< bytes of the unit that are not extension or trailer
    std::size_t digits_ = 0;
    std::size_t framing_left_ = 0;
};

/// Judges what Beast found in one message.
class http_guard {
public:
    http_guard(message_kind kind, const message_limits& limits, refusal& why) noexcept
        : kind_(kind), limits_(limits), refusal_(why)
    {
    }

    void start() noexcept { facts_ = {}; }

    void request_line(std::string_view method, std::string_view target, int version);
    void status_line(int status, int version);
    void field(std::string_view name, std::string_view value);
    /// @param close  `Connection: close` was there
    void header_end(bool close);
    void chunk(std::uint64_t size);
    void content(std::size_t size);

    bool interim() const noexcept { return facts_.status / 100 == 1; }
    bool chunked() const noexcept { return facts_.chunked; }
    bool expects_continue() const noexcept { return facts_.expects_continue; }
    /// The message ends with the connection.
    bool until_close() const noexcept { return facts_.until_close; }
    bool keep_alive() const noexcept { return facts_.keep_alive; }
    int status() const noexcept { return facts_.status; }
    /// Declared size of the body, or 0.
    std::uint64_t content_length() const noexcept { return facts_.content_length; }
    std::uint64_t received() const noexcept { return facts_.received; }

private:
    struct facts {
        int status = 0;
        int version = 11;
        std::size_t fields = 0;
        std::size_t hosts = 0;
        std::uint64_t content_length = 0;
        std::uint64_t received = 0;
        bool has_length = false;
        bool chunked = false;
        bool expects_continue = false;
        bool expects_other = false;
        bool until_close = false;
        bool keep_alive = false;
    };

    void content_length_field(std::string_view value);
    void transfer_encoding_field(std::string_view value);
    void request_end();
    void response_end(bool close);
    void malformed(std::string message);
    void body_too_large(const char* what, std::uint64_t size);

    message_kind kind_;
    message_limits limits_;
    refusal& refusal_;
    facts facts_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
