#include "rni_handlers.hpp"

#include <mec/rni/operations.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

namespace operations = rni::operations;

constexpr binding bindings[] = {
    {operations::get_rab_info.name, &get_rab_info, true},
    {operations::get_plmn_info.name, &get_plmn_info, true},
    {operations::get_s1_bearer_info.name, &get_s1_bearer_info, true},
    {operations::get_layer2_meas.name, &get_layer2_meas, true},
    {operations::list_subscriptions.name, &list_radio_subscriptions, true},
    {operations::create_subscription.name, &create_radio_subscription},
    {operations::get_subscription.name, &get_radio_subscription},
    {operations::update_subscription.name, &update_radio_subscription},
    {operations::delete_subscription.name, &delete_radio_subscription},
};

} // namespace

void add_rni(router& r, std::string_view prefix)
{
    r.add(prefix, rni::api, bindings, access::application);
}

} // namespace emulator
MEC_END_NAMESPACE
