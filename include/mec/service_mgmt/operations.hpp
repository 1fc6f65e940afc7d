#ifndef MEC_SERVICE_MGMT_OPERATIONS_HPP
#define MEC_SERVICE_MGMT_OPERATIONS_HPP

/// @file
/// The operations of MEC service management (GS MEC 011 clause 8.2), as data.

#include <mec/http/operation.hpp>
#include <mec/service_mgmt/describe.hpp>

MEC_BEGIN_NAMESPACE
namespace service_mgmt {
namespace operations {

/// Not a path: the operation goes to the URI that the platform has given to the service, in
/// ServiceInfo `_links.liveness` (clause 8.2.10).
inline constexpr std::string_view liveness_uri = "{liveness}";

inline constexpr http::operation list_services{"service_mgmt.list_services",
                                               http::method::get,
                                               "/services",
                                               http::repeat::safe,
                                               200,
                                               nullptr,
                                               &json::type_of<std::vector<service_info>>::value,
                                               {400, 403, 404, 414},
                                               "8.2.3.3.1"};

inline constexpr http::operation get_service{"service_mgmt.get_service",
                                             http::method::get,
                                             "/services/{serviceId}",
                                             http::repeat::safe,
                                             200,
                                             nullptr,
                                             &json::type_of<service_info>::value,
                                             {400, 403, 404},
                                             "8.2.4.3.1"};

inline constexpr http::operation list_app_services{"service_mgmt.list_app_services",
                                                   http::method::get,
                                                   "/applications/{appInstanceId}/services",
                                                   http::repeat::safe,
                                                   200,
                                                   nullptr,
                                                   &json::type_of<std::vector<service_info>>::value,
                                                   {400, 403, 404, 414},
                                                   "8.2.6.3.1"};

inline constexpr http::operation register_service{"service_mgmt.register_service",
                                                  http::method::post,
                                                  "/applications/{appInstanceId}/services",
                                                  http::repeat::never,
                                                  201,
                                                  &json::type_of<service_info>::value,
                                                  &json::type_of<service_info>::value,
                                                  {400, 403, 404},
                                                  "8.2.6.3.4"};

inline constexpr http::operation get_app_service{
    "service_mgmt.get_app_service",
    http::method::get,
    "/applications/{appInstanceId}/services/{serviceId}",
    http::repeat::safe,
    200,
    nullptr,
    &json::type_of<service_info>::value,
    {400, 403, 404},
    "8.2.7.3.1"};

inline constexpr http::operation update_service{
    "service_mgmt.update_service",
    http::method::put,
    "/applications/{appInstanceId}/services/{serviceId}",
    http::repeat::idempotent,
    200,
    &json::type_of<service_info>::value,
    &json::type_of<service_info>::value,
    {400, 403, 404, 412},
    "8.2.7.3.2"};

inline constexpr http::operation deregister_service{
    "service_mgmt.deregister_service",
    http::method::delete_,
    "/applications/{appInstanceId}/services/{serviceId}",
    http::repeat::idempotent,
    204,
    nullptr,
    nullptr,
    {403, 404},
    "8.2.7.3.5"};

inline constexpr http::operation list_subscriptions{"service_mgmt.list_subscriptions",
                                                    http::method::get,
                                                    "/applications/{appInstanceId}/subscriptions",
                                                    http::repeat::safe,
                                                    200,
                                                    nullptr,
                                                    &json::type_of<subscription_link_list>::value,
                                                    {400, 403, 404},
                                                    "8.2.8.3.1"};

inline constexpr http::operation create_subscription{
    "service_mgmt.create_subscription",
    http::method::post,
    "/applications/{appInstanceId}/subscriptions",
    http::repeat::never,
    201,
    &json::type_of<ser_availability_notification_subscription>::value,
    &json::type_of<ser_availability_notification_subscription>::value,
    {400, 403, 404},
    "8.2.8.3.4"};

inline constexpr http::operation get_subscription{
    "service_mgmt.get_subscription",
    http::method::get,
    "/applications/{appInstanceId}/subscriptions/{subscriptionId}",
    http::repeat::safe,
    200,
    nullptr,
    &json::type_of<ser_availability_notification_subscription>::value,
    {400, 403, 404},
    "8.2.9.3.1"};

inline constexpr http::operation delete_subscription{
    "service_mgmt.delete_subscription",
    http::method::delete_,
    "/applications/{appInstanceId}/subscriptions/{subscriptionId}",
    http::repeat::idempotent,
    204,
    nullptr,
    nullptr,
    {403, 404},
    "8.2.9.3.5"};

inline constexpr http::operation list_transports{"service_mgmt.list_transports",
                                                 http::method::get,
                                                 "/transports",
                                                 http::repeat::safe,
                                                 200,
                                                 nullptr,
                                                 &json::type_of<std::vector<transport_info>>::value,
                                                 {400, 403, 404},
                                                 "8.2.5.3.1"};

inline constexpr http::operation get_liveness{"service_mgmt.get_liveness",
                                              http::method::get,
                                              liveness_uri,
                                              http::repeat::safe,
                                              200,
                                              nullptr,
                                              &json::type_of<service_liveness_info>::value,
                                              {400, 403, 404},
                                              "8.2.10.3.1"};

inline constexpr http::operation send_heartbeat{
    "service_mgmt.send_heartbeat",
    http::method::patch,
    liveness_uri,
    http::repeat::idempotent,
    204,
    &json::type_of<service_liveness_update>::value,
    &json::type_of<std::optional<service_liveness_info>>::value,
    {400, 403, 404, 409, 412},
    "8.2.10.3.3",
    200};

inline constexpr http::operation all[] = {
    list_services,       get_service,      list_app_services,   register_service,
    get_app_service,     update_service,   deregister_service,  list_subscriptions,
    create_subscription, get_subscription, delete_subscription, list_transports,
    get_liveness,        send_heartbeat};

} // namespace operations

inline constexpr http::api api{"/mec_service_mgmt/v1", operations::all, std::size(operations::all)};

} // namespace service_mgmt
MEC_END_NAMESPACE

#endif
