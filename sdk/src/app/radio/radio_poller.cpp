#include "radio_poller.hpp"

#include <boost/asio/bind_executor.hpp>

#include <algorithm>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

constexpr std::chrono::milliseconds shortest_interval{100};

} // namespace

radio_poller::radio_poller(std::shared_ptr<radio_context> radio, rni::subscription what,
                           std::chrono::milliseconds interval, handler on_notification)
    : radio_(std::move(radio)), query_(radio_poll::query_for(what)),
      interval_(std::clamp<std::chrono::milliseconds>(interval, shortest_interval,
                                                      std::chrono::hours{1})),
      on_notification_(std::move(on_notification)), poll_(std::move(what)),
      timer_(radio_->app->strand)
{
}

void radio_poller::close() noexcept
{
    closed_ = true;
    timer_.cancel();
}

/// What comes of an answer, as its handler.
template <class Answer> auto radio_poller::answered()
{
    return asio::bind_executor(radio_->app->strand,
                               [self = shared_from_this(), this](const result<Answer>& answer) {
                                   if (closed_) return;
                                   ask_later();
                                   if (!answer) return on_failure(answer.error());
                                   failing_ = false;
                                   for (const auto& n : poll_.compare(*answer)) on_notification_(n);
                               });
}

void radio_poller::ask()
{
    const auto connection = radio_->service->connection();
    if (!connection) return ask_later();
    if (query_ == radio_poll::query::rab_info)
        connection->async_get_rab_info({}, answered<rni::rab_info>());
    else connection->async_get_s1_bearer_info({}, answered<rni::s1_bearer_info>());
}

/// Said once, not at every attempt.
void radio_poller::on_failure(const error& e)
{
    if (!std::exchange(failing_, true))
        radio_->app->log().write(log_level::warning, "app",
                                 "radio information cannot be polled for now: " + e.what());
}

void radio_poller::ask_later()
{
    timer_.expires_after(interval_);
    timer_.async_wait([weak = weak_from_this()](error_code ec) {
        const auto self = weak.lock();
        if (!ec && self) self->ask();
    });
}

} // namespace internal
MEC_END_NAMESPACE
