#include "operations.hpp"

#include <mec/app_support/operations.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

namespace operations = app_support::operations;

answer confirm_ready(platform_state& s, call& c)
{
    if (auto refused = refuse_application(s, c)) return std::move(*refused);
    app_support::app_ready_confirmation body;
    if (error e = json::decode(c.request.body, body, decoding(s))) return bad_body(e);
    application& app = *s.find_application(c["appInstanceId"]);
    if (app.conflicts_left > 0) {
        --app.conflicts_left;
        return problem(409, "the application instance is still in state NOT_INSTANTIATED");
    }
    app.ready = true;
    return empty_answer(204);
}

time_stamp platform_time(const platform_state& s)
{
    const auto now = s.options.clock->system_now().time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now);
    const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(now - seconds);
    return {static_cast<std::uint32_t>(seconds.count()), static_cast<std::uint32_t>(rest.count())};
}

answer timing_caps(platform_state& s, call&)
{
    app_support::timing_caps caps = s.options.timing;
    caps.time_stamp = platform_time(s);
    return described_answer(200, caps);
}

answer current_time(platform_state& s, call&)
{
    const time_stamp now = platform_time(s);
    app_support::current_time body;
    body.seconds = now.seconds;
    body.nanoseconds = now.nanoseconds;
    return described_answer(200, body);
}

constexpr binding bindings[] = {
    {operations::confirm_ready.name, &confirm_ready},
    {operations::get_timing_caps.name, &timing_caps},
    {operations::get_current_time.name, &current_time},
};

} // namespace

std::optional<answer> refuse_application(platform_state& s, const call& c)
{
    const auto id = c["appInstanceId"];
    if (!s.find_application(id)) return problem(404, "there is no application instance of that id");
    if (!c.caller.empty() && c.caller != id)
        return problem(403, "the token belongs to another application instance");
    return std::nullopt;
}

void add_app_support(router& r, std::string_view prefix)
{
    r.add(prefix, app_support::api, bindings, access::application);
}

} // namespace emulator
MEC_END_NAMESPACE
