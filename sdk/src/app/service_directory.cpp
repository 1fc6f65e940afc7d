#include "service_directory.hpp"

#include <mec/json/codec.hpp>
#include <mec/service_mgmt/describe.hpp>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

namespace {

constexpr std::chrono::milliseconds poll_interval{5000};
/// Also where notifications are sent: they may not arrive.
constexpr std::chrono::milliseconds slow_poll_interval{60'000};
constexpr std::chrono::milliseconds retry_delay{1000};
constexpr int most_doublings = 5; ///< of the delay, after failures in a row

std::string content_of(const service_mgmt::service_info& s) { return json::serialize(s); }

} // namespace

service_directory::service_directory(std::shared_ptr<app_context> context, service_filter filter,
                                     service_watch::handler on_change)
    : context_(std::move(context)), filter_(std::move(filter)), on_change_(std::move(on_change)),
      timer_(context_->strand)
{
}

std::shared_ptr<availability_subscription> service_directory::subscription()
{
    // A category is given by id or name, and the criteria want all of it: notifications about other
    // services cost one question too many.
    service_mgmt::filtering_criteria which;
    which.ser_names = filter_.names;
    which.ser_instance_ids = filter_.ids;
    which.is_local = filter_.is_local;
    const auto weak = weak_from_this();
    availability_subscription::handlers h;
    h.on_notification = [weak](const service_mgmt::service_availability_notification& n) {
        if (const auto self = weak.lock()) self->on_notification(n);
    };
    h.on_gap = [weak](const notify::gap&) {
        if (const auto self = weak.lock()) self->ask();
    };
    auto made =
        std::make_shared<availability_subscription>(context_, std::move(which), std::move(h));
    made->on_ready = [weak] {
        const auto self = weak.lock();
        if (!self) return;
        self->polling_ = false;
        self->ask();
    };
    made->on_refusal = [weak](const error&) {
        const auto self = weak.lock();
        if (!self) return;
        self->polling_ = true;
        self->ask();
    };
    subscription_ = made;
    return made;
}

void service_directory::on_notification(const service_mgmt::service_availability_notification&)
{
    ask();
}

void service_directory::ask()
{
    if (closed_) return;
    if (asking_) {
        again_ = true;
        return;
    }
    asking_ = true;
    timer_.cancel();
    service_mgmt::service_query query;
    query.ser_name = filter_.names;
    query.ser_instance_id = filter_.ids;
    query.scope_of_locality = filter_.scope_of_locality;
    query.is_local = filter_.is_local;
    context_->connections.service_mgmt->async_list_services(
        std::move(query),
        asio::bind_executor(context_->strand,
                            [self = shared_from_this()](result<std::vector<service_info>> all) {
                                self->on_answer(all);
                            }));
}

void service_directory::on_answer(const result<std::vector<service_info>>& all)
{
    asking_ = false;
    if (closed_) return;
    if (!all) {
        if (failures_ == 0)
            context_->log().write(log_level::warning, "app",
                                  "services cannot be followed for now: " + all.error().what());
        failures_ = std::min(failures_ + 1, most_doublings);
        return ask_later(retry_delay * (1 << (failures_ - 1)));
    }
    failures_ = 0;
    std::map<std::string, service_info> now;
    for (const service_info& s : *all)
        if (s.ser_instance_id && matches(s)) now.emplace(*s.ser_instance_id, s);
    update(std::move(now));
    if (std::exchange(again_, false)) ask();
    else ask_later(polling_ ? poll_interval : slow_poll_interval);
}

void service_directory::ask_later(std::chrono::milliseconds delay)
{
    timer_.expires_after(delay);
    timer_.async_wait([weak = weak_from_this()](error_code ec) {
        const auto self = weak.lock();
        if (!ec && self) self->ask();
    });
}

/// Platforms do not all filter as they are asked to.
bool service_directory::matches(const service_info& s) const
{
    const auto one_of = [](const std::vector<std::string>& all, const std::string& text) {
        return all.empty() || std::find(all.begin(), all.end(), text) != all.end();
    };
    if (!one_of(filter_.names, s.ser_name) || !one_of(filter_.ids, *s.ser_instance_id))
        return false;
    // Absent: true, and MEC_HOST (clause 8.1.2.2).
    if (filter_.is_local && s.is_local.value_or(true) != *filter_.is_local) return false;
    if (filter_.scope_of_locality &&
        s.scope_of_locality.value_or(service_mgmt::locality_type::mec_host) !=
            *filter_.scope_of_locality)
        return false;
    return !filter_.category || (s.ser_category && (s.ser_category->id == *filter_.category ||
                                                    s.ser_category->name == *filter_.category));
}

void service_directory::update(std::map<std::string, service_info> now)
{
    std::map<std::string, service_info> before;
    {
        std::lock_guard lock(mutex_);
        before = std::exchange(known_, now);
    }
    for (auto& [id, service] : before)
        if (now.count(id) == 0) tell(service_change::kind::gone, std::move(service));
    for (auto& [id, service] : now) {
        const auto was = before.find(id);
        if (was == before.end()) tell(service_change::kind::found, std::move(service));
        else if (content_of(was->second) != content_of(service))
            tell(service_change::kind::changed, std::move(service));
    }
}

/// Posted: what the user's handler throws leaves the executor's run(), not a half-done update.
void service_directory::tell(service_change::kind what, service_info service)
{
    if (!on_change_) return;
    asio::post(context_->strand,
               [self = shared_from_this(), change = service_change{what, std::move(service)}] {
                   if (!self->closed_ && !self->context_->abandoned) self->on_change_(change);
               });
}

void service_directory::close() noexcept
{
    closed_ = true;
    timer_.cancel();
}

std::vector<service_mgmt::service_info> service_directory::services() const
{
    std::lock_guard lock(mutex_);
    std::vector<service_info> all;
    all.reserve(known_.size());
    for (const auto& entry : known_) all.push_back(entry.second);
    return all;
}

void service_directory::cancel()
{
    asio::post(context_->strand, [self = shared_from_this()] {
        self->close();
        if (const auto s = self->subscription_.lock()) s->cancel();
    });
}

} // namespace internal
MEC_END_NAMESPACE
