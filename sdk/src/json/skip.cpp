#include "json_cursor.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

struct json_cursor::level {
    json_scope scope;
    bool object;
};

// The way from where the value began to where it is broken, innermost first. Names are at hand only
// when they are collected; without them the byte offset in the message must do.
bool json_cursor::failed_below(const level* levels, std::size_t open_levels)
{
    if (!unique_names_) return false;
    std::size_t names = names_.size();
    for (std::size_t i = open_levels; i-- > 0;) {
        const json_scope& scope = levels[i].scope;
        if (!levels[i].object) failed_in(scope.items - 1);
        else if (names > scope.first_name) failed_in(names_[names - 1]);
        names = scope.first_name;
    }
    return false;
}

// A loop, not a recursion: what nobody described may be as deep as the limit allows.
bool json_cursor::skip()
{
    level levels[deepest];
    std::size_t open_levels = 0;
    return skip(levels, open_levels) || failed_below(levels, open_levels);
}

bool json_cursor::skip(level* levels, std::size_t& open_levels)
{
    std::string_view ignored;
    for (;;) {
        json_scope scope;
        const char c = peek();
        bool ok = true;
        switch (c) {
        case '{':
        case '[':
            ok = open(scope);
            if (ok) levels[open_levels++] = {scope, c == '{'};
            break;
        case '"': ok = text(ignored); break;
        case 't': ok = literal("true"); break;
        case 'f': ok = literal("false"); break;
        case 'n': ok = literal("null"); break;
        default: ok = c == '-' || (c >= '0' && c <= '9') ? number(ignored) : syntax("a JSON value");
        }
        if (!ok) return false;
        for (bool closed = true; closed;) { // leaves what ends here
            if (open_levels == 0) return true;
            level& top = levels[open_levels - 1];
            const json_step step =
                top.object ? next_member(top.scope, ignored) : next_element(top.scope);
            if (step == json_step::failed) return false;
            closed = step == json_step::end;
            if (closed) --open_levels;
        }
    }
}

bool json_cursor::skip(std::string_view& out)
{
    peek();
    const char* const start = at_;
    if (!skip()) return false;
    out = {start, static_cast<std::size_t>(at_ - start)};
    return true;
}

} // namespace internal
MEC_END_NAMESPACE
