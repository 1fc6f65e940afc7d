#include "websocket_link.hpp"

#include "url_policy.hpp"

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

class running_source final : public websocket_source {
public:
    explicit running_source(std::shared_ptr<websocket_link> link) : link_(std::move(link)) {}
    ~running_source() override { running_source::close(); }

    websocket_source_counters counters() const override { return link_->counters(); }
    void close() noexcept override { link_->close(); }

private:
    const std::shared_ptr<websocket_link> link_;
};

http::transport_options transport_of(http::transport_options o)
{
    o.pool.pending = 10'000; // each source asks for one connection at a time, and keeps it
    return o;
}

} // namespace

websocket_source::~websocket_source() = default;

websocket_client::shared::shared(const asio::any_io_executor& executor, websocket_client_options o)
    : options(std::move(o)),
      core(std::make_shared<transport_core>(executor, transport_of(options.transport)))
{
}

websocket_client::websocket_client(asio::any_io_executor executor, websocket_client_options options)
    : shared_(std::make_shared<shared>(executor, std::move(options)))
{
}

websocket_client::~websocket_client() { shared_->core->close(); }

result<std::unique_ptr<websocket_source>> websocket_client::open(websocket_subscription what)
{
    auto channel = std::dynamic_pointer_cast<fed_channel>(what.channel);
    if (!channel)
        return error(errc::config_invalid, "expected a channel of the SDK's own, got another");
    auto target = websocket_url(what.base, what.link, shared_->options.allowed_hosts);
    if (!target) return target.error();
    if (error e = shared_->core->check(target->origin())) return e;
    auto link = std::make_shared<websocket_link>(shared_, std::move(what), std::move(*target),
                                                 std::move(channel));
    link->start();
    return std::unique_ptr<websocket_source>(std::make_unique<running_source>(std::move(link)));
}

} // namespace internal
MEC_END_NAMESPACE
