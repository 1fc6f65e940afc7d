#ifndef MEC_INTERNAL_RNI_SUBSCRIPTIONS_TABLES_HPP
#define MEC_INTERNAL_RNI_SUBSCRIPTIONS_TABLES_HPP

/// @file
/// The types of `subscriptions.hpp` on the wire.

#include "rni_shared_tables.hpp"

#include <mec/rni/describe.hpp>

MEC_BEGIN_NAMESPACE
namespace rni {
namespace detail {

/// A subscription with its criteria in the given members, and what all of them have.
template <class T, class... Field>
constexpr auto subscription_object(std::string_view name, Field... criteria)
{
    using namespace json;
    return open_object_of<T, &T::extensions>(
        name, fixed("subscriptionType", name),
        field_of<T, &T::callback_reference>("callbackReference").optional(),
        field_of<T, &T::request_test_notification>("requestTestNotification")
            .tolerating(text_as_boolean),
        field_of<T, &T::websock_notif_config>("websockNotifConfig")
            .alias("websocketNotifConfig"), // the CAPIF profile
        field_of<T, &T::links>("_links"), criteria...,
        field_of<T, &T::expiry_deadline>("expiryDeadline"));
}
/// The criteria; one name for all of them in v1.1.1.
template <auto Member> constexpr json::field_desc criteria(std::string_view name)
{
    return json::field<Member>(name).alias("filterCriteria");
}
/// A list of criteria; older clients and platforms write one value instead.
template <auto Member> constexpr json::field_desc listed(std::string_view name)
{
    return json::field<Member>(name).tolerating(json::one_or_many);
}
template <auto Member> constexpr json::field_desc of_application()
{
    return json::field<Member>("appInstanceId").alias("appInsId"); // v1.1.1
}

} // namespace detail
} // namespace rni

namespace json {

template <> struct describe<rni::websock_notif_config> {
    using type = rni::websock_notif_config;
    static constexpr auto value = object(
        "WebsockNotifConfig", field<&type::websocket_uri>("websocketUri"),
        field<&type::request_websocket_uri>("requestWebsocketUri").tolerating(text_as_boolean));
};

template <> struct describe<rni::filter_criteria_assoc_ho> {
    using type = rni::filter_criteria_assoc_ho;
    static constexpr auto value =
        object("FilterCriteriaAssocHo", rni::detail::of_application<&type::app_instance_id>(),
               rni::detail::listed<&type::associate_id>("associateId"),
               rni::detail::listed<&type::ecgi>("ecgi"),
               rni::detail::listed<&type::ho_status>("hoStatus"));
};
template <> struct describe<rni::cell_change_subscription> {
    using type = rni::cell_change_subscription;
    static constexpr auto value = rni::detail::subscription_object<type>(
        "CellChangeSubscription",
        rni::detail::criteria<&type::filter_criteria>("filterCriteriaAssocHo"));
};

template <> struct describe<rni::filter_criteria_qci> {
    using type = rni::filter_criteria_qci;
    static constexpr auto value =
        object("FilterCriteriaQci", rni::detail::of_application<&type::app_instance_id>(),
               rni::detail::listed<&type::ecgi>("ecgi"), rni::detail::qci<&type::qci>("qci"));
};
template <> struct describe<rni::rab_est_subscription> {
    using type = rni::rab_est_subscription;
    static constexpr auto value = rni::detail::subscription_object<type>(
        "RabEstSubscription", rni::detail::criteria<&type::filter_criteria>("filterCriteriaQci"));
};

template <> struct describe<rni::filter_criteria_erab_qci> {
    using type = rni::filter_criteria_erab_qci;
    static constexpr auto value =
        object("FilterCriteriaQci1", rni::detail::of_application<&type::app_instance_id>(),
               rni::detail::erab_id<&type::erab_id>("erabId"),
               rni::detail::listed<&type::ecgi>("ecgi"), rni::detail::qci<&type::qci>("qci"));
};
template <> struct describe<rni::rab_mod_subscription> {
    using type = rni::rab_mod_subscription;
    static constexpr auto value = rni::detail::subscription_object<type>(
        "RabModSubscription", rni::detail::criteria<&type::filter_criteria>("filterCriteriaQci"));
};
template <> struct describe<rni::rab_rel_subscription> {
    using type = rni::rab_rel_subscription;
    static constexpr auto value = rni::detail::subscription_object<type>(
        "RabRelSubscription", rni::detail::criteria<&type::filter_criteria>("filterCriteriaQci"));
};

template <> struct describe<rni::filter_criteria_assoc_tri> {
    using type = rni::filter_criteria_assoc_tri;
    static constexpr auto value = object(
        "FilterCriteriaAssocTri", rni::detail::of_application<&type::app_instance_id>(),
        rni::detail::listed<&type::associate_id>("associateId"),
        rni::detail::listed<&type::ecgi>("ecgi"), rni::detail::listed<&type::trigger>("trigger"));
};
template <> struct describe<rni::meas_rep_ue_subscription> {
    using type = rni::meas_rep_ue_subscription;
    static constexpr auto value = rni::detail::subscription_object<type>(
        "MeasRepUeSubscription",
        rni::detail::criteria<&type::filter_criteria>("filterCriteriaAssocTri"));
};

template <> struct describe<rni::filter_criteria_nr_mrs> {
    using type = rni::filter_criteria_nr_mrs;
    static constexpr auto value =
        object("FilterCriteriaNrMrs", rni::detail::of_application<&type::app_instance_id>(),
               rni::detail::listed<&type::associate_id>("associateId"),
               rni::detail::listed<&type::nrcgi>("nrcgi"),
               rni::detail::listed<&type::trigger_nr>("triggerNr"));
};
template <> struct describe<rni::nr_meas_rep_ue_subscription> {
    using type = rni::nr_meas_rep_ue_subscription;
    static constexpr auto value = rni::detail::subscription_object<type>(
        "NrMeasRepUeSubscription",
        rni::detail::criteria<&type::filter_criteria>("filterCriteriaNrMrs"));
};

template <> struct describe<rni::filter_criteria_assoc> {
    using type = rni::filter_criteria_assoc;
    static constexpr auto value =
        object("FilterCriteriaAssoc", rni::detail::of_application<&type::app_instance_id>(),
               rni::detail::listed<&type::associate_id>("associateId"),
               rni::detail::listed<&type::ecgi>("ecgi"));
};
template <> struct describe<rni::meas_ta_subscription> {
    using type = rni::meas_ta_subscription;
    static constexpr auto value = rni::detail::subscription_object<type>(
        "MeasTaSubscription", rni::detail::criteria<&type::filter_criteria>("filterCriteriaAssoc"));
};
template <> struct describe<rni::ca_reconf_subscription> {
    using type = rni::ca_reconf_subscription;
    static constexpr auto value = rni::detail::subscription_object<type>(
        "CaReconfSubscription",
        rni::detail::criteria<&type::filter_criteria>("filterCriteriaAssoc"));
};

template <> struct describe<rni::s1_bearer_subscription_criteria> {
    using type = rni::s1_bearer_subscription_criteria;
    static constexpr auto value = object(
        "S1BearerSubscriptionCriteria", rni::detail::listed<&type::associate_id>("associateId"),
        rni::detail::listed<&type::ecgi>("ecgi"),
        rni::detail::listed<&type::erab_id>("erabId").range(0, 15));
};
template <> struct describe<rni::s1_bearer_subscription> {
    using type = rni::s1_bearer_subscription;
    static constexpr auto value = rni::detail::subscription_object<type>(
        "S1BearerSubscription", rni::detail::listed<&type::event_type>("eventType").required(),
        rni::detail::criteria<&type::filter_criteria>("S1BearerSubscriptionCriteria")
            .alias("s1BearerSubscriptionCriteria")); // generated clients
};

template <> struct describe<rni::subscription> {
    static constexpr auto value = alternatives(
        "NotificationSubscription", "subscriptionType",
        alternative<rni::cell_change_subscription>(), alternative<rni::rab_est_subscription>(),
        alternative<rni::rab_mod_subscription>(), alternative<rni::rab_rel_subscription>(),
        alternative<rni::meas_rep_ue_subscription>(),
        alternative<rni::nr_meas_rep_ue_subscription>(), alternative<rni::meas_ta_subscription>(),
        alternative<rni::ca_reconf_subscription>(), alternative<rni::s1_bearer_subscription>());
};

/// The first alias is how a query for subscriptions spells it.
template <> struct describe<rni::subscription_type> {
    using e = rni::subscription_type;
    static constexpr auto value = enumeration(
        "SubscriptionType", // the second aliases are those of v1.1.1
        json::value(e::cell_change, "CellChangeSubscription").alias("cell_change"),
        json::value(e::rab_est, "RabEstSubscription").alias("rab_est").alias("RAB_ESTABLISHMENT"),
        json::value(e::rab_mod, "RabModSubscription").alias("rab_mod").alias("RAB_MODIFICATION"),
        json::value(e::rab_rel, "RabRelSubscription").alias("rab_rel").alias("RAB_RELEASE"),
        json::value(e::meas_rep_ue, "MeasRepUeSubscription")
            .alias("meas_rep_ue")
            .alias("MEAS_REPORT_UE"),
        json::value(e::nr_meas_rep_ue, "NrMeasRepUeSubscription").alias("nr_meas_rep_ue"),
        json::value(e::meas_ta, "MeasTaSubscription")
            .alias("timing_advance_ue")
            .alias("MEAS_TIMING_ADVANCE"),
        json::value(e::ca_reconf, "CaReconfSubscription").alias("ca_reconf"),
        json::value(e::s1_bearer, "S1BearerSubscription").alias("s1_bearer"));
};

template <> struct describe<rni::subscription_link> {
    using type = rni::subscription_link;
    static constexpr auto value =
        object("Subscription", field<&type::href>("href"),
               field<&type::subscription_type>("subscriptionType")
                   .alias("rel")
                   .required()
                   .tolerating(defaulted)); // the list is of use without it
};

template <> struct describe<rni::subscription_links> {
    using type = rni::subscription_links;
    static constexpr auto value =
        object("RniSubscriptionLinks",
               field<&type::self>("self").required().tolerating(text_as_object | defaulted),
               field<&type::subscription>("subscription")
                   .alias("subscriptions") // as MEC 011 has it
                   .tolerating(one_or_many));
};

template <> struct describe<rni::subscription_link_list> {
    using type = rni::subscription_link_list;
    static constexpr auto value = object("SubscriptionLinkList", field<&type::links>("_links"));
};

} // namespace json
MEC_END_NAMESPACE

#endif
