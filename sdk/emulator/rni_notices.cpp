#include "rni_notices.hpp"

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

constexpr std::string_view empty_link = "\"href\":\"\"";

} // namespace

std::size_t prepared_notification::place_of_link(const std::string& text)
{
    return text.rfind(empty_link) + empty_link.size() - 1;
}

notice prepared_notification::for_subscription(const subscription& one) const
{
    const std::string& href = radio_content(one)->links->self->href;
    notice n{one.id, one.app_instance_id, std::string(type_), type_, one.callback, {}};
    n.body.reserve(text_.size() + href.size());
    n.body.append(text_, 0, link_at_).append(href).append(text_, link_at_);
    return n;
}

} // namespace emulator
MEC_END_NAMESPACE
