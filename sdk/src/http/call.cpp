#include "call.hpp"

#include "deadline.hpp"

#include <boost/asio/post.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::string_view accepted_types = "application/json, application/problem+json";

} // namespace

/// Continues a call when the transport is done with an attempt.
struct call::sent {
    std::shared_ptr<call> self;

    using cancellation_slot_type = asio::cancellation_slot;
    cancellation_slot_type get_cancellation_slot() const noexcept { return self->cancel_.slot(); }
    using executor_type = asio::any_completion_executor;
    executor_type get_executor() const noexcept
    {
        return self->blocking_ ? self->completion_executor()
                               : asio::any_completion_executor(self->io_);
    }
    void operator()(error failure)
    {
        const auto c = std::move(self);
        c->on_sent(std::move(failure));
    }
};

call::call(std::shared_ptr<call_context> context, const http::operation& op)
    : context_(std::move(context)), op_(op), io_(context_->executor()),
      buffers_(context_->take_buffers()), started_(context_->options().clock->now()),
      retry_(context_->options().retry, op.repeat, op.method, context_->budget(),
             deadline_after(started_, context_->options().deadline))
{
    http::request& req = buffers_->request;
    req.method = op.method;
    req.deadline = deadline_after(started_, context_->options().deadline);
    req.idempotent = op.repeat != http::repeat::never;
    req.accept = accepted_types;
    req.content_type = op.request ? json_type : std::string_view();
    req.headers.clear();
    req.body.clear();
}

call::~call()
{
    if (buffers_) context_->return_buffers(std::move(buffers_));
}

// ---- life

void call::start(error failure)
{
    if (failure) {
        error_info info = failure.info();
        info.operation = std::string(op_.name);
        failure = failure.with(std::move(info));
    }
    const asio::any_completion_executor executor = completion_executor();
    if (const auto* waiting = detail::as_blocking(executor)) {
        blocking_ = &waiting->loop();
        refused_ = std::move(failure);
        self_ = shared_from_this();
        blocking_->post(*this);
    } else if (failure) {
        asio::post(io_, [self = shared_from_this(), e = std::move(failure)]() mutable {
            self->end(std::move(e));
        });
    } else {
        listen_for_cancellation();
        attempt();
    }
}

void call::run()
{
    const auto self = std::move(self_);
    if (refused_) {
        end(std::move(refused_));
        return;
    }
    looping_ = true;
    do {
        try_again_ = false;
        attempt();
    } while (try_again_);
    looping_ = false;
}

void call::drop() noexcept { self_.reset(); }

void call::listen_for_cancellation()
{
    auto user = slot();
    if (!user.is_connected()) return;
    user.assign([weak = weak_from_this()](asio::cancellation_type type) {
        const auto self = weak.lock();
        if (self && (type & (asio::cancellation_type::terminal |
                             asio::cancellation_type::partial)) != asio::cancellation_type::none)
            self->on_cancel();
    });
}

void call::on_cancel()
{
    std::lock_guard lock(mutex_);
    cancelled_ = true;
    if (std::exchange(pause_, pause::none) == pause::none) {
        cancel_.emit(asio::cancellation_type::terminal);
        return;
    }
    asio::post(io_,
               [self = shared_from_this()] { self->end(self->fail_with(errc::cancelled, {})); });
}

bool call::claim(pause reason) noexcept
{
    std::lock_guard lock(mutex_);
    if (pause_ != reason) return false;
    pause_ = pause::none;
    return true;
}

void call::end(error failure)
{
    timer_.reset();
    if (context_->options().log.enabled(log_level::debug)) log_outcome(failure);
    finish(std::move(failure));
}

// ---- one attempt after the other

void call::attempt()
{
    if (have_token()) send();
}

/// True when the request has its token, or needs none; otherwise one is being fetched.
bool call::have_token()
{
    const auto& source = context_->where().tokens;
    if (!source) return true;
    token_ = source->current();
    if (!token_ || token_ == rejected_) {
        fetch_token(rejected_);
        return false;
    }
    if (!blocking_ && context_->options().clock->now() >= token_->refresh_at) {
        // The old one is good for a while yet: renew it beside the call.
        source->async_fetch(token_, buffers_->request.deadline, [](result<auth::token_ptr>) {});
    }
    return true;
}

void call::fetch_token(auth::token_ptr rejected)
{
    const steady_time deadline = buffers_->request.deadline;
    if (blocking_) pause_ = pause::token;
    else if (!set_timer(pause::token, deadline)) return;
    auto& source = *context_->where().tokens;
    if (!blocking_) {
        // Some sources answer at once; the caller of this function may be the user's.
        source.async_fetch(std::move(rejected), deadline,
                           [self = shared_from_this()](result<auth::token_ptr> token) {
                               asio::post(self->io_, [self, t = std::move(token)]() mutable {
                                   self->on_token(std::move(t));
                               });
                           });
        return;
    }
    source.async_fetch(std::move(rejected), deadline,
                       asio::bind_executor(completion_executor(),
                                           [self = shared_from_this()](result<auth::token_ptr> t) {
                                               self->on_token(std::move(t));
                                           }));
    const auto fetched = [](const void* c) {
        return static_cast<const call*>(c)->pause_ != pause::token;
    };
    if (!blocking_->run_until(by_machine(deadline), fetched, this)) on_timer(pause::token);
}

void call::on_token(result<auth::token_ptr> token)
{
    if (!claim(pause::token)) return;
    timer_.reset();
    if (token) {
        token_ = *token;
        send();
        return;
    }
    attempt_outcome outcome;
    outcome.failure = token.error();
    // What the platform said about the old token belongs to the report; older answers do not.
    if (buffers_->response.status != 401) buffers_->response.clear();
    decide(outcome);
}

void call::send()
{
    http::transport& transport = *context_->where().transport;
    if (buffers_->bearer != token_) {
        buffers_->request.bearer = token_ ? token_->value : secret_string();
        buffers_->bearer = token_;
    }
    if (blocking_) {
        error failure = transport.send(buffers_->request, buffers_->response);
        if (failure != errc::not_supported) {
            on_sent(std::move(failure));
            return;
        }
    }
    std::unique_lock lock(mutex_);
    if (!cancelled_) {
        transport.async_send(buffers_->request, buffers_->response, sent{shared_from_this()});
        return;
    }
    lock.unlock();
    end(fail_with(errc::cancelled, {}));
}

void call::on_sent(error failure)
{
    const http::response& resp = buffers_->response;
    attempt_outcome outcome;
    outcome.status = resp.status;
    outcome.progress = resp.progress;
    outcome.connection_reused = resp.reused_connection;
    outcome.retry_after = retry_after();
    outcome.failure = std::move(failure);
    decide(outcome);
}

void call::decide(const attempt_outcome& outcome)
{
    const client_options& options = context_->options();
    const decision d = retry_.on_attempt(outcome, options.clock->now(), options.random->uniform());
    switch (d.what) {
    case decision::kind::succeed: end({}); break;
    case decision::kind::retry: wait(d.delay); break;
    case decision::kind::fail: end(fail_with(d.code, outcome.failure)); break;
    case decision::kind::refresh_token:
        rejected_ = std::exchange(token_, nullptr);
        if (context_->where().tokens) fetch_token(rejected_);
        else end(fail_with(d.code, outcome.failure));
        break;
    }
}

/// A time of the client's clock as one of the machine's, by which threads wait.
steady_time call::by_machine(steady_time when) const noexcept
{
    if (context_->options().clock == &machine_clock() || when == steady_time::max()) return when;
    return deadline_after(machine_clock().now(),
                          std::chrono::duration_cast<std::chrono::milliseconds>(
                              when - context_->options().clock->now()));
}

void call::wait(std::chrono::milliseconds delay)
{
    const steady_time now = context_->options().clock->now();
    if (!blocking_) {
        set_timer(pause::retry, now + delay);
        return;
    }
    const auto never = [](const void*) { return false; };
    blocking_->run_until(by_machine(now + delay), never, nullptr);
    if (looping_) try_again_ = true;
    else attempt();
}

/// False when the call was cancelled before; it has ended then.
bool call::set_timer(pause reason, steady_time when)
{
    std::unique_lock lock(mutex_);
    if (cancelled_) {
        lock.unlock();
        end(fail_with(errc::cancelled, {}));
        return false;
    }
    timer_.emplace(io_, when - context_->options().clock->now());
    timer_->async_wait([self = shared_from_this(), reason](error_code ec) {
        if (!ec) self->on_timer(reason);
    });
    pause_ = reason;
    return true;
}

void call::on_timer(pause reason)
{
    if (!claim(reason)) return;
    timer_.reset();
    if (reason == pause::retry) attempt();
    else
        end(fail_with(errc::deadline_exceeded,
                      {errc::deadline_exceeded, "the token endpoint did not answer in time"}));
}

} // namespace internal
MEC_END_NAMESPACE
