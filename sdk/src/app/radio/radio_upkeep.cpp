#include "radio_upkeep.hpp"

#include <boost/asio/bind_executor.hpp>

#include <algorithm>
#include <utility>

MEC_BEGIN_NAMESPACE
namespace internal {

using kind = reconcile_task::kind;

namespace {

reconcile_options options_of(const app_context& context)
{
    reconcile_options o;
    o.leading = false;
    o.audit = std::clamp<std::chrono::milliseconds>(
        context.options.audit, std::chrono::milliseconds{10}, std::chrono::hours{24});
    return o;
}

} // namespace

radio_upkeep::radio_upkeep(std::shared_ptr<app_context> context)
    : context_(std::move(context)), radio_(std::make_shared<radio_context>(context_)),
      want_(options_of(*context_)), timer_(context_->strand)
{
}

// ---- what is declared, and where

std::shared_ptr<service_directory> radio_upkeep::directory()
{
    if (directory_) return directory_;
    service_filter which;
    which.category = "RNI";
    directory_ = std::make_shared<service_directory>(
        context_, std::move(which), [weak = weak_from_this()](const service_change&) {
            if (const auto self = weak.lock()) self->on_services();
        });
    return directory_;
}

void radio_upkeep::declare(std::shared_ptr<declared_radio> resource)
{
    if (closed_) return;
    resource->adopted_by(weak_from_this(), resources_.size());
    resources_.push_back(std::move(resource));
    want_.declare(collection::radio);
    if (!service_) resources_.back()->on_service(false);
    go_on();
}

void radio_upkeep::on_changed(std::size_t key)
{
    want_.change(key);
    go_on();
}

void radio_upkeep::on_withdrawn(std::size_t key)
{
    resources_[key]->close();
    want_.withdraw(key);
    go_on();
}

void radio_upkeep::on_services()
{
    const auto before = std::exchange(service_, radio_->service->use(directory_->services(), true));
    if (service_ == before) return;
    for (const auto& r : resources_) r->on_service(service_ != nullptr);
    present_.assign(present_.size(), false); // whatever was there has been silent meanwhile
    // Another one has other subscriptions, and one that was away may have lost them.
    suspect();
}

void radio_upkeep::start()
{
    if (!std::exchange(wanted_, true)) go_on();
}

void radio_upkeep::suspect()
{
    want_.suspect();
    go_on();
}

// ---- what is next

void radio_upkeep::go_on()
{
    if (closed_ || !wanted_ || !service_) {
        if (left_ && !want_.busy()) withdraw_all();
        return;
    }
    if (!std::exchange(started_, true)) want_.start(now());
    for (const auto& [key, why] : want_.take_refusals()) resources_[key]->on_refused(why);
    note_presence();
    const reconcile_task task = want_.next(now());
    if (task.what != kind::none) return carry_out(task);
    if (left_ && !want_.busy()) return withdraw_all();
    const steady_time when = want_.wakeup();
    if (when == steady_time::max()) return;
    timer_.expires_after(std::max(when - now(), steady_time::duration{0}));
    timer_.async_wait([self = shared_from_this()](error_code ec) {
        if (!ec) self->go_on();
    });
}

void radio_upkeep::note_presence()
{
    present_.resize(resources_.size());
    for (std::size_t key = 0; key < present_.size(); ++key) {
        const auto is = want_.status_of(key);
        const bool there =
            is == reconcile_fsm::status::present || is == reconcile_fsm::status::outdated;
        if (there && !present_[key]) resources_[key]->on_present();
        present_[key] = there;
    }
}

void radio_upkeep::carry_out(const reconcile_task& task)
{
    const std::size_t key = task.key;
    switch (task.what) {
    case kind::list: list(); break;
    case kind::inspect: inspect(task.id); break;
    case kind::create:
        resources_[key]->async_create(then([this](const error& e, const std::string& id) {
            want_.on_created(e, id, now(), jitter());
        }));
        break;
    case kind::update:
        resources_[key]->async_update(
            task.id, then([this](const error& e) { want_.on_updated(e, now(), jitter()); }));
        break;
    case kind::remove: remove(task); break;
    case kind::confirm_ready:
    case kind::none: break;
    }
}

void radio_upkeep::remove(const reconcile_task& task)
{
    auto done = then([this](const error& e) { want_.on_removed(e, now(), jitter()); });
    if (task.key != reconcile_task::no_key)
        return resources_[task.key]->async_remove(task.id, std::move(done));
    service_->async_delete_subscription(
        task.id, asio::bind_executor(context_->strand,
                                     [done = std::move(done)](const result<void>& r) mutable {
                                         done(error_of(r));
                                     }));
}

void radio_upkeep::list()
{
    service_->async_list_subscriptions(
        std::nullopt,
        asio::bind_executor(
            context_->strand,
            then([this](const result<rni::subscription_link_list>& all) { on_listed(all); })));
}

void radio_upkeep::on_listed(const result<rni::subscription_link_list>& all)
{
    std::vector<listed> seen;
    if (all)
        for (const auto& s : all->links.subscription) {
            listed one{id_of(s.href)};
            one.known = false;
            for (std::size_t key = 0; key < resources_.size(); ++key)
                if (want_.id_of(key) == one.id) one.known = true;
            if (!one.id.empty()) seen.push_back(std::move(one));
        }
    want_.on_listed(error_of(all), seen, now(), jitter());
}

/// The way in comes first: which callbacks lead to it decides whose a subscription is.
void radio_upkeep::inspect(const std::string& id)
{
    auto event =
        then([this, id](const result<rni::subscription>& there) { on_inspected(id, there); });
    context_->callbacks->open(
        context_->memory.instance(), [self = shared_from_this(), service = service_, id,
                                      event = std::move(event)](const error&) mutable {
            service->async_get_subscription(
                id, asio::bind_executor(self->context_->strand, std::move(event)));
        });
}

void radio_upkeep::on_inspected(const std::string& id, const result<rni::subscription>& there)
{
    listed one{id};
    if (there) {
        for (std::size_t key = 0; key < resources_.size(); ++key)
            if (resources_[key]->is(*there)) one.match = key;
        if (one.match) resources_[*one.match]->note(*there);
        one.stale =
            context_->callbacks->is_ours(common(*there).callback_reference,
                                         context_->memory.instance(), context_->memory.is_open());
    }
    want_.on_inspected(error_of(there), one, now(), jitter());
}

// ---- the end

void radio_upkeep::leave(std::function<void()> done)
{
    left_ = std::move(done);
    want_.leave();
    go_on();
}

void radio_upkeep::withdraw_all()
{
    if (leaving_ != 0) return;
    const auto finished = [self = shared_from_this(), this] {
        if (--leaving_ != 0) return;
        if (auto done = std::exchange(left_, nullptr)) done();
    };
    ++leaving_;
    if (service_)
        for (const std::size_t key : want_.remaining()) {
            ++leaving_;
            resources_[key]->async_remove(want_.id_of(key), [this, key, finished](const error& e) {
                if (!e || e == errc::not_found) want_.forget(key);
                finished();
            });
        }
    finished();
}

void radio_upkeep::close() noexcept
{
    closed_ = true;
    timer_.cancel();
    for (const auto& r : resources_) r->close();
    left_ = nullptr;
}

} // namespace internal
MEC_END_NAMESPACE
