#ifndef MEC_INTERNAL_DECLARED_RADIO_HPP
#define MEC_INTERNAL_DECLARED_RADIO_HPP

#include "declared_resource.hpp"
#include "platform_time.hpp"
#include "radio_service.hpp"
#include "websocket_source.hpp"

#include <mec/app/radio.hpp>
#include <mec/rni/types.hpp>

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <optional>
#include <string>

MEC_BEGIN_NAMESPACE
namespace internal {

class radio_poller;

/// What the radio subscriptions of an application share. Used on its strand.
struct radio_context {
    explicit radio_context(std::shared_ptr<app_context> a);

    /// Whether what the platform posts arrives.
    enum class proof : std::uint8_t { none, works, fails };

    const std::shared_ptr<app_context> app;
    const std::shared_ptr<radio_service> service;
    const std::shared_ptr<platform_time> time;
    websocket_client websockets;
    proof callbacks = proof::none;
    error callback_failure;
};

error no_radio_service();

/// A subscription to radio network information, and the way its notifications take: posted where that
/// works, else over a websocket, else it is as if nothing was subscribed to, and the queries are asked.
class declared_radio final : public declared_resource {
public:
    using handlers = notify::handlers<rni::notification>;
    declared_radio(std::shared_ptr<radio_context> radio, rni::subscription wanted, handlers h,
                   radio_options options);
    ~declared_radio() override;

    void async_create(on_made done) override;
    /// Extends its life.
    void async_update(const std::string& id, on_done done) override;
    void async_remove(const std::string& id, on_done done) override;
    void on_refused(const error& why) override;
    void on_present() override;
    void close() noexcept override;

    /// The service has come, or gone.
    void on_service(bool there);
    /// Whether what the platform has is this subscription.
    bool is(const rni::subscription& there) const;
    /// What the platform says about it now.
    void note(const rni::subscription& there);

private:
    using connection_ptr = radio_service::connection_ptr;
    using on_answer = std::function<void(result<rni::subscription>)>;

    rni::subscription request() const;
    void attempt(on_made done);
    void over_http(on_made done);
    void over_websocket(on_made done);
    void open_websocket(const std::string& uri, std::string id, on_made done);
    void post_callback(on_made done);
    void await_test(std::string id, on_made done);
    void await(std::function<void(bool proven)> proven);
    void settle(bool proven);
    void on_test();
    void other_way(error why, on_made done);
    void drop(const std::string& id, std::function<void()> done);
    void create(rni::subscription s, on_answer done);
    bool may_change_way() const noexcept;

    handlers channel_handlers();
    void on_notification(const rni::notification& n);
    void stop_polling() noexcept;
    void tell(radio_delivery way, const error& why);
    void renew_at(system_time deadline);
    void renew();

    std::shared_ptr<declared_radio> self()
    {
        return std::static_pointer_cast<declared_radio>(shared_from_this());
    }

    const std::shared_ptr<radio_context> radio_;
    const rni::subscription wanted_;
    const handlers handlers_;
    const radio_options options_;
    const radio_delivery first_way_;
    radio_delivery way_;
    error failure_; ///< of the ways before this one
    std::optional<radio_delivery> told_;
    bool with_test_ = true;
    bool present_before_ = false;
    bool closed_ = false;

    std::shared_ptr<notify::channel> channel_;
    std::string callback_;
    std::unique_ptr<websocket_source> websocket_;
    std::string websocket_uri_;
    error websocket_failure_;
    std::function<void(bool proven)> awaited_; ///< what shows that notifications come
    asio::steady_timer proof_timer_;

    std::shared_ptr<radio_poller> poller_;

    std::optional<time_stamp> expiry_;
    std::chrono::milliseconds granted_{0}; ///< by the platform
    asio::steady_timer renewal_;
    steady_time renewed_{};
};

} // namespace internal
MEC_END_NAMESPACE

#endif
