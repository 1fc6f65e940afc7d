#include "call.hpp"

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

std::string base_path(const url& base)
{
    std::string path = base.path();
    while (!path.empty() && path.back() == '/') path.pop_back();
    return path;
}

constexpr std::string_view own_resources = "/applications/{appInstanceId}";

/// Dots are not encoded by any rule, so these two would walk up the path.
bool usable_id(std::string_view id) noexcept
{
    return !id.empty() && id.size() <= 256 && id != "." && id != "..";
}

} // namespace

call_context::call_context(http::endpoint where)
    : where_(std::move(where)), base_(base_path(where_.base)), budget_(where_.options.retry)
{
    buffers_.reserve(kept_buffers);
}

std::unique_ptr<call_buffers> call_context::take_buffers()
{
    {
        std::lock_guard lock(mutex_);
        if (!buffers_.empty()) {
            auto buffers = std::move(buffers_.back());
            buffers_.pop_back();
            return buffers;
        }
    }
    auto buffers = std::make_unique<call_buffers>();
    buffers->request.origin = where_.base.origin();
    return buffers;
}

void call_context::return_buffers(std::unique_ptr<call_buffers> buffers) noexcept
{
    if (buffers->response.body.capacity() > kept_bytes ||
        buffers->request.body.capacity() > kept_bytes)
        return;
    buffers->response.clear();
    std::lock_guard lock(mutex_);
    if (buffers_.size() < buffers_.capacity()) buffers_.push_back(std::move(buffers));
}

error call_context::fill_target(std::string& target, const http::operation& op,
                                std::string_view resource_id) const
{
    target.assign(base_);
    std::string_view rest = op.path;
    // Registrations are named by their application instance, which may be another one.
    const bool own_instance = rest.substr(0, own_resources.size()) == own_resources;
    for (std::size_t open; (open = rest.find('{')) != std::string_view::npos;) {
        target.append(rest.substr(0, open));
        const std::size_t close = rest.find('}', open);
        const std::string_view name = rest.substr(open + 1, close - open - 1);
        const std::string_view id =
            own_instance && name == "appInstanceId" ? where_.app_instance_id : resource_id;
        if (!usable_id(id))
            return {errc::config_invalid,
                    std::string(name) + ": expected 1 to 256 bytes other than . and .., got " +
                        std::to_string(id.size()) + " bytes"};
        append_encoded(target, id);
        rest.remove_prefix(close + 1);
    }
    target.append(rest);
    return {};
}

} // namespace internal
MEC_END_NAMESPACE
