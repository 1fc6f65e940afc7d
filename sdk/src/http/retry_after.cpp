#include "retry_after.hpp"

#include "text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

MEC_BEGIN_NAMESPACE
namespace internal {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> short_days{"Mon", "Tue", "Wed", "Thu",
                                                     "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 7> long_days{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};

/// A calendar date and time of day, UTC.
struct civil {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
};

/// Takes pieces off the front of a text; after a piece that does not fit it stays failed.
class scanner {
public:
    explicit scanner(std::string_view text) noexcept : rest_(text) {}

    bool complete() const noexcept { return ok_ && rest_.empty(); }

    scanner& literal(std::string_view text) noexcept
    {
        if (rest_.substr(0, text.size()) != text) return fail();
        rest_.remove_prefix(text.size());
        return *this;
    }
    scanner& digits(std::size_t count, int& out) noexcept
    {
        if (rest_.size() < count) return fail();
        int value = 0;
        for (char c : rest_.substr(0, count)) {
            if (!is_digit(c)) return fail();
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(count);
        out = value;
        return *this;
    }
    /// One of the names; `out` gets its index.
    template <std::size_t N>
    scanner& name(const std::array<std::string_view, N>& names, int& out) noexcept
    {
        for (std::size_t i = 0; i < N; ++i)
            if (rest_.substr(0, names[i].size()) == names[i]) {
                rest_.remove_prefix(names[i].size());
                out = static_cast<int>(i);
                return *this;
            }
        return fail();
    }
    scanner& time_of_day(civil& c) noexcept
    {
        return digits(2, c.hour).literal(":").digits(2, c.minute).literal(":").digits(2, c.second);
    }
    bool starts_with(char c) const noexcept { return !rest_.empty() && rest_.front() == c; }

private:
    scanner& fail() noexcept
    {
        ok_ = false;
        rest_ = {};
        return *this;
    }

    std::string_view rest_;
    bool ok_ = true;
};

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
std::int64_t days_since_epoch(int year, int month, int day) noexcept
{
    // Counting years from March puts the leap day at the end.
    const std::int64_t y = month > 2 ? year : year - 1;
    const std::int64_t months_from_march = (month + 9) % 12;
    const std::int64_t day_of_year = (153 * months_from_march + 2) / 5 + day - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719'468;
}

int days_in(int year, int month) noexcept
{
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

/// @pre month is 1..12
std::optional<seconds> to_seconds(const civil& c) noexcept
{
    if (c.day < 1 || c.day > days_in(c.year, c.month)) return std::nullopt;
    if (c.hour > 23 || c.minute > 59 || c.second > 60) return std::nullopt; // 60: leap second
    return seconds{days_since_epoch(c.year, c.month, c.day) * 86'400 + c.hour * 3'600 +
                   c.minute * 60 + c.second};
}

/// RFC 9110: more than 50 years ahead means the last year in the past with these two digits.
int full_year(int two_digits, system_time now) noexcept
{
    const auto since_epoch = std::chrono::duration_cast<seconds>(now.time_since_epoch()).count();
    const int this_year = 1970 + static_cast<int>(since_epoch / 31'556'952);
    int year = this_year - this_year % 100 + two_digits;
    if (year > this_year + 50) year -= 100;
    return year;
}

std::string_view trimmed(std::string_view text) noexcept
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Digits only; what does not fit is `cap`.
std::optional<milliseconds> parse_seconds(std::string_view text, milliseconds cap) noexcept
{
    if (text.empty()) return std::nullopt;
    constexpr std::int64_t plenty = 1'000'000'000'000;
    std::int64_t value = 0;
    for (char c : text) {
        if (!is_digit(c)) return std::nullopt;
        value = std::min(value * 10 + (c - '0'), plenty);
    }
    return std::min(milliseconds{seconds{value}}, cap);
}

} // namespace

std::optional<seconds> parse_http_date(std::string_view text, system_time now) noexcept
{
    civil c;
    int weekday = 0;
    int month = 0;

    scanner imf{text}; // Sun, 06 Nov 1994 08:49:37 GMT
    imf.name(short_days, weekday).literal(", ").digits(2, c.day).literal(" ").name(months, month);
    imf.literal(" ").digits(4, c.year).literal(" ").time_of_day(c).literal(" GMT");
    if (!imf.complete()) {
        scanner rfc850{text}; // Sunday, 06-Nov-94 08:49:37 GMT
        rfc850.name(long_days, weekday)
            .literal(", ")
            .digits(2, c.day)
            .literal("-")
            .name(months, month);
        rfc850.literal("-").digits(2, c.year).literal(" ").time_of_day(c).literal(" GMT");
        if (rfc850.complete()) {
            c.year = full_year(c.year, now);
        } else {
            scanner asctime{text}; // Sun Nov  6 08:49:37 1994
            asctime.name(short_days, weekday).literal(" ").name(months, month).literal(" ");
            const bool padded = asctime.starts_with(' ');
            if (padded) asctime.literal(" ");
            asctime.digits(padded ? 1 : 2, c.day).literal(" ").time_of_day(c).literal(" ");
            asctime.digits(4, c.year);
            if (!asctime.complete()) return std::nullopt;
        }
    }
    c.month = month + 1;
    return to_seconds(c);
}

std::optional<milliseconds> parse_retry_after(std::string_view text, std::string_view date,
                                              system_time now, milliseconds cap) noexcept
{
    text = trimmed(text);
    if (const auto delta = parse_seconds(text, cap)) return delta;
    const auto then = parse_http_date(text, now);
    if (!then) return std::nullopt;
    const auto local = std::chrono::duration_cast<seconds>(now.time_since_epoch());
    const auto reference = parse_http_date(trimmed(date), now).value_or(local);
    return std::clamp(milliseconds{*then - reference}, milliseconds{0}, cap);
}

std::optional<milliseconds> retry_after_of(const http::fields& headers, system_time now,
                                           milliseconds cap) noexcept
{
    std::optional<milliseconds> longest;
    for (std::size_t i = 0; i < headers.size(); ++i) {
        const auto field = headers[i];
        if (!http::equal_names(field.name, "Retry-After")) continue;
        const auto asked = parse_retry_after(field.value, headers.find("Date"), now, cap);
        if (asked && (!longest || *asked > *longest)) longest = asked;
    }
    return longest;
}

} // namespace internal
MEC_END_NAMESPACE
