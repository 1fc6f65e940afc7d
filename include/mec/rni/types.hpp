#ifndef MEC_RNI_TYPES_HPP
#define MEC_RNI_TYPES_HPP

/// @file
/// Data types of radio network information (ETSI GS MEC 012 clause 6).

#include <mec/rni/notifications.hpp>
#include <mec/rni/queries.hpp>
#include <mec/rni/subscriptions.hpp>

#endif
