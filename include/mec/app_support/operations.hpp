#ifndef MEC_APP_SUPPORT_OPERATIONS_HPP
#define MEC_APP_SUPPORT_OPERATIONS_HPP

/// @file
/// The operations of MEC application support (GS MEC 011 clause 7.2), as data.

#include <mec/app_support/describe.hpp>
#include <mec/http/operation.hpp>

MEC_BEGIN_NAMESPACE
namespace app_support {
namespace operations {

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
                                                 "7.2.4.3.1"};

inline constexpr http::operation get_current_time{"app_support.get_current_time",
                                                  http::method::get,
                                                  "/timing/current_time",
                                                  http::repeat::safe,
                                                  200,
                                                  nullptr,
                                                  &json::type_of<current_time>::value,
                                                  {400, 403, 404},
                                                  "7.2.5.3.1"};

inline constexpr http::operation all[] = {confirm_ready, get_timing_caps, get_current_time};

} // namespace operations

inline constexpr http::api api{"/mec_app_support/v1", operations::all, std::size(operations::all)};

} // namespace app_support
MEC_END_NAMESPACE

#endif
