#ifndef MEC_SRC_NOTIFY_REQUEST_HANDLER_HPP
#define MEC_SRC_NOTIFY_REQUEST_HANDLER_HPP

#include "channel_registry.hpp"
#include "server.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

/// Answers what comes in: finds the channel of a request and gives it the body.
class request_handler {
public:
    /// @param prefixes  paths in front of a channel's id, without a `/` at the end
    request_handler(std::shared_ptr<receiver_base> base, std::vector<std::string> prefixes);

    void handle(const received_request& request, responder answer);

    const std::shared_ptr<receiver_base>& base() const noexcept { return base_; }
    channel_registry registry;

private:
    std::optional<channel_key> key_in(std::string_view target) const noexcept;
    bool is_host(std::string_view value) const noexcept;
    void unknown(responder& answer);
    void take(inbox& box, const received_request& request, responder& answer);

    const std::shared_ptr<receiver_base> base_;
    const std::vector<std::string> prefixes_;
    std::mutex mutex_;        ///< guards what follows
    steady_time next_report_; ///< of requests that were not found
    std::uint64_t unreported_ = 0;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
