#include "websocket_reconnect.hpp"

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

/// Waiting a moment does not help against these; asking now and then may, once somebody has acted.
bool is_lasting(const error& why) noexcept
{
    return why == errc::config_invalid || why == errc::not_found || why == errc::forbidden ||
           why == errc::unexpected_content || why == condition::untrusted_peer;
}

} // namespace

std::chrono::milliseconds websocket_reconnect::on_end(const error& why, steady_time now,
                                                      double uniform01) noexcept
{
    using std::chrono::milliseconds;
    if (opened_ && now - *opened_ >= options_.good) failures_ = 0;
    opened_.reset();
    const int doublings = std::min(failures_, 20);
    ++failures_;
    const milliseconds full =
        is_lasting(why)
            ? options_.longest
            : std::min<milliseconds>(options_.first * (1LL << doublings), options_.longest);
    const auto delay = milliseconds(
        static_cast<milliseconds::rep>(static_cast<double>(full.count()) * (0.5 + uniform01 / 2)));
    const auto wanted = why.info().retry_after.value_or(milliseconds{0});
    return std::max(delay, std::min(wanted, options_.longest));
}

} // namespace internal
MEC_END_NAMESPACE
