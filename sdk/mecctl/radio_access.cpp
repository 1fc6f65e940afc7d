#include "radio_access.hpp"

#include "refusal.hpp"

#include <mec/discovery/discover.hpp>

#include <cstdlib>

namespace mecctl {

namespace {

bool is_set(const char* name)
{
    const char* const value = std::getenv(name);
    return value && *value;
}

bool prefers_emulator(const control_options& options)
{
    if (!options.control.empty() || is_set("MEC_EMULATOR_URL")) return true;
    return !is_set("MEC_APP_INSTANCE_ID") && !is_set("MEC_CONFIG_FILE");
}

mec::discovery::configuration found(mec::result<mec::discovery::configuration> config)
{
    if (!config) throw refusal(usage, config.error().what());
    return std::move(*config);
}

} // namespace

radio_access::radio_access(const control_options& options)
{
    auto config =
        prefers_emulator(options) ? at_emulator(options) : found(mec::discovery::discover());
    application_.emplace(io_.get_executor(), std::move(config));
}

mec::discovery::configuration radio_access::at_emulator(const control_options& options)
{
    emulator_ = std::make_unique<control_client>(find_emulator(options));
    auto made = emulator_->send<control::made_application>(operations::create_application,
                                                           control::new_application{"mecctl"});
    instance_ = made.app_instance_id;
    const std::string& ca = emulator_->where().applications_ca;
    if (!ca.empty() && emulator_->where().base.origin().secure())
        made.environment["MEC_CA_FILE"] = ca;
    mec::discovery::discover_options d;
    d.environment = [&](std::string_view name) -> std::optional<std::string> {
        const auto it = made.environment.find(std::string(name));
        if (it == made.environment.end()) return std::nullopt;
        return it->second;
    };
    return found(mec::discovery::discover(d));
}

radio_access::~radio_access()
{
    application_.reset();
    if (instance_.empty()) return;
    try {
        emulator_->call(operations::delete_application, instance_);
    } catch (const std::exception&) {
        // The emulator has gone away, and the instance with it.
    }
}

void radio_access::refuse(const mec::error& e)
{
    throw refusal(e == mec::errc::config_invalid ? usage : failure, e.what());
}

} // namespace mecctl
