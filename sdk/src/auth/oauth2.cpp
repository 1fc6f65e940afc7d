#include "local_token.hpp"
#include "oauth2_fsm.hpp"
#include "oauth2_message.hpp"
#include "text.hpp"

#include <mec/detail/complete.hpp>

#include <boost/asio/bind_executor.hpp>

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace auth {
namespace {

using fetch_handler = asio::any_completion_handler<void(result<token_ptr>)>;

/// A caller who waits for the token that is being fetched.
struct waiter {
    waiter(fetch_handler h, const asio::any_io_executor& io, std::uint64_t request)
        : ticket(request), handler(std::move(h)),
          executor(asio::prefer(
              asio::any_completion_executor(asio::get_associated_executor(handler, io)),
              asio::execution::outstanding_work.tracked))
    {
    }
    std::uint64_t ticket; ///< of the request that was begun for this caller; 0: joined one
    fetch_handler handler;
    asio::any_completion_executor executor; ///< tracked: it must not run dry in the meantime
};

class oauth2_source final : public token_source,
                            public std::enable_shared_from_this<oauth2_source> {
public:
    oauth2_source(std::shared_ptr<http::transport> transport, client_credentials credentials,
                  const client_options& options)
        : transport_(std::move(transport)), credentials_(std::move(credentials)), options_(options)
    {
    }

    token_ptr current() noexcept override
    {
        const std::lock_guard lock(mutex_);
        return fsm_.current(options_.clock->now());
    }

    void async_fetch(token_ptr rejected, steady_time deadline, fetch_handler handler) override;

private:
    /// What one token request is made with.
    struct order {
        std::uint64_t ticket;
        secret_string secret;
        steady_time deadline;
    };
    class flight;

    error check() const;
    result<secret_string> read_secret() const;
    void launch(order o, const asio::any_completion_executor& first_waiter);
    std::optional<asio::any_completion_executor> executor_of(std::uint64_t ticket);
    void land(result<internal::token_grant> outcome, const order& o);
    void log(const result<token_ptr>& outcome, steady_time now) const;

    const std::shared_ptr<http::transport> transport_;
    const client_credentials credentials_;
    const client_options options_;
    std::mutex mutex_;
    internal::oauth2_fsm fsm_;
    std::vector<waiter> waiters_;
};

/// One token request. Whatever happens to it, the waiters hear of its end, if only from its destructor.
class oauth2_source::flight : public std::enable_shared_from_this<flight> {
public:
    flight(std::shared_ptr<oauth2_source> source, order o)
        : source_(std::move(source)), order_(std::move(o))
    {
        internal::write_token_request(request_, source_->credentials_, order_.secret);
        request_.deadline = order_.deadline;
    }
    flight(const flight&) = delete;
    flight& operator=(const flight&) = delete;
    ~flight()
    {
        wipe(request_.body);
        if (landed_) return;
        try {
            source_->land(error(errc::deadline_exceeded, "the token request was abandoned"),
                          order_);
        } catch (...) { // out of memory: the handlers are destroyed without being called
        }
    }

    void send(const asio::any_completion_executor& executor)
    {
        source_->transport_->async_send(
            request_, response_,
            asio::bind_executor(executor, [self = shared_from_this(), executor](error failure) {
                if (self->try_again_after(failure)) self->send(executor);
                else self->on_sent(std::move(failure));
            }));
    }

    void send_blocking(const asio::any_completion_executor& executor)
    {
        error failure = source_->transport_->send(request_, response_);
        if (try_again_after(failure)) failure = source_->transport_->send(request_, response_);
        if (failure == errc::not_supported) send(executor);
        else on_sent(std::move(failure));
    }

private:
    /// A kept connection that the peer has closed meanwhile says nothing about the token endpoint.
    bool try_again_after(const error& failure)
    {
        const bool stale = failure == errc::connection_lost && response_.reused_connection;
        return stale && !std::exchange(tried_again_, true);
    }

    void on_sent(error failure)
    {
        landed_ = true;
        if (failure) source_->land(std::move(failure), order_);
        else
            source_->land(
                internal::read_token_response(response_, source_->credentials_, order_.secret),
                order_);
        wipe(response_.body);
    }

    const std::shared_ptr<oauth2_source> source_;
    const order order_;
    http::request request_;
    http::response response_;
    bool tried_again_ = false;
    bool landed_ = false;
};

void oauth2_source::async_fetch(token_ptr rejected, steady_time deadline, fetch_handler handler)
{
    using kind = internal::oauth2_fsm::answer::kind;
    const asio::any_io_executor io = transport_->get_executor();
    const auto reply = [&](result<token_ptr> outcome) {
        detail::complete_later(io, std::move(handler), std::move(outcome));
    };
    if (error e = check()) return reply(std::move(e));
    auto secret = read_secret();
    if (!secret) return reply(secret.error());

    const steady_time now = options_.clock->now();
    const bool blocking =
        detail::as_blocking(asio::get_associated_executor(handler, io)) != nullptr;
    // A blocking caller's thread does the work, and leaves when its time is over.
    steady_time end = now + options_.deadline;
    if (blocking) end = std::min(end, deadline);

    std::unique_lock lock(mutex_);
    auto answer = fsm_.on_wanted(rejected, *secret, now, end);
    if (answer.what == kind::have || answer.what == kind::refuse) {
        lock.unlock();
        return reply(answer.what == kind::have ? result<token_ptr>(std::move(answer.token))
                                               : result<token_ptr>(std::move(answer.refusal)));
    }
    const auto executor = waiters_.emplace_back(std::move(handler), io, answer.ticket).executor;
    lock.unlock();
    if (answer.what == kind::fetch) launch({answer.ticket, std::move(*secret), end}, executor);
}

/// A caller in mec::sync_wait lends its thread; everybody else relies on the transport's executor.
void oauth2_source::launch(order o, const asio::any_completion_executor& first_waiter)
{
    if (!detail::as_blocking(first_waiter))
        return std::make_shared<flight>(shared_from_this(), std::move(o))
            ->send(transport_->get_executor());
    // Holds neither the source nor the executor: a loop that is left must not keep itself alive.
    first_waiter.execute([weak = weak_from_this(), o = std::move(o)]() mutable {
        const auto self = weak.lock();
        const auto executor = self ? self->executor_of(o.ticket) : std::nullopt;
        if (executor) std::make_shared<flight>(self, std::move(o))->send_blocking(*executor);
    });
}

/// Nothing when the caller has its answer already.
std::optional<asio::any_completion_executor> oauth2_source::executor_of(std::uint64_t ticket)
{
    const std::lock_guard lock(mutex_);
    for (const auto& w : waiters_)
        if (w.ticket == ticket) return w.executor;
    return std::nullopt;
}

error oauth2_source::check() const
{
    const auto invalid = [this](const char* message) {
        error_info info;
        info.endpoint = credentials_.token_endpoint.to_string();
        info.message = message;
        return error(errc::config_invalid, std::move(info));
    };
    const std::string& scheme = credentials_.token_endpoint.origin().scheme;
    if (scheme != "https" && scheme != "http")
        return invalid("the token endpoint must be an https URL");
    if (credentials_.client_id.empty()) return invalid("the client id is missing");
    return {};
}

result<secret_string> oauth2_source::read_secret() const
{
    if (credentials_.client_secret_file.empty()) return credentials_.client_secret;
    return internal::read_secret_file(credentials_.client_secret_file);
}

void oauth2_source::land(result<internal::token_grant> outcome, const order& o)
{
    result<token_ptr> answer = token_ptr();
    std::vector<waiter> waiters;
    const steady_time now = options_.clock->now();
    {
        const std::lock_guard lock(mutex_);
        if (!outcome && !fsm_.is_latest(o.ticket)) return;
        if (outcome)
            answer =
                fsm_.on_granted(o.ticket, std::move(*outcome), now, options_.random->uniform());
        else answer = fsm_.on_failed(outcome.error(), o.secret, now);
        waiters.swap(waiters_);
    }
    log(answer, now);
    const asio::any_io_executor io = transport_->get_executor();
    for (auto& w : waiters) detail::complete(io, std::move(w.handler), answer);
}

void oauth2_source::log(const result<token_ptr>& outcome, steady_time now) const
{
    const log_level level = outcome ? log_level::info : log_level::warning;
    if (!options_.log.enabled(level)) return;
    if (!outcome) return options_.log.write(level, "auth", "no token: " + outcome.error().what());
    const auto life =
        std::chrono::duration_cast<std::chrono::seconds>((*outcome)->expires_at - now);
    options_.log.write(level, "auth",
                       "token " + (*outcome)->value.fingerprint() + " for client " +
                           internal::printable(credentials_.client_id, 64) + ", good for " +
                           std::to_string(life.count()) + " s");
}

} // namespace

std::shared_ptr<token_source> oauth2(std::shared_ptr<http::transport> transport,
                                     client_credentials credentials, const client_options& options)
{
    return std::make_shared<oauth2_source>(std::move(transport), std::move(credentials), options);
}

} // namespace auth
MEC_END_NAMESPACE
