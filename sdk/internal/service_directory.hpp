#ifndef MEC_INTERNAL_SERVICE_DIRECTORY_HPP
#define MEC_INTERNAL_SERVICE_DIRECTORY_HPP

#include "declared_resource.hpp"

#include <mec/app/service_watch.hpp>

#include <boost/asio/steady_timer.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

MEC_BEGIN_NAMESPACE
namespace internal {

/// The list behind a service_watch. Notifications say when to ask, the answers say what is. Used on the
/// application's strand, but for services() and cancel().
class service_directory final : public std::enable_shared_from_this<service_directory> {
public:
    service_directory(std::shared_ptr<app_context> context, service_filter filter,
                      service_watch::handler on_change);

    /// The subscription that says when to ask.
    std::shared_ptr<availability_subscription> subscription();
    /// Asks the platform, once more when it is being asked already.
    void ask();
    void close() noexcept;
    bool closed() const noexcept { return closed_; }

    // From any thread.
    std::vector<service_mgmt::service_info> services() const;
    void cancel();

private:
    using service_info = service_mgmt::service_info;

    void on_notification(const service_mgmt::service_availability_notification& n);
    void on_answer(const result<std::vector<service_info>>& all);
    void ask_later(std::chrono::milliseconds delay);
    bool matches(const service_info& s) const;
    void update(std::map<std::string, service_info> now);
    void tell(service_change::kind what, service_info service);

    const std::shared_ptr<app_context> context_;
    const service_filter filter_;
    const service_watch::handler on_change_;
    std::weak_ptr<availability_subscription> subscription_;
    asio::steady_timer timer_;
    bool closed_ = false;
    bool asking_ = false;
    bool again_ = false;
    bool polling_ = false; ///< the platform sends no notifications
    int failures_ = 0;     ///< in a row
    mutable std::mutex mutex_;
    std::map<std::string, service_info> known_; ///< by id
};

} // namespace internal
MEC_END_NAMESPACE

#endif
