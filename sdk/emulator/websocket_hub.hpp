#ifndef MEC_EMULATOR_WEBSOCKET_HUB_HPP
#define MEC_EMULATOR_WEBSOCKET_HUB_HPP

/// @file
/// The websockets over which applications take notifications that cannot be reached by callback URL
/// (GS MEC 009 clause 6.12a).
///
/// A subscription with a websocket needs three things of its API:
/// - open() when the client asked with `requestWebsocketUri`; the URL is the `websocketUri` to answer;
/// - that URL in `notice::callback` of what is sent: the notifier does the rest;
/// - its id in `platform_state::gone` when it ends, as every subscription.

#include "server.hpp"
#include "websocket.hpp"

#include <mec/core/url.hpp>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

MEC_BEGIN_NAMESPACE
namespace emulator {

class websocket_session;

/// Thread-safe. Never blocks. Knows subscriptions by their ids, from open() to forget().
class MEC_API websocket_hub {
public:
    /// What became of a message: no error and the status of the answer, or why there was none.
    using handler = std::function<void(const error&, int status)>;

    /// @param answer      an application has so long to answer a notification
    websocket_hub(asio::any_io_executor executor, internal::websocket_options options,
                  std::chrono::milliseconds answer);
    ~websocket_hub();

    /// Scheme and authority of the URLs that open() gives, for example `wss://127.0.0.1:8443`.
    void set_root(std::string root);
    /// The URL that nobody can guess; the same as before when the subscription has one. The application
    /// may connect as often as it likes: a newer connection replaces the older one.
    /// @throws std::runtime_error when the operating system gives no random bytes.
    url open(const std::string& subscription_id);
    /// Closes the connection, if there is one; a message under way ends with errc::cancelled.
    void forget(const std::string& subscription_id);

    /// Sends one message, once the application is connected, and waits for its answer. One at a time for
    /// each subscription: a next one ends it with errc::cancelled. Fails with errc::connection_lost or errc::deadline_exceeded when the
    /// answer did not come; the connection is closed then.
    /// @param again  it is the message that failed before: it keeps its sequence number.
    /// @param done   called from the executor, without a lock held
    void send(const std::string& subscription_id, std::string body, bool again, handler done);

    /// Takes the connection of a request for one of the URLs; false, and nothing done, for others.
    bool accept(const internal::received_request& request, internal::responder& answer);
    /// Closes all connections, and ends all messages with errc::shutting_down. The URLs stay, for a
    /// platform that is started again.
    void disconnect() noexcept;

private:
    struct entry {
        std::string token;
        std::shared_ptr<websocket_session> session;
    };
    std::shared_ptr<websocket_session> find(const std::string& subscription_id) const;

    const asio::any_io_executor executor_;
    const internal::websocket_options options_;
    const std::chrono::milliseconds answer_;
    mutable std::mutex mutex_; ///< guards what follows
    std::string root_;
    std::map<std::string, entry> entries_; ///< by subscription
};

} // namespace emulator
MEC_END_NAMESPACE

#endif
