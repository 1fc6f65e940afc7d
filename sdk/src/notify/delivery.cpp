#include "delivery.hpp"

#include "http_problem.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

verdict bad(receiver_base& base, int status, std::string detail)
{
    ++base.bad_bodies;
    if (base.options.log.enabled(log_level::warning))
        base.options.log.write(log_level::warning, "notify", "refused a notification: " + detail);
    return {status, std::move(detail)};
}

} // namespace

verdict deliver(receiver_base& base, inbox& box, std::string_view media_type, std::string_view body)
{
    if (media_type.empty() ? base.options.strict : !is_json_type(media_type))
        return bad(base, 415, "expected a body of type application/json");
    error why;
    switch (box.take(body, why)) {
    case intake::accepted: base.accepted.fetch_add(1, std::memory_order_relaxed); break;
    case intake::duplicate: ++base.duplicates; break;
    case intake::test: ++base.tests; break;
    case intake::closed: ++base.late; break;
    case intake::full: ++base.refused; return {503, {}};
    case intake::malformed: return bad(base, 400, body_problem(why));
    }
    return {};
}

} // namespace internal
MEC_END_NAMESPACE
