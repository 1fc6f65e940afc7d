#ifndef MEC_INTERNAL_NOTIFICATION_TYPE_HPP
#define MEC_INTERNAL_NOTIFICATION_TYPE_HPP

/// @file
/// What the description of a notification's type tells.

#include <mec/json/tables.hpp>

#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Some value of the type has a `timeStamp`.
MEC_API bool may_have_time_stamp(const json::type_desc& type) noexcept;
/// `value`, which was decoded, came with a `timeStamp`. False when that cannot be told, because the
/// description lets it be absent without saying so.
MEC_API bool has_time_stamp(const json::type_desc& type, void* value) noexcept;

/// Decoding into a used value gives the same as decoding into a fresh one.
MEC_API bool overwritten_by_decoding(const json::type_desc& type) noexcept;

/// A TestNotification (GS MEC 012 clause 6.4.12): sent to try the way, whatever was subscribed to.
MEC_API bool is_test_notification(std::string_view body);

} // namespace internal
MEC_END_NAMESPACE

#endif
