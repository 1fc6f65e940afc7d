#ifndef MEC_INTERNAL_APP_CONNECTIONS_HPP
#define MEC_INTERNAL_APP_CONNECTIONS_HPP

#include <mec/app/application.hpp>
#include <mec/auth/token_source.hpp>

#include <memory>

MEC_BEGIN_NAMESPACE
namespace internal {

/// What a configuration leads to: transports, tokens, one connection per API. Making them does no I/O.
struct app_connections {
    http::transport_options settings; ///< of the transport
    std::shared_ptr<http::transport> transport;
    std::shared_ptr<http::transport> token_transport; ///< mostly the same
    std::shared_ptr<auth::token_source> tokens;       ///< null: none configured
    std::shared_ptr<app_support::connection> app_support;
    std::shared_ptr<service_mgmt::connection> service_mgmt;

    void close() noexcept;
};

app_connections connect(const asio::any_io_executor& executor,
                        const discovery::configuration& config, const application_options& options);

} // namespace internal
MEC_END_NAMESPACE

#endif
