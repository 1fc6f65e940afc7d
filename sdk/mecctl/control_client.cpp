#include "control_client.hpp"

#include "refusal.hpp"

#include <cstdlib>
#include <string_view>

namespace mecctl {

namespace {

constexpr std::chrono::seconds deadline{10};

/// What the user can do about it.
std::string advice(const mec::error& e)
{
    if (e == mec::condition::unreachable_peer)
        return "\n  is the emulator still running? start one:  mecctl emulator --control";
    if (e == mec::errc::auth_failed)
        return "\n  the control token is new every time an emulator starts; leave out --token and "
               "MEC_EMULATOR_TOKEN to use the one of your running emulator";
    if (e == mec::condition::untrusted_peer)
        return "\n  name the CA of the emulator with --ca-file or MEC_EMULATOR_CA; it is new every "
               "time an emulator starts";
    return "";
}

} // namespace

control_client::control_client(control_address where) : where_(std::move(where))
{
    mec::http::transport_options options;
    options.tls.ca_file = where_.ca_file;
    if (where_.ca_file.empty()) options.tls.ca_pem = where_.ca_pem;
    const char* insecure = std::getenv("MEC_ALLOW_INSECURE_HTTP");
    options.allow_plain_http = insecure && std::string_view(insecure) == "1";
    auto made = mec::http::make_transport(io_.get_executor(), std::move(options));
    if (!made) refuse(made.error());
    endpoint_.base = where_.base;
    endpoint_.transport = std::move(*made);
    endpoint_.tokens = mec::auth::static_token(where_.token);
    endpoint_.options.deadline = deadline;
    endpoint_.options.retry.attempts = 1;
}

std::shared_ptr<mec::internal::call_context>
control_client::context_for(const std::string& id) const
{
    mec::http::endpoint where = endpoint_;
    where.app_instance_id = id;
    return std::make_shared<mec::internal::call_context>(std::move(where));
}

void control_client::refuse(const mec::error& e) const
{
    throw refusal(e == mec::errc::config_invalid ? usage : failure, e.what() + advice(e));
}

} // namespace mecctl
