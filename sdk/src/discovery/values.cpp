#include "config_keys.hpp"

#include "text.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

using discovery::auth_method;
using discovery::callback_mode;
using discovery::listen_address;
using std::chrono::seconds;

constexpr std::size_t longest_value = 16 * 1024;
constexpr std::uint32_t longest_seconds = 86'400;

template <class E> struct spelling {
    E value;
    std::string_view text;
};
constexpr std::array auth_methods{
    spelling<auth_method>{auth_method::client_secret_basic, "client_secret_basic"},
    spelling<auth_method>{auth_method::client_secret_post, "client_secret_post"}};
constexpr std::array callback_modes{spelling<callback_mode>{callback_mode::http, "http"},
                                    spelling<callback_mode>{callback_mode::websocket, "websocket"},
                                    spelling<callback_mode>{callback_mode::none, "none"}};
constexpr std::array switches{spelling<bool>{true, "1"}, spelling<bool>{false, "0"},
                              spelling<bool>{true, "true"}, spelling<bool>{false, "false"}};

template <class Table, class E>
bool find_spelling(const Table& table, std::string_view text, E& out)
{
    for (const auto& s : table) {
        if (s.text != text) continue;
        out = s.value;
        return true;
    }
    return false;
}
template <class Table, class E> std::string spell(const Table& table, E value)
{
    for (const auto& s : table) {
        if (s.value == value) return std::string(s.text);
    }
    return "?";
}

bool parse_number(std::string_view text, std::uint32_t most, std::uint32_t& out)
{
    constexpr std::size_t most_digits = 6;
    if (text.empty() || text.size() > most_digits) return false;
    out = 0;
    for (const char c : text) {
        if (!is_digit(c)) return false;
        out = out * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return out <= most;
}

// Of every type: text to value. False: not what the key expects.
bool read(std::string_view text, std::string& out)
{
    out = text;
    return true;
}
bool read(std::string_view text, bool& out) { return find_spelling(switches, text, out); }
bool read(std::string_view text, auth_method& out)
{
    return find_spelling(auth_methods, text, out);
}
bool read(std::string_view text, callback_mode& out)
{
    return find_spelling(callback_modes, text, out);
}
bool read(std::string_view text, secret_string& out)
{
    out = secret_string(text);
    return true;
}
bool read(std::string_view text, seconds& out)
{
    std::uint32_t number = 0;
    const bool good = parse_number(text, longest_seconds, number);
    out = seconds{number};
    return good;
}
bool read(std::string_view text, listen_address& out)
{
    const auto colon = text.rfind(':');
    std::uint32_t port = 0;
    if (colon == text.npos || !parse_number(text.substr(colon + 1), 65535, port)) return false;
    auto host = text.substr(0, colon);
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) host = host.substr(1, host.size() - 2);
    if ((host.find(':') != host.npos) != bracketed) return false;
    out.address = host;
    out.port = static_cast<std::uint16_t>(port);
    return true;
}

// Of every type: value to text, for people.
std::string show(const std::string& v) { return v; }
std::string show(const url& v) { return v.to_string(); }
std::string show(const secret_string& v) { return v.fingerprint(); }
std::string show(bool v) { return v ? "1" : "0"; }
std::string show(seconds v) { return std::to_string(v.count()); }
std::string show(auth_method v) { return spell(auth_methods, v); }
std::string show(callback_mode v) { return spell(callback_modes, v); }
std::string show(const listen_address& v) { return v.to_string(); }

/// Empty, or what is wrong with a text whatever its meaning.
std::string objection(std::string_view text)
{
    if (text.size() > longest_value) {
        return "the value is longer than " + std::to_string(longest_value) + " bytes";
    }
    if (!is_utf8(text)) return "the value is not UTF-8";
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    };
    const bool bad = std::any_of(text.begin(), text.end(), is_control);
    return bad ? "the value holds a control character, such as a line end" : "";
}

// Of every type: what is wrong with a value, wherever it comes from. Empty: nothing.
std::string objection(const config_key& key, const std::string& v)
{
    if (std::string text = objection(v); !text.empty()) return text;
    if (v.empty() || (key.check && !key.check(v))) return "got \"" + printable(v, 64) + '"';
    return "";
}
std::string objection(const config_key&, const secret_string& v)
{
    return v.empty() ? "the value is empty" : objection(v.reveal());
}
std::string objection(const config_key&, const url& v)
{
    const std::string& scheme = v.origin().scheme;
    if (scheme != "http" && scheme != "https") return "the scheme is neither https nor http";
    return "";
}
std::string objection(const config_key&, seconds v)
{
    return v.count() >= 1 && v.count() <= longest_seconds ? "" : "got " + show(v);
}
std::string objection(const config_key&, const listen_address& v)
{
    origin host;
    host.host = v.address;
    return host.host_is_address() ? "" : "got \"" + printable(v.to_string(), 64) + '"';
}
template <class Enum> std::string objection(const config_key&, Enum) { return ""; }

error unexpected(const discovery::source& from, const config_key& key, const std::string& reason)
{
    return invalid_config(from, key, "expected " + std::string(key.expected) + "; " + reason);
}

template <class T>
error parse(const config_key& key, const discovery::source& from, std::string_view text, T& out)
{
    if (std::string bad = objection(text); !bad.empty()) return unexpected(from, key, bad);
    if (read(text, out)) return {};
    return unexpected(from, key, "got \"" + printable(text, 64) + '"');
}
// On its own, because the text of a bad URL may not be shown.
error parse(const config_key& key, const discovery::source& from, std::string_view text, url& out)
{
    if (std::string bad = objection(text); !bad.empty()) return unexpected(from, key, bad);
    auto parsed = url::parse(text);
    if (!parsed) return unexpected(from, key, parsed.error().info().message);
    out = std::move(*parsed);
    return {};
}

} // namespace

error invalid_config(const discovery::source& from, const config_key& key, std::string message)
{
    error_info info;
    info.endpoint = from.to_string();
    info.message = std::string(key.name) + ": " + std::move(message);
    return error(errc::config_invalid, std::move(info));
}

error assign(const config_key& key, discovery::configuration& config, const discovery::source& from,
             std::string& text)
{
    const auto read_into = [&](auto* s) -> error {
        const error e = parse(key, from, text, s->value.emplace());
        wipe(text);
        s->from = from;
        return e ? e : check_value(key, s);
    };
    return std::visit(read_into, key.get(config));
}

void assign_nothing(const config_key& key, discovery::configuration& config,
                    const discovery::source& from)
{
    std::visit(
        [&](auto* s) {
            s->value.reset();
            s->from = from;
        },
        key.get(config));
}

error check_value(const config_key& key, const any_setting& setting)
{
    const auto check = [&](auto* s) -> error {
        if (!*s) return {};
        const std::string bad = objection(key, **s);
        return bad.empty() ? error{} : unexpected(s->from, key, bad);
    };
    return std::visit(check, setting);
}

const discovery::source& source_of(const any_setting& setting) noexcept
{
    return std::visit([](auto* s) -> const discovery::source& { return s->from; }, setting);
}

bool has_value(const any_setting& setting) noexcept
{
    return std::visit([](auto* s) { return s->value.has_value(); }, setting);
}

bool same_value(const any_setting& a, const any_setting& b)
{
    return std::visit([&](auto* s) { return s->value == std::get<decltype(s)>(b)->value; }, a);
}

void copy_setting(const any_setting& from, const any_setting& to)
{
    std::visit([&](auto* s) { *std::get<decltype(s)>(to) = *s; }, from);
}

std::string to_text(const any_setting& setting)
{
    return std::visit([](auto* s) { return *s ? show(**s) : std::string(); }, setting);
}

std::optional<bool> parse_switch(std::string_view text) noexcept
{
    bool value = false;
    if (!read(text, value)) return std::nullopt;
    return value;
}

} // namespace internal
MEC_END_NAMESPACE
