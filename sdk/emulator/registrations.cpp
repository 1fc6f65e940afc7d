#include "handlers.hpp"
#include "terminations.hpp"

#include <mec/app_support/operations.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using app_support::app_info;

/// Reads the body, or says what is wrong with it.
std::optional<answer> read_registration(const platform_state& s, const call& c, app_info& out)
{
    if (error e = json::decode(c.request.body, out, decoding(s))) return bad_body(e);
    if (out.is_ins_by_mec.value_or(false))
        return problem(400, "/isInsByMec: what MEC management starts is not registered here");
    if (!out.endpoint) return problem(400, "/endpoint: must be there unless isInsByMec is true");
    return std::nullopt;
}

/// The registered instance of the path, or 403 or 404.
std::optional<answer> refuse_registration(platform_state& s, const call& c)
{
    if (auto refused = refuse_application(s, c)) return refused;
    if (s.find_application(c["appInstanceId"])->registration) return std::nullopt;
    return problem(404, "the application instance has not registered itself");
}

} // namespace

answer create_registration(platform_state& s, call& c)
{
    app_info info;
    if (auto refused = read_registration(s, c, info)) return std::move(*refused);
    if (s.applications.size() >= most_applications)
        return problem(403, "there are too many application instances");
    application& app = s.create_application(info.app_name);
    info.app_instance_id = app.instance.app_instance_id;
    app.registered_by = c.caller;
    app.registration = std::move(info);
    answer a = described_answer(201, *app.registration);
    a.headers.append("Location",
                     s.resource_url(app_support::api, app_support::operations::get_registration,
                                    {app.instance.app_instance_id}));
    return a;
}

answer get_registration(platform_state& s, call& c)
{
    if (auto refused = refuse_registration(s, c)) return std::move(*refused);
    return described_answer(200, *s.find_application(c["appInstanceId"])->registration);
}

answer update_registration(platform_state& s, call& c)
{
    if (auto refused = refuse_registration(s, c)) return std::move(*refused);
    app_info info;
    if (auto refused = read_registration(s, c, info)) return std::move(*refused);
    const std::string id(c["appInstanceId"]);
    if (info.app_instance_id.value_or(id) != id)
        return problem(400, "/appInstanceId: cannot be changed");
    info.app_instance_id = id;
    application& app = *s.find_application(id);
    app.instance.name = info.app_name;
    app.registration = std::move(info);
    return empty_answer(204);
}

answer delete_registration(platform_state& s, call& c)
{
    if (auto refused = refuse_registration(s, c)) return std::move(*refused);
    remove_application(s, std::string(c["appInstanceId"]));
    return empty_answer(204);
}

} // namespace emulator
MEC_END_NAMESPACE
