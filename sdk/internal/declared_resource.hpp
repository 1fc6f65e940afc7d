#ifndef MEC_INTERNAL_DECLARED_RESOURCE_HPP
#define MEC_INTERNAL_DECLARED_RESOURCE_HPP

/// @file
/// What an application has declared, and how each kind is made, changed and removed. Used on the
/// application's strand; callbacks come there, too.

#include "app_context.hpp"
#include "reconcile_fsm.hpp"
#include "resource_owner.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

MEC_BEGIN_NAMESPACE
namespace internal {

using on_done = std::function<void(error)>;
using on_made = std::function<void(error, std::string id)>;

class declared_resource : public std::enable_shared_from_this<declared_resource> {
public:
    declared_resource(std::shared_ptr<app_context> context, collection where)
        : context_(std::move(context)), where_(where)
    {
    }
    virtual ~declared_resource();

    collection where() const noexcept { return where_; }
    std::size_t key() const noexcept { return key_; }
    void adopted_by(std::weak_ptr<resource_owner> owner, std::size_t key) noexcept
    {
        owner_ = std::move(owner);
        key_ = key;
    }
    /// Given id of what the platform's manager has made; empty for others.
    virtual std::string fixed_id() const { return {}; }

    virtual void async_create(on_made done) = 0;
    virtual void async_update(const std::string& id, on_done done) = 0;
    virtual void async_remove(const std::string& id, on_done done) = 0;
    /// The platform refuses to make it.
    virtual void on_refused(const error& why);
    /// It is there: made, or taken over; again, after it was lost.
    virtual void on_present() {}
    /// The application has ended.
    virtual void close() noexcept {}

    /// Changes the declaration, from any thread.
    void withdraw();

protected:
    /// Tells the application that the declaration is another.
    void declare_change();

    const std::shared_ptr<app_context> context_;

private:
    const collection where_;
    std::weak_ptr<resource_owner> owner_;
    std::size_t key_ = reconcile_task::no_key;
};

/// What tells a service from others of the application while its id is not known: name, version,
/// transport and endpoint.
std::string service_identity(const service_mgmt::service_info& s);

/// A service that is offered.
class declared_service final : public declared_resource {
public:
    declared_service(std::shared_ptr<app_context> context, service_mgmt::service_info wanted);

    void async_create(on_made done) override;
    void async_update(const std::string& id, on_done done) override;
    void async_remove(const std::string& id, on_done done) override;
    void
    async_heartbeat(std::function<void(error, std::optional<std::chrono::seconds> interval)> done);

    /// Changes the declaration, from any thread.
    void change(std::function<void(service_mgmt::service_info&)> how);

    std::string identity() const { return service_identity(wanted_); }
    /// Whether what the platform lists can be this service.
    bool is(const service_mgmt::service_info& listed) const;
    /// Whether it is as declared.
    bool is_current(const service_mgmt::service_info& listed) const;
    bool is_active() const noexcept;
    /// What the platform says about it now.
    void note(const service_mgmt::service_info& there);
    /// Not positive: no heartbeats are wanted.
    std::chrono::seconds heartbeat_interval() const noexcept { return interval_; }

private:
    service_mgmt::service_info wanted_;
    std::optional<link> liveness_;
    std::chrono::seconds interval_{0};
};

/// A subscription: its channel is opened once and keeps its path, so that a creation of unknown outcome
/// can be recognised.
class declared_subscription : public declared_resource {
public:
    using declared_resource::declared_resource;
    void async_create(on_made done) final;
    void async_update(const std::string&, on_done done) final { done({}); }
    void on_refused(const error& why) override;
    void on_present() override;
    void close() noexcept override;
    /// Stops delivering, at once.
    void cancel();

    bool has_callback(const std::string& url) const noexcept
    {
        return channel_ && url == callback_;
    }

protected:
    virtual std::shared_ptr<notify::channel> open_channel(notify::receiver& receiver) = 0;
    virtual void post(const std::string& callback, on_made done) = 0;
    /// It had to be made again: notifications may have been missed.
    virtual void on_gap() = 0;

protected:
    bool closed() const noexcept { return closed_; }

private:
    void make(on_made done);

    std::shared_ptr<notify::channel> channel_;
    std::string callback_;
    bool present_before_ = false;
    bool closed_ = false;
};

/// To the termination of this instance.
class termination_subscription final : public declared_subscription {
public:
    using handler = std::function<void(const app_support::app_termination_notification&)>;
    termination_subscription(std::shared_ptr<app_context> context, handler on_notification);
    void async_remove(const std::string& id, on_done done) override;

private:
    std::shared_ptr<notify::channel> open_channel(notify::receiver& receiver) override;
    void post(const std::string& callback, on_made done) override;
    void on_gap() override {}

    const handler on_notification_;
};

/// To the availability of services.
class availability_subscription final : public declared_subscription {
public:
    using handlers = notify::handlers<service_mgmt::service_availability_notification>;
    availability_subscription(std::shared_ptr<app_context> context,
                              service_mgmt::filtering_criteria which, handlers h);
    void async_remove(const std::string& id, on_done done) override;
    void on_refused(const error& why) override;

    /// Called when the subscription is there, and when the platform refuses it. For those who have
    /// another way to know.
    std::function<void()> on_ready;
    std::function<void(const error&)> on_refusal;

private:
    std::shared_ptr<notify::channel> open_channel(notify::receiver& receiver) override;
    void post(const std::string& callback, on_made done) override;
    void on_gap() override;
    void on_present() override;

    const service_mgmt::filtering_criteria which_;
    const handlers handlers_;
};

/// A rule of the platform's manager that is to be active.
class declared_rule final : public declared_resource {
public:
    declared_rule(std::shared_ptr<app_context> context, collection where, std::string id)
        : declared_resource(std::move(context), where), id_(std::move(id))
    {
    }
    std::string fixed_id() const override { return id_; }
    void async_create(on_made done) override;
    void async_update(const std::string& id, on_done done) override;
    void async_remove(const std::string& id, on_done done) override;

private:
    void set(app_support::rule_state state, on_done done);
    const std::string id_;
};

/// The error without the id of a channel: platforms repeat in their errors what they refuse, and whoever
/// knows the path can notify.
error without(const std::string& channel_id, const error& e);

template <class T> error error_of(const result<T>& r) { return r ? error{} : r.error(); }

} // namespace internal
MEC_END_NAMESPACE

#endif
