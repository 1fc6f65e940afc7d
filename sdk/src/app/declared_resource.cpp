#include "declared_resource.hpp"

#include <boost/asio/post.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

error without(const std::string& channel_id, const error& e)
{
    error_info info = e.info();
    const auto hide = [&channel_id](std::string& text) {
        for (std::size_t at; (at = text.find(channel_id)) != std::string::npos;)
            text.replace(at, channel_id.size(), "...");
    };
    hide(info.message);
    if (info.problem)
        for (auto* text : {&info.problem->type, &info.problem->title, &info.problem->detail,
                           &info.problem->instance})
            if (*text) hide(**text);
    info.cause.reset();
    return e ? e.with(std::move(info)) : e;
}

declared_resource::~declared_resource() = default;

void declared_resource::on_refused(const error& why)
{
    context_->log().write(log_level::warning, "app",
                          "what was declared is not possible: " + why.what());
}

void declared_resource::withdraw()
{
    asio::post(context_->strand, [self = shared_from_this()] {
        if (const auto owner = self->owner_.lock()) owner->on_withdrawn(self->key_);
    });
}

void declared_resource::declare_change()
{
    if (const auto owner = owner_.lock()) owner->on_changed(key_);
}

} // namespace internal
MEC_END_NAMESPACE
