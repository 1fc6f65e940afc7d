#ifndef MEC_INTERNAL_RADIO_POLL_HPP
#define MEC_INTERNAL_RADIO_POLL_HPP

#include <mec/rni/types.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Tells from the answers of the queries what the notifications of a subscription would have told.
/// Decides without I/O. What lasts for less than the time between two answers is not seen, and UEs
/// without an associate id cannot be followed.
class MEC_API radio_poll {
public:
    enum class query : std::uint8_t { none, rab_info, s1_bearer_info };

    explicit radio_poll(rni::subscription what) : what_(std::move(what)) {}

    /// Which query tells something about it.
    static query query_for(const rni::subscription& what) noexcept;

    /// Of the first answer nothing is news.
    std::vector<rni::notification> compare(const rni::rab_info& now);
    std::vector<rni::notification> compare(const rni::s1_bearer_info& now);

private:
    struct ue {
        std::vector<rni::associate_id> ids;
        std::vector<rni::ecgi> cells;
        std::optional<rni::temp_ue_id> temp_id;
        std::map<std::int32_t, std::optional<rni::erab_qos_parameters>> erabs;
        std::map<std::int32_t, rni::s1_bearer> s1;
    };
    using snapshot = std::map<std::string, ue>; ///< by associate ids

    std::vector<rni::notification> difference(snapshot now, const std::optional<time_stamp>& when);
    void compare_cells(const ue& before, const ue& now);
    void compare_erabs(const ue& before, const ue& now);
    void compare_s1(const ue& before, const ue& now);
    void tell_s1(rni::s1_event event, const ue& of, const rni::s1_bearer& bearer);
    template <class Notification> void tell(Notification n);

    const rni::subscription what_;
    std::optional<snapshot> before_;
    std::optional<time_stamp> when_;
    std::vector<rni::notification> news_;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
