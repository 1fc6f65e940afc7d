#include "app_connections.hpp"
#include "lifecycle_fsm.hpp"

#include <mec/detail/complete.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

MEC_BEGIN_NAMESPACE

using internal::lifecycle_step;

detail::application_runner::~application_runner() = default;

std::string_view to_string(application_state state) noexcept
{
    switch (state) {
    case application_state::starting: return "starting";
    case application_state::converging: return "converging";
    case application_state::active: return "active";
    case application_state::recovering: return "recovering";
    case application_state::stopping: return "stopping";
    case application_state::stopped: return "stopped";
    }
    return "unknown";
}

/// Carries out the steps of lifecycle_fsm. All of it runs on one strand.
class application::impl final : public detail::application_runner,
                                public std::enable_shared_from_this<application::impl> {
public:
    impl(asio::any_io_executor executor, discovery::configuration config,
         application_options options)
        : config_(std::move(config)), options_(std::move(options)),
          strand_(asio::make_strand(executor)),
          connections_(internal::connect(executor, config_, options_)), timer_(strand_)
    {
    }

    asio::any_io_executor get_executor() const noexcept override
    {
        return connections_.transport->get_executor();
    }
    const internal::app_connections& connections() const noexcept { return connections_; }

    void async_run(handler_for<> handler) override
    {
        // The slot belongs to the caller's thread, so it is filled before the first hop.
        auto slot = asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected())
            slot.assign([weak = weak_from_this()](asio::cancellation_type) {
                if (const auto self = weak.lock()) self->stop();
            });
        asio::post(strand_, [self = shared_from_this(), h = std::move(handler)]() mutable {
            self->begin(std::move(h));
        });
    }
    void provide(service_mgmt::service_info service)
    {
        asio::post(strand_, [self = shared_from_this(), s = std::move(service)]() mutable {
            self->services_.push_back(std::move(s));
            if (self->lifecycle_) self->follow(self->lifecycle_->added());
        });
    }
    void set_state_handler(state_handler handler)
    {
        asio::post(strand_, [self = shared_from_this(), h = std::move(handler)]() mutable {
            self->on_state_ = std::move(h);
        });
    }
    void stop()
    {
        asio::post(strand_, [self = shared_from_this()] { self->begin_stop(); });
    }
    /// The application is destroyed: nothing more is sent.
    void abandon()
    {
        connections_.close();
        asio::post(strand_, [self = shared_from_this()] {
            if (self->handler_) self->finish({errc::cancelled, "the application was destroyed"});
        });
    }

private:
    void begin(handler_for<> handler)
    {
        if (handler_) {
            detail::complete_later(get_executor(), std::move(handler),
                                   result<void>(error{errc::conflict, "it is running already"}));
            return;
        }
        handler_.emplace(std::move(handler));
        work_ = asio::prefer(
            asio::any_completion_executor(asio::get_associated_executor(*handler_, get_executor())),
            asio::execution::outstanding_work.tracked);
        internal::lifecycle_options o;
        o.ready_retry = config_.lifecycle.ready_retry.value.value_or(std::chrono::seconds{60});
        lifecycle_.emplace(o, services_.size());
        told_.reset();
        if (error wrong = discovery::validate(config_)) {
            finish(std::move(wrong));
            return;
        }
        if (stop_requested_) lifecycle_->stop();
        follow(lifecycle_->start(now()));
    }

    void begin_stop()
    {
        stop_requested_ = true;
        if (!lifecycle_ || !handler_) return;
        const auto step = lifecycle_->stop();
        if (step.what != lifecycle_step::kind::nothing) timer_.cancel(); // a wait is over
        if (!stop_timer_) arm_stop_timer();
        follow(step);
    }

    /// The budget covers everything from stop() on, also a call that is still under way.
    void arm_stop_timer()
    {
        const std::chrono::milliseconds budget =
            config_.lifecycle.shutdown_budget.value.value_or(std::chrono::seconds{9});
        stop_timer_.emplace(strand_, budget);
        stop_timer_->async_wait([self = shared_from_this(), budget](error_code ec) {
            if (ec || !self->handler_) return;
            self->finish({errc::deadline_exceeded, "the platform did not let go within " +
                                                       std::to_string(budget.count()) +
                                                       " ms; services that may remain there: " +
                                                       std::to_string(self->registered_.size())});
        });
    }

    void follow(const lifecycle_step& step)
    {
        if (lifecycle_->state() == application_state::stopping && !stop_timer_) arm_stop_timer();
        tell_state(lifecycle_->state(), lifecycle_->reason());
        switch (step.what) {
        case lifecycle_step::kind::confirm_ready: confirm_ready(); break;
        case lifecycle_step::kind::register_service: register_service(step.service); break;
        case lifecycle_step::kind::find_service: find_service(step.service); break;
        case lifecycle_step::kind::wait: wait(step.delay); break;
        case lifecycle_step::kind::withdraw: withdraw(); break;
        case lifecycle_step::kind::finish: finish(step.outcome); break;
        case lifecycle_step::kind::stay: stay(); break;
        case lifecycle_step::kind::nothing: break;
        }
    }

    /// Posted: what the user's handler throws leaves the executor's run(), not a half-done step.
    void tell_state(application_state state, error reason)
    {
        if (told_ == state) return;
        told_ = state;
        asio::post(strand_, [self = shared_from_this(), state, reason = std::move(reason)] {
            if (self->on_state_) self->on_state_(state, reason);
        });
    }

    template <class Event> auto on_strand(Event event)
    {
        return asio::bind_executor(
            strand_, [self = shared_from_this(), event = std::move(event)](auto outcome) mutable {
                if (self->handler_) event(*self, std::move(outcome));
            });
    }

    void confirm_ready()
    {
        connections_.app_support->async_confirm_ready(on_strand([](impl& me, result<void> r) {
            me.follow(me.lifecycle_->on_ready(error_of(r), me.now(), me.jitter()));
        }));
    }

    void register_service(std::size_t index)
    {
        connections_.service_mgmt->async_register_service(
            services_[index], on_strand([](impl& me, result<service_mgmt::service_info> r) {
                error failure = error_of(r);
                if (r && r->ser_instance_id) me.registered_.push_back(*r->ser_instance_id);
                else if (r) failure = errc::outcome_unknown; // registered, but as what?
                me.follow(me.lifecycle_->on_registered(failure, me.now(), me.jitter()));
            }));
    }

    /// Looks whether a registration whose answer was lost has reached the platform.
    void find_service(std::size_t index)
    {
        connections_.service_mgmt->async_list_app_services(
            {}, on_strand([index](impl& me, result<std::vector<service_mgmt::service_info>> r) {
                bool found = false;
                if (r)
                    for (const auto& listed : *r)
                        found = found || me.adopt(listed, me.services_[index]);
                me.follow(me.lifecycle_->on_found(error_of(r), found, me.now(), me.jitter()));
            }));
    }

    bool adopt(const service_mgmt::service_info& listed, const service_mgmt::service_info& wanted)
    {
        if (!listed.ser_instance_id || listed.ser_name != wanted.ser_name ||
            listed.version != wanted.version)
            return false;
        if (wanted.transport_info &&
            (!listed.transport_info || listed.transport_info->id != wanted.transport_info->id))
            return false;
        if (std::find(registered_.begin(), registered_.end(), *listed.ser_instance_id) !=
            registered_.end())
            return false; // that is another one of ours
        registered_.push_back(*listed.ser_instance_id);
        return true;
    }

    void wait(std::chrono::milliseconds delay)
    {
        timer_.expires_after(delay);
        timer_.async_wait([self = shared_from_this()](error_code ec) {
            if (!ec && self->handler_) self->follow(self->lifecycle_->on_timer(self->now()));
        });
    }

    /// Keeps the executor's run() from returning while there is nothing to do.
    void stay()
    {
        timer_.expires_at(steady_time::max());
        timer_.async_wait([self = shared_from_this()](error_code) {});
    }

    void withdraw()
    {
        if (registered_.empty()) {
            follow(lifecycle_->on_withdrawn(withdraw_failure_));
            return;
        }
        connections_.service_mgmt->async_deregister_service(
            registered_.back(), on_strand([id = registered_.back()](impl& me, result<void> r) {
                auto& all = me.registered_;
                all.erase(std::remove(all.begin(), all.end(), id), all.end());
                if (!r && r.error() != errc::not_found) me.withdraw_failure_ = r.error();
                me.withdraw();
            }));
    }

    void finish(error outcome)
    {
        timer_.cancel();
        if (stop_timer_) stop_timer_->cancel();
        connections_.close();
        handler_for<> handler(std::move(*handler_));
        handler_.reset();
        work_ = asio::any_completion_executor();
        tell_state(application_state::stopped, outcome);
        detail::complete_later(get_executor(), std::move(handler),
                               outcome ? result<void>(std::move(outcome)) : result<void>());
    }

    template <class T> static error error_of(const result<T>& r) { return r ? error{} : r.error(); }
    steady_time now() const noexcept { return options_.client.clock->now(); }
    double jitter() const noexcept { return options_.client.random->uniform(); }

    const discovery::configuration config_;
    const application_options options_;
    const asio::strand<asio::any_io_executor> strand_;
    internal::app_connections connections_;
    asio::steady_timer timer_;
    std::optional<asio::steady_timer> stop_timer_;
    std::optional<handler_for<>> handler_;
    asio::any_completion_executor work_; ///< keeps the handler's executor from running dry
    std::optional<internal::lifecycle_fsm> lifecycle_;
    std::optional<application_state> told_;
    state_handler on_state_;
    std::vector<service_mgmt::service_info> services_;
    std::vector<std::string> registered_; ///< instance ids, as the platform gave them
    error withdraw_failure_;
    bool stop_requested_ = false;
};

application::application(asio::any_io_executor executor, discovery::configuration config,
                         application_options options)
    : runner_(std::make_shared<impl>(std::move(executor), std::move(config), std::move(options)))
{
}

application::~application()
{
    if (runner_) self().abandon();
}
application::application(application&&) noexcept = default;
application& application::operator=(application&& other) noexcept
{
    std::swap(runner_, other.runner_);
    return *this;
}

application::impl& application::self() const noexcept { return static_cast<impl&>(*runner_); }

asio::any_io_executor application::get_executor() const noexcept { return runner_->get_executor(); }

void application::provide(service_mgmt::service_info service)
{
    self().provide(std::move(service));
}

void application::on_state_change(state_handler handler)
{
    self().set_state_handler(std::move(handler));
}

void application::stop() { self().stop(); }

app_support::client application::app_support() const
{
    return app_support::client(self().connections().app_support);
}

service_mgmt::client application::service_mgmt() const
{
    return service_mgmt::client(self().connections().service_mgmt);
}

MEC_END_NAMESPACE
