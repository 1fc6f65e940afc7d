#include "application_core.hpp"

#include "radio_upkeep.hpp"
#include "service_directory.hpp"
#include "signal_watch.hpp"

#include <mec/detail/complete.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds usual_shutdown{9000};
constexpr milliseconds usual_ready_retry{60'000};

reconcile_options options_of(const app_context& context)
{
    reconcile_options o;
    o.ready_retry = context.config.lifecycle.ready_retry.value.value_or(
        std::chrono::duration_cast<std::chrono::seconds>(usual_ready_retry));
    const auto sane = [](milliseconds span) {
        return std::clamp<milliseconds>(span, milliseconds{10}, std::chrono::hours{24});
    };
    o.audit = sane(context.options.audit);
    o.lost_after = sane(context.options.lost_after);
    return o;
}

} // namespace

application_core::application_core(std::shared_ptr<app_context> context)
    : context_(std::move(context)), timer_(context_->strand),
      radio_(std::make_shared<radio_upkeep>(context_))
{
}

asio::any_io_executor application_core::get_executor() const noexcept
{
    return context_->connections.transport->get_executor();
}

// ---- what is declared

void application_core::declare(std::shared_ptr<declared_resource> resource)
{
    asio::post(context_->strand, [self = shared_from_this(), this, r = std::move(resource)] {
        r->adopted_by(weak_from_this(), resources_.size());
        resources_.push_back(r);
        if (!lifecycle_) return;
        want().declare(r->where(), r->fixed_id());
        go_on();
    });
}

void application_core::follow_services(std::shared_ptr<service_directory> directory)
{
    asio::post(context_->strand, [self = shared_from_this(), this, d = std::move(directory)] {
        const auto closed = [](const auto& one) { return one->closed(); };
        directories_.erase(std::remove_if(directories_.begin(), directories_.end(), closed),
                           directories_.end());
        directories_.push_back(d);
    });
}

void application_core::declare_radio(std::shared_ptr<declared_radio> resource)
{
    asio::post(context_->strand, [self = shared_from_this(), this, r = std::move(resource)] {
        if (!std::exchange(uses_radio_, true)) {
            follow_services(radio_->directory());
            declare(radio_->directory()->subscription());
            if (lifecycle_) lifecycle_->use_radio();
        }
        radio_->declare(r);
    });
}

const std::shared_ptr<radio_context>& application_core::radio() const noexcept
{
    return radio_->radio();
}

void application_core::on_changed(std::size_t key)
{
    if (!lifecycle_ || key == reconcile_task::no_key) return;
    want().change(key);
    require_heartbeats(key);
    go_on();
}

void application_core::on_withdrawn(std::size_t key)
{
    if (key == reconcile_task::no_key) return;
    resources_[key]->close();
    if (!lifecycle_) return;
    want().withdraw(key);
    go_on();
}

void application_core::set_state_handler(application::state_handler handler)
{
    asio::post(context_->strand, [self = shared_from_this(), h = std::move(handler)]() mutable {
        self->on_state_ = std::move(h);
    });
}

void application_core::set_termination_handler(std::function<void(termination)> handler)
{
    const auto weak = weak_from_this();
    auto subscription = std::make_shared<termination_subscription>(
        context_, [weak](const app_support::app_termination_notification& n) {
            const auto self = weak.lock();
            if (!self) return;
            std::chrono::seconds budget = std::clamp<std::chrono::seconds>(
                n.max_graceful_timeout, std::chrono::seconds{0}, std::chrono::hours{24});
            const auto& own = self->context_->config.lifecycle.shutdown_budget;
            if (own) budget = std::min(budget, *own);
            self->begin_departure(termination_cause::platform, n.operation_action, budget);
        });
    asio::post(context_->strand, [self = shared_from_this(), this, h = std::move(handler),
                                  subscription = std::move(subscription)]() mutable {
        on_termination_ = std::move(h);
        if (!std::exchange(wants_notice_, true)) declare(std::move(subscription));
    });
}

void application_core::stop_on_signals()
{
    // Made here, so that the signals are caught from now on.
    auto watch = std::make_shared<signal_watch>(context_->strand);
    asio::post(context_->strand, [self = shared_from_this(), this, watch = std::move(watch)] {
        if (signals_) return watch->close();
        signals_ = watch;
        signals_->wait([weak = weak_from_this()] {
            if (const auto core = weak.lock())
                core->begin_departure(termination_cause::signal,
                                      app_support::operation_action::terminating,
                                      core->stop_budget());
        });
    });
}

// ---- the run

void application_core::async_run(handler_for<> handler)
{
    // The slot belongs to the caller's thread, so it is filled before the first hop.
    auto slot = asio::get_associated_cancellation_slot(handler);
    if (slot.is_connected())
        slot.assign([weak = weak_from_this()](asio::cancellation_type) {
            if (const auto self = weak.lock()) self->stop(std::nullopt);
        });
    asio::post(context_->strand, [self = shared_from_this(), h = std::move(handler)]() mutable {
        self->begin(std::move(h));
    });
}

void application_core::begin(handler_for<> handler)
{
    if (std::exchange(ran_, true)) {
        mec::detail::complete_later(
            get_executor(), std::move(handler),
            result<void>(error{errc::conflict, "an application runs once"}));
        return;
    }
    handler_.emplace(std::move(handler));
    work_ = asio::prefer(
        asio::any_completion_executor(asio::get_associated_executor(*handler_, get_executor())),
        asio::execution::outstanding_work.tracked);
    lifecycle_.emplace(options_of(*context_));
    for (const auto& r : resources_) want().declare(r->where(), r->fixed_id());
    if (uses_radio_) lifecycle_->use_radio();
    told_.reset();
    if (error wrong = discovery::validate(context_->config)) return finish(std::move(wrong));
    open_memory();
    want().start(now());
    if (stop_requested_)
        begin_departure(stop_cause_, app_support::operation_action::terminating, *stop_requested_);
    else go_on();
}

void application_core::open_memory()
{
    const auto& directory = context_->config.lifecycle.state_dir;
    if (!directory) return;
    if (const error e =
            context_->memory.open(*directory, context_->config.app_instance_id.value.value_or("")))
        warn(e);
}

void application_core::go_on()
{
    if (!handler_) return;
    for (const auto& [key, why] : want().take_refusals()) resources_[key]->on_refused(why);
    note_presence();
    for (;;) {
        const lifecycle_action action = lifecycle_->next(now());
        tell_state();
        if (action.what == lifecycle_action::kind::none) break;
        carry_out(action);
        if (!handler_) return;
    }
    arm();
}

/// However a resource came to be there: made, or taken over after a request without an answer.
void application_core::note_presence()
{
    present_.resize(want().size());
    for (std::size_t key = 0; key < present_.size(); ++key) {
        const auto is = want().status_of(key);
        const bool there =
            is == reconcile_fsm::status::present || is == reconcile_fsm::status::outdated;
        if (there && !present_[key]) resources_[key]->on_present();
        present_[key] = there;
    }
}

void application_core::carry_out(const lifecycle_action& action)
{
    using kind = lifecycle_action::kind;
    switch (action.what) {
    case kind::reconcile: reconcile(action.task); break;
    case kind::heartbeat: heartbeat(action.task.key); break;
    case kind::announce: announce(action.until); break;
    case kind::withdraw:
        remove(action.task, then([this, key = action.task.key](const error& e) {
                   lifecycle_->on_withdrawn(key, e);
               }));
        break;
    case kind::leave_radio: radio_->leave(then([this] { lifecycle_->on_radio_left(); })); break;
    case kind::confirm_termination: confirm_termination(); break;
    case kind::finish: finish(action.outcome); break;
    case kind::none: break;
    }
}

/// Also keeps the executor's run() from returning while there is nothing to do.
void application_core::arm()
{
    constexpr milliseconds longest = std::chrono::hours{1};
    const steady_time when = lifecycle_->wakeup();
    const steady_time t = now();
    timer_.expires_after(when > t + longest ? longest
                                            : std::max(when - t, steady_time::duration{0}));
    timer_.async_wait([self = shared_from_this(), this](error_code ec) {
        if (!ec) go_on();
    });
}

/// Posted: what the user's handler throws leaves the executor's run(), not a half-done step.
void application_core::tell_state()
{
    const application_state state = lifecycle_->state();
    if (told_ == state) return;
    const auto before = std::exchange(told_, state);
    const bool recovered =
        state == application_state::active &&
        (before == application_state::recovering || before == application_state::lost);
    asio::post(context_->strand,
               [self = shared_from_this(), this, state, reason = lifecycle_->reason()] {
                   if (on_state_ && !context_->abandoned) on_state_(state, reason);
               });
    if (state == application_state::active) radio_->start();
    if (recovered) radio_->suspect();
    if (recovered)
        for (const auto& d : directories_) d->ask();
}

// ---- the end

milliseconds application_core::stop_budget() const
{
    const auto& budget = context_->config.lifecycle.shutdown_budget;
    return budget ? milliseconds(*budget) : usual_shutdown;
}

void application_core::stop(std::optional<milliseconds> budget)
{
    asio::post(context_->strand, [self = shared_from_this(), this, budget] {
        begin_departure(termination_cause::application, app_support::operation_action::terminating,
                        std::min(budget.value_or(milliseconds::max()), stop_budget()));
    });
}

void application_core::begin_departure(termination_cause cause,
                                       app_support::operation_action action, milliseconds budget)
{
    if (!lifecycle_ || !handler_) {
        stop_requested_ = std::min(budget, stop_requested_.value_or(budget));
        stop_cause_ = cause;
        return;
    }
    lifecycle_->begin_departure(cause, action, budget, now());
    go_on();
}

/// The notice is gone when the application has let go of its last copy. When it was told twice, it
/// may keep either: it is done when both are gone.
void application_core::announce(steady_time until)
{
    const auto gone = [weak = weak_from_this()](const termination::notice* n) {
        delete n;
        const auto alive = weak.lock();
        if (!alive) return;
        asio::post(alive->context_->strand, [weak] {
            const auto self = weak.lock();
            if (!self || --self->notices_ != 0 || !self->handler_) return;
            self->lifecycle_->drained();
            self->go_on();
        });
    };
    const departure& leave = lifecycle_->leave();
    const std::shared_ptr<const termination::notice> notice(
        new termination::notice{leave.cause(), leave.action(), until}, gone);
    ++notices_;
    asio::post(context_->strand, [self = shared_from_this(), this, notice] {
        if (on_termination_ && !context_->abandoned) on_termination_(termination(notice));
    });
}

void application_core::confirm_termination()
{
    context_->connections.app_support->async_confirm_termination(
        lifecycle_->leave().action(),
        asio::bind_executor(context_->strand, then([this](const result<void>& r) {
                                lifecycle_->on_termination_confirmed(error_of(r), now());
                            })));
}

void application_core::finish(error outcome)
{
    timer_.cancel();
    for (const auto& r : resources_) r->close();
    radio_->close();
    for (const auto& d : directories_) d->close();
    if (signals_) signals_->close();
    context_->callbacks->close();
    context_->memory.close();
    auto connections = context_->connections;
    connections.close();
    handler_for<> handler(std::move(*handler_));
    handler_.reset();
    auto work = std::exchange(work_, asio::any_completion_executor());
    if (told_ != application_state::stopped) {
        told_ = application_state::stopped;
        asio::post(context_->strand, [self = shared_from_this(), this, outcome] {
            if (on_state_ && !context_->abandoned) on_state_(application_state::stopped, outcome);
        });
    }
    // Through the strand, so that the last state is told first.
    asio::post(context_->strand, [self = shared_from_this(), this, work = std::move(work),
                                  handler = std::move(handler),
                                  outcome = std::move(outcome)]() mutable {
        mec::detail::complete_later(get_executor(), std::move(handler),
                                    outcome ? result<void>(std::move(outcome)) : result<void>());
    });
}

void application_core::abandon()
{
    context_->abandoned = true;
    auto connections = context_->connections;
    connections.close();
    asio::post(context_->strand, [self = shared_from_this()] {
        if (self->handler_) self->finish({errc::cancelled, "the application was destroyed"});
        else if (self->signals_) self->signals_->close();
    });
}

void application_core::warn(const error& e) const
{
    context_->log().write(log_level::warning, "app", e.what());
}

} // namespace internal
MEC_END_NAMESPACE
