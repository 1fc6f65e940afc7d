#ifndef MEC_RNI_CONNECTION_HPP
#define MEC_RNI_CONNECTION_HPP

#include <mec/detail/initiate.hpp>
#include <mec/http/endpoint.hpp>
#include <mec/rni/types.hpp>

#include <functional>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace rni {

/// One virtual function per operation; the seam for mocks and decorators. See `client` for what
/// each does.
class MEC_API connection : public std::enable_shared_from_this<connection> {
public:
    virtual ~connection();
    virtual asio::any_io_executor get_executor() const noexcept = 0;

    virtual void async_get_rab_info(rab_info_query query, handler_for<rab_info> handler) = 0;
    virtual void async_get_plmn_info(plmn_info_query query,
                                     handler_for<std::vector<plmn_info>> handler) = 0;
    virtual void async_get_s1_bearer_info(s1_bearer_info_query query,
                                          handler_for<s1_bearer_info> handler) = 0;
    virtual void async_get_layer2_meas(layer2_meas_query query, handler_for<l2_meas> handler) = 0;
    virtual void async_list_subscriptions(std::optional<subscription_type> type,
                                          handler_for<subscription_link_list> handler) = 0;
    virtual void async_create_subscription(subscription wanted,
                                           handler_for<subscription> handler) = 0;
    virtual void async_get_subscription(std::string subscription_id,
                                        handler_for<subscription> handler) = 0;
    virtual void async_update_subscription(subscription changed,
                                           handler_for<subscription> handler) = 0;
    virtual void async_delete_subscription(std::string subscription_id, handler_for<> handler) = 0;

    /// Reads, changes and writes back, by the functions above; see `client`.
    void async_modify_subscription(std::string subscription_id,
                                   std::function<void(subscription&)> change,
                                   handler_for<subscription> handler);
};

/// @param where  base of the API, application instance, transport, token source and options.
MEC_API std::shared_ptr<connection> make_connection(http::endpoint where);

} // namespace rni
MEC_END_NAMESPACE

#endif
