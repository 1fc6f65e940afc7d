#ifndef MEC_INTERNAL_FED_CHANNEL_HPP
#define MEC_INTERNAL_FED_CHANNEL_HPP

/// @file
/// Channels as those see them who bring the notifications: the receiver from its port, a
/// websocket_source from its connection. Whatever way a notification comes, from here on it goes the
/// same: decoded by its description, known ones left out, queued, delivered in order.

#include <mec/notify/receiver.hpp>

#include <memory>
#include <string>
#include <string_view>

MEC_BEGIN_NAMESPACE
namespace internal {

/// The answer to a notification.
struct verdict {
    int status = 204;   ///< 204; 400, 415: it is not right; 503: later
    std::string detail; ///< of 400 and 415: what is wrong, for ProblemDetails
};

/// Every channel of the SDK is one. Thread-safe.
class MEC_API fed_channel : public notify::channel {
public:
    ~fed_channel() override;
    /// @param media_type  value of Content-Type; empty: there was none
    virtual verdict deliver(std::string_view media_type, std::string_view body) = 0;
    /// Notifications are missing here: `on_gap` is called between those before and those after.
    virtual void report(const notify::gap& missing) = 0;
    /// Of the channel's receiver, or of the channel when it has none.
    virtual notify::receiver_counters counters() const = 0;
};

/// A channel without a receiver: no port is open, and nothing comes but what is given to deliver().
/// @param options  what concerns decoding, the queue, the log and the clock; the rest is not used.
/// @throws std::runtime_error when the operating system gives no random bytes.
MEC_API std::shared_ptr<fed_channel> open_fed_channel(asio::any_io_executor delivery,
                                                      notify::receiver_options options,
                                                      notify::detail::sink sink);

template <class Notification>
std::shared_ptr<fed_channel> open_fed_channel(asio::any_io_executor delivery,
                                              notify::receiver_options options,
                                              notify::handlers<Notification> h)
{
    return open_fed_channel(std::move(delivery), std::move(options),
                            notify::detail::make_sink(std::move(h)));
}

} // namespace internal
MEC_END_NAMESPACE

#endif
