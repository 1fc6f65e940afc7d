#include <mec/emulator/quirks.hpp>

#include <initializer_list>
#include <iterator>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

using q = quirks;

constexpr quirk_info all[] = {
    {"wrapped_bodies", &q::wrapped_bodies, "objects stand in a member with their type's name"},
    {"zeros_left_out", &q::zeros_left_out, "members that are the number 0 are left out"},
    {"booleans_as_text", &q::booleans_as_text, "booleans are \"TRUE\" and \"FALSE\""},
    {"ports_as_text", &q::ports_as_text, "port numbers are strings"},
    {"end_point_spelling", &q::end_point_spelling, "endpoint is spelt endPoint"},
    {"addresses_as_object", &q::addresses_as_object, "one address is an object, not an array"},
    {"security_null", &q::security_null, "security is null"},
    {"destination_as_object", &q::destination_as_object,
     "dstInterface is one object, not an array"},
    {"tags_as_token", &q::tags_as_token, "tag of a traffic filter is called token"},
    {"nanoseconds_lower_case", &q::nanoseconds_lower_case, "nanoSeconds is spelt nanoseconds"},
    {"subscription_type_as_rel", &q::subscription_type_as_rel,
     "lists of subscriptions have rel instead of subscriptionType"},
    {"subscription_list_singular", &q::subscription_list_singular,
     "lists of subscriptions are called subscription instead of subscriptions"},
    {"lone_subscription_as_object", &q::lone_subscription_as_object,
     "a list of one subscription is an object, not an array"},
    {"self_links_as_text", &q::self_links_as_text, "_links.self is a string"},
    {"relative_links", &q::relative_links, "links and Location have no scheme and host"},
    {"relative_links_without_prefix", &q::relative_links_without_prefix,
     "links and Location begin after the path of apiRoot"},
    {"no_location", &q::no_location, "201 comes without Location"},
    {"wrong_location", &q::wrong_location, "Location of 201 leads to a path that does not exist"},
    {"unquoted_etag", &q::unquoted_etag, "ETag has no quotes"},
    {"errors_as_json", &q::errors_as_json, "errors have the type application/json"},
    {"errors_empty", &q::errors_empty, "errors have no body"},
    {"no_content_as_text", &q::no_content_as_text, "what is 204 comes as 200 with the body \"\""},
    {"notification_type_of_subscription", &q::notification_type_of_subscription,
     "notificationType is SerAvailabilityNotificationSubscription"},
    {"notification_type_of_schema", &q::notification_type_of_schema,
     "notificationType is ServiceAvailabilityNotification"},
    {"termination_links_as_text", &q::termination_links_as_text,
     "links of the termination notification are strings"},
    {"confirm_link_without_instance", &q::confirm_link_without_instance,
     "the link confirmTermination lacks applications/{appInstanceId}"},
    {"removed_with_link", &q::removed_with_link, "notifications of REMOVED have a link"},
    {"radio_uri_without_path", &q::radio_uri_without_path,
     "the URI of the radio network information service is that of apiRoot"},
    {"radio_enums_as_text", &q::radio_enums_as_text,
     "hoStatus, trigger, s1Event, eventType and the types of associateId are names"},
    {"nr_cell_id_spelling", &q::nr_cell_id_spelling, "nrCellId is spelt nrcellId"},
    {"nr_neighbour_as_text", &q::nr_neighbour_as_text,
     "nrcgi of NR neighbours is the identity of the cell alone"},
    {"associated_id_spelling", &q::associated_id_spelling, "associateId is spelt associatedId"},
    {"time_stamp_lower_case", &q::time_stamp_lower_case, "timeStamp is spelt timestamp"},
    {"lone_cell_as_object", &q::lone_cell_as_object,
     "cellInfo and cellUEInfo of one element are objects, not arrays"},
    {"list_type_as_query", &q::list_type_as_query,
     "lists of radio subscriptions have types like cell_change"},
    {"no_radio_location", &q::no_radio_location, "201 for a radio subscription has no Location"},
    {"notifications_without_link", &q::notifications_without_link,
     "radio notifications have no _links"},
    {"expiry_with_self", &q::expiry_with_self,
     "ExpiryNotification has _links.self as a string, and no notificationType"},
    {"expiry_with_callback", &q::expiry_with_callback,
     "ExpiryNotification has an empty notificationType and the callback URL as its link"},
    {"ca_reconf_spelling", &q::ca_reconf_spelling,
     "notificationType of carrier aggregation is CaReConfNotification"},
    {"wrapped_notifications", &q::wrapped_notifications,
     "notifications stand in a member subscriptionNotification"},
    {"no_websockets", &q::no_websockets,
     "radio subscriptions need callbackReference; test and websocket are ignored"},
    {"few_radio_operations", &q::few_radio_operations,
     "s1_bearer_info is 501, and the rarer types of radio subscriptions are 400"},
    {"unknown_cells_are_404", &q::unknown_cells_are_404,
     "radio queries for cells and UEs that do not exist are 404"},
    {"created_late", &q::created_late,
     "the first notification of a subscription is sent before the answer 201"},
    {"heartbeat_by_put", &q::heartbeat_by_put, "heartbeats are PUT; PATCH is 405"},
    {"update_refuses_ids", &q::update_refuses_ids,
     "an update of a service with serInstanceId or _links is 400"},
    {"update_wants_everything", &q::update_wants_everything,
     "an update of a service must be complete and may change nothing but state"},
    {"comma_lists_only", &q::comma_lists_only, "a query name that is repeated is 400"},
    {"unknown_queries_ignored", &q::unknown_queries_ignored, "unknown query names are ignored"},
    {"is_local_not_filtered", &q::is_local_not_filtered, "is_local of a query has no effect"},
    {"misspelt_stopping_only", &q::misspelt_stopping_only,
     "confirm_termination understands STOPPPING, not STOPPING"},
    {"nothing_pending_is_400", &q::nothing_pending_is_400,
     "confirm_termination without a termination is 400"},
    {"no_rules", &q::no_rules, "operations on rules are 501"},
    {"no_liveness", &q::no_liveness, "heartbeats are never wanted"},
    {"liveness_always_60", &q::liveness_always_60,
     "heartbeats are wanted every 60 s, whatever is proposed"},
    {"same_name_updates", &q::same_name_updates,
     "registering a service of the same name updates it, with 201"},
    {"ready_first", &q::ready_first, "before confirm_ready everything else is 403"},
    {"ready_rate_limit", &q::ready_rate_limit, "confirm_ready again within 5 s is 429"},
};

static_assert(sizeof(quirks) == std::size(all), "every quirk is in the table");

constexpr quirks with(std::initializer_list<bool q::*> on)
{
    quirks made;
    for (auto member : on) made.*member = true;
    return made;
}

constexpr quirks strict;
constexpr quirks advantedge = with(
    {&q::zeros_left_out, &q::security_null, &q::tags_as_token, &q::subscription_type_as_rel,
     &q::errors_as_json, &q::confirm_link_without_instance, &q::removed_with_link,
     &q::update_wants_everything, &q::is_local_not_filtered, &q::nothing_pending_is_400,
     &q::no_rules, &q::no_liveness, &q::ready_first, &q::nr_cell_id_spelling, &q::no_radio_location,
     &q::expiry_with_callback, &q::no_websockets, &q::few_radio_operations});
constexpr quirks edgegallery =
    with({&q::subscription_type_as_rel, &q::relative_links_without_prefix, &q::wrong_location,
          &q::unquoted_etag, &q::errors_as_json, &q::no_content_as_text,
          &q::termination_links_as_text, &q::heartbeat_by_put, &q::unknown_queries_ignored,
          &q::misspelt_stopping_only, &q::liveness_always_60});
constexpr quirks netedge =
    with({&q::nanoseconds_lower_case, &q::no_location, &q::unquoted_etag,
          &q::notification_type_of_subscription, &q::update_refuses_ids, &q::comma_lists_only,
          &q::same_name_updates, &q::ready_rate_limit});

struct profile {
    std::string_view name;
    const quirks* what;
};
constexpr profile profiles[] = {{"strict", &strict},
                                {"advantedge", &advantedge},
                                {"edgegallery", &edgegallery},
                                {"netedge", &netedge}};

} // namespace

quirk_range all_quirks() noexcept { return {all, std::size(all)}; }

const quirks* find_profile(std::string_view name) noexcept
{
    for (const profile& p : profiles)
        if (p.name == name) return p.what;
    return nullptr;
}

quirks operator|(const quirks& a, const quirks& b) noexcept
{
    quirks both;
    for (const quirk_info& one : all) both.*one.member = a.*one.member || b.*one.member;
    return both;
}

} // namespace emulator
MEC_END_NAMESPACE
