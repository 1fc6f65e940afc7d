#include "async_exchange.hpp"
#include "blocking_exchange.hpp"
#include "lazy_transport.hpp"

#include <mec/detail/complete.hpp>
#include <mec/http/transport.hpp>

#include <boost/asio/recycling_allocator.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {
namespace {

class pooled_transport final : public http::transport {
public:
    explicit pooled_transport(std::shared_ptr<transport_core> core) : core_(std::move(core)) {}
    ~pooled_transport() override { close(); }

    asio::any_io_executor get_executor() const noexcept override { return core_->executor; }

    void async_send(const http::request& req, http::response& resp,
                    asio::any_completion_handler<void(error)> handler) override
    {
        const asio::any_completion_executor executor =
            asio::get_associated_executor(handler, core_->executor);
        if (detail::as_blocking(executor)) {
            error failure = send(req, resp);
            detail::complete_later(core_->executor, std::move(handler), std::move(failure));
            return;
        }
        std::allocate_shared<async_exchange>(asio::recycling_allocator<void>(), core_, req, resp,
                                             std::move(handler))
            ->start();
    }

    error send(const http::request& req, http::response& resp) override
    {
        return exchange_blocking(*core_, req, resp);
    }

    void close() noexcept override { core_->close(); }

private:
    const std::shared_ptr<transport_core> core_;
};

} // namespace

std::shared_ptr<http::transport> make_lazy_transport(asio::any_io_executor executor,
                                                     http::transport_options options)
{
    return std::make_shared<pooled_transport>(
        std::make_shared<transport_core>(std::move(executor), std::move(options)));
}

} // namespace internal

namespace http {

result<std::shared_ptr<transport>> make_transport(asio::any_io_executor executor,
                                                  transport_options options)
{
    auto core = std::make_shared<internal::transport_core>(std::move(executor), std::move(options));
    const tls_options& tls = core->options.tls;
    if (!tls.ca_file.empty() || !tls.ca_pem.empty() || !tls.cert_file.empty())
        if (auto made = core->tls(); !made) return made.error();
    return std::shared_ptr<transport>(
        std::make_shared<internal::pooled_transport>(std::move(core)));
}

} // namespace http
MEC_END_NAMESPACE
