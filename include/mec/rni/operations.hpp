#ifndef MEC_RNI_OPERATIONS_HPP
#define MEC_RNI_OPERATIONS_HPP

/// @file
/// The operations of radio network information (GS MEC 012 clause 7), as data.

#include <mec/http/operation.hpp>
#include <mec/rni/describe.hpp>

MEC_BEGIN_NAMESPACE
namespace rni {
namespace operations {

inline constexpr http::operation get_rab_info{"rni.get_rab_info",
                                              http::method::get,
                                              "/queries/rab_info",
                                              http::repeat::safe,
                                              200,
                                              nullptr,
                                              &json::type_of<rab_info>::value,
                                              {400, 401, 403, 404, 406, 429},
                                              "7.3.3.1"};

inline constexpr http::operation get_plmn_info{"rni.get_plmn_info",
                                               http::method::get,
                                               "/queries/plmn_info",
                                               http::repeat::safe,
                                               200,
                                               nullptr,
                                               &json::type_of<std::vector<plmn_info>>::value,
                                               {400, 401, 403, 404, 406, 429},
                                               "7.4.3.1"};

inline constexpr http::operation get_s1_bearer_info{"rni.get_s1_bearer_info",
                                                    http::method::get,
                                                    "/queries/s1_bearer_info",
                                                    http::repeat::safe,
                                                    200,
                                                    nullptr,
                                                    &json::type_of<s1_bearer_info>::value,
                                                    {400, 401, 403, 404, 406, 429},
                                                    "7.5.3.1"};

inline constexpr http::operation get_layer2_meas{"rni.get_layer2_meas",
                                                 http::method::get,
                                                 "/queries/layer2_meas",
                                                 http::repeat::safe,
                                                 200,
                                                 nullptr,
                                                 &json::type_of<l2_meas>::value,
                                                 {400, 401, 403, 404, 406, 414, 429},
                                                 "7.5a.3.1"};

inline constexpr http::operation list_subscriptions{"rni.list_subscriptions",
                                                    http::method::get,
                                                    "/subscriptions",
                                                    http::repeat::safe,
                                                    200,
                                                    nullptr,
                                                    &json::type_of<subscription_link_list>::value,
                                                    {400, 401, 403, 404, 406, 429},
                                                    "7.6.3.1"};

inline constexpr http::operation create_subscription{"rni.create_subscription",
                                                     http::method::post,
                                                     "/subscriptions",
                                                     http::repeat::never,
                                                     201,
                                                     &json::type_of<subscription>::value,
                                                     &json::type_of<subscription>::value,
                                                     {400, 401, 403, 404, 406, 415, 422, 429},
                                                     "7.6.3.4"};

inline constexpr http::operation get_subscription{"rni.get_subscription",
                                                  http::method::get,
                                                  "/subscriptions/{subscriptionId}",
                                                  http::repeat::safe,
                                                  200,
                                                  nullptr,
                                                  &json::type_of<subscription>::value,
                                                  {400, 401, 403, 404, 406, 429},
                                                  "7.8.3.1"};

inline constexpr http::operation update_subscription{"rni.update_subscription",
                                                     http::method::put,
                                                     "/subscriptions/{subscriptionId}",
                                                     http::repeat::idempotent,
                                                     200,
                                                     &json::type_of<subscription>::value,
                                                     &json::type_of<subscription>::value,
                                                     {400, 401, 403, 404, 406, 412, 422, 429},
                                                     "7.8.3.2"};

inline constexpr http::operation delete_subscription{"rni.delete_subscription",
                                                     http::method::delete_,
                                                     "/subscriptions/{subscriptionId}",
                                                     http::repeat::idempotent,
                                                     204,
                                                     nullptr,
                                                     nullptr,
                                                     {401, 403, 404, 429},
                                                     "7.8.3.5"};

inline constexpr http::operation all[] = {
    get_rab_info,     get_plmn_info,       get_s1_bearer_info,
    get_layer2_meas,  list_subscriptions,  create_subscription,
    get_subscription, update_subscription, delete_subscription};

} // namespace operations

inline constexpr http::api api{"/rni/v2", operations::all, std::size(operations::all)};

} // namespace rni
MEC_END_NAMESPACE

#endif
