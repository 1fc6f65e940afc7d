#ifndef MEC_MECCTL_RADIO_ACCESS_HPP
#define MEC_MECCTL_RADIO_ACCESS_HPP

/// @file
/// An application's view of radio network information, for the commands `mecctl rni`.

#include "control_command.hpp"

#include <mec/app/application.hpp>
#include <mec/rni/client.hpp>

#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <string>

namespace mecctl {

/// The application that mecctl is meanwhile: the one that its environment describes, or an instance of
/// its own at a running emulator, which is gone afterwards.
///
/// The emulator of --control or MEC_EMULATOR_URL comes first: an instance of its own cannot disturb the
/// application whose environment this is. Then MEC_APP_INSTANCE_ID or MEC_CONFIG_FILE, then the emulator
/// that this user runs. Throws a refusal.
class radio_access {
public:
    explicit radio_access(const control_options& options);
    ~radio_access();
    radio_access(const radio_access&) = delete;
    radio_access& operator=(const radio_access&) = delete;

    mec::application& application() { return *application_; }
    boost::asio::io_context& context() noexcept { return io_; }

    /// The result of `call(client)`; nothing when the platform knows no such thing; or a refusal.
    template <class T, class Call> std::optional<T> ask(Call call)
    {
        auto r = mec::sync_wait(call(application().rni()));
        if (r) return std::move(*r);
        if (r.error() == mec::errc::not_found && r.error().info().http_status == 404)
            return std::nullopt;
        refuse(r.error());
    }
    [[noreturn]] static void refuse(const mec::error& e);

private:
    mec::discovery::configuration at_emulator(const control_options& options);

    boost::asio::io_context io_{1};
    std::unique_ptr<control_client> emulator_; ///< null: the environment's platform
    std::string instance_;                     ///< made at the emulator
    std::optional<mec::application> application_;
};

} // namespace mecctl

#endif
