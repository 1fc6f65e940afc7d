#ifndef MEC_INTERNAL_RETRY_AFTER_HPP
#define MEC_INTERNAL_RETRY_AFTER_HPP

#include <mec/core/clock.hpp>
#include <mec/http/message.hpp>

#include <chrono>
#include <optional>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Reads an HTTP date (RFC 9110 clause 5.6.7) in any of its three forms, as time since the Unix epoch.
/// Not a time_point, because the year 9999 does not fit into one of nanoseconds. Independent of locale.
/// @param now  decides the century of a year with two digits.
MEC_API std::optional<std::chrono::seconds> parse_http_date(std::string_view text,
                                                            system_time now) noexcept;

/// Reads the value of a Retry-After field (RFC 9110 clause 10.2.3).
/// @param date  value of the response's Date field; when it is one, an HTTP date in `text` is taken
///   relative to it, so that the two machines' clocks may disagree. Otherwise relative to `now`.
/// @return 0 .. `cap`; nothing when the value is neither a number of seconds nor a date.
MEC_API std::optional<std::chrono::milliseconds>
parse_retry_after(std::string_view text, std::string_view date, system_time now,
                  std::chrono::milliseconds cap) noexcept;

/// What the header fields of a response ask for: the longest wait, when there are several.
MEC_API std::optional<std::chrono::milliseconds>
retry_after_of(const http::fields& headers, system_time now,
               std::chrono::milliseconds cap) noexcept;

} // namespace internal
MEC_END_NAMESPACE

#endif
