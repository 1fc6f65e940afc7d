#ifndef MEC_EMULATOR_CONTROL_API_HPP
#define MEC_EMULATOR_CONTROL_API_HPP

/// @file
/// The operations of the control interface, as data: the emulator routes them, `mecctl` calls them.

#include "control.hpp"
#include "control_types.hpp"

#include <mec/http/operation.hpp>

#include <iterator>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace control {

/// Which quirks are on, by name.
using quirk_map = std::map<std::string, bool>;

constexpr http::repeat repeat_of(http::method m) noexcept
{
    if (m == http::method::get) return http::repeat::safe;
    const bool once = m == http::method::post || m == http::method::patch;
    return once ? http::repeat::never : http::repeat::idempotent;
}

constexpr http::operation operation(std::string_view name, http::method m, std::string_view path,
                                    std::uint16_t success, const json::type_desc* request = nullptr,
                                    const json::type_desc* response = nullptr)
{
    return {name, m, path, repeat_of(m), success, request, response, {400, 401, 404}, ""};
}

namespace operations {

using m = http::method;
template <class T> inline constexpr const json::type_desc* body_of = &json::type_of<T>::value;

inline constexpr auto list_applications =
    operation("emulator.list_applications", m::get, "/applications", 200, nullptr,
              body_of<std::vector<application_snapshot>>);
inline constexpr auto create_application =
    operation("emulator.create_application", m::post, "/applications", 201,
              body_of<new_application>, body_of<made_application>);
inline constexpr auto delete_application =
    operation("emulator.delete_application", m::delete_, "/applications/{appInstanceId}", 204);
inline constexpr auto terminate_application =
    operation("emulator.terminate_application", m::post,
              "/applications/{appInstanceId}/termination", 204, body_of<termination_order>);
inline constexpr auto get_termination =
    operation("emulator.get_termination", m::get, "/applications/{appInstanceId}/termination", 200,
              nullptr, body_of<termination_report>);
inline constexpr auto list_services = operation("emulator.list_services", m::get, "/services", 200,
                                                nullptr, body_of<std::vector<service_snapshot>>);
inline constexpr auto set_liveness =
    operation("emulator.set_liveness", m::put, "/services/{serviceId}/liveness", 204,
              body_of<interval_order>);
inline constexpr auto list_subscriptions =
    operation("emulator.list_subscriptions", m::get, "/subscriptions", 200, nullptr,
              body_of<std::vector<subscription_snapshot>>);
inline constexpr auto list_notifications =
    operation("emulator.list_notifications", m::get, "/notifications", 200, nullptr,
              body_of<std::vector<notification_entry>>);
inline constexpr auto clear_notifications =
    operation("emulator.clear_notifications", m::delete_, "/notifications", 204);
inline constexpr auto list_requests = operation("emulator.list_requests", m::get, "/requests", 200,
                                                nullptr, body_of<std::vector<request_entry>>);
inline constexpr auto clear_requests =
    operation("emulator.clear_requests", m::delete_, "/requests", 204);
inline constexpr auto list_faults = operation("emulator.list_faults", m::get, "/faults", 200,
                                              nullptr, body_of<std::vector<fault_order>>);
inline constexpr auto add_fault =
    operation("emulator.add_fault", m::post, "/faults", 204, body_of<fault_order>);
inline constexpr auto clear_faults = operation("emulator.clear_faults", m::delete_, "/faults", 204);
inline constexpr auto change_tokens =
    operation("emulator.change_tokens", m::post, "/tokens", 204, body_of<token_order>);
inline constexpr auto revoke_tokens =
    operation("emulator.revoke_tokens", m::delete_, "/tokens", 204);
inline constexpr auto lose_state =
    operation("emulator.lose_state", m::post, "/loss", 204, body_of<loss_order>);
inline constexpr auto offer_radio =
    operation("emulator.offer_radio", m::put, "/rni", 204, body_of<switch_order>);
inline constexpr auto get_quirks =
    operation("emulator.get_quirks", m::get, "/quirks", 200, nullptr, body_of<quirk_map>);
inline constexpr auto change_quirks = operation("emulator.change_quirks", m::patch, "/quirks", 200,
                                                body_of<quirk_map>, body_of<quirk_map>);
inline constexpr auto set_profile = operation("emulator.set_profile", m::put, "/quirks", 200,
                                              body_of<profile_order>, body_of<quirk_map>);

inline constexpr http::operation all[] = {
    list_applications,  create_application,  delete_application, terminate_application,
    get_termination,    list_services,       set_liveness,       list_subscriptions,
    list_notifications, clear_notifications, list_requests,      clear_requests,
    list_faults,        add_fault,           clear_faults,       change_tokens,
    revoke_tokens,      lose_state,          offer_radio,        get_quirks,
    change_quirks,      set_profile};

} // namespace operations

inline constexpr http::api api{control_base, operations::all, std::size(operations::all)};

} // namespace control
} // namespace emulator
MEC_END_NAMESPACE

#endif
