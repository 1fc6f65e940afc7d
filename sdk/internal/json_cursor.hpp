#ifndef MEC_INTERNAL_JSON_CURSOR_HPP
#define MEC_INTERNAL_JSON_CURSOR_HPP

/// @file
/// Walks over a JSON text (RFC 8259) without building anything: the caller asks for what it expects.
/// All rules of the syntax and all limits are enforced here, whoever asks.

#include "json_scan.hpp"

#include <mec/json/codec.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// An object or array that is being read.
struct json_scope {
    std::size_t items = 0;
    std::size_t first_name = 0; ///< of this object, in the list that finds duplicates
};

enum class json_step { failed, item, end };

class json_cursor {
public:
    /// Of open objects and arrays, whatever the limits say: the stack of skip() is that deep.
    static constexpr std::size_t deepest = 256;

    json_cursor(std::string_view text, const json::decode_options& options) noexcept
        : begin_(text.data()), at_(begin_), end_(begin_ + text.size()), limits_(options.limits),
          depth_left_(std::min(options.limits.depth, deepest)), unique_names_(options.strict)
    {
    }

    /// Checks what concerns the document as a whole, and counts its root.
    bool begin();
    /// True when nothing but white space is left.
    bool finish();

    /// The next character that is not white space; NUL at the end, where no token may stand.
    char peek() noexcept
    {
        while (at_ != end_ && is_space(*at_)) ++at_;
        return at_ == end_ ? '\0' : *at_;
    }

    /// @pre peek() is the opening bracket.
    bool open(json_scope& scope)
    {
        if (depth_left_ == 0) return too_deep();
        --depth_left_;
        ++at_;
        scope.first_name = names_.size();
        return true;
    }
    /// The name of the next member; the cursor then stands before its value. `name` is valid until
    /// the next text is read. `expected` is only a hint: a name that is found without a search.
    json_step next_member(json_scope& scope, std::string_view& name,
                          std::string_view expected = {});
    json_step next_element(json_scope& scope);

    /// @pre peek() is a quote. `out` is valid until the next text is read.
    bool text(std::string_view& out);
    /// Whether the last text had an escape sequence: only then can it hold a NUL.
    bool escaped() const noexcept { return escaped_; }
    /// @pre peek() is a minus or a digit.
    bool number(std::string_view& out);
    /// `true`, `false` or `null`, of which peek() is the first letter.
    bool literal(std::string_view word);
    /// Any value; checked like all others.
    bool skip();
    /// Any value, as it stands in the document.
    bool skip(std::string_view& out);

    /// For looking ahead.
    struct position {
        const char* at;
        std::size_t depth_left;
        std::size_t values;
        std::size_t names;
    };
    position mark() const noexcept { return {at_, depth_left_, values_, names_.size()}; }
    void rewind(const position& p)
    {
        at_ = p.at;
        depth_left_ = p.depth_left;
        values_ = p.values;
        names_.resize(p.names);
    }

    /// The ways to fail; all give false.
    bool syntax(std::string_view expected);
    bool limit(std::string_view what, std::size_t most);
    bool schema(std::string message);
    /// Says, on the way out, where in the document the failure was.
    bool failed_in(std::string_view member);
    bool failed_in(std::size_t element);
    error failure() const;

private:
    static bool is_space(char c) noexcept
    {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
    struct level;
    bool skip(level* levels, std::size_t& open_levels);
    bool failed_below(const level* levels, std::size_t open_levels);
    bool count_value() { return ++values_ <= limits_.elements || too_many_values(); }
    bool names_are_unique(const json_scope& scope);
    bool name_and_colon(std::string_view& name, std::string_view expected);
    bool text_slow(const char* start, const char* stop, std::string_view& out);
    bool escape();
    bool hex4(unsigned& out);
    bool too_deep();
    bool too_many_values();

    const char* begin_;
    const char* at_;
    const char* end_;
    const json::limits& limits_;
    std::size_t depth_left_;
    std::size_t values_ = 0;
    bool unique_names_;
    bool escaped_ = false;
    std::string scratch_;
    std::vector<std::string> names_; // of the open objects, when they have to be unique
    errc code_ = errc::json_syntax;
    std::string message_;
    std::string pointer_;
};

inline bool json_cursor::text(std::string_view& out)
{
    const char* const start = at_ + 1;
    const char* const stop = plain_end(start, end_);
    if (stop == end_ || *stop != '"') return text_slow(start, stop, out);
    out = {start, static_cast<std::size_t>(stop - start)};
    if (out.size() > limits_.string) return limit("bytes of a string", limits_.string);
    escaped_ = false;
    at_ = stop + 1;
    return true;
}

[[gnu::always_inline]] inline bool json_cursor::name_and_colon(std::string_view& name,
                                                               std::string_view expected)
{
    const std::size_t size = expected.size();
    if (size != 0 && static_cast<std::size_t>(end_ - at_) > size + 2 && at_[size + 1] == '"' &&
        at_[size + 2] == ':' && same_bytes(at_ + 1, expected.data(), size) &&
        size <= limits_.string) {
        name = expected;
        at_ += size + 3;
    } else {
        if (!text(name)) return false;
        if (peek() != ':') return syntax("':'");
        ++at_;
    }
    if (unique_names_) names_.emplace_back(name);
    return true;
}

[[gnu::always_inline]] inline json_step
json_cursor::next_member(json_scope& scope, std::string_view& name, std::string_view expected)
{
    char c = peek();
    if (c == '}') {
        ++at_;
        ++depth_left_;
        return !unique_names_ || names_are_unique(scope) ? json_step::end : json_step::failed;
    }
    if (scope.items != 0) {
        if (c != ',') return syntax("',' or '}'"), json_step::failed;
        ++at_;
        c = peek();
    }
    if (c != '"') return syntax("a member name"), json_step::failed;
    if (++scope.items > limits_.keys) {
        return limit("members of one object", limits_.keys), json_step::failed;
    }
    return name_and_colon(name, expected) && count_value() ? json_step::item : json_step::failed;
}

inline json_step json_cursor::next_element(json_scope& scope)
{
    const char c = peek();
    if (c == ']') {
        ++at_;
        ++depth_left_;
        return json_step::end;
    }
    if (scope.items != 0) {
        if (c != ',') return syntax("',' or ']'"), json_step::failed;
        ++at_;
    }
    ++scope.items;
    return count_value() ? json_step::item : json_step::failed;
}

} // namespace internal
MEC_END_NAMESPACE

#endif
