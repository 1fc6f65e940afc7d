#include "json_cursor.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

struct level {
    json_scope scope;
    bool object;
};

} // namespace

// A loop, not a recursion: what nobody described may be as deep as the limit allows.
bool json_cursor::skip()
{
    level levels[deepest];
    std::size_t open_levels = 0;
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
        default:
            ok = c == '-' || (c >= '0' && c <= '9') ? number(ignored) : syntax("a JSON value");
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
