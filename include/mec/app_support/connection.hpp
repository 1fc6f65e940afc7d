#ifndef MEC_APP_SUPPORT_CONNECTION_HPP
#define MEC_APP_SUPPORT_CONNECTION_HPP

#include <mec/app_support/types.hpp>
#include <mec/detail/initiate.hpp>
#include <mec/http/endpoint.hpp>

MEC_BEGIN_NAMESPACE
namespace app_support {

/// One virtual function per operation; the seam for mocks and decorators. See `client` for what
/// each does.
class MEC_API connection {
public:
    virtual ~connection();
    virtual asio::any_io_executor get_executor() const noexcept = 0;

    virtual void async_confirm_ready(handler_for<> handler) = 0;
    virtual void async_get_timing_caps(handler_for<timing_caps> handler) = 0;
    virtual void async_get_current_time(handler_for<current_time> handler) = 0;
};

/// @param where  apiRoot, application instance, transport, token source and options.
MEC_API std::shared_ptr<connection> make_connection(http::endpoint where);

} // namespace app_support
MEC_END_NAMESPACE

#endif
