#ifndef MEC_MEC_HPP
#define MEC_MEC_HPP

/// @file
/// Everything an application normally needs.

#include <mec/app/application.hpp>
#include <mec/app_support/describe.hpp>
#include <mec/discovery/discover.hpp>
#include <mec/http/transport.hpp>
#include <mec/json/codec.hpp>
#include <mec/rni/client.hpp>
#include <mec/service_mgmt/describe.hpp>
#include <mec/sync_wait.hpp>

#endif
