#ifndef MEC_EMULATOR_RNI_QUIRK_EDITS_HPP
#define MEC_EMULATOR_RNI_QUIRK_EDITS_HPP

/// @file
/// What quirks make of bodies of radio network information. quirk_edits.cpp has the tables.

#include "json_tree.hpp"
#include "state.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

/// An array of one becomes its element, an empty one goes away (false).
bool first_only(json_member& m);

/// @name Of a member, wherever it stands
/// @{
bool radio_enum_to_text(json_member& m, const platform_state& s);
bool rename_nr_cell_id(json_member& m, const platform_state& s);
bool nr_neighbours_to_text(json_member& m, const platform_state& s);
bool rename_associate_id(json_member& m, const platform_state& s);
bool rename_time_stamp(json_member& m, const platform_state& s);
bool lone_cell(json_member& m, const platform_state& s);
/// @}

/// @name Of a document
/// @{
void radio_types_to_queries(json_tree& t);
void respell_ca_reconf(json_tree& t);
void expiry_to_self(json_tree& t);
void drop_notification_link(json_tree& t);
void link_expiry_to_callback(notice& n);
/// @}

} // namespace emulator
MEC_END_NAMESPACE

#endif
