#include "control.hpp"

#include "operations.hpp"

#include <mec/json/common.hpp>

#include <map>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

constexpr std::size_t most_faults = 1000;

struct new_application {
    std::string name;
};

struct made_application {
    std::string name;
    std::string app_instance_id;
    std::map<std::string, std::string> environment;
};

struct request_entry {
    mec::time_stamp time;
    std::string method;
    std::string target;
    std::int32_t status = 0;
    std::string app_instance_id;
    std::string operation;
    std::int64_t duration_us = 0;
};

enum class drop_kind { none, before_apply, after_apply };

struct fault_order {
    std::optional<std::string> operation;
    std::optional<std::uint32_t> times;
    std::optional<std::uint32_t> latency_ms;
    std::optional<std::int32_t> status;
    std::optional<std::chrono::seconds> retry_after;
    std::optional<drop_kind> drop;
    std::optional<bool> reset;
};

} // namespace

} // namespace emulator

namespace json {

template <> struct describe<emulator::new_application> {
    static constexpr auto value =
        object("NewApplication", field<&emulator::new_application::name>("name"));
};

template <> struct describe<emulator::made_application> {
    using type = emulator::made_application;
    static constexpr auto value = object("Application", field<&type::name>("name"),
                                         field<&type::app_instance_id>("appInstanceId"),
                                         field<&type::environment>("environment"));
};

template <> struct describe<emulator::request_entry> {
    using type = emulator::request_entry;
    static constexpr auto value =
        object("Request", field<&type::time>("time"), field<&type::method>("method"),
               field<&type::target>("target"), field<&type::status>("status"),
               field<&type::app_instance_id>("appInstanceId"), field<&type::operation>("operation"),
               field<&type::duration_us>("durationMicroseconds"));
};

template <> struct describe<emulator::drop_kind> {
    using e = emulator::drop_kind;
    static constexpr auto value = enumeration("DropPoint", json::value(e::none, "NONE"),
                                              json::value(e::before_apply, "BEFORE_APPLY"),
                                              json::value(e::after_apply, "AFTER_APPLY"));
};

template <> struct describe<emulator::fault_order> {
    using type = emulator::fault_order;
    static constexpr auto value =
        object("Fault", field<&type::operation>("operation"), field<&type::times>("times"),
               field<&type::latency_ms>("latencyMilliseconds"), field<&type::status>("status"),
               field<&type::retry_after>("retryAfterSeconds"), field<&type::drop>("drop"),
               field<&type::reset>("reset"));
};

} // namespace json

namespace emulator {

namespace {

answer create_application(platform_state& s, call& c)
{
    new_application body;
    if (error e = json::decode(c.request.body, body, decoding(s))) return bad_body(e);
    if (s.applications.size() >= most_applications)
        return problem(403, "there are too many application instances");
    const application_instance& app = s.create_application(std::move(body.name)).instance;
    made_application made{app.name, app.app_instance_id, {}};
    for (auto& variable : environment_of(s, app, {})) made.environment.insert(std::move(variable));
    return described_answer(201, made);
}

answer list_requests(platform_state& s, call&)
{
    std::vector<request_entry> all;
    all.reserve(s.log.size());
    for (const logged_request& r : s.log)
        all.push_back({to_time_stamp(r.time), r.method, r.target, r.status, r.app_instance_id,
                       r.operation, r.duration.count()});
    return described_answer(200, all);
}

drop_point to_drop_point(drop_kind k)
{
    switch (k) {
    case drop_kind::before_apply: return drop_point::before_apply;
    case drop_kind::after_apply: return drop_point::after_apply;
    case drop_kind::none: break;
    }
    return drop_point::none;
}

answer add_fault(platform_state& s, call& c)
{
    fault_order body;
    if (error e = json::decode(c.request.body, body, decoding(s))) return bad_body(e);
    fault f;
    f.operation = body.operation.value_or("*");
    f.times = body.times.value_or(1);
    f.latency = std::chrono::milliseconds{body.latency_ms.value_or(0)};
    f.status = body.status.value_or(0);
    f.retry_after = body.retry_after;
    f.drop = to_drop_point(body.drop.value_or(drop_kind::none));
    f.reset = body.reset.value_or(false);
    if (error e = check(f, *s.routes)) return problem(400, e.info().message);
    if (s.faults.size() >= most_faults) return problem(403, "there are too many faults");
    s.faults.push(std::move(f));
    return empty_answer(204);
}

answer clear_faults(platform_state& s, call&)
{
    s.faults.clear();
    return empty_answer(204);
}

answer revoke_tokens(platform_state& s, call&)
{
    s.tokens.revoke_all();
    return empty_answer(204);
}

constexpr http::operation operation(std::string_view name, http::method m, std::string_view path,
                                    std::uint16_t success, const json::type_desc* request,
                                    const json::type_desc* response)
{
    return {name, m, path, http::repeat::never, success, request, response, {400, 401}, ""};
}

constexpr http::operation all[] = {
    operation("emulator.create_application", http::method::post, "/applications", 201,
              &json::type_of<new_application>::value, &json::type_of<made_application>::value),
    operation("emulator.list_requests", http::method::get, "/requests", 200, nullptr,
              &json::type_of<std::vector<request_entry>>::value),
    operation("emulator.add_fault", http::method::post, "/faults", 204,
              &json::type_of<fault_order>::value, nullptr),
    operation("emulator.clear_faults", http::method::delete_, "/faults", 204, nullptr, nullptr),
    operation("emulator.revoke_tokens", http::method::delete_, "/tokens", 204, nullptr, nullptr),
};
constexpr http::api api{control_base, all, std::size(all)};

constexpr binding bindings[] = {
    {"emulator.create_application", &create_application},
    {"emulator.list_requests", &list_requests},
    {"emulator.add_fault", &add_fault},
    {"emulator.clear_faults", &clear_faults},
    {"emulator.revoke_tokens", &revoke_tokens},
};

} // namespace

void add_control(router& r) { r.add("", api, bindings, access::controller); }

} // namespace emulator
MEC_END_NAMESPACE
