#include "call.hpp"

#include "deadline.hpp"
#include "retry_after.hpp"
#include "text.hpp"

#include <mec/json/common.hpp>

#include <boost/asio/post.hpp>

#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::string_view accepted_types = "application/json, application/problem+json";

bool is_json(std::string_view content_type)
{
    content_type = content_type.substr(0, content_type.find(';'));
    while (!content_type.empty() && content_type.back() == ' ') content_type.remove_suffix(1);
    const std::string_view suffix = "+json";
    return http::equal_names(content_type, json_type) ||
           (content_type.size() > suffix.size() &&
            http::equal_names(content_type.substr(content_type.size() - suffix.size()), suffix));
}

std::optional<problem_details> read_problem(const http::response& resp)
{
    const std::string_view type = resp.headers.find("content-type");
    if (resp.body.empty() || (!type.empty() && !is_json(type))) return std::nullopt;
    problem_details problem;
    if (json::decode(resp.body, problem)) return std::nullopt;
    for (auto* text : {&problem.type, &problem.title, &problem.detail, &problem.instance})
        if (*text) *text = printable(**text);
    return problem;
}

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
    if (!blocking_->run_until(deadline, fetched, this)) on_timer(pause::token);
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
    buffers_->response.clear();
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

void call::wait(std::chrono::milliseconds delay)
{
    const steady_time until = context_->options().clock->now() + delay;
    if (!blocking_) {
        set_timer(pause::retry, until);
        return;
    }
    const auto never = [](const void*) { return false; };
    blocking_->run_until(until, never, nullptr);
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

// ---- what to tell

error_info call::circumstances() const
{
    const http::request& req = buffers_->request;
    error_info info;
    info.operation = std::string(op_.name);
    info.endpoint = req.origin.scheme + "://" + req.origin.authority() +
                    req.target.substr(0, req.target.find('?'));
    info.attempts = retry_.attempts();
    info.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
        context_->options().clock->now() - started_);
    return info;
}

error call::fail_with(errc code, const error& transport_failure) const
{
    const http::response& resp = buffers_->response;
    error_info info = circumstances();
    if (transport_failure.info().operation.empty() && transport_failure == code) {
        info.message = transport_failure.info().message;
        info.system = transport_failure.info().system;
        info.cause = transport_failure.info().cause;
    } else if (transport_failure) { // of something else, such as the token request
        info.message = transport_failure.what();
        info.cause = std::make_shared<const error>(transport_failure);
    }
    if (resp.status != 0) {
        info.http_status = resp.status;
        info.problem = read_problem(resp);
        info.retry_after = retry_after();
    }
    return {code, std::move(info)};
}

std::optional<std::chrono::milliseconds> call::retry_after() const
{
    if (response().status < 300) return std::nullopt;
    return retry_after_of(response().headers, context_->options().clock->system_now(),
                          context_->options().retry.retry_after_cap);
}

error call::decode(void* target, const json::type_desc& type) const
{
    const http::response& resp = response();
    const std::string_view media = resp.headers.find("content-type");
    error failure;
    if (resp.body.empty()) {
        failure = {errc::unexpected_content, "expected a JSON body, got an empty one"};
    } else if (!media.empty() ? !is_json(media) : context_->options().strict) {
        failure = {errc::unexpected_content,
                   "expected application/json, got " + printable(media, 80)};
    } else {
        json::decode_options options;
        options.strict = context_->options().strict;
        failure = json::decode(resp.body, target, type, options);
    }
    if (!failure) return failure;
    error_info info = circumstances();
    info.message = failure.info().message;
    info.pointer = failure.info().pointer;
    info.http_status = resp.status;
    return failure.with(std::move(info));
}

void call::log_outcome(const error& failure) const
{
    const error_info info = circumstances();
    std::string line =
        info.operation + ' ' + std::string(http::to_string(op_.method)) + ' ' + info.endpoint;
    if (failure) line += " failed: " + failure.code().message();
    else line += " -> " + std::to_string(buffers_->response.status);
    line += " in " + std::to_string(info.elapsed.count()) +
            " ms, attempts: " + std::to_string(info.attempts);
    context_->options().log.write(log_level::debug, "call", line);
}

} // namespace internal
MEC_END_NAMESPACE
