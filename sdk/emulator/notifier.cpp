#include "notifier.hpp"

#include "retry_after.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>

MEC_BEGIN_NAMESPACE
namespace emulator {

namespace {

constexpr const char* stopped = "the platform was stopped";

bool is_websocket(const url& callback) noexcept
{
    return callback.origin().scheme == "ws" || callback.origin().scheme == "wss";
}

sent_notification record_of(const notice& n, std::string failure)
{
    sent_notification r;
    r.subscription_id = n.subscription_id;
    r.app_instance_id = n.app_instance_id;
    r.type = n.type;
    r.callback = n.callback.to_string();
    r.error = std::move(failure);
    return r;
}

} // namespace

/// One subscription that has something to send. But for the queue and the timer, only the handler of
/// its one exchange touches it.
struct notifier::lane {
    lane(const asio::any_io_executor& executor, notice n) : current(std::move(n)), timer(executor)
    {
    }

    notice current;
    std::deque<notice> waiting;
    http::request request;
    http::response response;
    int attempts = 0;
    asio::steady_timer timer;
};

notifier::notifier(asio::any_io_executor executor, const platform_options& options,
                   std::shared_ptr<http::transport> transport,
                   std::shared_ptr<websocket_hub> sockets, report done)
    : executor_(std::move(executor)), options_(options.notifications),
      allow_remote_(options.allow_remote), transport_(std::move(transport)),
      sockets_(std::move(sockets)), report_(std::move(done))
{
}

result<std::shared_ptr<notifier>> notifier::create(asio::any_io_executor executor,
                                                   const platform_options& options,
                                                   std::shared_ptr<websocket_hub> sockets,
                                                   const std::string& ca_pem, report done)
{
    http::transport_options o;
    o.tls = options.notifications.tls;
    if (o.tls.ca_file.empty() && o.tls.ca_pem.empty()) o.tls.ca_pem = ca_pem;
    o.allow_plain_http = options.allow_remote;
    o.pool.pending = 10'000; // lanes are limited by the number of subscriptions
    o.user_agent = "mec-sdk-cpp-emulator/" MEC_VERSION_STRING;
    o.log = options.log;
    auto transport = http::make_transport(executor, std::move(o));
    if (!transport) return transport.error();
    return std::shared_ptr<notifier>(new notifier(
        std::move(executor), options, std::move(*transport), std::move(sockets), std::move(done)));
}

void notifier::post(notice n)
{
    lane_ptr fresh;
    const char* failure = nullptr;
    {
        std::lock_guard<std::mutex> l(mutex_);
        const auto found = lanes_.find(n.subscription_id);
        if (closed_) failure = stopped;
        else if (found == lanes_.end()) {
            fresh = std::make_shared<lane>(executor_, std::move(n));
            lanes_.emplace(fresh->current.subscription_id, fresh);
        } else if (found->second->waiting.size() >= options_.queue)
            failure = "too many notifications of this subscription are waiting";
        else found->second->waiting.push_back(std::move(n));
    }
    if (fresh) begin(fresh);
    if (failure)
        asio::post(executor_, [self = shared_from_this(), r = record_of(n, failure)]() mutable {
            self->report_(std::move(r));
        });
}

void notifier::forget(const std::string& subscription_id)
{
    std::lock_guard<std::mutex> l(mutex_);
    const auto found = lanes_.find(subscription_id);
    if (found != lanes_.end()) found->second->waiting.clear();
}

void notifier::close() noexcept
{
    {
        std::lock_guard<std::mutex> l(mutex_);
        closed_ = true;
        for (auto& entry : lanes_) entry.second->timer.cancel();
    }
    transport_->close();
}

std::string notifier::refuse(const notice& n) const
{
    if (n.callback.origin().host.empty()) return "there is neither a callback nor a websocket";
    if (allow_remote_ || is_websocket(n.callback) || n.callback.origin().is_loopback()) return {};
    return "the callback is not on this machine; to notify other hosts, set allow_remote "
           "(mecctl: --allow-remote)";
}

void notifier::begin(const lane_ptr& l)
{
    if (std::string failure = refuse(l->current); !failure.empty()) {
        // Not here: the caller may hold locks that the report needs.
        asio::post(executor_,
                   [self = shared_from_this(), l, failure = std::move(failure)]() mutable {
                       self->finish(l, std::move(failure));
                   });
        return;
    }
    attempt(l);
}

void notifier::attempt(const lane_ptr& l)
{
    ++l->attempts;
    if (is_websocket(l->current.callback)) send_over_websocket(l);
    else post_to_callback(l);
}

void notifier::send_over_websocket(const lane_ptr& l)
{
    sockets_->send(l->current.subscription_id, l->current.body, l->attempts > 1,
                   [self = shared_from_this(), l](const error& e, int status) {
                       l->response.status = status;
                       self->attempted(l, e);
                   });
}

void notifier::post_to_callback(const lane_ptr& l)
{
    http::request& r = l->request;
    r = {};
    r.method = http::method::post;
    r.origin = l->current.callback.origin();
    r.target = l->current.callback.target();
    r.content_type = "application/json";
    r.accept = "application/json, application/problem+json";
    r.body = l->current.body;
    r.deadline = machine_clock().now() + options_.deadline;
    // Not idempotent for the transport: it would repeat on its own, and attempts are counted here.
    transport_->async_send(
        r, l->response, [self = shared_from_this(), l](const error& e) { self->attempted(l, e); });
}

void notifier::attempted(const lane_ptr& l, const error& e)
{
    const int status = e ? 0 : l->response.status;
    if (status >= 200 && status < 300) return finish(l, {});
    std::string failure = e ? e.what() : "the receiver answered " + std::to_string(status);
    const bool hopeless = e == errc::shutting_down || e == errc::cancelled ||
                          e == errc::config_invalid || e == condition::untrusted_peer;
    const bool again = e ? !hopeless : status >= 500;
    const int most = l->current.attempts != 0 ? l->current.attempts : options_.attempts;
    if (again && l->attempts < most) {
        std::chrono::milliseconds delay =
            options_.first_delay * (1LL << std::min(l->attempts - 1, 16));
        if (status == 503)
            if (const auto wanted = internal::retry_after_of(
                    l->response.headers, machine_clock().system_now(), options_.longest_delay))
                delay = *wanted;
        if (pause(l, std::min(delay, options_.longest_delay))) return;
        failure = stopped;
    }
    finish(l, std::move(failure));
}

/// False when the notifier is closed.
bool notifier::pause(const lane_ptr& l, std::chrono::milliseconds delay)
{
    std::lock_guard<std::mutex> lock(mutex_);
    if (closed_) return false;
    l->timer.expires_after(delay);
    l->timer.async_wait([self = shared_from_this(), l](error_code e) {
        if (e) self->finish(l, stopped);
        else self->attempt(l);
    });
    return true;
}

void notifier::finish(const lane_ptr& l, std::string failure)
{
    sent_notification r = record_of(l->current, std::move(failure));
    r.attempts = l->attempts;
    r.status = l->response.status;
    report_(std::move(r));
    std::vector<sent_notification> lost;
    bool more = false;
    {
        std::lock_guard<std::mutex> lock(mutex_);
        if (closed_) {
            for (const notice& n : l->waiting) lost.push_back(record_of(n, stopped));
            l->waiting.clear();
        }
        more = !l->waiting.empty();
        if (!more) lanes_.erase(l->current.subscription_id);
        else {
            l->current = std::move(l->waiting.front());
            l->waiting.pop_front();
        }
    }
    for (sent_notification& n : lost) report_(std::move(n));
    if (!more) return;
    l->attempts = 0;
    l->response.clear();
    begin(l);
}

} // namespace emulator
MEC_END_NAMESPACE
