#ifndef MEC_EMULATOR_NOTIFIER_HPP
#define MEC_EMULATOR_NOTIFIER_HPP

/// @file
/// Sends notifications to callback URLs, or over the websocket where the URL is one: those of one
/// subscription one after another and in order, those of different subscriptions independently.

#include "state.hpp"
#include "websocket_hub.hpp"

#include <mec/http/transport.hpp>

#include <functional>
#include <map>
#include <memory>
#include <mutex>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// Thread-safe. Never blocks.
class MEC_API notifier : public std::enable_shared_from_this<notifier> {
public:
    /// Called from the executor when the fate of a notification is known, without a lock held;
    /// sequence and time are the receiver's to fill.
    using report = std::function<void(sent_notification)>;

    /// @param ca_pem  trusted when the options name no CA
    static result<std::shared_ptr<notifier>> create(asio::any_io_executor executor,
                                                    const platform_options& options,
                                                    std::shared_ptr<websocket_hub> sockets,
                                                    const std::string& ca_pem, report done);

    void post(notice n);
    /// What still waits for this subscription is not sent any more.
    void forget(const std::string& subscription_id);
    /// Gives up everything that waits; each is reported. What is under way over a websocket ends when
    /// the hub is disconnected.
    void close() noexcept;

private:
    struct lane;
    using lane_ptr = std::shared_ptr<lane>;

    notifier(asio::any_io_executor executor, const platform_options& options,
             std::shared_ptr<http::transport> transport, std::shared_ptr<websocket_hub> sockets,
             report done);

    void begin(const lane_ptr& l);
    void attempt(const lane_ptr& l);
    void post_to_callback(const lane_ptr& l);
    void send_over_websocket(const lane_ptr& l);
    void attempted(const lane_ptr& l, const error& e);
    bool pause(const lane_ptr& l, std::chrono::milliseconds delay);
    void finish(const lane_ptr& l, std::string failure);
    std::string refuse(const notice& n) const;

    const asio::any_io_executor executor_;
    const notification_options options_;
    const bool allow_remote_;
    const std::shared_ptr<http::transport> transport_;
    const std::shared_ptr<websocket_hub> sockets_;
    const report report_;

    std::mutex mutex_; ///< guards what follows, and the queues and timers of the lanes
    std::map<std::string, lane_ptr> lanes_; ///< by subscription: those that have something to send
    bool closed_ = false;
};

} // namespace emulator
MEC_END_NAMESPACE

#endif
