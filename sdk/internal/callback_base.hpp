#ifndef MEC_INTERNAL_CALLBACK_BASE_HPP
#define MEC_INTERNAL_CALLBACK_BASE_HPP

#include "resolver.hpp"

#include <mec/app/application.hpp>
#include <mec/notify/receiver.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

MEC_BEGIN_NAMESPACE
namespace internal {

/// The application's way in: the receiver, opened when the first subscription needs it, and the URL
/// that the platform is told. Used on the application's strand.
class MEC_API callback_base : public std::enable_shared_from_this<callback_base> {
public:
    callback_base(asio::any_io_executor io, asio::any_io_executor delivery,
                  const discovery::configuration& config, const application_options& options);
    ~callback_base();

    /// Opens the receiver, unless it is open, and finds out what the platform is to be told. `done` is
    /// called on the strand, never inside this function.
    /// @param instance  stands in all callback paths.
    void open(const std::string& instance, std::function<void(error)> done);
    void close() noexcept;

    /// @pre open() has succeeded.
    notify::receiver& receiver() noexcept { return *receiver_; }
    /// URL for a channel. @pre open() has succeeded.
    std::string url_of(const notify::channel& channel) const;
    /// Whether a callback leads to this application's way in but is none of its channels': then it is
    /// of an earlier life.
    /// @param remembered  `instance` was the same in that life.
    bool is_ours(const std::string& callback, const std::string& instance, bool remembered) const;

private:
    error listen(const std::string& instance, const std::string& usual);
    void find_host(std::function<void(result<std::string>)> done);
    error use_host(const std::string& host);

    const asio::any_io_executor io_;
    const asio::any_io_executor delivery_;
    const discovery::configuration config_;
    const application_options options_;
    std::shared_ptr<notify::receiver> receiver_;
    std::optional<url> base_;
    resolver_pool resolver_;
};

/// What callback_base::is_ours decides.
/// @param base       of all callback URLs, when it is known.
/// @param exclusive  nobody else can be waiting at its address: this process holds the port.
MEC_API bool leads_to(const std::string& callback, const std::optional<url>& base, bool exclusive,
                      const std::string& instance, bool remembered);

/// Address of this machine on the way to another. Sends nothing.
MEC_API result<std::string> local_address_towards(const resolved_address& peer);

} // namespace internal
MEC_END_NAMESPACE

#endif
