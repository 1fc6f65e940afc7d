#ifndef MEC_SRC_NOTIFY_DELIVERY_HPP
#define MEC_SRC_NOTIFY_DELIVERY_HPP

#include "fed_channel.hpp"
#include "inbox.hpp"

MEC_BEGIN_NAMESPACE
namespace internal {

/// Gives a body to a channel, counts what becomes of it, and says what to answer.
verdict deliver(receiver_base& base, inbox& box, std::string_view media_type,
                std::string_view body);

} // namespace internal
MEC_END_NAMESPACE

#endif
