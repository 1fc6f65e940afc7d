#ifndef MEC_APP_SUPPORT_OPERATIONS_HPP
#define MEC_APP_SUPPORT_OPERATIONS_HPP

/// @file
/// The operations of MEC application support (GS MEC 011 clause 7.2), as data.

#include <mec/app_support/describe.hpp>
#include <mec/http/operation.hpp>

MEC_BEGIN_NAMESPACE
namespace app_support {
namespace operations {

inline constexpr http::operation list_traffic_rules{
    "app_support.list_traffic_rules",
    http::method::get,
    "/applications/{appInstanceId}/traffic_rules",
    http::repeat::safe,
    200,
    nullptr,
    &json::type_of<std::vector<traffic_rule>>::value,
    {400, 403, 404},
    "7.2.7.3.1"};

inline constexpr http::operation get_traffic_rule{
    "app_support.get_traffic_rule",
    http::method::get,
    "/applications/{appInstanceId}/traffic_rules/{trafficRuleId}",
    http::repeat::safe,
    200,
    nullptr,
    &json::type_of<traffic_rule>::value,
    {400, 403, 404},
    "7.2.8.3.1"};

inline constexpr http::operation update_traffic_rule{
    "app_support.update_traffic_rule",
    http::method::put,
    "/applications/{appInstanceId}/traffic_rules/{trafficRuleId}",
    http::repeat::idempotent,
    200,
    &json::type_of<traffic_rule>::value,
    &json::type_of<traffic_rule>::value,
    {400, 403, 404, 412},
    "7.2.8.3.2"};

inline constexpr http::operation list_dns_rules{"app_support.list_dns_rules",
                                                http::method::get,
                                                "/applications/{appInstanceId}/dns_rules",
                                                http::repeat::safe,
                                                200,
                                                nullptr,
                                                &json::type_of<std::vector<dns_rule>>::value,
                                                {400, 403, 404},
                                                "7.2.9.3.1"};

inline constexpr http::operation get_dns_rule{"app_support.get_dns_rule",
                                              http::method::get,
                                              "/applications/{appInstanceId}/dns_rules/{dnsRuleId}",
                                              http::repeat::safe,
                                              200,
                                              nullptr,
                                              &json::type_of<dns_rule>::value,
                                              {400, 403, 404},
                                              "7.2.10.3.1"};

inline constexpr http::operation update_dns_rule{
    "app_support.update_dns_rule",
    http::method::put,
    "/applications/{appInstanceId}/dns_rules/{dnsRuleId}",
    http::repeat::idempotent,
    200,
    &json::type_of<dns_rule>::value,
    &json::type_of<dns_rule>::value,
    {400, 403, 404, 412},
    "7.2.10.3.2"};

inline constexpr http::operation list_subscriptions{"app_support.list_subscriptions",
                                                    http::method::get,
                                                    "/applications/{appInstanceId}/subscriptions",
                                                    http::repeat::safe,
                                                    200,
                                                    nullptr,
                                                    &json::type_of<subscription_link_list>::value,
                                                    {400, 403, 404},
                                                    "7.2.3.3.1"};

inline constexpr http::operation create_subscription{
    "app_support.create_subscription",
    http::method::post,
    "/applications/{appInstanceId}/subscriptions",
    http::repeat::never,
    201,
    &json::type_of<app_termination_notification_subscription>::value,
    &json::type_of<app_termination_notification_subscription>::value,
    {400, 403, 404},
    "7.2.3.3.4"};

inline constexpr http::operation get_subscription{
    "app_support.get_subscription",
    http::method::get,
    "/applications/{appInstanceId}/subscriptions/{subscriptionId}",
    http::repeat::safe,
    200,
    nullptr,
    &json::type_of<app_termination_notification_subscription>::value,
    {400, 403, 404},
    "7.2.4.3.1"};

inline constexpr http::operation delete_subscription{
    "app_support.delete_subscription",
    http::method::delete_,
    "/applications/{appInstanceId}/subscriptions/{subscriptionId}",
    http::repeat::idempotent,
    204,
    nullptr,
    nullptr,
    {403, 404},
    "7.2.4.3.5"};

inline constexpr http::operation confirm_termination{
    "app_support.confirm_termination",
    http::method::post,
    "/applications/{appInstanceId}/confirm_termination",
    http::repeat::task,
    204,
    &json::type_of<app_termination_confirmation>::value,
    nullptr,
    {401, 403, 404, 409, 429},
    "7.2.11.3.4"};

inline constexpr http::operation confirm_ready{"app_support.confirm_ready",
                                               http::method::post,
                                               "/applications/{appInstanceId}/confirm_ready",
                                               http::repeat::task,
                                               204,
                                               &json::type_of<app_ready_confirmation>::value,
                                               nullptr,
                                               {401, 403, 404, 409, 429},
                                               "7.2.12.3.4"};

inline constexpr http::operation get_timing_caps{"app_support.get_timing_caps",
                                                 http::method::get,
                                                 "/timing/timing_caps",
                                                 http::repeat::safe,
                                                 200,
                                                 nullptr,
                                                 &json::type_of<timing_caps>::value,
                                                 {400, 403, 404},
                                                 "7.2.5.3.1"};

inline constexpr http::operation get_current_time{"app_support.get_current_time",
                                                  http::method::get,
                                                  "/timing/current_time",
                                                  http::repeat::safe,
                                                  200,
                                                  nullptr,
                                                  &json::type_of<current_time>::value,
                                                  {400, 403, 404},
                                                  "7.2.6.3.1"};

inline constexpr http::operation create_registration{"app_support.create_registration",
                                                     http::method::post,
                                                     "/registrations",
                                                     http::repeat::never,
                                                     201,
                                                     &json::type_of<app_info>::value,
                                                     &json::type_of<app_info>::value,
                                                     {400, 401, 403, 404},
                                                     "7.2.13.3.4"};

inline constexpr http::operation get_registration{"app_support.get_registration",
                                                  http::method::get,
                                                  "/registrations/{appInstanceId}",
                                                  http::repeat::safe,
                                                  200,
                                                  nullptr,
                                                  &json::type_of<app_info>::value,
                                                  {400, 403, 404},
                                                  "7.2.14.3.1"};

inline constexpr http::operation update_registration{"app_support.update_registration",
                                                     http::method::put,
                                                     "/registrations/{appInstanceId}",
                                                     http::repeat::idempotent,
                                                     204,
                                                     &json::type_of<app_info>::value,
                                                     nullptr,
                                                     {400, 401, 403, 404},
                                                     "7.2.14.3.2"};

inline constexpr http::operation delete_registration{"app_support.delete_registration",
                                                     http::method::delete_,
                                                     "/registrations/{appInstanceId}",
                                                     http::repeat::idempotent,
                                                     204,
                                                     nullptr,
                                                     nullptr,
                                                     {400, 401, 403, 404},
                                                     "7.2.14.3.5"};

inline constexpr http::operation all[] = {
    list_traffic_rules,  get_traffic_rule,    update_traffic_rule, list_dns_rules,
    get_dns_rule,        update_dns_rule,     list_subscriptions,  create_subscription,
    get_subscription,    delete_subscription, confirm_termination, confirm_ready,
    get_timing_caps,     get_current_time,    create_registration, get_registration,
    update_registration, delete_registration};

} // namespace operations

inline constexpr http::api api{"/mec_app_support/v1", operations::all, std::size(operations::all)};

} // namespace app_support
MEC_END_NAMESPACE

#endif
