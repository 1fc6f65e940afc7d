#ifndef MEC_EMULATOR_RNI_NOTICES_HPP
#define MEC_EMULATOR_RNI_NOTICES_HPP

/// @file
/// From a notification of MEC 012 to what the notifier sends.

#include "state.hpp"

#include <mec/json/codec.hpp>
#include <mec/rni/describe.hpp>

MEC_BEGIN_NAMESPACE
namespace emulator {

/// A notification as text, made once for all subscriptions that get it: only the link differs.
class prepared_notification {
public:
    /// @param n  any notification of MEC 012, without its link
    template <class Notification> explicit prepared_notification(const Notification& n)
        : type_(json::type_of<Notification>::value.name), text_(json::serialize(n)),
          link_at_(place_of_link(text_))
    {
    }

    notice for_subscription(const subscription& one) const;

private:
    static std::size_t place_of_link(const std::string& text);

    std::string_view type_;
    std::string text_;
    std::size_t link_at_;
};

/// The radio subscription of that content; null for the other kinds.
inline const rni::subscription_base* radio_content(const subscription& one)
{
    const auto* content = std::get_if<rni::subscription>(&one.content);
    return content ? &rni::common(*content) : nullptr;
}
inline rni::subscription_base* radio_content(subscription& one)
{
    auto* content = std::get_if<rni::subscription>(&one.content);
    return content ? &rni::common(*content) : nullptr;
}

} // namespace emulator
MEC_END_NAMESPACE

#endif
