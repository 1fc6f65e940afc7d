#ifndef MEC_APP_RADIO_HPP
#define MEC_APP_RADIO_HPP

/// @file
/// How notifications about the radio network reach an application (GS MEC 012 clause 5.2).

#include <mec/core/error.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>

MEC_BEGIN_NAMESPACE

/// The way that the notifications of one subscription take.
enum class radio_delivery {
    waiting,   ///< the platform offers no radio network information service for now
    http,      ///< the platform posts them
    websocket, ///< over a websocket that the application has opened
    polling,   ///< none come: the queries are asked, and what has changed is told as a notification
    none       ///< none come, and no query tells the same
};

/// `waiting`, `http`, ...
MEC_API std::string_view to_string(radio_delivery way) noexcept;

struct radio_options {
    /// Called at every change of the way, with the reason for taking this one and no better one when
    /// there is one. On the application's executor.
    std::function<void(radio_delivery, const error&)> on_delivery{};
    /// How long the platform keeps the subscription unless it is renewed, which is done in time.
    /// Not set: as the platform likes. At least 2 s.
    std::optional<std::chrono::seconds> lifetime{};
    std::chrono::milliseconds poll_interval{1000}; ///< between queries, while polling
};

MEC_END_NAMESPACE

#endif
