#include "call.hpp"

#include <mec/app_support/connection.hpp>
#include <mec/app_support/operations.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace app_support {

connection::~connection() = default;

namespace {

class platform_connection final : public connection {
public:
    explicit platform_connection(http::endpoint where)
        : context_(std::make_shared<internal::call_context>(std::move(where)))
    {
    }
    asio::any_io_executor get_executor() const noexcept override { return context_->executor(); }

    void async_confirm_ready(handler_for<> handler) override
    {
        const auto& op = operations::confirm_ready;
        internal::start_call<void>(context_, op, std::move(handler), [&](http::request& req) {
            json::encode(req.body, app_ready_confirmation{});
            return context_->fill_target(req.target, op);
        });
    }
    void async_get_timing_caps(handler_for<timing_caps> handler) override
    {
        get(operations::get_timing_caps, std::move(handler));
    }
    void async_get_current_time(handler_for<current_time> handler) override
    {
        get(operations::get_current_time, std::move(handler));
    }

private:
    template <class T> void get(const http::operation& op, handler_for<T> handler)
    {
        internal::start_call<T>(context_, op, std::move(handler), [&](http::request& req) {
            return context_->fill_target(req.target, op);
        });
    }

    const std::shared_ptr<internal::call_context> context_;
};

} // namespace

std::shared_ptr<connection> make_connection(http::endpoint where)
{
    return std::make_shared<platform_connection>(std::move(where));
}

} // namespace app_support
MEC_END_NAMESPACE
