#ifndef MEC_INTERNAL_RADIO_UPKEEP_HPP
#define MEC_INTERNAL_RADIO_UPKEEP_HPP

#include "declared_radio.hpp"
#include "service_directory.hpp"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// Keeps the radio subscriptions of an application true, at a service that is not the platform itself:
/// it may come later, go, and come back somewhere else, and meanwhile nothing else waits for it. What
/// reconcile_fsm decides is carried out here. Used on the application's strand.
class radio_upkeep final : public resource_owner,
                           public std::enable_shared_from_this<radio_upkeep> {
public:
    explicit radio_upkeep(std::shared_ptr<app_context> context);

    const std::shared_ptr<radio_context>& radio() const noexcept { return radio_; }
    /// The list that says where the service is; null unless something is declared. Followed by the
    /// application.
    std::shared_ptr<service_directory> directory();

    void declare(std::shared_ptr<declared_radio> resource);
    /// Everything else that is declared is there.
    void start();
    /// The platform was lost: look at everything soon.
    void suspect();
    /// Takes away what is there. `done` is called once, perhaps inside this function.
    void leave(std::function<void()> done);
    void close() noexcept;

    void on_changed(std::size_t key) override;
    void on_withdrawn(std::size_t key) override;

private:
    void on_services();
    void go_on();
    void note_presence();
    void carry_out(const reconcile_task& task);
    void list();
    void on_listed(const result<rni::subscription_link_list>& all);
    void inspect(const std::string& id);
    void on_inspected(const std::string& id, const result<rni::subscription>& there);
    void remove(const reconcile_task& task);
    void withdraw_all();

    steady_time now() const noexcept { return context_->now(); }
    double jitter() const noexcept { return context_->uniform(); }
    /// `event(outcome...)` on the strand; then whatever follows.
    template <class Event> auto then(Event event)
    {
        return
            [self = shared_from_this(), this, event = std::move(event)](auto&&... outcome) mutable {
                event(std::forward<decltype(outcome)>(outcome)...);
                go_on();
            };
    }

    const std::shared_ptr<app_context> context_;
    const std::shared_ptr<radio_context> radio_;
    std::shared_ptr<service_directory> directory_;
    radio_service::connection_ptr service_; ///< null: there is none for now
    reconcile_fsm want_;
    std::vector<std::shared_ptr<declared_radio>> resources_; ///< by key
    std::vector<bool> present_;
    asio::steady_timer timer_;
    bool wanted_ = false;  ///< by the application
    bool started_ = false; ///< want_ is
    bool closed_ = false;
    std::function<void()> left_;
    std::size_t leaving_ = 0; ///< requests under way
};

} // namespace internal
MEC_END_NAMESPACE

#endif
