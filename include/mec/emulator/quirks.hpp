#ifndef MEC_EMULATOR_QUIRKS_HPP
#define MEC_EMULATOR_QUIRKS_HPP

/// @file
/// Where real platforms deviate from the text of the standard, as switches.

#include <mec/config.hpp>

#include <cstddef>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// Every member is off in the standard's text. What it does is in all_quirks(), in one sentence.
struct quirks {
    /// @name Bodies that the platform sends
    /// @{
    bool wrapped_bodies = false;           ///< v3.1.1 files, Simu5G
    bool zeros_left_out = false;           ///< AdvantEDGE
    bool booleans_as_text = false;         ///< Simu5G
    bool ports_as_text = false;            ///< EdgeGallery's API emulator
    bool end_point_spelling = false;       ///< Simu5G
    bool addresses_as_object = false;      ///< Simu5G, AdvantEDGE
    bool security_null = false;            ///< AdvantEDGE
    bool destination_as_object = false;    ///< v2.1.1 files
    bool tags_as_token = false;            ///< v1.1.1 and v2.1.1 files, AdvantEDGE
    bool nanoseconds_lower_case = false;   ///< NetEdge
    bool subscription_type_as_rel = false; ///< v2.1.1, AdvantEDGE application support, EdgeGallery
    bool subscription_list_singular = false;  ///< v1.1.1
    bool lone_subscription_as_object = false; ///< test suites' schemas
    bool self_links_as_text = false;          ///< v1.1.1 files
    /// @}
    /// @name Links and header fields that the platform sends
    /// @{
    bool relative_links = false;                ///< the gateways of several platforms
    bool relative_links_without_prefix = false; ///< EdgeGallery
    bool no_location = false;                   ///< NetEdge subscriptions
    bool wrong_location = false;                ///< EdgeGallery and NetEdge services
    bool unquoted_etag = false;                 ///< EdgeGallery, NetEdge
    bool errors_as_json = false;                ///< AdvantEDGE, EdgeGallery
    bool errors_empty = false;                  ///< AdvantEDGE RNI
    bool no_content_as_text = false;            ///< EdgeGallery
    /// @}
    /// @name Notifications
    /// @{
    bool notification_type_of_subscription = false; ///< v2.1.1 files, NetEdge
    bool notification_type_of_schema = false;       ///< older clients and servers
    bool termination_links_as_text = false;         ///< EdgeGallery
    bool confirm_link_without_instance = false;     ///< AdvantEDGE
    bool removed_with_link = false;                 ///< AdvantEDGE
    /// @}
    /// @name Radio network information
    /// @{
    bool radio_uri_without_path = false;     ///< most platforms but AdvantEDGE
    bool radio_enums_as_text = false;        ///< v1.1.1
    bool nr_cell_id_spelling = false;        ///< v2.1.1 files, AdvantEDGE
    bool nr_neighbour_as_text = false;       ///< v2.1.1 files
    bool associated_id_spelling = false;     ///< Simu5G
    bool time_stamp_lower_case = false;      ///< Simu5G
    bool lone_cell_as_object = false;        ///< Simu5G
    bool list_type_as_query = false;         ///< test suites' schemas
    bool no_radio_location = false;          ///< AdvantEDGE
    bool notifications_without_link = false; ///< v2.1.1
    bool expiry_with_self = false;           ///< v2.1.1
    bool expiry_with_callback = false;       ///< AdvantEDGE
    bool ca_reconf_spelling = false;         ///< v2.1.1 files
    bool wrapped_notifications = false;      ///< v3.1.1 and generated v2.2.1 files
    bool no_websockets = false;              ///< v2.1.1, AdvantEDGE
    bool few_radio_operations = false;       ///< AdvantEDGE
    bool unknown_cells_are_404 = false;      ///< v1.1.1 test suites
    bool created_late = false;               ///< slow ones
    /// @}
    /// @name What the platform does with requests
    /// @{
    bool heartbeat_by_put = false;        ///< EdgeGallery
    bool update_refuses_ids = false;      ///< NetEdge
    bool update_wants_everything = false; ///< AdvantEDGE
    bool comma_lists_only = false;        ///< Simu5G, NetEdge
    bool unknown_queries_ignored = false; ///< EdgeGallery
    bool is_local_not_filtered = false;   ///< AdvantEDGE
    bool misspelt_stopping_only = false;  ///< EdgeGallery
    bool nothing_pending_is_400 = false;  ///< AdvantEDGE
    bool no_rules = false;                ///< AdvantEDGE
    bool no_liveness = false;             ///< AdvantEDGE, Simu5G
    bool liveness_always_60 = false;      ///< EdgeGallery
    bool same_name_updates = false;       ///< NetEdge
    bool ready_first = false;             ///< AdvantEDGE
    bool ready_rate_limit = false;        ///< NetEdge
    /// @}
};

/// One switch, for tools.
struct quirk_info {
    std::string_view name; ///< of the member
    bool quirks::*member;
    std::string_view what; ///< one sentence for people
};

struct quirk_range {
    const quirk_info* first;
    std::size_t size;
    const quirk_info* begin() const noexcept { return first; }
    const quirk_info* end() const noexcept { return first + size; }
};

/// All switches.
MEC_API quirk_range all_quirks() noexcept;

/// The switches of a platform: `strict` (none), `advantedge`, `edgegallery`, `netedge`; null for any
/// other name.
MEC_API const quirks* find_profile(std::string_view name) noexcept;

/// What is on in either.
MEC_API quirks operator|(const quirks& a, const quirks& b) noexcept;

} // namespace emulator
MEC_END_NAMESPACE

#endif
