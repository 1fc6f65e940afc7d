#ifndef MEC_INTERNAL_APPLICATION_CORE_HPP
#define MEC_INTERNAL_APPLICATION_CORE_HPP

#include "declared_resource.hpp"
#include "lifecycle_fsm.hpp"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

class declared_radio;
class radio_upkeep;
class service_directory;
class signal_watch;
struct radio_context;

/// Carries out what lifecycle_fsm decides. Everything but the functions that say so runs on the
/// context's strand.
class application_core final : public mec::detail::application_runner,
                               public resource_owner,
                               public std::enable_shared_from_this<application_core> {
public:
    explicit application_core(std::shared_ptr<app_context> context);

    // From any thread.
    asio::any_io_executor get_executor() const noexcept override;
    void async_run(handler_for<> handler) override;
    const std::shared_ptr<app_context>& context() const noexcept { return context_; }
    void declare(std::shared_ptr<declared_resource> resource);
    void declare_radio(std::shared_ptr<declared_radio> resource);
    const std::shared_ptr<radio_context>& radio() const noexcept;
    void follow_services(std::shared_ptr<service_directory> directory);
    void set_state_handler(application::state_handler handler);
    void set_termination_handler(std::function<void(termination)> handler);
    void stop_on_signals();
    void stop(std::optional<std::chrono::milliseconds> budget);
    /// The application is destroyed: nothing more is sent.
    void abandon();

    // On the strand.
    void on_changed(std::size_t key) override;
    void on_withdrawn(std::size_t key) override;

private:
    void begin(handler_for<> handler);
    void open_memory();
    void begin_departure(termination_cause cause, app_support::operation_action action,
                         std::chrono::milliseconds budget);
    std::chrono::milliseconds stop_budget() const;
    void go_on();
    void carry_out(const lifecycle_action& action);
    void arm();
    void tell_state();
    void announce(steady_time until);
    void confirm_termination();
    void finish(error outcome);

    // application_tasks.cpp
    void reconcile(const reconcile_task& task);
    void list(collection where);
    void list_services();
    std::vector<listed> tell_apart(const std::vector<service_mgmt::service_info>& all);
    void list_subscriptions(collection where, result<subscription_link_list> all);
    template <class Rule>
    void list_rules(collection where, const result<std::vector<Rule>>& all, std::string Rule::*id);
    void inspect(collection where, const std::string& id);
    void inspected(const std::string& id, const error& failure, const std::string& callback);
    void remove(const reconcile_task& task, on_done done);
    void heartbeat(std::size_t key);
    void note_service(const service_mgmt::service_info& there);
    void require_heartbeats(std::size_t key);
    void remember(std::size_t key, const std::string& id);
    void warn(const error& e) const;
    void note_presence();

    steady_time now() const noexcept { return context_->now(); }
    double jitter() const noexcept { return context_->uniform(); }
    reconcile_fsm& want() noexcept { return lifecycle_->want(); }
    std::shared_ptr<declared_service> service_at(std::size_t key) const;
    /// `event(outcome...)` on the strand, while the run goes on; then whatever follows.
    template <class Event> auto then(Event event)
    {
        return
            [self = shared_from_this(), this, event = std::move(event)](auto&&... outcome) mutable {
                if (!handler_) return;
                event(std::forward<decltype(outcome)>(outcome)...);
                go_on();
            };
    }

    const std::shared_ptr<app_context> context_;
    asio::steady_timer timer_;
    std::optional<handler_for<>> handler_;
    asio::any_completion_executor work_; ///< keeps the handler's executor from running dry
    std::optional<lifecycle_fsm> lifecycle_;
    std::vector<std::shared_ptr<declared_resource>> resources_; ///< by key
    std::vector<bool> present_; ///< by key: the resource has been told that it is there
    bool ran_ = false;
    const std::shared_ptr<radio_upkeep> radio_;
    bool uses_radio_ = false;
    std::vector<std::shared_ptr<service_directory>> directories_;
    std::shared_ptr<signal_watch> signals_;
    std::optional<application_state> told_;
    application::state_handler on_state_;
    std::function<void(termination)> on_termination_;
    bool wants_notice_ = false;
    int notices_ = 0; ///< of termination, that the application has not let go of
    std::optional<std::chrono::milliseconds> stop_requested_;
    termination_cause stop_cause_ = termination_cause::application;
};

} // namespace internal
MEC_END_NAMESPACE

#endif
