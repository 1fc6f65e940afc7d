#ifndef MEC_RNI_SUBSCRIPTIONS_HPP
#define MEC_RNI_SUBSCRIPTIONS_HPP

/// @file
/// Subscriptions to radio network information (ETSI GS MEC 012 clause 6.3). What a filter leaves out
/// matches everything; values of one list are alternatives; what is given must all hold.

#include <mec/rni/notifications.hpp>

#include <variant>

MEC_BEGIN_NAMESPACE
namespace rni {

/// WebsockNotifConfig (clause 6.3.12, since v2.2.1).
struct websock_notif_config {
    std::optional<std::string> websocket_uri;  ///< set by the platform
    std::optional<bool> request_websocket_uri; ///< set by the application
};

/// What all subscriptions have.
struct subscription_base {
    std::string callback_reference; ///< URL that notifications are posted to; empty: none
    std::optional<bool> request_test_notification; ///< true: try the URL (since v2.2.1)
    std::optional<rni::websock_notif_config> websock_notif_config; ///< since v2.2.1
    std::optional<self_links> links;                               ///< in answers and updates
    /// The application proposes, the platform's answer rules; absent: never.
    std::optional<time_stamp> expiry_deadline;
    json::members extensions; ///< members that the standard does not name, kept for writing back
    std::string
        etag; ///< not in the body: entity tag of what was read, sent back when it is updated
};

struct filter_criteria_assoc_ho {
    std::optional<std::string> app_instance_id;
    std::vector<rni::associate_id> associate_id;
    std::vector<rni::ecgi> ecgi;
    std::vector<open_enum<rni::ho_status>> ho_status; ///< empty: completed
};
/// CellChangeSubscription (clause 6.3.2): hand-overs.
struct cell_change_subscription : subscription_base {
    using notification_type = cell_change_notification;
    filter_criteria_assoc_ho filter_criteria;
};

struct filter_criteria_qci {
    std::optional<std::string> app_instance_id;
    std::vector<rni::ecgi> ecgi;
    std::int32_t qci = 0; ///< 0..255, mandatory
};
/// RabEstSubscription (clause 6.3.3): bearers that are established.
struct rab_est_subscription : subscription_base {
    using notification_type = rab_est_notification;
    filter_criteria_qci filter_criteria;
};

struct filter_criteria_erab_qci {
    std::optional<std::string> app_instance_id;
    std::int32_t erab_id = 0; ///< 0..15, mandatory
    std::vector<rni::ecgi> ecgi;
    std::int32_t qci = 0; ///< 0..255, mandatory
};
/// RabModSubscription (clause 6.3.4): bearers that are modified.
struct rab_mod_subscription : subscription_base {
    using notification_type = rab_mod_notification;
    filter_criteria_erab_qci filter_criteria;
};
/// RabRelSubscription (clause 6.3.5): bearers that are released.
struct rab_rel_subscription : subscription_base {
    using notification_type = rab_rel_notification;
    filter_criteria_erab_qci filter_criteria;
};

struct filter_criteria_assoc_tri {
    std::optional<std::string> app_instance_id;
    std::vector<rni::associate_id> associate_id;
    std::vector<rni::ecgi> ecgi;
    std::vector<open_enum<rni::trigger>> trigger;
};
/// MeasRepUeSubscription (clause 6.3.6): measurement reports of LTE UEs.
struct meas_rep_ue_subscription : subscription_base {
    using notification_type = meas_rep_ue_notification;
    filter_criteria_assoc_tri filter_criteria;
};

struct filter_criteria_nr_mrs {
    std::optional<std::string> app_instance_id;
    std::vector<rni::associate_id> associate_id;
    std::vector<rni::nrcgi> nrcgi;
    std::vector<open_enum<rni::trigger_nr>> trigger_nr;
};
/// NrMeasRepUeSubscription (clause 6.3.11): measurement reports of NR UEs.
struct nr_meas_rep_ue_subscription : subscription_base {
    using notification_type = nr_meas_rep_ue_notification;
    filter_criteria_nr_mrs filter_criteria;
};

struct filter_criteria_assoc {
    std::optional<std::string> app_instance_id;
    std::vector<rni::associate_id> associate_id;
    std::vector<rni::ecgi> ecgi;
};
/// MeasTaSubscription (clause 6.3.7): timing advance.
struct meas_ta_subscription : subscription_base {
    using notification_type = meas_ta_notification;
    filter_criteria_assoc filter_criteria;
};
/// CaReconfSubscription (clause 6.3.8): carrier aggregation is reconfigured.
struct ca_reconf_subscription : subscription_base {
    using notification_type = ca_reconf_notification;
    filter_criteria_assoc filter_criteria;
};

struct s1_bearer_subscription_criteria {
    std::vector<rni::associate_id> associate_id;
    std::vector<rni::ecgi> ecgi;
    std::vector<std::int32_t> erab_id; ///< 0..15
};
/// S1BearerSubscription (clause 6.3.9): S1 bearers come, change and go.
struct s1_bearer_subscription : subscription_base {
    using notification_type = s1_bearer_notification;
    std::vector<open_enum<s1_event>> event_type; ///< at least one
    s1_bearer_subscription_criteria filter_criteria;
};

/// A subscription of any type.
using subscription =
    std::variant<cell_change_subscription, rab_est_subscription, rab_mod_subscription,
                 rab_rel_subscription, meas_rep_ue_subscription, nr_meas_rep_ue_subscription,
                 meas_ta_subscription, ca_reconf_subscription, s1_bearer_subscription>;

/// The types of subscriptions, in the order of `subscription`.
enum class subscription_type {
    cell_change,
    rab_est,
    rab_mod,
    rab_rel,
    meas_rep_ue,
    nr_meas_rep_ue,
    meas_ta,
    ca_reconf,
    s1_bearer
};

inline subscription_type type_of(const subscription& s) noexcept
{
    return static_cast<subscription_type>(s.index());
}

/// What a subscription has whatever its type is.
inline const subscription_base& common(const subscription& s)
{
    return std::visit(
        [](const auto& alternative) -> const subscription_base& { return alternative; }, s);
}
inline subscription_base& common(subscription& s)
{
    return std::visit([](auto& alternative) -> subscription_base& { return alternative; }, s);
}

/// One entry of a SubscriptionLinkList.
struct subscription_link {
    std::string href;
    std::optional<open_enum<rni::subscription_type>> subscription_type; ///< some leave it out
};

struct subscription_links {
    std::optional<link> self;
    std::vector<subscription_link> subscription;
};

/// SubscriptionLinkList (clause 6.3.10): the subscriptions of the application, without their content.
struct subscription_link_list {
    subscription_links links;
};

} // namespace rni
MEC_END_NAMESPACE

#endif
