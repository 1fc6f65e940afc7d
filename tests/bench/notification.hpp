#ifndef MEC_BENCH_NOTIFICATION_HPP
#define MEC_BENCH_NOTIFICATION_HPP

/// @file
/// What the servers that take notifications have in common: the document, which all of them read into
/// the same structure, and how they say where they listen.

#include "measurement.hpp"

#include <mec/service_mgmt/types.hpp>

#include <string>

namespace bench {

using notification = mec::service_mgmt::service_availability_notification;

/// How many services the notification tells of; with them it has 1.2 KB.
constexpr std::size_t references = 5;

/// A ServiceAvailabilityNotification as JSON.
std::string notification_json();

/// Gives up when the text is not such a notification.
notification decode_notification_with_nlohmann(const std::string& text);

/// Gives up when it is not the notification that was sent.
void check(const notification& n);

/// Tells run.py where to send: one line of JSON.
void announce(std::uint16_t port, const std::string& path);

} // namespace bench

#endif
