#ifndef MEC_RNI_DESCRIBE_HPP
#define MEC_RNI_DESCRIBE_HPP

/// @file
/// The types of `types.hpp` on the wire.

#include <mec/rni/describe_notifications.hpp>
#include <mec/rni/describe_queries.hpp>
#include <mec/rni/describe_subscriptions.hpp>

#endif
