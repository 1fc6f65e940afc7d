#include "dispatcher.hpp"

#include "heartbeats.hpp"
#include "oauth.hpp"
#include "quirk_edits.hpp"
#include "rni_service.hpp"

#include <mec/app_support/operations.hpp>
#include <mec/rni/operations.hpp>

#include <algorithm>
#include <array>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

constexpr std::size_t longest_target = 4096;

bool is_known_method(std::string_view m)
{
    static constexpr std::array<std::string_view, 9> known{
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"};
    return std::find(known.begin(), known.end(), m) != known.end();
}

answer no_route(const call& c, const std::string& allow)
{
    if (!is_known_method(c.request.method)) return problem(501, "unknown method");
    if (allow.empty()) return problem(404, "there is no such resource");
    answer a = problem(405, "the resource does not support this method");
    a.headers.append("Allow", allow);
    return a;
}

std::optional<answer> refuse_access(const platform_state& s, const secret_string& control_token,
                                    const route& r, call& c)
{
    switch (r.who) {
    case access::open: break;
    case access::application:
        if (s.options.authorization) return refuse_caller(s, c);
        break;
    case access::controller:
        if (secret_string(bearer_token(c.request)) != control_token)
            return unauthorized("", "the control token is required");
        break;
    }
    return std::nullopt;
}

/// The query of every operation that has none must be empty, and be well-formed in any case.
std::optional<answer> refuse_query(const platform_state& s, const route& r, call& c)
{
    auto query = parse_parameters(c.raw_query, false);
    if (!query) return problem(400, "the query is malformed");
    if (!r.takes_query && refuses_unknown_queries(s) && !query->empty())
        return problem(400, "unknown query parameter " + query->front().name);
    if (s.quirks.comma_lists_only)
        for (auto p = query->begin(); p != query->end(); ++p)
            if (std::any_of(query->begin(), p,
                            [&](const parameter& q) { return q.name == p->name; }))
                return problem(400, "the query parameter " + p->name + " may be given once");
    c.query = std::move(*query);
    return std::nullopt;
}

std::optional<answer> refuse_media_type(const platform_state& s, const route& r, const call& c)
{
    if (!r.operation->request) return std::nullopt;
    const auto field = c.request.headers.find("Content-Type");
    auto type = field.substr(0, field.find(';'));
    while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
    if (http::equal_names(type, "application/json")) return std::nullopt;
    if (r.operation->method == http::method::patch &&
        http::equal_names(type, "application/merge-patch+json"))
        return std::nullopt;
    if (type.empty() && !s.options.strict) return std::nullopt;
    return problem(415, "the body must be application/json");
}

/// 406 where the standard knows it: for radio network information.
std::optional<answer> refuse_accept(const route& r, const call& c)
{
    const auto& known = r.operation->errors;
    if (!r.operation->response || std::find(known.begin(), known.end(), 406) == known.end() ||
        !c.request.headers.contains("Accept"))
        return std::nullopt;
    std::vector<std::string> ranges;
    append_list(ranges, c.request.headers.find("Accept"));
    for (std::string_view range : ranges) {
        range = range.substr(0, range.find(';'));
        while (!range.empty() && range.front() == ' ') range.remove_prefix(1);
        while (!range.empty() && range.back() == ' ') range.remove_suffix(1);
        for (const char* good : {"application/json", "application/*", "*/*"})
            if (http::equal_names(range, good)) return std::nullopt;
    }
    return problem(406, "the answer is application/json, which Accept does not allow");
}

/// What some platforms do not offer, or not yet.
std::optional<answer> refuse_by_quirk(platform_state& s, const route& r, const call& c)
{
    if (r.who != access::application) return std::nullopt;
    if (s.quirks.no_rules && r.operation->name.find("_rule") != r.operation->name.npos)
        return problem(501, "the platform has no rules");
    if (is_radio_operation(*r.operation)) {
        if (s.offer == radio_service::off)
            return problem(503, "radio network information is switched off");
        if (s.quirks.few_radio_operations &&
            r.operation->name == rni::operations::get_s1_bearer_info.name)
            return problem(501, "the platform does not know S1 bearers");
    }
    if (s.quirks.ready_first && r.operation->name != app_support::operations::confirm_ready.name) {
        const std::string_view own = c["appInstanceId"];
        const application* app = s.find_application(own.empty() ? std::string_view(c.caller) : own);
        if (app && !app->ready) return problem(403, "the application instance is not ready");
    }
    return std::nullopt;
}

/// Some platforms want heartbeats by PUT; for everything behind this they are PATCH.
/// @return whether the request was such a one.
bool turn_heartbeat(const platform_state& s, call& c)
{
    const std::string_view base = liveness_path.substr(0, liveness_path.find('{'));
    if (!s.quirks.heartbeat_by_put || c.path.find(base) == c.path.npos) return false;
    if (c.method == "PUT") c.method = "PATCH";
    else if (c.method == "PATCH") c.method = "PUT";
    return true;
}

answer carry_out(platform_state& s, const secret_string& control_token, const route& r, call& c)
{
    if (auto refused = refuse_access(s, control_token, r, c)) return std::move(*refused);
    if (auto refused = refuse_query(s, r, c)) return std::move(*refused);
    if (auto refused = refuse_accept(r, c)) return std::move(*refused);
    if (auto refused = refuse_media_type(s, r, c)) return std::move(*refused);
    if (auto refused = refuse_by_quirk(s, r, c)) return std::move(*refused);
    if (!r.handle) return problem(501, "the emulator does not implement this operation");
    return r.handle(s, c);
}

} // namespace

outcome dispatch(platform_state& s, const secret_string& control_token,
                 const internal::received_request& request)
{
    outcome o;
    o.hit.times = 0;
    if (request.target.size() > longest_target) {
        o.reply = problem(414, "the request target is longer than 4,096 characters");
        return o;
    }
    call c(request);
    const bool turned = turn_heartbeat(s, c);
    std::string allow;
    const route* r = s.routes->match(c, allow);
    if (r && s.offer == radio_service::none && is_radio_operation(*r->operation)) r = nullptr;
    if (!r) {
        if (turned && !allow.empty()) allow = "GET, PUT";
        o.reply = no_route(c, allow);
        return o;
    }
    o.operation = r->operation->name;
    o.controller = r->who == access::controller;
    if (!o.controller) o.hit = s.faults.take(o.operation);
    if (o.hit.drop == drop_point::before_apply) {
        o.dropped = true;
        return o;
    }
    o.reply = o.hit.status != 0 ? fault_answer(o.hit) : carry_out(s, control_token, *r, c);
    o.dropped = o.hit.drop == drop_point::after_apply;
    if (r->who == access::application) apply_quirks(s, *r->operation, o.reply);
    o.caller = std::move(c.caller);
    return o;
}

} // namespace emulator
MEC_END_NAMESPACE
